// Fields of the page editor by their content path ("title", "body.<block>", "related_stories"): show them, fill them.

const field = (path) => {
  const part = CSS.escape(path.split(".").pop());
  return document.querySelector(`[data-contentpath="${part}"]`)
    ?? document.getElementById(`id_${path}-FORMS`)?.closest("section");
};

/** Does something once an element can be seen: a tab takes a moment to turn, a panel to open. */
export const onceVisible = (element, then, patience = 60) => {
  if (element.checkVisibility({ visibilityProperty: true }) || !patience) then();
  else requestAnimationFrame(() => onceVisible(element, then, patience - 1));
};

/** Shows a field, whatever tab or folded panel it is in, and puts the cursor into it. */
export const jump = (path) => {
  const place = path && field(path);
  if (!place) return;
  // On a phone the side panel covers the form.
  if (window.innerWidth < 800) document.querySelector("[data-form-side-close-button]")?.click();
  for (let panel = place.closest("[role=tabpanel]"); panel; panel = panel.parentElement.closest("[role=tabpanel]")) {
    document.querySelector(`[role=tab][aria-controls="${panel.id}"]:not([aria-selected=true])`)?.click();
  }
  for (let panel = place.closest("[data-panel]"); panel; panel = panel.parentElement.closest("[data-panel]")) {
    panel.querySelector(":scope > .w-panel__header [data-panel-toggle][aria-expanded=false]")?.click();
  }
  onceVisible(place, () => {
    place.scrollIntoView({ block: "center" });
    const controls = "input:not([type=hidden]), textarea, [contenteditable=true], select, button";
    [...place.querySelectorAll(controls)].find((control) => control.checkVisibility())?.focus({ preventScroll: true });
  });
};

/** Sets the value of a plain field as if somebody had typed it. */
export const fill = (name, value) => {
  const input = document.querySelector(`[data-edit-form] [name="${CSS.escape(name)}"]`);
  input.value = value;
  for (const type of ["input", "change"]) input.dispatchEvent(new Event(type, { bubbles: true }));
  jump(name);
};
