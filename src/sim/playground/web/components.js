// Components of messages, both generations.
// https://docs.discord.com/developers/components/reference

import { el, icon } from "./dom.js";
import { drawEmoji } from "./emoji.js";
import { drawAttachment, drawImage, isLocal, spoilerOver } from "./media.js";
import { drawSelect, isSelect } from "./select.js";
import { cssColor } from "./store.js";
import { drawText } from "./text.js";

/** https://docs.discord.com/developers/components/reference#component-object-component-types */
export const TYPE = {
  ROW: 1, BUTTON: 2, STRING_SELECT: 3, TEXT_INPUT: 4, USER_SELECT: 5, ROLE_SELECT: 6, MENTIONABLE_SELECT: 7, CHANNEL_SELECT: 8,
  SECTION: 9, TEXT: 10, THUMBNAIL: 11, GALLERY: 12, FILE: 13, SEPARATOR: 14, CONTAINER: 17, LABEL: 18, UPLOAD: 19,
  RADIO_GROUP: 21, CHECKBOX_GROUP: 22, CHECKBOX: 23,
};

const BUTTON_STYLES = { 1: "primary", 2: "secondary", 3: "success", 4: "danger", 5: "link", 6: "premium" };

/** Draws the components of a message. */
export function drawComponents(message, page, names) {
  const draw = (component) => drawComponent(component, { message, page, names, draw });
  return el("div", { class: "components" }, message.components.map(draw));
}

function drawComponent(component, cx) {
  const children = () => (component.components ?? []).map(cx.draw);
  switch (component.type) {
    case TYPE.ROW: return el("div", { class: "action-row" }, children());
    case TYPE.BUTTON: return drawButton(component, cx);
    case TYPE.SECTION: return el("div", { class: "section" }, el("div", { class: "grow" }, children()), component.accessory && cx.draw(component.accessory));
    case TYPE.TEXT: return drawText(component.content ?? "", cx.names);
    case TYPE.THUMBNAIL: return covered(component, drawImage({ ...component.media, description: component.description }, "thumbnail"));
    case TYPE.GALLERY: return el("div", { class: `gallery of-${Math.min((component.items ?? []).length, 10)}` },
      (component.items ?? []).map((item) => covered(item, drawImage({ ...item.media, description: item.description }, "image"))));
    case TYPE.FILE: return covered(component, drawFile(component));
    case TYPE.SEPARATOR: return el("hr", { class: `separator ${component.spacing === 2 ? "large" : ""} ${component.divider === false ? "no-line" : ""}` });
    case TYPE.CONTAINER: return covered(component, el("div", { class: "container",
      style: component.accent_color ? { "--accent": cssColor(component.accent_color) } : {} }, children()));
    default:
      if (isSelect(component)) return drawMessageSelect(component, cx);
      return el("div", { class: "placeholder" }, `component of type ${component.type}`);
  }
}

function covered(component, node) {
  return component.spoiler ? spoilerOver(node) : node;
}

function drawFile(component) {
  const url = component.file?.url ?? "";
  const filename = component.name ?? decodeURIComponent(url.split("/").at(-1).split("?")[0]);
  return isLocal(url) ? drawAttachment({ url, filename, size: component.size }) : el("div", { class: "file" }, icon("file"), filename);
}

function drawButton(component, { message, page }) {
  const style = BUTTON_STYLES[component.style] ?? "secondary";
  const label = [drawEmoji(component.emoji), component.label, style === "link" && icon("external")];
  const name = component.label ?? component.emoji?.name ?? "button";
  if (style === "link") {
    if (!/^(https?|discord):/i.test(component.url ?? "") || component.disabled) {
      return el("button", { type: "button", class: "button secondary", disabled: true }, label);
    }
    return el("a", { class: "button secondary", href: component.url, target: "_blank", rel: "noopener noreferrer" }, label);
  }
  const button = el("button", { type: "button", class: `button ${style}`, disabled: Boolean(component.disabled), "aria-label": name },
    style === "premium" ? "Premium" : label);
  button.addEventListener("click", () => {
    if (style !== "premium") page.interact(button, () => page.actions.click(message, component.custom_id));
  });
  return button;
}

function drawMessageSelect(component, { message, page }) {
  const select = drawSelect(component, page.store, page.store.channel(message.channel_id), {
    submit: (values) => page.interact(select.node, () => page.actions.select(message, component.custom_id, values)),
  });
  return select.node;
}
