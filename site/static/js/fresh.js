// Keeps the ticker and « En continu » of an open page fresh. Without it they are as old as the page.
import { turn } from "./ticker.js";
import { showAll } from "./time.js";

const ADDRESS = "/en-continu/frais/";
// Data that somebody saves is asked for less often.
const SECONDS = navigator.connection?.saveData ? 60 : 15;

let last;

async function refresh() {
  if (document.hidden) return;
  // Asks the server whether it changed: mostly an answer without a body.
  const response = await fetch(ADDRESS, { cache: "no-cache" });
  const text = await response.text();
  if (!response.ok || text === last) return;
  last = text;
  const fresh = new DOMParser().parseFromString(text, "text/html");
  showTicker(fresh.querySelector("[data-ticker]"));
  for (const list of document.querySelectorAll(".latest-list")) showLatest(list, fresh.querySelector(".latest-list"));
  announce(fresh);
  showAll();
}

/** On the page « En continu » itself: cards don't move while one reads them. */
function announce(fresh) {
  const notice = document.querySelector("[data-new-stories]");
  const path = (page) => page.querySelector(".latest-list a, .listing-stories :is(h2, h3) a")?.getAttribute("href");
  if (notice && path(fresh) !== path(document.querySelector("main"))) notice.hidden = false;
}

const lines = (ticker) => ticker?.querySelector("[data-ticker-lines]").textContent;

function showTicker(fresh) {
  const shown = document.querySelector("[data-ticker]");
  if (lines(shown) === lines(fresh)) return;
  // Nothing moves away under a finger or the keyboard; the next time will do.
  if (shown?.matches(":hover, :focus-within")) last = undefined;
  else {
    if (shown && fresh) shown.replaceWith(fresh);
    else if (shown) shown.remove();
    else document.querySelector("main:not([data-timeless])")?.before(fresh);
    turn();
  }
}

function showLatest(list, fresh) {
  if (list.matches(":hover, :focus-within")) last = undefined;
  else list.replaceChildren(...[...(fresh?.children ?? [])].slice(0, list.children.length).map((item) => item.cloneNode(true)));
}

const again = () => refresh().catch(() => {});

again();
setInterval(again, SECONDS * 1000);
document.addEventListener("visibilitychange", again);
