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

/** Call `show` now, and whenever another page may have changed what is kept. */
export function showKept(show) {
  show();
  addEventListener("storage", show);
  addEventListener("pageshow", ({ persisted }) => persisted && show());
}
