// Switches between light and dark. Without it the page follows the system.
import { offer } from "./buttons.js";
import { keep, read, showKept } from "./storage.js";

const { dataset } = document.documentElement;
const system = matchMedia("(prefers-color-scheme: dark)");

const isDark = () => (dataset.theme ? dataset.theme === "dark" : system.matches);

const buttons = offer("[data-theme-switch]", () => {
  dataset.theme = isDark() ? "light" : "dark";
  keep("theme", dataset.theme);
  show();
});

function show() {
  for (const button of buttons) button.setAttribute("aria-pressed", isDark());
}

system.addEventListener("change", show);
showKept(() => {
  if (read("theme")) dataset.theme = read("theme");
  show();
});
