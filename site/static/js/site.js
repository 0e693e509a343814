// Starts what the page has hooks for. Without it everything can be read.
import "./buttons.js";
import { isSignedIn } from "./storage.js";
import "./consent.js";
import "./save.js";
import "./search_dialog.js";
import "./theme_switch.js";
import "./ticker.js";
import "./time.js";

const modules = {
  "[data-reading-bar]": () => import("./reading_bar.js"),
  "[data-font-size]": () => import("./font_size.js"),
  "[data-share], [data-copy], [data-print]": () => import("./share.js"),
  "[data-listen]": () => import("./listen.js"),
  "[data-gallery]": () => import("./gallery.js"),
  "[data-embed]": () => import("./embed.js"),
  // Not before somebody searches.
  "[data-suggest]:focus-within": () => import("./suggest.js"),
};

function load() {
  for (const hook in modules) {
    if (!document.querySelector(hook)) continue;
    // A dropped line costs only this one.
    modules[hook]().catch(() => {});
    delete modules[hook];
  }
}

load();
document.addEventListener("focusin", load);
setTimeout(() => import("./fresh.js").catch(() => {}), 15_000);
// Counting waits until all else is there.
addEventListener("load", () => import("./count.js").catch(() => {}));
if (isSignedIn()) import("./reader.js").catch(() => {});
// What these buttons do comes when one is pressed.
const uses = {
  "[data-reveal]": () => import("./reveal.js"),
  "[data-passkey]": () => import("./passkey.js"),
};
document.addEventListener("click", (event) => {
  for (const hook in uses) {
    const button = event.target.closest(hook);
    if (button) uses[hook]().then(({ use }) => use(button), () => {});
  }
  const link = event.target.closest("a[data-opens-form], a[data-in-place]");
  // New tabs and windows are the browser's.
  if (!link || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  (link.dataset.inPlace ? import("./comments.js") : import("./form_page.js")).then(
    ({ follow }) => follow(link),
    () => location.assign(link.href),
  );
});
// Buttons that do nothing without us are seen from now on.
document.documentElement.classList.add("ready");
