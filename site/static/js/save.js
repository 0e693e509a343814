// Keeps articles for later in this browser. Without it, or its storage, the buttons stay hidden.
import { offer, say } from "./buttons.js";
import { keep, read, readJson, showKept } from "./storage.js";

const MOST = 200;

/** What is saved, newest first; nothing but articles of ours. */
export function savedArticles() {
  const list = readJson("saved");
  return Array.isArray(list) ? list.filter((article) => article?.id && /^\/(?!\/)/.test(article.url)) : [];
}

export function forget(id) {
  keepAll(savedArticles().filter((article) => article.id !== id));
}

function keepAll(articles) {
  keep("saved", JSON.stringify(articles.slice(0, MOST)));
  show();
}

function toggle({ dataset: { id, url, title, section, image, published } }) {
  const articles = savedArticles();
  if (articles.some((article) => article.id === id)) forget(id);
  else keepAll([{ id, url, title, section, image, published }, ...articles]);
}

function show() {
  const ids = savedArticles().map(({ id }) => id);
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

if (read("saved") !== undefined) {
  offer("[data-save]", toggle);
  showKept(show);
}
