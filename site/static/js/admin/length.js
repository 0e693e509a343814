// Counts the characters of a field while one types, against the length that reads best.
const { Controller } = window.StimulusModule;

export class Length extends Controller {
  static values = { best: Number, text: String };

  connect() {
    this.input = this.element.querySelector("input[type=text], textarea");
    this.output = this.element.querySelector(".desk-length") ?? document.createElement("p");
    this.output.className = "desk-length";
    this.input.after(this.output);
    this.count = () => {
      const { length } = this.input.value;
      this.output.textContent = this.textValue.replace("{count}", length).replace("{best}", this.bestValue);
      this.output.classList.toggle("desk-length--over", length > this.bestValue);
    };
    this.input.addEventListener("input", this.count);
    this.count();
  }

  disconnect() {
    this.input.removeEventListener("input", this.count);
  }
}
