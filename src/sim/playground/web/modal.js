// The modal that an app opens: a form in a dialog.
// https://docs.discord.com/developers/components/reference

import { el, iconButton } from "./dom.js";
import { TYPE } from "./components.js";
import { drawSelect, isSelect } from "./select.js";
import { drawText } from "./text.js";

/** Opens the modal of an interaction. */
export function openModal({ id: interaction, modal }, page) {
  const channel = page.store.channel();
  const fields = [];
  const parts = (modal.components ?? []).map((component) => drawPart(component, fields, page, channel));
  const problem = el("p", { class: "problem", role: "alert", hidden: true });
  const send = el("button", { type: "submit", class: "button primary" }, "Submit");
  const title = el("h2", { id: `modal-${interaction}` }, modal.title);
  const dialog = el("dialog", { class: "modal", "aria-labelledby": title.id });
  const form = el("form", { method: "dialog", novalidate: true }, el("div", { class: "modal-head" }, title,
    iconButton("close", "Close", () => dialog.close())), el("div", { class: "modal-body" }, parts), problem,
  el("div", { class: "modal-foot" }, el("button", { type: "button", class: "button link", on: { click: () => dialog.close() } }, "Cancel"), send));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const at = fields.findIndex((field) => field.check());
    problem.hidden = at === -1;
    problem.textContent = fields[at]?.check() ?? "";
    if (at !== -1) return focusField(fields[at]);
    send.disabled = true;
    try {
      const values = Object.fromEntries(fields.map((field) => [field.id, field.value()]));
      await page.actions.submit(interaction, values, fields.flatMap((field) => field.files?.() ?? []));
      dialog.close();
    } catch (error) {
      problem.hidden = false;
      problem.textContent = error.message;
      send.disabled = false;
    }
  });
  dialog.append(form);
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  dialog.querySelector("input, textarea, .select")?.focus();
}

function focusField({ node }) {
  (node.matches("input, textarea") ? node : node.querySelector("input, textarea, button"))?.focus();
}

function drawPart(component, fields, page, channel) {
  switch (component.type) {
    case TYPE.ROW: return (component.components ?? []).map((child) => drawField(child, child.label, null, fields, page, channel));
    case TYPE.LABEL: return drawField(component.component, component.label, component.description, fields, page, channel);
    case TYPE.TEXT: return drawText(component.content ?? "", page.store.names(channel));
    default: return drawField(component, component.label, null, fields, page, channel);
  }
}

function drawField(component, label, description, fields, page, channel) {
  const make = isSelect(component) ? selectField : MAKERS[component.type];
  if (!make) return el("p", { class: "placeholder" }, `component of type ${component.type}`);
  const id = `field-${component.custom_id}`;
  const isRequired = component.required !== false && component.type !== TYPE.CHECKBOX;
  const name = label ?? component.custom_id;
  const field = make(component, { id, name, isRequired, page, channel });
  fields.push({ id: component.custom_id, ...field });
  const text = [name, isRequired && el("span", { class: "required", title: "required" }, " *")];
  const isGroup = component.type === TYPE.RADIO_GROUP || component.type === TYPE.CHECKBOX_GROUP;
  const about = description && el("p", { class: "small", id: `${id}-about` }, description);
  if (isGroup) return el("fieldset", { class: "field-block" }, el("legend", {}, text), about, field.node);
  return el("div", { class: "field-block" }, el("label", { for: id }, text), about, field.node);
}

const MAKERS = {
  [TYPE.TEXT_INPUT]: textField,
  [TYPE.RADIO_GROUP]: (component, cx) => optionsField(component, cx, "radio"),
  [TYPE.CHECKBOX_GROUP]: (component, cx) => optionsField(component, cx, "checkbox"),
  [TYPE.CHECKBOX]: checkboxField,
  [TYPE.UPLOAD]: uploadField,
};

function textField(component, { id, name, isRequired }) {
  const isLong = component.style === 2;
  const min = component.min_length ?? 0;
  const max = component.max_length ?? 4000;
  const input = el(isLong ? "textarea" : "input", { id, type: isLong ? null : "text", rows: isLong ? "4" : null, autocomplete: "off",
    placeholder: component.placeholder, maxlength: String(max), "aria-required": String(isRequired) });
  input.value = component.value ?? "";
  const check = () => {
    const length = [...input.value].length;
    if (length === 0) return isRequired ? `${name} is required` : null;
    return length < min ? `${name} needs at least ${min} characters` : null;
  };
  return { node: input, value: () => input.value, check };
}

function optionsField(component, { id, name, isRequired }, type) {
  const options = component.options ?? [];
  const inputs = options.map((option, index) => el("input", { type, name: id, id: `${id}-${index}`, value: option.value, checked: Boolean(option.default) }));
  const node = el("div", { class: "options" }, options.map((option, index) => el("label", { class: "option" }, inputs[index],
    el("span", {}, option.label, option.description && el("span", { class: "small block" }, option.description)))));
  const chosen = () => inputs.filter((input) => input.checked).map((input) => input.value);
  const isOne = type === "radio";
  const min = isOne ? 1 : component.min_values ?? 1;
  const max = isOne ? 1 : component.max_values ?? options.length;
  const check = () => {
    const count = chosen().length;
    if (count === 0 && !isRequired) return null;
    if (count < min) return min === 1 ? `${name} is required` : `${name}: choose at least ${min}`;
    return count > max ? `${name}: choose at most ${max}` : null;
  };
  return { node, value: () => (isOne ? chosen()[0] ?? null : chosen()), check };
}

function checkboxField(component, { id }) {
  const input = el("input", { type: "checkbox", id, checked: Boolean(component.default) });
  return { node: input, value: () => input.checked, check: () => null };
}

function selectField(component, { id, name, isRequired, page, channel }) {
  const select = drawSelect(component, page.store, channel, { name });
  select.node.querySelector("button").id = id;
  const check = () => {
    if (select.values().length === 0) return isRequired ? `${name} is required` : null;
    return select.isComplete() ? null : `${name}: choose another number of values`;
  };
  return { node: select.node, value: select.values, check };
}

function uploadField(component, { id, name, isRequired }) {
  const min = component.min_values ?? 1;
  const max = component.max_values ?? 1;
  const input = el("input", { type: "file", id, multiple: max > 1 });
  const files = () => [...input.files];
  const check = () => {
    const count = files().length;
    if (count === 0) return isRequired ? `${name} is required` : null;
    return count < min || count > max ? `${name}: choose ${min === max ? min : `${min} to ${max}`} files` : null;
  };
  return { node: input, value: () => files().map((file) => file.name), files, check };
}
