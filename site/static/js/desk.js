// The desk without reloads: sends forms, keeps what is typed, shows what colleagues do. Without it plain forms.
import { forgetPicture, keepPicture, keptPicture } from "./desk_picture.js";
import { keep, readJson } from "./storage.js";

const POLL_SECONDS = 8;
const RETRY_SECONDS = 10;
const NOT_KEPT = ["csrfmiddlewaretoken", "picture"];

const messages = document.querySelector("[data-desk-messages]");
const rows = document.querySelector("[data-desk-rows]");

const key = (form) => `desk-${form.dataset.deskForm}`;
const cookie = () => /(?:^|; )csrftoken=([^;]+)/.exec(document.cookie)?.[1];

function tell(text) {
  const message = Object.assign(document.createElement("p"), { className: "desk-message", textContent: text });
  messages.replaceChildren(message);
}

function say(form, text) {
  const status = form.querySelector("[data-form-status]");
  status.textContent = text;
  status.hidden = !text;
}

/** Where a form goes; its buttons are called "action", too, so that `form.action` is one of them. */
const address = (form) => form.getAttribute("action");

/** Post a form; its token may have grown old in a page that is open for hours, so the cookie's is sent. */
function post(url, body) {
  const token = cookie() ?? body.get("csrfmiddlewaretoken");
  body.delete("csrfmiddlewaretoken");
  const headers = { Accept: "application/json", "X-Requested-With": "XMLHttpRequest", "X-CSRFToken": token };
  return fetch(url, { method: "POST", body, headers });
}

// --- What is typed is kept on this device until it is sent ---------------------

function keepTyped(form) {
  const typed = [...new FormData(form)].filter(([name]) => !NOT_KEPT.includes(name));
  keep(key(form), JSON.stringify(typed));
}

function forgetTyped(form) {
  localStorage.removeItem(key(form));
  forgetPicture(key(form));
}

/** Fill in what was kept; a field that isn't in it was not ticked. */
async function restore(form) {
  const picture = await keptPicture(key(form));
  if (picture) {
    const files = new DataTransfer();
    files.items.add(picture);
    form.elements.picture.files = files.files;
    form.elements.picture.closest("details").open = true;
  }
  const typed = readJson(key(form));
  if (!typed && !picture) return;
  for (const field of typed ? form.elements : []) {
    if (!field.name || NOT_KEPT.includes(field.name) || field.type === "submit") continue;
    const values = typed.filter(([name]) => name === field.name).map(([, value]) => value);
    if (field.type === "checkbox") field.checked = values.includes(field.value);
    else field.value = values[0] ?? "";
    if (values[0] && field.type !== "hidden") field.closest("details:not(:has([name=authors]))")?.setAttribute("open", "");
  }
  offerToForget(form);
}

function offerToForget(form) {
  const note = Object.assign(document.createElement("p"), { className: "desk-kept" });
  const button = document.createElement("button");
  Object.assign(button, { type: "button", className: "button button--quiet", textContent: form.dataset.wordsForget });
  button.addEventListener("click", () => {
    empty(form);
    form.elements.headline.focus();
  });
  note.append(form.dataset.wordsRestored, " ", button);
  form.prepend(note);
}

function empty(form) {
  forgetTyped(form);
  form.reset();
  form.querySelector(".desk-kept")?.remove();
  showErrors(form, {});
  say(form, "");
}

// --- Sending --------------------------------------------------------------------

function showErrors(form, errors) {
  for (const place of form.querySelectorAll("[data-field]")) {
    const messages = errors[place.dataset.field] ?? [];
    const error = place.querySelector("[data-error]") ?? place;
    error.textContent = messages.join(" ");
    error.hidden = !messages.length;
    const field = form.elements[place.dataset.field];
    if (!field) continue;
    field.ariaInvalid = messages.length ? "true" : null;
    if (messages.length) place.closest("details")?.setAttribute("open", "");
  }
  const first = form.querySelector("[aria-invalid=true]") ?? form.querySelector("[data-field='']:not([hidden])");
  first?.scrollIntoView({ block: "center" });
  first?.focus({ preventScroll: true });
}

/** A picture that the server has taken in is not sent again. */
function noteImage(form, image) {
  if (!image) return;
  form.elements.image.value = image;
  form.elements.picture.value = "";
  form.querySelector("[data-desk-picture]").hidden = false;
  forgetPicture(key(form));
  keepTyped(form);
}

