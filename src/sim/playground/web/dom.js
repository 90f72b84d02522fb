// Small helpers for the page. All text becomes text nodes: nothing here parses HTML.

/**
 * Creates an element.
 *
 * `props`: `class`, `data` (an object of data attributes), `on` (an object of event listeners), `style` (custom
 * properties), and attributes by their names. An attribute that is `null`, `undefined` or `false` is left out.
 */
export function el(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "class") node.className = value;
    else if (name === "data") Object.assign(node.dataset, value);
    else if (name === "style") for (const [key, text] of Object.entries(value)) node.style.setProperty(key, text);
    else if (name === "on") for (const [event, listener] of Object.entries(value)) node.addEventListener(event, listener);
    else if (name in node && typeof value !== "string") node[name] = value;
    else node.setAttribute(name, value === true ? "" : value);
  }
  append(node, children);
  return node;
}

/** Appends nodes, texts and nested lists of them. Leaves out `null`, `undefined` and `false`. */
export function append(node, children) {
  for (const child of children.flat(Infinity)) {
    if (child === null || child === undefined || child === false) continue;
    node.append(child instanceof Node ? child : String(child));
  }
}

/** Replaces all children. */
export function fill(node, ...children) {
  node.replaceChildren();
  append(node, children);
  return node;
}

/** An icon of the sprite at the end of index.html. It is only decoration. */
export function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", `#icon-${name}`);
  svg.append(use);
  return svg;
}

/** A button with an icon. `label` is its name for screen readers and its tooltip. */
export function iconButton(name, label, click, props = {}) {
  return el("button", { type: "button", class: "icon-button", "aria-label": label, title: label, ...props,
    on: { click, ...props.on } }, icon(name));
}

/** Returns the function, called at most once per frame with the last arguments. */
export function perFrame(f) {
  let last = null;
  return (...args) => {
    if (last === null) requestAnimationFrame(() => { const args = last; last = null; f(...args); });
    last = args;
  };
}

/** A number between 0 and 359 that is the same for the same ID. */
export function hue(id) {
  let hash = 7;
  for (const c of String(id)) hash = (hash * 31 + c.charCodeAt(0)) % 360;
  return hash;
}

/** The first letters of a name, for its picture. */
export function initials(name) {
  const words = name.trim().split(/[\s_-]+/u).filter(Boolean);
  return words.slice(0, 2).map((word) => [...word][0].toUpperCase()).join("") || "?";
}

/** `12:34`, or with the date if it is not today's. */
export function clock(time) {
  const date = new Date(time);
  const clock = date.toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
  return date.toDateString() === new Date().toDateString() ? clock : `${date.toLocaleDateString()} ${clock}`;
}

/** A number of bytes as text. */
export function fileSize(bytes) {
  if (bytes < 1024) return `${bytes} B`;
  if (bytes < 1024 * 1024) return `${(bytes / 1024).toFixed(1)} KiB`;
  return `${(bytes / 1024 / 1024).toFixed(1)} MiB`;
}
