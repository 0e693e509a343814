// Shows what is saved; a tap saves. Without it, or its storage, the buttons stay hidden.
import { offer, say } from "./buttons.js";
import { isSignedIn, keep, read, readJson, savedArticles, showKept } from "./storage.js";

function show() {
  const ids = savedArticles().map(({ id }) => String(id));
  for (const button of document.querySelectorAll("[data-save]")) {
    const isSaved = ids.includes(button.dataset.id);
    button.setAttribute("aria-pressed", isSaved);
    say(button, isSaved && button.dataset.labelSaved);
  }
  const count = document.querySelector("[data-saved-count]");
  count.textContent = ids.length;
  count.hidden = !ids.length;
}

// Nobody who never saved anything loads it.
const follow = () => import("./saving.js").then((saving) => saving.follow(), () => {});

function tap(button) {
  const removed = button.getAttribute("aria-pressed") === "true";
  // Written down first: the reader may leave before the module is there.
  keep("tapped", JSON.stringify([...(readJson("tapped") ?? []), { ...button.dataset, removed, at: Date.now() }]));
  button.setAttribute("aria-pressed", !removed);
  follow();
}

if (read("saved") !== undefined) {
  offer("[data-save]", tap);
  showKept(show);
  document.addEventListener("savedchange", show);
  if (isSignedIn() || read("saved") || read("tapped")) follow();
}
