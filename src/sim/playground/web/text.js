// The markdown tree of a text -> DOM.

import { el } from "./dom.js";
import { parse, isOnlyEmoji } from "./markdown.js";
import { emojiImage } from "./emoji.js";

/**
 * Draws the text of a message. `names` looks up what is mentioned:
 * `user(id)`, `role(id)`, `channel(id)` -> `{ name, color?, open? }` or `null`.
 */
export function drawText(text, names) {
  const node = el("div", { class: isOnlyEmoji(text) ? "text only-emoji" : "text" });
  node.append(...parse(text).map((block) => drawBlock(block, names)));
  return node;
}

/** Draws a short text, such as a title or a field's name, without blocks. */
export function drawInline(text, names) {
  return parse(text).flatMap((block) => (block.children ? drawAll(block.children, names) : [block.text ?? ""]));
}

/** A text in one line without styles, such as the excerpt of a message. */
export function plainText(text, names) {
  const found = (sign, item, unknown) => `${sign}${item?.name ?? unknown}`;
  const plain = (node) => {
    if (typeof node === "string") return node;
    switch (node.type) {
      case "user": return found("@", names.user(node.id), "unknown user");
      case "role": return found("@", names.role(node.id), "unknown role");
      case "channel": return found("#", names.channel(node.id), "unknown channel");
      case "command": return `/${node.name}`;
      case "emoji": return `:${node.name}:`;
      case "time": return drawTime(node).textContent ?? "";
      case "spoiler": return "▮▮▮";
      case "list": return node.items.map((item) => item.children.map(plain).join("")).join(" ");
      default: return node.text ?? (node.children ?? []).map(plain).join(node.type === "quote" ? " " : "");
    }
  };
  return parse(text).map(plain).join(" ");
}

function drawBlock(block, names) {
  switch (block.type) {
    case "paragraph": return el("p", {}, drawAll(block.children, names));
    // The page has its own headings: those of a message are not part of its outline.
    case "heading": return el("p", { class: `h${block.level}` }, drawAll(block.children, names));
    case "small": return el("p", { class: "small" }, drawAll(block.children, names));
    case "quote": return el("blockquote", {}, block.children.map((child) => drawBlock(child, names)));
    case "codeblock": return el("pre", {}, el("code", { data: { language: block.language } }, block.text));
    case "list": return drawList(block.items, names);
    default: throw new Error(`unknown block ${block.type}`);
  }
}

function drawList(items, names) {
  const isOrdered = items[0].number !== null;
  return el(isOrdered ? "ol" : "ul", { start: isOrdered ? String(items[0].number) : null },
    items.map((item) => el("li", { class: `level-${item.level}` }, drawAll(item.children, names))));
}

function drawAll(nodes, names) {
  return nodes.map((node) => (typeof node === "string" ? node : drawNode(node, names)));
}

function drawNode(node, names) {
  const children = () => drawAll(node.children, names);
  switch (node.type) {
    case "bold": return el("strong", {}, children());
    case "italic": return el("em", {}, children());
    case "underline": return el("u", {}, children());
    case "strike": return el("s", {}, children());
    case "code": return el("code", {}, node.text);
    case "spoiler": return drawSpoiler(children());
    case "link": return drawLink(node.url, children());
    case "user": return mention("@", names.user(node.id), "unknown user");
    case "role": return mention("@", names.role(node.id), "unknown role");
    case "channel": return mention("#", names.channel(node.id), "unknown channel");
    case "command": return el("span", { class: "mention" }, `/${node.name}`);
    case "everyone": return el("span", { class: "mention" }, node.text);
    case "emoji": return emojiImage(node.name, node.id);
    case "time": return drawTime(node);
    default: throw new Error(`unknown node ${node.type}`);
  }
}

function drawSpoiler(children) {
  const show = (event) => {
    if (event.type === "keydown" && event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    event.currentTarget.classList.add("shown");
    event.currentTarget.setAttribute("aria-expanded", "true");
    event.currentTarget.removeAttribute("aria-label");
  };
  return el("span", { class: "spoiler", role: "button", tabindex: "0", "aria-expanded": "false",
    "aria-label": "Spoiler: press to show", on: { click: show, keydown: show } }, el("span", {}, children));
}

/** Only addresses of the web are links. */
export function drawLink(url, children) {
  if (!/^https?:\/\//i.test(url)) return el("span", {}, children);
  return el("a", { href: url, target: "_blank", rel: "noopener noreferrer nofollow", title: url }, children);
}

function mention(sign, found, unknown) {
  if (!found) return el("span", { class: "mention" }, `${sign}${unknown}`);
  const props = { class: "mention", style: found.color ? { "--mention": found.color } : undefined };
  if (!found.open) return el("span", props, `${sign}${found.name}`);
  return el("button", { type: "button", ...props, on: { click: found.open } }, `${sign}${found.name}`);
}

// https://docs.discord.com/developers/reference#message-formatting-timestamp-styles
const TIME_STYLES = {
  t: { timeStyle: "short" },
  T: { timeStyle: "medium" },
  d: { dateStyle: "short" },
  D: { dateStyle: "long" },
  f: { dateStyle: "long", timeStyle: "short" },
  F: { dateStyle: "full", timeStyle: "short" },
  s: { dateStyle: "short", timeStyle: "short" },
  S: { dateStyle: "short", timeStyle: "medium" },
};

function drawTime({ seconds, style }) {
  const date = new Date(seconds * 1000);
  if (Number.isNaN(date.getTime())) return `<t:${seconds}>`;
  const full = date.toLocaleString([], TIME_STYLES.F);
  const text = style === "R" ? relative(seconds - Date.now() / 1000) : date.toLocaleString([], TIME_STYLES[style]);
  return el("time", { datetime: date.toISOString(), title: full }, text);
}

const UNITS = [["year", 31536000], ["month", 2592000], ["day", 86400], ["hour", 3600], ["minute", 60], ["second", 1]];

function relative(seconds) {
  const [unit, length] = UNITS.find(([, length]) => Math.abs(seconds) >= length) ?? UNITS.at(-1);
  return new Intl.RelativeTimeFormat([], { numeric: "auto" }).format(Math.round(seconds / length), unit);
}
