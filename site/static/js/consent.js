// Asks once whether content of other sites may load. Without it no notice, and nothing of theirs.
import { offer } from "./buttons.js";
import { keep, readJson, showKept } from "./storage.js";

const notice = document.querySelector("[data-consent]");
const dialog = document.querySelector("[data-consent-dialog]");
const box = dialog?.querySelector("[name=embeds]");
// Where storage is blocked, for this page.
let choice;

export const allowsEmbeds = () => choice?.embeds === true;

function show() {
  const kept = readJson("consent");
  if (kept) choice = kept;
  if (notice) notice.hidden = Boolean(choice);
}

function choose(embeds) {
  choice = { embeds, on: new Date().toISOString() };
  keep("consent", JSON.stringify(choice));
  document.dispatchEvent(new Event("consentchange"));
  // The focused button goes.
  if (!notice.hidden) document.querySelector("main")?.focus({ preventScroll: true });
  notice.hidden = true;
}

offer("[data-consent-accept]", () => choose(true));
offer("[data-consent-refuse]", () => choose(false));
if (dialog?.showModal) {
  offer("[data-consent-settings], [data-consent-open]", () => {
    box.checked = allowsEmbeds();
    dialog.showModal();
  });
  dialog.addEventListener("submit", () => choose(box.checked));
}
showKept(show);
