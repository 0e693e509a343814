// Buttons that only a script can serve. Without it they stay hidden.

/** Show the buttons of a hook; `act` gets the one that is clicked. */
export function offer(hook, act) {
  const buttons = document.querySelectorAll(hook);
  for (const button of buttons) {
    button.hidden = false;
    button.addEventListener("click", () => act(button));
  }
  return buttons;
}

/** Change the words of a button, or else its label; no text brings the first one back. */
export function say(button, text) {
  const words = button.querySelector("span");
  button.dataset.label ??= words ? words.textContent : button.getAttribute("aria-label");
  text ||= button.dataset.label;
  if (words) words.textContent = text;
  else button.setAttribute("aria-label", text);
}
