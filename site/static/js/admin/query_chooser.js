// Chooses one of readers' searches in the form of promoted results; without it, the search is typed.
window.createQueryChooser = function createQueryChooser(id, url) {
  document.getElementById(`${id}-chooser`).addEventListener("click", () => {
    window.ModalWorkflow({
      url,
      onload: window.QUERY_CHOOSER_MODAL_ONLOAD_HANDLERS,
      responses: {
        queryChosen({ querystring }) {
          document.getElementById(id).value = querystring;
        },
      },
    });
  });
};
