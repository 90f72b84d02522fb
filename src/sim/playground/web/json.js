// JSON that is looked at and copied.

import { el, iconButton } from "./dom.js";

/** JSON with line breaks, and a button that copies it. `label` says what it is. */
export function drawJson(value, label, page) {
  const text = typeof value === "string" ? value : JSON.stringify(value, null, 2);
  return el("div", { class: "json" }, label && el("p", { class: "small" }, label),
    el("div", { class: "json-box" }, iconButton("copy", `Copy${label ? `: ${label}` : ""}`, () => copy(text, page)), el("pre", { tabindex: "0" }, text)));
}

async function copy(text, page) {
  try {
    await navigator.clipboard.writeText(text);
    page.tell("Copied");
  } catch {
    page.tell("The browser does not allow copying here");
  }
}
