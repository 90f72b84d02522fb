// Small windows: emoji for a reaction, menus of messages and users, questions, the quick switcher, notes.

import { el, fill, iconButton } from "./dom.js";
import { EMOJI, emojiImage } from "./emoji.js";
import { search, Suggest } from "./suggest.js";

/** Opens a popup at a button. It closes when the focus leaves it. Returns the function that closes it. */
function popupAt(anchor, label, content) {
  const popup = el("div", { class: "popup", role: "dialog", "aria-label": label, tabindex: "-1" }, content);
  let isOpen = true;
  const close = () => {
    // Removing the popup takes its focus away, which asks to close it once more.
    if (!isOpen) return;
    isOpen = false;
    const hadFocus = popup.contains(document.activeElement);
    popup.remove();
    if (hadFocus) anchor.focus();
  };
  popup.addEventListener("keydown", (event) => { if (event.key === "Escape") { event.stopPropagation(); close(); } });
  popup.addEventListener("focusout", (event) => { if (!popup.contains(event.relatedTarget)) close(); });
  document.body.append(popup);
  const at = anchor.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = popup;
  const top = at.bottom + height + 8 < innerHeight ? at.bottom + 4 : Math.max(8, at.top - height - 4);
  popup.style.setProperty("--top", `${top}px`);
  popup.style.setProperty("--left", `${Math.max(8, Math.min(at.left, innerWidth - width - 8))}px`);
  (popup.querySelector("input, button") ?? popup).focus();
  return close;
}

/** Lets the user choose an emoji. */
export function chooseEmoji(anchor, guildEmoji, choose) {
  const grid = el("div", { class: "emoji-grid" });
  const field = el("input", { type: "search", placeholder: "Search emoji", "aria-label": "Search emoji" });
  let close = () => {};
  const all = [...EMOJI.map(([emoji, name]) => ({ label: name, shown: emoji, emoji: { id: null, name: emoji } })),
    ...guildEmoji.map((emoji) => ({ label: emoji.name, shown: null, emoji: { id: emoji.id, name: emoji.name } }))];
  const draw = () => fill(grid, search(all, field.value, 100).map((item) => el("button", { type: "button", class: "emoji-button", title: `:${item.label}:`,
    "aria-label": item.label, on: { click: () => { close(); choose(item.emoji); } } }, item.shown ?? emojiImage(item.label, item.emoji.id))));
  field.addEventListener("input", draw);
  field.addEventListener("keydown", (event) => { if (event.key === "Enter") { event.preventDefault(); grid.querySelector("button")?.click(); } });
  draw();
  close = popupAt(anchor, "Choose an emoji", [field, grid]);
}

/** Opens a menu of `{ label, act }`. */
export function openMenu(anchor, label, items) {
  let close = () => {};
  const menu = el("div", { role: "menu", class: "menu", "aria-label": label }, items.length === 0
    ? el("p", { class: "small" }, "The app has no commands for this")
    : items.map((item) => el("button", { type: "button", role: "menuitem", on: { click: () => { close(); item.act(); } } }, item.label)));
  menu.addEventListener("keydown", (event) => {
    const buttons = [...menu.querySelectorAll("button")];
    const move = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!move) return;
    event.preventDefault();
    buttons[(buttons.indexOf(document.activeElement) + move + buttons.length) % buttons.length]?.focus();
  });
  close = popupAt(anchor, label, menu);
}

