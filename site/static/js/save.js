// Shows what is saved; a tap saves. Without it, or its storage, the buttons stay hidden.
import { offer, say } from "./buttons.js";
import { isSignedIn, read, savedArticles, showKept } from "./storage.js";

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
const saving = (act) => import("./saving.js").then(act, () => {});

if (read("saved") !== undefined) {
  offer("[data-save]", ({ dataset }) => saving(({ toggle }) => toggle(dataset)));
  showKept(show);
  document.addEventListener("savedchange", show);
  if (isSignedIn() || read("saved")) saving(({ follow }) => follow());
}
