// « La une »: drags stories and rails, or moves them by buttons and keys. Without it the rails are edited as a page.
const { Controller } = window.StimulusModule;

const PAUSE = 250;
// So far a pointer moves before something is dragged, in pixels; so near the edge the page scrolls along.
const SLACK = 5;
const EDGE = 70;

class Board extends Controller {
  static targets = ["rails", "tray", "status"];
  static values = { pinned: String, unpinned: String, full: String, moved: String, failed: String };

  trayTargetConnected() {
    this.offerRails();
  }

  // --- Pointers ---------------------------------------------------------------

  lift(event) {
    if (event.button || this.lifted) return;
    const item = event.currentTarget.closest("[data-story], [data-rail]");
    const start = { x: event.clientX, y: event.clientY };
    const from = { parent: item.parentElement, next: item.nextElementSibling };
    const finish = new AbortController();
    const { signal } = finish;
    let dragged;
    const end = (keep) => {
      finish.abort();
      this.lifted = null;
      dragged?.classList.remove("board-lifted");
      const isElsewhere = dragged?.parentElement !== from.parent || dragged?.nextElementSibling !== from.next;
      if (keep && dragged?.isConnected && isElsewhere) this.settle(dragged);
    };
    this.lifted = () => {
      if (dragged === item) from.parent.insertBefore(item, from.next);
      else dragged?.remove();
      dragged?.classList.remove("board-lifted");
      dragged = null;
      end(false);
    };
    this.element.setPointerCapture(event.pointerId);
    this.element.addEventListener("pointermove", (move) => {
      if (!dragged && Math.hypot(move.clientX - start.x, move.clientY - start.y) < SLACK) return;
      // The newest stories stay where they are; a copy is pinned.
      dragged ??= item.closest("[data-tray]") ? item.cloneNode(true) : item;
      dragged.classList.add("board-lifted");
      this.follow(dragged, move);
    }, { signal });
    this.element.addEventListener("pointerup", () => end(true), { signal });
    this.element.addEventListener("pointercancel", () => this.letGo(), { signal });
  }

  letGo() {
    this.lifted?.();
  }

  follow(dragged, { clientX, clientY }) {
    if (clientY < EDGE) window.scrollBy(0, -12);
    if (clientY > window.innerHeight - EDGE) window.scrollBy(0, 12);
    const over = document.elementFromPoint(clientX, clientY);
    const kind = dragged.dataset.rail ? "[data-rail]" : "[data-story]";
    const list = over?.closest(dragged.dataset.rail ? "[data-desk-board-target=rails]" : "[data-pins], [data-filled]");
    if (!list) return;
    const other = over.closest(kind);
    if (other === dragged) return;
    if (!other) {
      if (!list.querySelector(kind)) list.append(dragged);
      return;
    }
    const { top, height } = other.getBoundingClientRect();
    other[clientY < top + height / 2 ? "before" : "after"](dragged);
  }

  // --- Buttons and keys -----------------------------------------------------------

  up({ currentTarget }) {
    this.step(currentTarget, "previous");
  }

  down({ currentTarget }) {
    this.step(currentTarget, "next");
  }

  step(control, way) {
    const item = control.closest("[data-story], [data-rail]");
    const sibling = item[`${way}ElementSibling`];
    const before = way === "previous";
    this.focusOn = control.matches("[data-handle]") ? "[data-handle]" : control.matches("[data-up]") ? "[data-up]" : "[data-down]";
    if (item.dataset.rail) {
      if (!sibling?.dataset.rail) return;
      sibling[before ? "before" : "after"](item);
    } else if (!item.closest("[data-pins]")) {
      // What isn't pinned has one way to go: to the pinned.
      const pins = item.closest("[data-rail]")?.querySelector("[data-pins]");
      if (!before || !pins) return;
      pins.append(item);
    } else if (sibling) {
      sibling[before ? "before" : "after"](item);
    } else {
      const lists = [...this.railsTarget.querySelectorAll("[data-pins]")];
      const next = lists[lists.indexOf(item.closest("[data-pins]")) + (before ? -1 : 1)];
      if (!next) return;
      next[before ? "append" : "prepend"](item);
    }
    this.settle(item);
  }

