// Shows kept articles where the line is down. Without it there is no reading offline.
// The view that serves it puts a line on top: FILES (name → address of what every page needs) and VERSION.

const NAME = `files ${VERSION}`;
const OFFLINE = "/hors-ligne/";
const PRIVATE = /^\/(admin|compte|documents|moi)\//;

addEventListener("install", (event) => {
  // Nothing waits: whatever there is comes from the network first, under an old worker and a new one.
  skipWaiting();
  event.waitUntil(keepFiles());
});

addEventListener("activate", (event) => event.waitUntil(forgetOldFiles().then(() => clients.claim())));

addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  // Pictures may lie elsewhere.
  const isOurs = origin === location.origin ? !PRIVATE.test(pathname) : request.destination === "image";
  if (request.method !== "GET" || !isOurs) return;
  // What scripts ask for has no destination; sound and film are asked for in parts. Neither is ever kept.
  if (!request.destination || request.headers.has("Range")) return;
  event.respondWith(fetch(request).catch((error) => findKept(request, pathname, error)));
});

async function keepFiles() {
  const cache = await caches.open(NAME);
  const keep = async ([name, address]) => {
    const response = await fetch(address);
    if (!response.ok) throw new Error(`${address}: ${response.status}`);
    await cache.put(name, response);
  };
  await Promise.all(Object.entries(FILES).map(keep));
}

async function forgetOldFiles() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith("files ") && name !== NAME).map((name) => caches.delete(name)));
}

async function findKept(request, pathname, error) {
  // A copy may be older than the files, whose names change with what they hold.
  const name = pathname.replace(/\.[0-9a-f]{12}(\.\w+)$/, "$1");
  for (const address of [request.url, pathname, name, ...(request.mode === "navigate" ? [OFFLINE] : [])]) {
    const response = await caches.match(address, { ignoreVary: true });
    if (response) return response;
  }
  throw error;
}
