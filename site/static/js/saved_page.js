// Lists what is saved, to search and to remove from. Without it the page says that saving needs JavaScript.
import { canKeep, copies, keepCopies, want } from "./saved_copies.js";
import { change, follow } from "./saving.js";
import { isSignedIn, savedArticles, showKept } from "./storage.js";
import { showAge } from "./time.js";

const { lang } = document.documentElement;
const dates = new Intl.DateTimeFormat(lang, { dateStyle: "long" });

const part = (name) => document.querySelector(`[data-${name}]`);
const list = part("saved-list");
const template = part("saved-card");
// The offline page has none of these.
const tools = part("saved-tools");
const search = part("saved-search");
const undo = part("saved-undo");

let kept = new Map();

function makeCard(article) {
  const card = template.content.cloneNode(true);
  const field = (name) => card.querySelector(`[data-field=${name}]`);
  const copy = kept.get(article.url);
  field("url").href = article.url;
  field("url").textContent = article.title;
  field("section").textContent = article.section ?? "";
  showDate(field("published"), new Date(article.published));
  showPicture(field("image"), article.image && (copy?.picture || article.image));
  card.querySelector("[data-save-remove]")?.addEventListener("click", () => remove(article));
  card.firstElementChild.dataset.url = article.url;
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

function remove(article) {
  const buttons = () => [...list.querySelectorAll("[data-save-remove]")];
  const place = buttons().indexOf(document.activeElement);
  change(article, true);
  follow();
  const button = part("saved-undo-button").content.firstElementChild.cloneNode(true);
  button.addEventListener("click", () => {
    undo.replaceChildren();
    change(article, false);
    follow();
    document.querySelector("main").focus();
  });
  undo.replaceChildren(undo.dataset.text.replace("{}", article.title), button);
  // The keyboard goes on where it was.
  (buttons()[Math.min(place, buttons().length - 1)] ?? button).focus();
}

/** Without accents and case. */
const plain = (text) =>
  text
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replaceAll("’", "'")
    .toLowerCase();

function matches({ title, section }) {
  const words = plain(search?.elements.q.value ?? "").split(/\s+/);
  const text = plain(`${title} ${section ?? ""}`);
  return words.every((word) => text.includes(word));
}

const shown = () => savedArticles().filter(({ url }) => tools || kept.has(url));

function show() {
  const articles = shown();
  const found = articles.filter(matches);
  list.replaceChildren(...found.map(makeCard));
  part("saved-empty").hidden = articles.length > 0;
  if (!tools) return;
  tools.hidden = !articles.length;
  part("saved-no-match").hidden = found.length > 0 || !articles.length;
  part("saved-here").hidden = isSignedIn();
  part("saved-everywhere").hidden = !isSignedIn();
  showMarks();
}

function inWords(bytes) {
  const [size, unit] = bytes < 1e6 ? [Math.ceil(bytes / 1e3), "kilobyte"] : [bytes / 1e6, "megabyte"];
  return size.toLocaleString(lang, { style: "unit", unit, maximumFractionDigits: 1 });
}

/** How many there are, which of them can be read offline, and what room that takes. */
function showMarks() {
  const cards = [...list.children];
  for (const card of cards) card.querySelector("[data-field=kept]").hidden = !kept.has(card.dataset.url);
  const line = part("saved-count-text");
  const { one, many, space } = line.dataset;
  const bytes = [...kept.values()].reduce((sum, copy) => sum + copy.bytes, 0);
  const texts = [cards.length === 1 ? one : many.replace("{}", cards.length)];
  if (bytes) texts.push(space.replace("{}", inWords(bytes)));
  line.textContent = texts.join(", ");
  part("copies-clear").hidden = !bytes;
  part("copies-keep").hidden = !canKeep() || shown().every(({ url }) => kept.has(url));
}

if (tools) {
  search.addEventListener("input", show);
  search.addEventListener("submit", (event) => event.preventDefault());
  part("copies-clear").addEventListener("click", () => want(false));
  part("copies-keep").addEventListener("click", () => want(true));
  document.addEventListener("savedchange", show);
  document.addEventListener("copieschange", async () => {
    kept = await copies();
    // The cards stay: the keyboard may be on one of them.
    showMarks();
  });
} else if (location.pathname !== "/hors-ligne/") {
  // Shown in the place of a page that the line did not bring.
  addEventListener("online", () => location.reload());
}
kept = await copies().catch(() => kept);
showKept(show);
// What was not kept last time.
if (tools) keepCopies();
