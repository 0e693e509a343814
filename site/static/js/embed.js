// Loads content of other sites on a click, or near it once allowed. Without it a link.
import { offer } from "./buttons.js";
import { allowsEmbeds } from "./consent.js";

const near = new IntersectionObserver(
  (entries) => entries.forEach(({ isIntersecting, target }) => isIntersecting && load(target)),
  { rootMargin: "300px" },
);

function load(button, asked) {
  const figure = button.closest("[data-embed]");
  const url = new URL(figure.dataset.frameUrl);
  // Nothing plays that nobody asked for.
  if (!asked) url.searchParams.delete("autoplay");
  const frame = document.createElement("iframe");
  frame.title = `${figure.querySelector("a").textContent} – ${figure.dataset.provider}`;
  frame.loading = "lazy";
  frame.allow = asked ? "fullscreen; autoplay" : "fullscreen";
  frame.referrerPolicy = "strict-origin-when-cross-origin";
  frame.src = url;
  button.parentElement.replaceWith(frame);
  if (asked) frame.focus();
}

function watch() {
  near.disconnect();
  if (allowsEmbeds()) document.querySelectorAll("[data-embed-load]").forEach((button) => near.observe(button));
}

/** Offer the players of the page; those that come into it later wait for the next call. */
export function offerPlayers() {
  offer("[data-embed-load][hidden]", (button) => load(button, true));
  watch();
}

offerPlayers();
document.addEventListener("consentchange", watch);
