// Makes reading text smaller or larger. Without it the buttons stay hidden.
import { offer } from "./buttons.js";
import { keep, read, showKept } from "./storage.js";

const SIZES = ["s", "m", "l", "xl"];

const { dataset } = document.documentElement;
const status = document.querySelector("[data-font-status]");

const after = (button) => SIZES.indexOf(dataset.size || "m") + Number(button.dataset.fontStep);

const buttons = offer("[data-font-step]", (button) => {
  const index = after(button);
  if (!SIZES[index]) return;
  dataset.size = SIZES[index];
  keep("size", dataset.size);
  if (status) status.textContent = status.dataset.labels.split(",")[index];
  show();
});

function show() {
  for (const button of buttons) button.setAttribute("aria-disabled", !SIZES[after(button)]);
}

for (const group of document.querySelectorAll("[data-font-size]")) group.hidden = false;
showKept(() => {
  if (read("size")) dataset.size = read("size");
  show();
});
