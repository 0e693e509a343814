// Shows what is saved; a tap saves. Without it, or its storage, the buttons stay hidden.
import { offer, say } from "./buttons.js";
import { isSignedIn, read, readJson, showKept } from "./storage.js";

/** What was saved or removed, the latest first; `account` marks what the account knows. */
export function changes() {
  const list = readJson("saved");
  return Array.isArray(list) ? list.filter((change) => change?.id) : [];
}

/** What is saved; nothing of an account whose reader has left. */
export const savedArticles = () => changes().filter(({ removed, account }) => !removed && (!account || isSignedIn()));

export function showSaved() {
  const ids = savedArticles().map(({ id }) => String(id));
  for (const button of document.querySelectorAll("[data-save]")) {
    const isSaved = ids.includes(button.dataset.id);
    button.setAttribute("aria-pressed", isSaved);
    say(button, isSaved && button.dataset.labelSaved);
  }
  for (const count of document.querySelectorAll("[data-saved-count]")) {
    count.textContent = ids.length;
    count.hidden = !ids.length;
  }
}

// Nobody who saves nothing loads it.
const saving = (act) => import("./saving.js").then(act, () => {});

if (read("saved") !== undefined) {
  offer("[data-save]", ({ dataset }) => saving(({ toggle }) => toggle(dataset)));
  showKept(showSaved);
  if (isSignedIn() || changes().length) saving(({ follow }) => follow());
}
