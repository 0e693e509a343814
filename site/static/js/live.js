// Brings what is new in a live coverage into the open page. Without it one reloads.
import { showAge } from "./time.js";

const SECONDS = 15;
const SAVING_SECONDS = 60;
const LONGEST_SECONDS = 240;

const news = document.querySelector("[data-live]");
const list = document.querySelector("[data-live-entries]");
const pinned = document.querySelector("[data-live-pinned]");
const button = news.querySelector("[data-live-show]");
const isTop = "top" in news.dataset;
const usual = navigator.connection?.saveData ? SAVING_SECONDS : SECONDS;

// Entries that wait for the reader, by key.
const waiting = new Map();
let { change } = news.dataset;
let seconds = usual;
let tooMany = false;
let timer;

const findEntry = (key) => document.querySelector(`article[data-entry="${key}"]`);
const time = ({ dataset }) => Date.parse(dataset.at);

/** Do something to the page while what is read stays where it is on the screen. */
function keepPlace(act) {
  const seen = [...document.querySelectorAll("[data-entry]")].find((entry) => entry.getBoundingClientRect().bottom > 0);
  const before = seen?.getBoundingClientRect().top;
  // What is above the first entry on the screen may be all that is read.
  const matters = scrollY > 0 && before < innerHeight;
  const key = seen?.dataset.entry;
  act();
  const now = key && findEntry(key);
  if (matters && now) scrollBy({ top: now.getBoundingClientRect().top - before, behavior: "instant" });
}

/** Put an entry where its time says; one older than all on this page stands on another. */
function place(entry) {
  const next = [...list.querySelectorAll(":scope > [data-entry]")].find((other) => time(other) < time(entry));
  if (next) next.before(entry);
  else if (!document.querySelector(".live-stream [rel=next]")) list.append(entry);
  list.querySelector("[data-live-empty]")?.remove();
}

function put(entry) {
  findEntry(entry.dataset.entry)?.remove();
  if (!isTop || !("pinned" in entry.dataset)) return place(entry);
  // There is one place on top; who had it goes back into the row.
  [...pinned.children].forEach(place);
  pinned.append(entry);
}

function wake() {
  document.querySelectorAll(".live-stream time[data-relative]").forEach(showAge);
  if (document.querySelector("[data-embed-load][hidden]")) {
    import("./embed.js").then(({ offerPlayers }) => offerPlayers()).catch(() => {});
  }
}

function take(entry) {
  const { entry: key } = entry.dataset;
  const old = findEntry(key);
  const goes = "withdrawn" in entry.dataset;
  if (goes) {
    waiting.delete(key);
    old?.remove();
  } else if (old && "pinned" in old.dataset === "pinned" in entry.dataset) {
    // Where it stands, whoever reads it.
    const hadFocus = old.contains(document.activeElement);
    old.replaceWith(entry);
    if (hadFocus) entry.focus({ preventScroll: true });
  } else if (old) {
    put(entry);
  } else if (waiting.has(key) || isNew(entry)) {
    waiting.set(key, entry);
  }
}

/** Whether an entry belongs above the last one here. */
function isNew(entry) {
  const shown = [...list.querySelectorAll(":scope > [data-entry]")];
  const edge = isTop ? shown.at(-1) : shown[0];
  const isWhole = isTop && !document.querySelector(".live-stream [rel=next]");
  return isWhole || !edge || time(entry) > time(edge);
}

function offer() {
  const { labelOne, labelMany } = news.dataset;
  const label = waiting.size === 1 ? labelOne : labelMany.replace("#", tooMany ? `${waiting.size}+` : waiting.size);
  if (button.textContent !== label) button.textContent = label;
  button.hidden = !waiting.size;
}

function showWaiting() {
  // More than we were told of, or a page whose top they don't belong to.
  if (tooMany || !isTop) return location.assign(news.dataset.live);
  const entries = [...waiting.values()].sort((one, other) => time(one) - time(other));
  waiting.clear();
  entries.forEach(put);
  entries.forEach((entry) => entry.classList.add("is-new"));
  offer();
  wake();
  const newest = entries.at(-1);
  newest.scrollIntoView({ block: "start" });
  newest.focus({ preventScroll: true });
}

function close() {
  clearTimeout(timer);
  timer = undefined;
  change = undefined;
  const notice = Object.assign(document.createElement("p"), { className: "notice" });
  notice.textContent = news.dataset.labelClosed;
  news.append(notice);
}

async function ask() {
  const head = await get("etat/").then((response) => response.json());
  if (String(head.change) === change) return head.closed && close();
  const text = await get(`nouveautes/?depuis=${change}`).then((response) => response.text());
  // Nothing in it loads before it is shown.
  const answer = new DOMParser().parseFromString(text, "text/html").querySelector("[data-live-changes]");
  const entries = [...answer.querySelectorAll("[data-entry]")];
  tooMany ||= "hasMore" in answer.dataset;
  keepPlace(() => {
    const essentials = document.querySelector("[data-live-essentials]");
    essentials?.replaceWith(answer.querySelector("[data-live-essentials]"));
    entries.forEach(take);
  });
  change = answer.dataset.liveChanges;
  offer();
  wake();
  if ("closed" in answer.dataset) close();
}

async function get(name) {
  const response = await fetch(news.dataset.live + name);
  if (!response.ok) throw new Error(response.status);
  return response;
}

async function poll() {
  timer = undefined;
  try {
    await ask();
    seconds = usual;
  } catch {
    // The line or the server is down; those who come back don't come all at once.
    seconds = Math.min(seconds * 2, LONGEST_SECONDS);
  }
  plan();
}

function plan(soon = false) {
  clearTimeout(timer);
  timer = undefined;
  if (change === undefined || document.hidden || !navigator.onLine) return;
  timer = setTimeout(poll, (soon ? 0.5 : seconds) * 1000 * (0.8 + 0.4 * Math.random()));
}

button.addEventListener("click", showWaiting);
// Who looks again, or is back on line, doesn't wait.
document.addEventListener("visibilitychange", () => plan(true));
addEventListener("online", () => plan(true));
addEventListener("offline", () => plan());
addEventListener("pageshow", ({ persisted }) => persisted && plan(true));
plan();
