// Brings a page that holds one form into this one: into a dialog, or to where one reads. Without it links lead there.

/** Whether a click asks for this page, and not for a new tab or window. */
const isPlain = (event) => !(event.ctrlKey || event.metaKey || event.shiftKey || event.button);

/** Fetch a page; gives the part that may stand in another page, if it has one, and where it came from. */
async function load(url, options) {
  const response = await fetch(url, options);
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const part = page.querySelector("[data-form-page]");
  // What failed on the way is no answer to the form.
  if (!part && !response.ok) throw new Error(response.status);
  return { part, url: response.url };
}

function leave(url) {
  const target = new URL(url);
  // The same page anew, which only a fragment would not load.
  if (target.pathname === location.pathname && target.search === location.search) {
    if (target.hash) history.replaceState(null, "", target.hash);
    location.reload();
  } else {
    location.assign(target);
  }
}

async function submit(form, button, place, done) {
  // A second tap sends nothing twice.
  if (form.ariaBusy === "true") return;
  form.ariaBusy = "true";
  const status = form.querySelector("[data-form-status]");
  if (status) status.hidden = true;
  try {
    const body = new FormData(form, button);
    const { part, url } = await load(form.action, { method: "POST", body });
    if (part) show(part, place, done);
    else done(url);
  } catch {
    // The line is down: what was typed stays, to be sent again.
    if (status) status.hidden = false;
  } finally {
    form.ariaBusy = "false";
  }
}

function show(part, place, done) {
  place.replaceChildren(document.adoptNode(part));
  for (const form of part.querySelectorAll("form[method=post]")) {
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      submit(form, event.submitter, place, done);
    });
  }
  for (const link of part.querySelectorAll("a[data-opens-form]")) {
    link.addEventListener("click", (event) => {
      if (!isPlain(event)) return;
      event.preventDefault();
      open(link.href, place, done);
    });
  }
  focusOn(part);
}

/** Go on where something is wrong, else at the beginning. */
function focusOn(part) {
  const field = part.querySelector("[aria-invalid=true]") ?? part.querySelector("input:not([type=hidden]), textarea");
  (field ?? part).focus();
}

/**
 * Show the form of a page in a place of this one; `done` gets the address that its last step leads to.
 * Where that fails, the page itself is opened.
 */
export async function open(url, place, done = leave) {
  addStyles();
  try {
    const { part } = await load(url);
    if (part) return show(part, place, done);
  } catch {}
  location.assign(url);
}

const dialog = document.querySelector("[data-form-dialog]");

function addStyles() {
  const { styles } = dialog.dataset;
  if (document.querySelector(`link[href="${styles}"]`)) return;
  document.head.append(Object.assign(document.createElement("link"), { rel: "stylesheet", href: styles }));
}

/** Open the page of a link in the dialog; it comes back to the page that is read. */
export async function follow(link) {
  // Where one form is the page, another opens in its place: two would share their ids.
  if (document.querySelector("main [data-form-page]:not([data-form-place] > *)")) return location.assign(link.href);
  const url = new URL(link.href);
  url.searchParams.set("next", location.pathname + location.search);
  await open(url, dialog.querySelector("[data-form-place]"));
  const part = dialog.querySelector("[data-form-page]");
  if (!part) return;
  dialog.showModal();
  focusOn(part);
}
