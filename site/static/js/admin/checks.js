// What to look at before publication, asked for while one types and shown beside the form and in its footer.
import { fill, jump, onceVisible } from "./form.js";

const { Controller } = window.StimulusModule;
const PAUSE = 700;

/** The list in the side panel of checks. Tells everybody else with "desk-checks:done". */
export class Checks extends Controller {
  static targets = ["words", "minutes", "failure", "clear", "list", "row"];

  connect() {
    this.found = [];
  }

  disconnect() {
    clearTimeout(this.timer);
  }

  // Wagtail says "watch-edits" once the form is whole, and again whenever it was saved.
  later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(), PAUSE);
  }

  async ask() {
    this.asked?.abort();
    this.asked = new AbortController();
    const { signal } = this.asked;
    const form = document.querySelector("[data-edit-form]");
    // A new page that is just being saved would be taken for another of the same address.
    await window.wagtail.app.queryController("w-autosave")?.submitPromise;
    try {
      const response = await fetch(`${new URL(form.action).pathname}checks/`, {
        method: "POST",
        body: new FormData(form),
        signal,
      });
      if (!response.ok) throw new Error(response.statusText);
      this.show(await response.json());
    } catch (error) {
      this.failureTarget.hidden = error.name === "AbortError";
    }
  }

  show(report) {
    this.failureTarget.hidden = true;
    this.wordsTarget.textContent = report.words;
    this.minutesTarget.textContent = report.minutes;
    // Whoever reads the list keeps the place in it while nothing changes.
    if (JSON.stringify(this.found) !== JSON.stringify(report.findings)) {
      this.found = report.findings;
      this.listTarget.replaceChildren(...this.found.map((finding, index) => this.asRow(finding, index)));
    }
    this.clearTarget.hidden = this.found.length > 0;
    this.count();
    this.dispatch("done", { detail: report });
  }

  asRow(finding, index) {
    const row = this.rowTarget.content.firstElementChild.cloneNode(true);
    row.dataset.index = index;
    row.dataset.grade = finding.grade;
    row.querySelector("[data-text]").textContent = finding.text;
    row.querySelector("[data-advice]").textContent = finding.advice;
    const fix = row.querySelector("[data-fix]");
    if (finding.fix) fix.textContent = finding.fix.label;
    else fix.remove();
    const link = row.querySelector("[data-link]");
    if (finding.url) link.href = finding.url;
    else link.remove();
    return row;
  }

  /** One counter for this list and for Wagtail's own, which looks at the preview. */
  count() {
    const counter = document.querySelector('[data-side-panel-toggle="checks"] [data-side-panel-toggle-counter]');
    const total = this.found.length + document.querySelector("[data-checks-panel]").children.length;
    counter.textContent = total;
    counter.hidden = total === 0;
    const grave = this.found.some(({ grade }) => grade === "must");
    counter.classList.toggle("w-bg-critical-200", grave);
    counter.classList.toggle("w-bg-surface-button-default", !grave);
  }

  finding(event) {
    return this.found[event.currentTarget.closest("[data-index]").dataset.index];
  }

  jump(event) {
    jump(this.finding(event).field);
  }

  fix(event) {
    const { field, value } = this.finding(event).fix;
    fill(field, value);
  }
}

/** The same in a few words beside the buttons that save and publish. */
export class Summary extends Controller {
  static targets = ["must", "should", "length"];

  show({ detail: { summary } }) {
    for (const name of ["must", "should", "length"]) this[`${name}Target`].textContent = summary[name];
  }

  open() {
    const panel = document.querySelector('[data-side-panel="checks"]');
    if (panel.hidden) document.querySelector('[data-side-panel-toggle="checks"]').click();
    const first = panel.querySelector("[data-desk-checks-target=list] button");
    if (first) onceVisible(first, () => first.focus());
  }
}