  pin({ currentTarget }) {
    const story = currentTarget.closest("[data-story]");
    story.closest("[data-rail]").querySelector("[data-pins]").append(story);
    this.settle(story);
  }

  unpin({ currentTarget }) {
    const story = currentTarget.closest("[data-story]");
    story.remove();
    this.settle(story);
  }

  pinTo({ currentTarget }) {
    const rail = this.railsTarget.querySelector(`[data-rail="${CSS.escape(currentTarget.value)}"]`);
    currentTarget.value = "";
    if (!rail) return;
    const story = currentTarget.closest("[data-story]").cloneNode(true);
    rail.querySelector("[data-pins]").append(story);
    this.settle(story);
  }

  offerRails() {
    const rails = [...this.railsTarget.querySelectorAll("[data-rail]")].filter(({ dataset }) => dataset.most > 0);
    for (const select of this.trayTarget.querySelectorAll("select")) {
      select.replaceChildren(select.firstElementChild, ...rails.map(({ dataset }) => new Option(dataset.title, dataset.rail)));
    }
  }

  // --- What follows a move -----------------------------------------------------------

  /** Makes the form say what the page shows, then has the server fill the rails anew. */
  settle(item) {
    const { story, title } = item.dataset;
    const rail = item.closest("[data-rail]");
    const said = [];
    if (!story) {
      const place = [...this.railsTarget.querySelectorAll("[data-rail]")].indexOf(item) + 1;
      said.push(this.say(this.movedValue, { rail: title, place }));
    } else {
      for (const twin of this.railsTarget.querySelectorAll(`[data-pins] [data-story="${story}"]`)) {
        if (twin !== item) twin.remove();
      }
      const pins = item.closest("[data-pins]");
      const pinned = [...pins?.children ?? []];
      if (pins) said.push(this.say(this.pinnedValue, { story: title, rail: rail.dataset.title, place: pinned.indexOf(item) + 1 }));
      else if (!item.querySelector("[data-pin]").disabled) said.push(this.say(this.unpinnedValue, { story: title }));
      if (pins && pinned.length > rail.dataset.most) {
        const last = pinned.filter((other) => other !== item).pop();
        last.remove();
        said.push(this.say(this.fullValue, { rail: rail.dataset.title, story: last.dataset.title }));
      }
    }
    for (const input of this.railsTarget.querySelectorAll("[data-pin]")) {
      const isPinned = input.closest("[data-pins]");
      input.disabled = !isPinned;
      if (isPinned) input.name = `pins-${input.closest("[data-rail]").dataset.rail}`;
    }
    this.refill(said.join(" "), story ? `[data-story="${story}"]` : `[data-rail="${item.dataset.rail}"]`);
  }

  say(text, values) {
    return text.replace(/{(\w+)}/g, (_, name) => values[name]);
  }

  async refill(said, moved) {
    this.asked?.abort();
    this.asked = new AbortController();
    try {
      const response = await fetch(this.element.getAttribute("action"), {
        method: "POST",
        body: new FormData(this.element),
        signal: this.asked.signal,
      });
      if (!response.ok) throw new Error(response.statusText);
      this.railsTarget.innerHTML = await response.text();
      this.offerRails();
      this.statusTarget.textContent = said;
      const item = this.railsTarget.querySelector(`[data-pins] ${moved}`) ?? this.railsTarget.querySelector(moved);
      const control = item?.querySelector(this.focusOn ?? "[data-handle]");
      (control?.disabled ? item.querySelector("[data-handle]") : control)?.focus({ preventScroll: !this.focusOn });
      this.focusOn = null;
    } catch (error) {
      if (error.name !== "AbortError") this.statusTarget.textContent = this.failedValue;
    }
  }

  search({ target }) {
    clearTimeout(this.timer);
    this.timer = setTimeout(async () => {
      const query = target.value;
      const response = await fetch(`${target.dataset.url}?q=${encodeURIComponent(query)}`).catch(() => null);
      if (!response?.ok || query !== target.value) return;
      this.trayTarget.innerHTML = await response.text();
      this.offerRails();
    }, PAUSE);
  }
}

window.wagtail.app.register("desk-board", Board);
