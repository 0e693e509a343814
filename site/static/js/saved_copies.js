// Keeps saved articles, with pictures, for reading offline. Without it they are read online.
import { keep, read, savedArticles } from "./storage.js";

const FRAME = "/hors-ligne/";
const MOST = 100;
const MOST_BYTES = 50_000_000;
// Each article has a cache of its own, named by its path: deleted as a whole, and nothing to count.
const NAME = "article ";

/** Whether this browser can show pages offline: only on https, and not in every private window. */
export const canKeep = () => Boolean(window.caches && navigator.serviceWorker && navigator.locks);

const wantsCopies = () => read("offline") !== "no";

const isCopy = (name) => name.startsWith(NAME);

/** The copies there are: path → { bytes, picture }. */
export async function copies() {
  const names = canKeep() ? await caches.keys() : [];
  const found = await Promise.all(names.filter(isCopy).map(describe));
  return new Map(found.filter(Boolean));
}

async function describe(name) {
  const path = name.slice(NAME.length);
  const page = await caches.match(path, { cacheName: name, ignoreVary: true });
  // The page comes last: without it the copy is not whole.
  return page && [path, { bytes: Number(page.headers.get("X-Bytes")), picture: page.headers.get("X-Picture") }];
}

/** Turn the keeping of copies off, or on again. */
export function want(copies) {
  keep("offline", copies ? "yes" : "no");
  return keepCopies({ all: true });
}

/**
 * Bring the copies into step with the list. That of the article at `url`, which is being read, is made anew.
 * Those saved on another device don't come over a line that is paid by the megabyte.
 */
export async function keepCopies({ url, all = !isMetered() } = {}) {
  // Other pages of ours may be at it.
  if (canKeep()) await navigator.locks.request("copies", () => tidy(url, all)).catch(() => {});
}

function isMetered() {
  const { saveData, type } = navigator.connection ?? {};
  return saveData || type === "cellular";
}

async function tidy(fresh, all) {
  const list = read("saved");
  const wanted = wantsCopies() ? savedArticles().slice(0, MOST) : [];
  if (wanted.length) navigator.serviceWorker.register("/service-worker.js").catch(() => {});
  for (const name of await caches.keys()) {
    if (isCopy(name) && !wanted.some(({ url }) => name === NAME + url)) await drop(name);
  }
  const there = await copies();
  let left = MOST_BYTES;
  // The latest first: where the room ends, the oldest go without.
  for (const { url, here } of wanted) {
    let bytes = there.get(url)?.bytes ?? 0;
    if (url === fresh || ((all || here) && !bytes && left > 0)) {
      bytes = await keepCopy(url);
      changed();
    }
    left -= bytes;
    if (left < 0) await drop(NAME + url);
  }
  // Or what was saved meanwhile would wait for another occasion.
  if (read("saved") === list) keep("copies", "kept");
}

async function drop(name) {
  await caches.delete(name);
  changed();
}

const changed = () => document.dispatchEvent(new Event("copieschange"));

const load = async (url) => {
  // What is on the screen need not come twice.
  const response = await fetch(url, { cache: url === location.pathname ? "default" : "no-store" });
  return { response, page: new DOMParser().parseFromString(await response.text(), "text/html") };
};

/** Keep one article in the frame of the offline page, which shows no news of the day; gives the bytes it takes. */
async function keepCopy(url) {
  const { response, page } = await load(url);
  const story = page.querySelector("[data-article-body]")?.closest("article");
  if (response.status === 404) await drop(NAME + url);
  if (!response.ok || !story) return 0;
  const { page: frame } = await load(FRAME);
  story.dataset.accent = story.closest("[data-accent]")?.dataset.accent ?? "";
  const notice = frame.querySelector("[data-copy-notice]").content.firstElementChild;
  const cache = await caches.open(NAME + url);
  story.querySelectorAll(".ad").forEach((ad) => ad.remove());
  const files = await Promise.all([...story.querySelectorAll("picture")].map((picture) => keepPicture(picture, cache)));

  notice.querySelector("[data-kept-on]").textContent = new Date().toLocaleString(document.documentElement.lang, {
    dateStyle: "long",
    timeStyle: "short",
  });
  for (const sheet of frame.querySelectorAll("link[rel=stylesheet]")) {
    if (!page.querySelector(`link[href="${sheet.getAttribute("href")}"]`)) page.head.append(sheet);
  }
  page.body.replaceChildren(...frame.body.childNodes);
  page.querySelector("main").replaceChildren(notice, story);

  const html = new Blob(["<!DOCTYPE html>", page.documentElement.outerHTML]);
  const bytes = files.reduce((sum, file) => sum + file.bytes, html.size);
  // The security policy of the page holds for its copy.
  const headers = new Headers(response.headers);
  headers.delete("Content-Encoding");
  headers.delete("Content-Length");
  headers.set("X-Bytes", bytes);
  headers.set("X-Picture", page.querySelector("figure picture img")?.getAttribute("src") ?? "");
  await cache.put(url, new Response(html, { headers }));
  const shown = [new URL(url, location).href, ...files.map(({ file }) => file)];
  for (const request of await cache.keys()) {
    if (!shown.includes(request.url)) await cache.delete(request);
  }
  return bytes;
}

/** Keep the one file of a picture that this device shows, and leave the page no other. */
async function keepPicture(picture, cache) {
  const image = picture.querySelector("img");
  const file = (await choose(picture)) || image.src;
  const response = (await cache.match(file)) ?? (await fetch(file));
  if (!response.ok) {
    picture.remove();
    return { file, bytes: 0 };
  }
  const body = await response.blob();
  await cache.put(file, new Response(body, { headers: { "Content-Type": body.type } }));
  picture.querySelectorAll("source").forEach((source) => source.remove());
  image.removeAttribute("srcset");
  image.src = new URL(file).pathname;
  return { file, bytes: body.size };
}

/** What this device would show of a picture: it says so only once it has loaded it. */
function choose(picture) {
  const image = document.importNode(picture, true).querySelector("img");
  return new Promise((done) => {
    image.onload = () => done(image.currentSrc);
    image.onerror = () => done();
    image.loading = "eager";
  });
}
