// The phone's share sheet, copy link, print. Without it they stay hidden; the networks are links.
import { offer, say } from "./buttons.js";

const DONE_SECONDS = 2;

async function copy(button) {
  await navigator.clipboard.writeText(button.dataset.url);
  say(button, button.dataset.done);
  setTimeout(say, DONE_SECONDS * 1000, button);
}

offer("[data-print]", () => print());
// Closing the sheet or forbidding the clipboard is no error.
if (navigator.share) {
  offer("[data-share]", ({ dataset: { title, url } }) => navigator.share({ title, url }).catch(() => {}));
}
if (navigator.clipboard) {
  const buttons = offer("[data-copy]", (button) => copy(button).catch(() => {}));
  for (const button of buttons) button.setAttribute("aria-live", "polite");
}
