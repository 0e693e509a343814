// Suggests while one types (the "list autocomplete" combobox of the ARIA practices). Without it the form searches.

const WAIT = 200;
const SHORTEST = 2;

for (const form of document.querySelectorAll("[data-suggest]")) {
  const input = form.querySelector("[name=q]");
  const list = form.querySelector("[data-suggest-list]");
  if (input && list) suggest(input, list, form.dataset.suggest);
}

function suggest(input, list, address) {
  let request = new AbortController();
  let timer;
  let current = -1;

  list.id ||= `${input.id}-suggestions`;
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-controls", list.id);
  close();

  function close() {
    clearTimeout(timer);
    request.abort();
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    select(-1);
  }

  function select(index) {
    const options = [...list.children];
    current = index;
    options.forEach((option, place) => option.setAttribute("aria-selected", place === current));
    if (options[current]) {
      input.setAttribute("aria-activedescendant", options[current].id);
      options[current].scrollIntoView({ block: "nearest" });
    } else {
      input.removeAttribute("aria-activedescendant");
    }
  }

  function show(suggestions) {
    list.replaceChildren(
      ...suggestions.map(({ kind, label, url }, place) => {
        const option = document.createElement("li");
        option.id = `${list.id}-${place}`;
        option.setAttribute("role", "option");
        option.textContent = label;
        Object.assign(option.dataset, { kind, url });
        return option;
      }),
    );
    list.hidden = !suggestions.length;
    input.setAttribute("aria-expanded", !list.hidden);
    select(-1);
  }

  async function ask(query) {
    request = new AbortController();
    const { signal } = request;
    try {
      const response = await fetch(`${address}?q=${encodeURIComponent(query)}`, { signal });
      const { suggestions } = await response.json();
      if (!signal.aborted) show(suggestions);
    } catch {
      // Nobody misses a suggestion that the line dropped.
    }
  }

  function typed() {
    clearTimeout(timer);
    request.abort();
    const query = input.value.trim();
    if (query.length < SHORTEST) close();
    else timer = setTimeout(ask, WAIT, query);
  }

  function pressed(event) {
    if (list.hidden) return;
    const { length } = list.children;
    // The field itself lies between the last option and the first.
    const moves = { ArrowDown: current + 1, ArrowUp: current < 0 ? length - 1 : current - 1 };
    if (event.key in moves) select(moves[event.key] < length ? moves[event.key] : -1);
    else if (event.key === "Enter" && current >= 0) location.assign(list.children[current].dataset.url);
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
  }

  input.addEventListener("input", typed);
  input.addEventListener("keydown", pressed);
  input.addEventListener("blur", close);
  // Keeps the focus in the field, which would close the list before the click.
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", ({ target }) => {
    const option = target.closest("[role=option]");
    if (option) location.assign(option.dataset.url);
  });
  // The module may arrive after the first letters.
  if (document.activeElement === input && input.value !== input.defaultValue) typed();
}
