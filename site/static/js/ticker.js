// Shows one line of breaking news at a time. Without it they are a plain list.
import { offer, say } from "./buttons.js";

const SECONDS = 6;

let paused = matchMedia("(prefers-reduced-motion: reduce)").matches;
let timer;

function showPaused(button) {
  button.setAttribute("aria-pressed", paused);
  say(button, paused ? button.dataset.labelPlay : button.dataset.labelPause);
}

/** Let the ticker of the page turn; called anew when it was replaced. */
export function turn() {
  clearInterval(timer);
  const ticker = document.querySelector("[data-ticker]");
  const lines = ticker?.querySelectorAll("[data-ticker-lines] > li") ?? [];
  if (lines.length < 2) return;
  const list = lines[0].parentElement;
  let current = 0;

  function step(by, politeness) {
    list.setAttribute("aria-live", politeness);
    lines[current].removeAttribute("data-current");
    current = (current + by + lines.length) % lines.length;
    lines[current].setAttribute("data-current", "");
  }

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
  timer = setInterval(() => {
    if (!paused && !document.hidden && !ticker.matches(":hover, :focus-within")) step(1, "off");
  }, SECONDS * 1000);
}

turn();
