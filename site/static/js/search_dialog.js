// Opens the search over the page. Without it the link leads to the search page.

const dialog = document.querySelector("[data-search-dialog]");

for (const link of dialog?.showModal ? document.querySelectorAll("[data-search-open]") : []) {
  link.setAttribute("aria-haspopup", "dialog");
  link.addEventListener("click", (event) => {
    // New tabs and windows are the browser's.
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    dialog.showModal();
  });
}
