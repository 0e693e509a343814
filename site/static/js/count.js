// Notes what is really read, seen and clicked, but not by whom; tells when one leaves. Without it nothing is counted.

// Each once a page.
const marks = new Set();
let told = 0;
let reading;

// A hidden tab is not in sight, nor is a page that was loaded ahead.
const note = (mark) => document.hidden || marks.add(mark);

// In view as the IAB and the MRC have it: half of an ad, its picture drawn, for a second on end.
const view = new IntersectionObserver(
  (entries) => {
    for (const { target, intersectionRatio } of entries) {
      clearTimeout(target.timer);
      if (intersectionRatio < 0.5 || target.querySelector("img")?.complete === false) continue;
      target.timer = setTimeout(note, 1000, `v${target.dataset.ad}`);
    }
  },
  { threshold: 0.5 },
);

function look() {
  view.disconnect();
  document.querySelectorAll("[data-ad]").forEach((ad) => view.observe(ad));
}

function read() {
  clearTimeout(reading);
  if (document.querySelector("[data-article-body]")) reading = setTimeout(note, 5000, `r${document.body.dataset.page}`);
}

function tell() {
  const fresh = [...marks].slice(told);
  if (fresh.length) navigator.sendBeacon("/compter/", fresh.join(" "));
  told = marks.size;
}

function click({ target, button }) {
  const ad = target.closest("[data-ad]");
  // The right button only opens a menu.
  if (ad && button < 2) marks.add(`c${ad.dataset.ad}`);
}

addEventListener("click", click);
addEventListener("auxclick", click);
addEventListener("load", look, true);
for (const act of [tell, look, read]) addEventListener("visibilitychange", act);
look();
read();
