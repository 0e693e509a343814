// Lists what is saved, to search and to remove from. Without it the page says that saving needs JavaScript.
import { offer } from "./buttons.js";
import { savedArticles } from "./save.js";
import { canKeep, copies, keepCopies, want, wantsCopies } from "./saved_copies.js";
import { change } from "./saving.js";
import { isSignedIn, showKept } from "./storage.js";
import { showAge } from "./time.js";

const { lang } = document.documentElement;
const dates = new Intl.DateTimeFormat(lang, { dateStyle: "long" });
const megabytes = new Intl.NumberFormat(lang, { style: "unit", unit: "megabyte", maximumFractionDigits: 1 });

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
  // Only to an article of ours, whatever lies in the storage.
  if (/^\/(?!\/)/.test(article.url)) field("url").href = article.url;
  field("url").textContent = article.title;
  field("section").textContent = article.section ?? "";
  showDate(field("published"), new Date(article.published));
  showPicture(field("image"), article.image && (copy?.picture || article.image));
  if (field("kept")) field("kept").hidden = !copy;
  card.querySelector("[data-save-remove]")?.addEventListener("click", () => remove(article));
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
  const button = part("saved-undo-button").content.firstElementChild.cloneNode(true);
  button.addEventListener("click", () => {
    undo.replaceChildren();
    change(article, false);
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

function show() {
  const articles = savedArticles().filter(({ url }) => !("keptOnly" in list.dataset) || kept.has(url));
  const found = articles.filter(matches);
  list.replaceChildren(...found.map(makeCard));
  part("saved-empty").hidden = articles.length > 0;
  if (!tools) return;
  tools.hidden = !articles.length;
  part("saved-no-match").hidden = found.length > 0 || !articles.length;
  part("saved-here").hidden = isSignedIn();
  part("saved-everywhere").hidden = !isSignedIn();
  showCount(found.length);
}

function showCount(count) {
  const line = part("saved-count-text");
  const bytes = [...kept.values()].reduce((sum, copy) => sum + copy.bytes, 0);
  const { one, many, space } = line.dataset;
  const texts = [count === 1 ? one : many.replace("{}", count)];
  if (bytes) texts.push(space.replace("{}", megabytes.format(bytes / 1e6)));
  line.textContent = texts.join(", ");
  part("copies-clear").hidden = !bytes;
  part("copies-keep").hidden = bytes > 0 || wantsCopies() || !canKeep();
}

async function showCopies() {
  kept = await copies();
  show();
}

if (tools) {
  search.addEventListener("input", show);
  search.addEventListener("submit", (event) => event.preventDefault());
  for (const [name, wanted] of [["copies-clear", false], ["copies-keep", true]]) {
    part(name).addEventListener("click", () => want(wanted));
  }
} else if (location.pathname !== "/hors-ligne/") {
  // Shown in the place of a page that the line did not bring.
  addEventListener("online", () => location.reload());
}
document.addEventListener("savedchange", show);
document.addEventListener("copieschange", showCopies);
showKept(show);
showCopies();
// What was not kept last time.
if (tools) keepCopies();
