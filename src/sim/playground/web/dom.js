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

/** Returns the function, called at once and then at most once in a time. The last call is never lost. */
export function every(ms, f) {
  let timer = null;
  let isDue = false;
  const run = () => {
    timer = null;
    if (!isDue) return;
    isDue = false;
    timer = setTimeout(run, ms);
    f();
  };
  return () => {
    isDue = true;
    if (timer === null) timer = setTimeout(run, 0);
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

// A formatter is made once: making one takes longer than drawing a message.
const TIME = new Intl.DateTimeFormat([], { hour: "2-digit", minute: "2-digit" });
const DATE = new Intl.DateTimeFormat();
const LONG_DATE = new Intl.DateTimeFormat([], { dateStyle: "long" });
const FULL = new Intl.DateTimeFormat([], { dateStyle: "full", timeStyle: "medium" });
const SECONDS = new Intl.DateTimeFormat([], { hour: "2-digit", minute: "2-digit", second: "2-digit", hour12: false });

const isSameDay = (a, b) => a.getDate() === b.getDate() && a.getMonth() === b.getMonth() && a.getFullYear() === b.getFullYear();

/** `12:34`. */
export function clockOnly(time) {
  return TIME.format(new Date(time));
}

/** `12:34`, or with the date if it is not today's. */
export function clock(time) {
  const date = new Date(time);
  return isSameDay(date, new Date()) ? TIME.format(date) : `${DATE.format(date)} ${TIME.format(date)}`;
}

/** A date and a time in full. */
export function fullTime(time) {
  return FULL.format(new Date(time));
}

/** The date if it is another one than that of the time before. */
export function newDay(time, before) {
  const date = new Date(time);
  return before && isSameDay(date, new Date(before)) ? null : LONG_DATE.format(date);
}

/** `12:34:56.789`. */
export function clockToMs(date) {
  return `${SECONDS.format(date)}.${String(date.getMilliseconds()).padStart(3, "0")}`;
}

/** A number of bytes as text. */
export function fileSize(bytes) {
  if (bytes < 1024) return `${bytes} B`;
  if (bytes < 1024 * 1024) return `${(bytes / 1024).toFixed(1)} KiB`;
  return `${(bytes / 1024 / 1024).toFixed(1)} MiB`;
}
