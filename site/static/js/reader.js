// Shows who is signed in, and an editor the way to edit this page. Without it the header leads to the account.
import { me } from "./me.js";

const { reader, editor } = await me();

if (reader) {
  for (const link of document.querySelectorAll("[data-account]")) {
    const { labelSignedIn } = link.dataset;
    delete link.dataset.opensForm;
    link.querySelector("span").textContent = reader.name || labelSignedIn;
    if (reader.name) link.ariaLabel = `${labelSignedIn} (${reader.name})`;
  }
}

if (editor) {
  const bar = document.createElement("aside");
  bar.className = "editor-bar";
  bar.append(
    ...editor.map(({ label, url }) =>
      Object.assign(document.createElement("a"), { className: "button", href: url, textContent: label }),
    ),
  );
  document.body.append(bar);
}
