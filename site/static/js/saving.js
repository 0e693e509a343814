// Changes the list of saved articles, and keeps account and offline copies in step with it. Without it nothing changes.
import { me, send } from "./me.js";
import { changes, isSignedIn, keep, read, readJson, savedArticles } from "./storage.js";

const MOST = 500;

// One sync after the other, or an early answer that comes late would undo a later one.
let syncing = Promise.resolve();

/** `account` marks what the account knows, `here` what was saved in this browser. */
function keepChanges(list) {
  list.sort((one, other) => other.at - one.at);
  keep("saved", JSON.stringify(list.slice(0, MOST)));
  // Until the copies are in step again, be it on the next page.
  keep("copies", "due");
  document.dispatchEvent(new Event("savedchange"));
}

// Lists from before there were accounts say no times. And nothing leads away from here, whatever lies in the storage.
const isOurs = ({ url }) => /^\/(?!\/)/.test(url);
if (!changes().every((change) => change.at && isOurs(change))) {
  const whole = (change, place) => ({ at: Date.now() - place, here: true, ...change, id: Number(change.id) });
  keepChanges(changes().filter(isOurs).map(whole));
}

/** Save an article, or remove it. */
export function change(article, removed, now = Date.now()) {
  const list = changes();
  const others = list.filter(({ id }) => id !== article.id);
  // Later than all one saw, whatever this device takes for the time: of two quick taps the second stands first.
  const at = Math.max(now, ...list.map((other) => other.at + 1));
  // Other devices have to hear what was removed from an account; what a visitor removes is just gone.
  if (!removed || isSignedIn()) others.push({ ...article, at, removed, account: false, here: true });
  keepChanges(others);
}

/** What was tapped, here or just before the reader left another page. */
function takeTaps() {
  const taps = readJson("tapped") ?? [];
  keep("tapped", "[]");
  for (const { id, url, title, section, image, published, removed, at } of taps) {
    change({ id: Number(id), url, title, section, image, published }, removed, at);
  }
}

/** Bring account and copies into step with the list. */
export async function follow() {
  takeTaps();
  // With the line down it waits for the next page.
  syncing = syncing.then(sync).catch(() => {});
  await syncing;
  const reading = savedArticles().find(({ id }) => id === Number(document.body.dataset.page));
  if (!reading && read("copies") !== "due") return;
  import("./saved_copies.js").then(({ keepCopies }) => keepCopies({ url: reading?.url })).catch(() => {});
}

async function sync() {
  const unsent = changes().filter(({ account }) => !account);
  if (!isSignedIn()) return leave(unsent);
  const { saved } = await me();
  if (saved === undefined || (saved === read("saved-version") && !unsent.length)) return;
  const sent = unsent.map(({ id, at, removed }) => ({ id, at, removed }));
  const answer = await send("/mes-sauvegardes/synchroniser/", { changes: sent });
  // What changed meanwhile goes with the next one.
  const isSent = (change) => sent.some(({ id, at }) => id === change.id && at === change.at);
  const since = changes().filter((change) => !change.account && !isSent(change));
  const here = changes().filter((change) => change.here).map(({ id }) => id);
  const known = answer.saved.filter((article) => !since.some(({ id }) => id === article.id));
  keepChanges([...since, ...known.map((article) => ({ ...article, account: true, here: here.includes(article.id) }))]);
  keep("saved-version", answer.version);
}

/** Signed out: what the account has is no longer this browser's. */
function leave(unsent) {
  keep("saved-version", "");
  if (unsent.length < changes().length) keepChanges(unsent.filter(({ removed }) => !removed));
}
