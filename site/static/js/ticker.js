// Shows one line of breaking news at a time. Without it they are a plain list.
import { offer, say } from "./buttons.js";

const SECONDS = 6;

const lines = document.querySelectorAll("[data-ticker-lines] > li");
const list = lines[0]?.parentElement;
let current = 0;
let paused = matchMedia("(prefers-reduced-motion: reduce)").matches;

function step(by, politeness) {
  list.setAttribute("aria-live", politeness);
  lines[current].removeAttribute("data-current");
  current = (current + by + lines.length) % lines.length;
  lines[current].setAttribute("data-current", "");
}

function showPaused(button) {
  button.setAttribute("aria-pressed", paused);
  say(button, paused ? button.dataset.labelPlay : button.dataset.labelPause);
}

if (lines.length > 1) {
  const ticker = list.closest("[data-ticker]");
  // Only lines one asked for are read out.
  offer("[data-ticker-previous]", () => step(-1, "polite"));
  offer("[data-ticker-next]", () => step(1, "polite"));
  const buttons = offer("[data-ticker-pause]", (button) => {
    paused = !paused;
    showPaused(button);
  });
  buttons.forEach(showPaused);
  step(0, "off");
  ticker.classList.add("is-rotating");
  ticker.querySelector("[data-ticker-controls]").hidden = false;
  setInterval(() => {
    if (!paused && !document.hidden && !ticker.matches(":hover, :focus-within")) step(1, "off");
  }, SECONDS * 1000);
}
