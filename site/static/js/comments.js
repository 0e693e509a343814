// Sorts, leafs, answers and likes within a discussion. Without it the links lead to pages that do the same.
import { open } from "./form_page.js";
import { keep, readJson } from "./storage.js";
import { showAge } from "./time.js";

const MOST_LIKES = 500;

async function ask(url, options) {
  const response = await fetch(url, options);
  if (!response.ok) throw new Error(response.status);
  return new DOMParser().parseFromString(await response.text(), "text/html");
}

/** The part of a page that stands in the place of one of this page. */
async function partFor(place, url) {
  const part = (await ask(url)).querySelector(`[data-part="${place.dataset.part}"]`);
  if (!part) throw new Error(url);
  return document.adoptNode(part);
}

function focus(element) {
  element?.setAttribute("tabindex", "-1");
  element?.focus();
}

/** What a page brings is shown as on a page of its own. */
function prepare(part) {
  part.querySelectorAll("time[data-relative]").forEach(showAge);
  showLikes(part);
}

/** Whether somebody is writing in a part, which nothing may take from them. */
const isWritten = (part) => [...part.querySelectorAll("textarea")].find((text) => text.value.trim());

let asked;

const actions = {
  /** Another order or page in the place of this one. */
  async part(link) {
    const place = link.closest("[data-part]");
    const written = isWritten(place);
    if (written) return written.focus();
    asked = link;
    const part = await partFor(place, link.href);
    // Somebody was quicker than the line.
    if (asked !== link) return;
    place.replaceWith(part);
    prepare(part);
    const { pathname } = new URL(link.href);
    // Below an article the address stays the article's.
    history.replaceState(null, "", pathname === location.pathname ? link.href : "#commentaires");
    focus(part.querySelector(link.closest("nav")?.matches(".comment-orders") ? "[aria-current]" : ".comment"));
  },

  /** A thread in full, where its beginning stood. */
  async thread(link) {
    const place = link.closest("[data-part]");
    const written = isWritten(place);
    if (written) return written.focus();
    const shown = [...place.querySelectorAll(".comment")].map(({ id }) => id);
    const part = await partFor(place, link.href);
    place.replaceWith(part);
    prepare(part);
    const target = document.getElementById(new URL(link.href).hash.slice(1));
    focus(target ?? [...part.querySelectorAll(".comment")].find(({ id }) => !shown.includes(id)));
  },

  /** The next page below this one. */
  async more(link) {
    const place = link.closest("[data-part]");
    const part = await partFor(place, link.href);
    // Whatever has moved on to the next page meanwhile stands here already.
    const items = [...part.querySelector("[data-items]").children].filter(
      (item) => !document.getElementById(item.querySelector(".comment").id),
    );
    prepare(part);
    place.querySelector("[data-items]").append(...items);
    const next = part.querySelector("[rel=next]");
    if (next) link.replaceWith(next);
    else link.remove();
    focus(items[0]?.querySelector(".comment"));
  },

  /** A form below the link. */
  async form(link) {
    const line = link.parentElement;
    let place = line.nextElementSibling;
    if (!place?.matches("[data-form-place]")) {
      place = document.createElement("div");
      place.dataset.formPlace = "";
      line.after(place);
    }
    const written = isWritten(place);
    if (written) return written.focus();
    await open(link.href, place);
    place.scrollIntoView({ block: "nearest" });
  },

  /** Away with the form; the keyboard goes on where it was opened. */
  close(link) {
    const place = link.closest("[data-form-place]");
    if (!place || place.closest("dialog")) return location.assign(link.href);
    const opener = place.previousElementSibling.querySelector("[data-in-place=form]");
    place.remove();
    opener.focus();
  },

  /** The page of a like has its form; what that answers holds the new count. */
  async like(link) {
    const liked = link.getAttribute("aria-pressed") !== "true";
    showLike(link, liked);
    try {
      const form = (await ask(link.href)).querySelector("main form[method=post]");
      const body = new FormData(form);
      body.set("like", liked ? "1" : "0");
      const answer = await ask(link.href, { method: "POST", body });
      link.querySelector("b").textContent = Number(answer.querySelector("[data-likes]").dataset.likes) || "";
      keepLike(link, liked);
    } catch (error) {
      showLike(link, !liked);
      throw error;
    }
  },
};

/** Do what a link of the discussion is for; where that fails, its page is opened. */
export function follow(link) {
  return Promise.resolve(actions[link.dataset.inPlace](link)).catch(() => location.assign(link.href));
}

// Likes: the page is the same for everyone, so this browser remembers its own.

const likes = () => readJson("likes") ?? [];

function keepLike(link, liked) {
  const others = likes().filter((path) => path !== link.pathname);
  keep("likes", JSON.stringify(liked ? [link.pathname, ...others].slice(0, MOST_LIKES) : others));
}

function showLike(link, liked) {
  link.setAttribute("role", "button");
  link.setAttribute("aria-pressed", liked);
}

function showLikes(part) {
  const liked = likes();
  for (const link of part.querySelectorAll("[data-in-place=like]")) showLike(link, liked.includes(link.pathname));
}

// What is said to be a button obeys the space bar, too.
document.addEventListener("keydown", (event) => {
  if (event.key !== " " || !event.target.matches("[data-in-place=like][role=button]")) return;
  event.preventDefault();
  event.target.click();
});

// A visitor's name and address, kept here and nowhere else, and only if they say so.

function fill(form) {
  const box = form?.querySelector("[data-remember]");
  const kept = box && readJson("visitor");
  if (!kept || box.dataset.remember) return;
  box.dataset.remember = "filled";
  box.checked = true;
  form.elements.name.value ||= kept.name;
  form.elements.email.value ||= kept.email;
}

document.addEventListener("focusin", ({ target }) => fill(target.form));
document.addEventListener(
  "submit",
  ({ target: form }) => {
    const box = form.querySelector("[data-remember]");
    const { name, email } = form.elements;
    if (box) keep("visitor", JSON.stringify(box.checked ? { name: name.value, email: email.value } : null));
  },
  true,
);
[...document.forms].forEach(fill);
showLikes(document);
