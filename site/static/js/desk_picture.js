// Keeps the picture of an entry that is being written, which localStorage can't. Without it one chooses it again.

const open = () =>
  new Promise((resolve, reject) => {
    const request = indexedDB.open("desk", 1);
    request.onupgradeneeded = () => request.result.createObjectStore("pictures");
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

async function run(mode, act) {
  try {
    const database = await open();
    return await new Promise((resolve, reject) => {
      const request = act(database.transaction("pictures", mode).objectStore("pictures"));
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  } catch {
    // Blocked or full: nothing is kept.
    return undefined;
  }
}

export const keepPicture = (key, file) =>
  file ? run("readwrite", (pictures) => pictures.put(file, key)) : forgetPicture(key);
export const keptPicture = (key) => run("readonly", (pictures) => pictures.get(key));
export const forgetPicture = (key) => run("readwrite", (pictures) => pictures.delete(key));
