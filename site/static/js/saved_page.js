// Lists what this browser keeps. Without it the page says that saving needs JavaScript.
import { forget, savedArticles } from "./save.js";
import { showKept } from "./storage.js";
import { showAge } from "./time.js";

const list = document.querySelector("[data-saved-list]");
const template = document.querySelector("template[data-saved-card]");
const empty = document.querySelector("[data-saved-empty]");
const dates = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "long" });

function makeCard(article) {
  const card = template.content.cloneNode(true);
  const field = (name) => card.querySelector(`[data-field=${name}]`);
  field("url").href = article.url;
  field("title").textContent = article.title;
  field("section").textContent = article.section ?? "";
  showDate(field("published"), new Date(article.published));
  showPicture(field("image"), article.image);
  card.querySelector("[data-save-remove]").addEventListener("click", () => remove(article.id));
  return card;
}

/** A picture may have been replaced since. */
function showPicture(image, address) {
  const frame = image.parentElement;
  image.addEventListener("error", () => frame.remove());
  if (address) image.src = address;
  else frame.remove();
}

function showDate(time, published) {
  if (isNaN(published)) return;
  time.dateTime = published.toISOString();
  time.textContent = dates.format(published);
  showAge(time);
}

function remove(id) {
  const place = savedArticles().findIndex((article) => article.id === id);
  forget(id);
  show();
  // The keyboard goes on where it was.
  const buttons = list.querySelectorAll("[data-save-remove]");
  (buttons[Math.min(place, buttons.length - 1)] ?? document.querySelector("main")).focus();
}

function show() {
  const articles = savedArticles();
  list.replaceChildren(...articles.map(makeCard));
  empty.hidden = articles.length > 0;
}

showKept(show);
