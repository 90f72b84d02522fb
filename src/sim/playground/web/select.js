// Select menus, in messages and in modals: a button that opens a list with a search field.

import { el, fill, icon } from "./dom.js";
import { drawEmoji } from "./emoji.js";

/** Types of select components, and which entities they offer. */
const OFFERS = { 3: [], 5: ["user"], 6: ["role"], 7: ["user", "role"], 8: ["channel"] };
const PLACEHOLDERS = { 3: "Choose", 5: "Choose a user", 6: "Choose a role", 7: "Choose a user or a role", 8: "Choose a channel" };

export const isSelect = (component) => component.type in OFFERS;

/**
 * Draws a select menu. Returns its node and `values()`. `name` is that of its field in a modal. `submit(values)` is called when the list closes with a change.
 */
export function drawSelect(component, store, channel, { submit = () => {}, name } = {}) {
  const min = component.min_values ?? 1;
  const max = component.max_values ?? 1;
  const options = optionsOf(component, store, channel);
  const defaults = component.type === 3
    ? (component.options ?? []).filter((option) => option.default).map((option) => option.value)
    : (component.default_values ?? []).map((value) => value.id);
  let chosen = new Set(defaults);
  let before = new Set(chosen);

  const shown = el("span", { class: "grow" });
  const opener = el("button", { type: "button", class: "select", disabled: Boolean(component.disabled), "aria-haspopup": "listbox",
    "aria-expanded": "false" }, shown, icon("down"));
  const listId = `list-${(lists += 1)}`;
  const search = el("input", { type: "search", placeholder: "Search", "aria-label": "Search", role: "combobox", "aria-expanded": "true",
    "aria-controls": listId, autocomplete: "off" });
  const list = el("ul", { role: "listbox", id: listId, "aria-label": "Options", "aria-multiselectable": String(max > 1) });
  const hint = max > 1 && el("p", { class: "small" }, `Choose ${min === max ? min : `${min} to ${max}`}`);
  const popover = el("div", { class: "popover", hidden: true }, search, list, hint);
  const node = el("div", { class: "select-box" }, opener, popover);
  let active = 0;
  let visible = options;

  const drawChosen = () => {
    const names = options.filter((option) => chosen.has(option.value)).map((option) => option.label);
    const placeholder = component.placeholder ?? PLACEHOLDERS[component.type];
    shown.textContent = names.join(", ") || placeholder;
    opener.setAttribute("aria-label", [name, names.length > 0 && !name && placeholder, shown.textContent].filter(Boolean).join(": "));
    shown.classList.toggle("placeholder-text", names.length === 0);
  };
  const drawList = () => {
    const words = search.value.toLowerCase();
    visible = options.filter((option) => option.label.toLowerCase().includes(words));
    active = Math.min(active, Math.max(visible.length - 1, 0));
    fill(list, visible.length === 0 ? el("li", { class: "small" }, "Nothing found") : visible.map((option, index) =>
      el("li", { role: "option", id: `${listId}-${index}`, "aria-selected": String(chosen.has(option.value)), class: index === active ? "active" : "",
        on: { mousedown: (event) => { event.preventDefault(); choose(option); } } },
      option.sign && el("span", { class: "sign" }, option.sign), drawEmoji(option.emoji), el("span", { class: "grow" }, option.label,
        option.description && el("span", { class: "small block" }, option.description)),
      chosen.has(option.value) && icon("check"))));
    search.setAttribute("aria-activedescendant", visible.length > 0 ? `${listId}-${active}` : "");
    list.children[active]?.scrollIntoView?.({ block: "nearest" });
  };
  const choose = (option) => {
    if (chosen.has(option.value)) chosen.delete(option.value);
    else if (max === 1) chosen = new Set([option.value]);
    else if (chosen.size < max) chosen.add(option.value);
    drawChosen();
    drawList();
    if (max === 1) close();
  };
  const open = () => {
    before = new Set(chosen);
    popover.hidden = false;
    // The list opens upwards where there is no room below it.
    const scroller = node.closest(".scroller, .modal-body");
    const end = scroller?.getBoundingClientRect().bottom ?? innerHeight;
    popover.classList.toggle("upwards", popover.getBoundingClientRect().top + 300 > end);
    opener.setAttribute("aria-expanded", "true");
    search.value = "";
    active = 0;
    drawList();
    search.focus();
  };
  const close = (refocus = true) => {
    if (popover.hidden) return;
    popover.hidden = true;
    opener.setAttribute("aria-expanded", "false");
    if (refocus) opener.focus();
    const changed = chosen.size !== before.size || [...chosen].some((value) => !before.has(value));
    // One choice is sent at once, and again if the same is chosen again, as in Discord's client.
    if (chosen.size >= min && (changed || (max === 1 && chosen.size === 1 && refocus))) submit([...chosen]);
    else if (chosen.size < min) { chosen = before; drawChosen(); }
  };

  opener.addEventListener("click", () => (popover.hidden ? open() : close()));
  search.addEventListener("input", drawList);
  search.addEventListener("keydown", (event) => {
    const move = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (move && visible.length > 0) active = (active + move + visible.length) % visible.length;
    else if (event.key === "Enter" && visible[active]) choose(visible[active]);
    else if (event.key === "Escape") { chosen = new Set(before); drawChosen(); cancel(); }
    else return;
    event.preventDefault();
    event.stopPropagation();
    if (!popover.hidden) drawList();
  });
  const cancel = () => {
    popover.hidden = true;
    opener.setAttribute("aria-expanded", "false");
    opener.focus();
  };
  node.addEventListener("focusout", (event) => { if (!node.contains(event.relatedTarget)) close(false); });
  drawChosen();
  return { node, values: () => [...chosen], isComplete: () => chosen.size >= min && chosen.size <= max };
}

let lists = 0;

function optionsOf(component, store, channel) {
  if (component.type === 3) return component.options ?? [];
  const guild = store.guildOf(channel);
  const offers = OFFERS[component.type];
  const options = [];
  if (offers.includes("user")) {
    const users = guild ? [...guild.members.values()].map((member) => member.user) : [...store.users.values()];
    options.push(...users.map((user) => ({ value: user.id, label: store.nameOf(user, guild), sign: "@" })));
  }
  if (offers.includes("role")) {
    options.push(...[...(guild?.roles.values() ?? [])].map((role) => ({ value: role.id, label: role.name.replace(/^@/, ""), sign: "@" })));
  }
  if (offers.includes("channel")) {
    const types = component.channel_types ?? [];
    const channels = guild ? store.channelsOf(guild.id) : [];
    options.push(...channels.filter((known) => types.length === 0 || types.includes(known.type))
      .map((known) => ({ value: known.id, label: known.name, sign: "#" })));
  }
  return options;
}