async function send(form, action) {
  // A second tap sends nothing twice; the server knows the form by its key, too.
  if (form.ariaBusy === "true") return;
  form.ariaBusy = "true";
  clearTimeout(form.retry);
  say(form, form.dataset.wordsSending);
  const body = new FormData(form);
  body.set("action", action);
  try {
    await answered(form, await post(address(form), body));
  } catch {
    say(form, form.dataset.wordsOffline);
    form.waits = action;
    form.retry = setTimeout(send, RETRY_SECONDS * 1000, form, action);
  } finally {
    form.ariaBusy = "false";
  }
}

async function answered(form, response) {
  const { wordsSession, wordsGone, wordsFailed } = form.dataset;
  form.waits = undefined;
  if (response.status === 403) return say(form, wordsSession);
  if (response.status === 404) return say(form, wordsGone);
  if (![200, 409, 422].includes(response.status)) return say(form, wordsFailed);
  const answer = await response.json();
  say(form, "");
  if (response.ok) return sent(form, answer.message);
  noteImage(form, answer.image);
  if (answer.errors) return showErrors(form, answer.errors);
  const place = document.querySelector("[data-desk-conflict]");
  place.innerHTML = answer.conflict;
  form.elements.version.value = answer.version;
  keepTyped(form);
  place.firstElementChild.focus();
}

function sent(form, message) {
  const { leadsTo } = form.dataset;
  empty(form);
  if (leadsTo) return location.assign(leadsTo);
  // A new form has a new key, and no picture.
  form.elements.key.value = newKey();
  form.elements.image.value = "";
  form.querySelector("[data-desk-picture]").hidden = true;
  for (const part of form.querySelectorAll("details[open]")) part.open = false;
  tell(message);
  return refresh();
}

/** A random UUID; browsers make one themselves only where the line is encrypted. */
function newKey() {
  return "10000000-1000-4000-8000-100000000000".replace(/[018]/g, (digit) =>
    (digit ^ (crypto.getRandomValues(new Uint8Array(1))[0] & (15 >> (digit / 4)))).toString(16),
  );
}

for (const form of document.querySelectorAll("[data-desk-form]")) {
  restore(form);
  form.addEventListener("input", () => keepTyped(form));
  form.elements.picture.addEventListener("change", ({ target }) => keepPicture(key(form), target.files[0]));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    send(form, event.submitter?.value ?? "draft");
  });
  addEventListener("online", () => form.waits && send(form, form.waits));
  document.querySelector("[data-desk-leave]")?.addEventListener("click", () => forgetTyped(form));
}

// --- The entries below ----------------------------------------------------------

function place(row) {
  const old = rows.querySelector(`[data-row="${row.dataset.row}"]`);
  if (old) return old.replaceWith(row);
  const next = [...rows.children].find((other) => Number(other.dataset.row) < Number(row.dataset.row));
  if (next) next.before(row);
  else rows.append(row);
  document.querySelector("[data-desk-empty]")?.remove();
}

/** Show what changed, by whomever. */
async function refresh() {
  if (!rows?.dataset.address) return;
  const response = await fetch(`${rows.dataset.address}?depuis=${rows.dataset.change}`, {
    headers: { "X-Requested-With": "XMLHttpRequest" },
  });
  if (!response.ok) return;
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const answer = page.querySelector("[data-desk-changes]");
  // The first row was changed last.
  for (const row of [...answer.children].reverse()) {
    // Whoever has a finger on a button keeps it.
    if (!rows.querySelector(`[data-row="${row.dataset.row}"] :focus`)) place(row);
    else place(row), rows.querySelector(`[data-row="${row.dataset.row}"] a`)?.focus();
  }
  rows.dataset.change = answer.dataset.deskChanges;
}

async function step(form, action) {
  const body = new FormData(form);
  body.set("action", action);
  const response = await post(address(form), body);
  if (!response.ok) return location.reload();
  tell((await response.json()).message);
  if (action === "discard") form.closest("[data-row]").remove();
  return refresh();
}

if (rows) {
  rows.addEventListener("submit", (event) => {
    if (!rows.dataset.address) return;
    event.preventDefault();
    // Where the line is down the browser says so.
    step(event.target, event.submitter.value).catch(() => event.target.submit());
  });
  setInterval(() => document.hidden || refresh().catch(() => {}), POLL_SECONDS * 1000);
}
