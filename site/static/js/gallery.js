// Buttons that step through a gallery. Without it one swipes or scrolls.
import { offer } from "./buttons.js";

offer("[data-gallery-step]", (button) => {
  const track = button.closest("[data-gallery]").querySelector("ul");
  track.scrollBy({
    left: button.dataset.galleryStep * track.firstElementChild.offsetWidth,
    behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth",
  });
});
