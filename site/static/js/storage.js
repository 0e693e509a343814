// What this browser keeps. Without it, or when blocked or full, nothing outlives the page.

/** The kept text, or null; undefined where storage is blocked. */
export function read(key) {
  try {
    return localStorage.getItem(key);
  } catch {}
}

/** The kept value, if it can be read. */
export function readJson(key) {
  try {
    return JSON.parse(read(key));
  } catch {}
}

export function keep(key, text) {
  try {
    localStorage.setItem(key, text);
  } catch {}
}

/** Whether the hint cookie says that somebody is signed in. */
export const isSignedIn = () => /(?:^|; )connecte=1/.test(document.cookie);

/** What was saved or removed, the latest first. */
export function changes() {
  const list = readJson("saved");
  return Array.isArray(list) ? list : [];
}

/** What is saved; nothing of an account whose reader has left. */
export const savedArticles = () => changes().filter(({ removed, account }) => !removed && (!account || isSignedIn()));

/** Call `show` now, and whenever another page may have changed what is kept. */
export function showKept(show) {
  show();
  addEventListener("storage", show);
  addEventListener("pageshow", ({ persisted }) => persisted && show());
}
