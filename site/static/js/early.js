// The reader's theme and text size before the first paint. Without it the defaults.
(() => {
  const root = document.documentElement;
  root.classList.add("js");
  // Lost modules leave a page without scripts.
  addEventListener("error", ({ target }) => target.type === "module" && root.classList.remove("js"), true);
  try {
    const { theme, size } = localStorage;
    if (theme) root.dataset.theme = theme;
    if (size) root.dataset.size = size;
  } catch {}
})();
