// A list of suggestions above a text field, used by the composer and by the options of commands.

import { el, fill } from "./dom.js";

let lists = 0;

export class Suggest {
  /** `box` is positioned, and the list is placed above it. */
  constructor(input, box, label) {
    this.input = input;
    this.id = `suggest-${(lists += 1)}`;
    this.list = el("ul", { class: "suggestions", role: "listbox", id: this.id, "aria-label": `Suggestions: ${label}`, hidden: true });
    this.items = [];
    this.active = 0;
    box.append(this.list);
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-controls", this.id);
    input.setAttribute("aria-expanded", "false");
    input.addEventListener("blur", () => this.hide());
  }

  get isOpen() {
    return !this.list.hidden;
  }

  /** Shows items: `{ label, description?, sign?, mark?, value }`. `choose(item)` is called for the chosen one. */
  show(items, choose, title = null) {
    if (items.length === 0) return this.hide();
    this.items = items;
    this.choose = choose;
    this.active = 0;
    fill(this.list, title && el("li", { class: "title", role: "presentation" }, title), items.map((item, index) =>
      el("li", { role: "option", id: `${this.id}-${index}`, "aria-selected": "false",
        on: { mousedown: (event) => { event.preventDefault(); this.take(index); } } },
      item.sign && el("span", { class: "sign" }, item.sign), el("span", { class: "label" }, item.label),
      item.description && el("span", { class: "small grow" }, item.description), item.mark && el("span", { class: "small" }, item.mark))));
    this.list.hidden = false;
    this.input.setAttribute("aria-expanded", "true");
    this.move(0);
  }

  /** Says why there is nothing to choose. */
  tell(text) {
    this.hide();
    this.items = [];
    fill(this.list, el("li", { class: "none", role: "option", "aria-disabled": "true" }, text));
    this.list.hidden = false;
  }

  hide() {
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }

  move(by) {
    const options = this.list.querySelectorAll("[role=option]");
    options[this.active]?.setAttribute("aria-selected", "false");
    this.active = (this.active + by + options.length) % options.length;
    const option = options[this.active];
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    this.input.setAttribute("aria-activedescendant", option.id);
  }

  take(index) {
    const item = this.items[index];
    this.hide();
    this.choose(item);
  }

  /** Handles a key if the list is open. Returns whether it did. */
  key(event) {
    if (!this.isOpen || event.isComposing) return false;
    if (this.items.length === 0) {
      if (event.key === "Escape") this.hide();
      return false;
    }
    if (event.key === "ArrowDown") this.move(1);
    else if (event.key === "ArrowUp") this.move(-1);
    else if (event.key === "Enter" || event.key === "Tab") this.take(this.active);
    else if (event.key === "Escape") this.hide();
    else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  }
}

/** The items whose label contains the words, those that begin with them first. */
export function search(items, words, maximum = 25) {
  const text = words.toLowerCase();
  const found = items.filter((item) => item.label.toLowerCase().includes(text));
  const begins = (item) => (item.label.toLowerCase().startsWith(text) ? 0 : 1);
  return found.sort((a, b) => begins(a) - begins(b)).slice(0, maximum);
}
