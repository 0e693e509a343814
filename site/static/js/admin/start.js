// Starts what a form says is to be started: choosers, calendars, rows of forms. The admin needs JavaScript anyway.
(() => {
  const KNOWN = /^\w*(?:Chooser|Panel)$/;

  function start(place) {
    // Once only, wherever the form is moved to and in whatever steps the page grows.
    if (!place.isConnected) return;
    place.remove();
    const { start: name, arguments: values } = place.dataset;
    if (!KNOWN.test(name) || typeof window[name] !== "function") throw new Error(`Nothing to start: ${name}`);
    new window[name](...JSON.parse(values));
  }

  // Also what comes later: in dialogs, in added rows.
  new MutationObserver((records) => {
    for (const { addedNodes } of records) {
      for (const node of addedNodes) {
        if (!(node instanceof Element)) continue;
        if (node.matches("template[data-start]")) start(node);
        else node.querySelectorAll("template[data-start]").forEach(start);
      }
    }
  }).observe(document, { childList: true, subtree: true });
})();