/** Asks for a text. Resolves to it, or to `null`. */
export function ask(title, label, value = "") {
  return new Promise((resolve) => {
    const input = el("input", { type: "text", id: "asked", autocomplete: "off", maxlength: "2000" });
    input.value = value;
    const dialog = el("dialog", { class: "modal", "aria-label": title });
    const form = el("form", { method: "dialog", on: { submit: (event) => { event.preventDefault(); dialog.returnValue = input.value.trim(); dialog.close(input.value.trim()); } } },
      el("div", { class: "modal-head" }, el("h2", {}, title), iconButton("close", "Close", () => dialog.close(""))),
      el("div", { class: "modal-body" }, el("div", { class: "field-block" }, el("label", { for: "asked" }, label), input)),
      el("div", { class: "modal-foot" }, el("button", { type: "button", class: "button link", on: { click: () => dialog.close("") } }, "Cancel"),
        el("button", { type: "submit", class: "button primary" }, "OK")));
    dialog.append(form);
    dialog.addEventListener("close", () => { dialog.remove(); resolve(dialog.returnValue || null); });
    document.body.append(dialog);
    dialog.showModal();
    input.select();
  });
}

/** Asks for a post of a forum. Resolves to `{ name, content, tags }`, or to `null`. */
export function askForPost(channel) {
  return new Promise((resolve) => {
    const name = el("input", { type: "text", id: "post-name", autocomplete: "off", maxlength: "100", required: true });
    const content = el("textarea", { id: "post-content", rows: "5", maxlength: "2000", required: true });
    const boxes = (channel.available_tags ?? []).map((tag) => ({ tag, box: el("input", { type: "checkbox", value: tag.id }) }));
    const dialog = el("dialog", { class: "modal", "aria-label": "New post" });
    let post = null;
    const submit = (event) => {
      event.preventDefault();
      post = { name: name.value.trim(), content: content.value.trim(), tags: boxes.filter(({ box }) => box.checked).map(({ tag }) => tag.id) };
      dialog.close();
    };
    dialog.append(el("form", { method: "dialog", on: { submit } },
      el("div", { class: "modal-head" }, el("h2", {}, "New post"), iconButton("close", "Close", () => dialog.close())),
      el("div", { class: "modal-body" }, el("div", { class: "field-block" }, el("label", { for: "post-name" }, "Title"), name),
        el("div", { class: "field-block" }, el("label", { for: "post-content" }, "Message"), content),
        boxes.length > 0 && el("fieldset", { class: "field-block" }, el("legend", {}, "Tags"),
          el("div", { class: "tag-choices" }, boxes.map(({ tag, box }) => el("label", { class: "option" }, box, tag.name))))),
      el("div", { class: "modal-foot" }, el("button", { type: "button", class: "button link", on: { click: () => dialog.close() } }, "Cancel"),
        el("button", { type: "submit", class: "button primary" }, "Post"))));
    dialog.addEventListener("close", () => { dialog.remove(); resolve(post); });
    document.body.append(dialog);
    dialog.showModal();
    name.focus();
  });
}

/** The quick switcher: a channel by a part of its name. */
export function quickSwitch(channels, open) {
  const dialog = el("dialog", { class: "modal switcher", "aria-label": "Go to a channel" });
  const input = el("input", { type: "text", placeholder: "Where to?", "aria-label": "Channel", autocomplete: "off" });
  const box = el("div", { class: "switcher-box" }, input);
  dialog.append(box);
  document.body.append(dialog);
  dialog.addEventListener("close", () => dialog.remove());
  dialog.showModal();
  const suggest = new Suggest(input, box, "Channels");
  const offer = () => suggest.show(search(channels, input.value, 12), (item) => { dialog.close(); open(item.value); });
  input.addEventListener("input", offer);
  input.addEventListener("keydown", (event) => { if (event.key !== "Escape") suggest.key(event); });
  offer();
}

/** Notes: what could not be done, for some seconds, and that the program is not running, for as long as it is so. */
export class Notes {
  constructor() {
    this.node = el("div", { class: "notes", role: "status", "aria-live": "polite" });
    this.held = el("p", { class: "held", role: "status", hidden: true });
  }

  tell(text) {
    const note = el("p", { class: "note" }, text);
    this.node.append(note);
    setTimeout(() => note.remove(), 6000);
  }

  /** A note above the messages that stays until it is taken away with `null`. */
  hold(text) {
    this.held.hidden = text === null;
    this.held.textContent = text ?? "";
  }
}
