// Offers stories below the related ones; one click chooses a story as the page chooser would.
const { Controller } = window.StimulusModule;

export class Suggestions extends Controller {
  static targets = ["list", "row", "status"];
  static values = { relation: String };

  show({ detail: { suggestions } }) {
    this.offered = suggestions;
    this.element.hidden = suggestions.length === 0;
    this.listTarget.replaceChildren(...suggestions.map((story) => {
      const row = this.rowTarget.content.firstElementChild.cloneNode(true);
      row.firstElementChild.dataset.id = story.id;
      row.querySelector("[data-title]").textContent = story.title;
      row.querySelector("[data-about]").textContent = story.about;
      return row;
    }));
  }

  async add({ currentTarget }) {
    const story = this.offered.find(({ id }) => String(id) === currentTarget.dataset.id);
    const place = await this.freePlace();
    if (!place) return;
    place.widget.setStateFromModalData({ id: story.id, adminTitle: story.title, editUrl: story.editUrl });
    const row = currentTarget.closest("li");
    (row.nextElementSibling ?? row.previousElementSibling)?.querySelector("button").focus();
    row.remove();
    this.element.hidden = this.listTarget.children.length === 0;
    this.statusTarget.textContent = `${this.statusTarget.dataset.added} ${story.title}`;
  }

  /** The chooser of a place still empty, or of one more place; none where there are as many as may be. */
  async freePlace() {
    const relation = this.relationValue;
    const empty = () => [...document.querySelectorAll(`#id_${relation}-FORMS .chooser.blank`)]
      .find((chooser) => !chooser.closest("[data-inline-panel-child].deleted"));
    if (!empty()) document.getElementById(`id_${relation}-ADD`).click();
    // Its chooser is started (by start.js) once this turn is over.
    await null;
    return empty();
  }
}
