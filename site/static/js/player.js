// Plays the channel in the page after a click. Without it the link leads to the stream, which a phone's player opens.

const player = document.querySelector("[data-player]");
const link = player?.querySelector("[data-play]");
const HLS = "application/vnd.apple.mpegurl";

/** hls.js, for browsers that can't play HLS themselves; loaded for those alone. */
function loadHls() {
  return new Promise((resolve, reject) => {
    const script = Object.assign(document.createElement("script"), { src: player.dataset.hls, onerror: reject });
    script.onload = () => resolve(window.Hls);
    document.head.append(script);
  });
}

function fail(video) {
  video.remove();
  player.querySelector(".player-cover").hidden = false;
  player.querySelector("[data-player-status]").textContent = player.dataset.failed;
  link.focus();
}

async function playWithHls(video) {
  try {
    const Hls = await loadHls();
    const hls = new Hls({ enableWorker: false });
    hls.on(Hls.Events.ERROR, (event, { fatal }) => {
      if (!fatal) return;
      hls.destroy();
      fail(video);
    });
    hls.loadSource(link.href);
    hls.attachMedia(video);
  } catch {
    fail(video);
  }
}

function play() {
  const video = Object.assign(document.createElement("video"), { controls: true, autoplay: true, playsInline: true });
  video.setAttribute("aria-label", player.dataset.title);
  player.querySelector(".player-cover").hidden = true;
  player.append(video);
  video.focus();
  if (!video.canPlayType(HLS)) return playWithHls(video);
  // Some say that they can, and then can't play this one.
  video.addEventListener("error", () => playWithHls(video), { once: true });
  video.src = link.href;
}

link?.addEventListener("click", (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  play();
});
