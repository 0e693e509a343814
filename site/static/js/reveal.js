// Shows a password while one types it. Without it the button stays hidden.

export function use(button) {
  const input = document.getElementById(button.getAttribute("aria-controls"));
  const isShown = input.type === "password";
  input.type = isShown ? "text" : "password";
  button.setAttribute("aria-pressed", isShown);
}

// A password that was looked at is sent, and kept by the browser, as one.
document.addEventListener(
  "submit",
  ({ target }) => {
    for (const button of target.querySelectorAll("[data-reveal][aria-pressed=true]")) button.click();
  },
  true,
);
