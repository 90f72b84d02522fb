// One message: who, when, text, embeds, attachments, components, reactions, poll.

import { clock, clockOnly, el, fullTime, hue, icon, iconButton, initials } from "./dom.js";
import { drawEmoji, picture } from "./emoji.js";
import { drawComponents } from "./components.js";
import { drawEmbed } from "./embed.js";
import { drawAttachment } from "./media.js";
import { drawText, plainText } from "./text.js";

/** https://docs.discord.com/developers/resources/message#message-object-message-flags */
const FLAG = { EPHEMERAL: 64, LOADING: 128, COMPONENTS_V2: 1 << 15 };
/** Messages of one author within this time have one heading. */
const GROUP_MS = 7 * 60_000;

export const isEphemeral = (message) => (message.flags & FLAG.EPHEMERAL) !== 0;

/** The round picture of a user. It has no address outside of this machine: letters on a color. */
export function avatar(user, name, small = false) {
  return el("span", { class: small ? "avatar small" : "avatar", "aria-hidden": "true", style: { "--hue": String(hue(user.id)) } },
    initials(name));
}

/** Whether a message continues the one before it, so that it needs no heading. */
export function continues(message, before) {
  return before && before.author.id === message.author.id && before.webhook_id === message.webhook_id
    && isText(before) && message.type === 0 && !message.interaction_metadata
    && isEphemeral(before) === isEphemeral(message)
    && new Date(message.timestamp) - new Date(before.timestamp) < GROUP_MS;
}

const isText = (message) => [0, 19, 20, 23].includes(message.type);

/**
 * Draws a message. `page` is what its buttons act on: `store`, `actions`, `open(channel)`, `reply(message)`,
 * `edit(message)`, `jump(message)`, `react(message, button)`, `apps(message, button)`.
 */
export function drawMessage(message, before, page) {
  const { store } = page;
  const name = displayName(message, store);
  const follows = continues(message, before);
  const mentionsMe = (message.mentions ?? []).some((user) => user.id === store.me) || message.mention_everyone;
  const classes = ["message", follows && "follows", mentionsMe && "mentions-me", isEphemeral(message) && "ephemeral",
    !isText(message) && "system"].filter(Boolean).join(" ");
  const content = [drawBody(message, page), drawReactions(message, page), drawNotes(message, page)];
  const node = el("li", { class: classes, tabindex: "-1", data: { id: message.id },
    "aria-label": `${name}, ${clock(message.timestamp)}` });
  if (!isText(message)) {
    node.append(icon("arrow-right"), el("div", { class: "content" }, systemText(message, name), timeOf(message)));
  } else {
    const heading = !follows && el("div", { class: "heading" }, authorOf(message, name, store), timeOf(message));
    const side = follows
      ? el("span", { class: "side-time", "aria-hidden": "true" }, clockOnly(message.timestamp))
      : avatar(message.author, name);
    node.append(el("div", { class: "message-body" }, drawReference(message, page), el("div", { class: "row" }, side,
      el("div", { class: "content" }, heading, content))));
  }
  return node;
}

/** Whether a webhook posted it. An app responds to interactions by a webhook too, in its own name. */
const isOfWebhook = (message) => Boolean(message.webhook_id) && message.webhook_id !== message.application_id;

function displayName(message, store) {
  return isOfWebhook(message) ? message.author.username : store.nameOf(message.author, store.guildOf(store.channel(message.channel_id)));
}

function authorOf(message, name, store) {
  const color = store.colorOf(message.author.id, store.guildOf(store.channel(message.channel_id)));
  return [el("span", { class: "author", style: color ? { color } : {} }, name),
    (message.author.bot || isOfWebhook(message)) && el("span", { class: "tag" }, isOfWebhook(message) ? "webhook" : "app")];
}

function timeOf(message) {
  return el("time", { datetime: message.timestamp, title: fullTime(message.timestamp) }, clock(message.timestamp));
}

/** What stands above a message: the message it replies to, or the command that it responds to. */
function drawReference(message, page) {
  const { store } = page;
  const used = message.interaction_metadata ?? message.interaction;
  if (message.type === 19) {
    const to = message.referenced_message;
    if (!to) return el("div", { class: "reference" }, icon("reply"), "The original message was deleted");
    const text = plainText(to.content ?? "", store.names(store.channel(message.channel_id))).slice(0, 200) || (to.attachments?.length ? "attachment" : "message");
    return el("button", { type: "button", class: "reference", on: { click: () => page.jump(to) } }, icon("reply"),
      avatar(to.author, displayName(to, store), true), el("strong", {}, displayName(to, store)), el("span", { class: "excerpt" }, text));
  }
  if (used?.user) {
    const name = message.interaction?.name ?? used.name;
    const what = used.type === 2 && name ? ["used ", el("span", { class: "mention" }, `/${name}`)] : ["used the app"];
    return el("div", { class: "reference" }, icon("reply"), avatar(used.user, store.nameOf(used.user), true),
      el("strong", {}, store.nameOf(used.user)), el("span", {}, what));
  }
  return null;
}

function drawBody(message, page) {
  const names = page.store.names(page.store.channel(message.channel_id), page.open);
  if (message.flags & FLAG.LOADING) return el("p", { class: "thinking" }, el("span", { class: "dots", "aria-hidden": "true" }), "is thinking…");
  const forwarded = (message.message_snapshots ?? []).map(({ message: snapshot }) => el("div", { class: "forwarded" },
    el("p", { class: "small" }, icon("forward"), "Forwarded"), drawContents({ ...snapshot, id: message.id, channel_id: message.channel_id }, page, names)));
  return [drawContents(message, page, names), forwarded];
}

function drawContents(message, page, names) {
  return [
    drawContent(message, names),
    // Components show the files that they name, and a message of components shows no others.
    !(message.flags & FLAG.COMPONENTS_V2) && (message.attachments ?? []).map((file) => drawAttachment(file)),
    (message.sticker_items ?? []).map(drawSticker),
    message.poll && drawPoll(message, page),
    (message.embeds ?? []).map((embed) => drawEmbed(embed, names)),
    message.components?.length > 0 && drawComponents(message, page, names),
  ];
}

/** A sticker: its picture if the simulated Discord has it, otherwise its name. */
function drawSticker({ id, name }) {
  return picture(id, name, "sticker", () => el("div", { class: "sticker", title: "Sticker: the picture is not on this machine" }, name));
}

/** The text, and whether it was edited. */
function drawContent(message, names) {
  const edited = message.edited_timestamp
    && el("span", { class: "edited", title: fullTime(message.edited_timestamp) }, "(edited)");
  if (!message.content) return edited;
  const text = drawText(message.content, names);
  if (edited) (text.lastElementChild?.tagName === "P" ? text.lastElementChild : text).append(edited);
  return text;
}

function drawReactions(message, page) {
  const reactions = message.reactions ?? [];
  if (reactions.length === 0) return null;
  const buttons = reactions.map((reaction) => el("button", { type: "button", class: "reaction", "aria-pressed": String(Boolean(reaction.me)),
    "aria-label": `${reaction.emoji.name}, ${reaction.count}`,
    on: { click: () => page.actions.react(message, reaction.emoji, !reaction.me) } }, drawEmoji(reaction.emoji), String(reaction.count)));
  return el("div", { class: "reactions" }, buttons,
    iconButton("smile", "Add a reaction", (event) => page.react(message, event.currentTarget)));
}

function drawPoll(message, page) {
  const { poll } = message;
  const counts = new Map((poll.results?.answer_counts ?? []).map((count) => [count.id, count]));
  const total = [...counts.values()].reduce((sum, count) => sum + count.count, 0);
  const isOver = poll.results?.is_finalized || (poll.expiry && new Date(poll.expiry) < new Date());
  const answers = poll.answers.map((answer) => {
    const count = counts.get(answer.answer_id) ?? { count: 0, me_voted: false };
    const share = total === 0 ? 0 : Math.round((count.count / total) * 100);
    return el("button", { type: "button", class: "answer", disabled: isOver, role: poll.allow_multiselect ? "checkbox" : "radio",
      "aria-checked": String(Boolean(count.me_voted)), style: { "--share": `${share}%` },
      on: { click: () => page.actions.vote(message, answer.answer_id, !count.me_voted) } },
    drawEmoji(answer.poll_media?.emoji), el("span", { class: "grow" }, answer.poll_media?.text ?? ""),
    el("span", { class: "small" }, `${count.count} · ${share} %`));
  });
  const end = poll.expiry ? `${isOver ? "Ended" : "Ends"} ${clock(poll.expiry)}` : "No end";
  return el("section", { class: "poll", "aria-label": "Poll" }, el("p", { class: "h3" }, poll.question?.text ?? ""),
    el("p", { class: "small" }, poll.allow_multiselect ? "Choose one or more answers" : "Choose one answer"),
    el("div", { role: poll.allow_multiselect ? "group" : "radiogroup", "aria-label": poll.question?.text ?? "Answers" }, answers),
    el("p", { class: "small" }, `${total} ${total === 1 ? "vote" : "votes"} · ${end}`));
}

function drawNotes(message, page) {
  if (isEphemeral(message)) {
    return el("p", { class: "small" }, icon("eye"), "Only you can see this · ",
      el("button", { type: "button", class: "link", on: { click: () => page.dismiss(message) } }, "Dismiss"));
  }
  const thread = message.thread && page.store.channels.get(message.thread.id);
  return thread && el("button", { type: "button", class: "thread-link", on: { click: () => page.open(thread.id) } }, icon("thread"), thread.name);
}

/** https://docs.discord.com/developers/resources/message#message-object-message-types */
function systemText(message, name) {
  const who = el("strong", {}, name);
  switch (message.type) {
    case 1: return [who, " added ", el("strong", {}, message.mentions?.[0]?.username ?? "a person"), " to the group"];
    case 4: return [who, " changed the channel's name: ", el("strong", {}, message.content)];
    case 6: return [who, " pinned a message to this channel"];
    case 7: return [who, " joined the server"];
    case 8: case 9: case 10: case 11: return [who, " boosted the server"];
    case 12: return [who, " follows ", el("strong", {}, message.content), " in this channel"];
    case 18: return [who, " started a thread: ", el("strong", {}, message.content)];
    case 21: return ["The thread began with a message of ", el("strong", {}, message.referenced_message?.author.username ?? name)];
    case 46: return ["The poll of ", who, " has ended"];
    default: return [who, ` (system message of type ${message.type})`, message.content && `: ${message.content}`];
  }
}

/** Buttons for the message that is pointed at or focused. They are drawn only then: most messages never are. */
export function toolbar(message, page) {
  const isMine = message.author.id === page.store.me;
  const isPlain = isText(message) && !isEphemeral(message);
  const may = page.canManage(message);
  const buttons = [
    isPlain && iconButton("smile", "Add a reaction", (event) => page.react(message, event.currentTarget)),
    isPlain && iconButton("reply", "Reply", () => page.reply(message)),
    isPlain && isMine && iconButton("edit", "Edit", () => page.edit(message)),
    isPlain && iconButton("apps", "Apps: commands for this message", (event) => page.apps(message, event.currentTarget)),
    (isMine || may) && !isEphemeral(message) && iconButton("trash", "Delete", () => page.actions.remove(message)),
  ].filter(Boolean);
  return buttons.length > 0 && el("div", { class: "toolbar", role: "toolbar", "aria-label": "Message actions" }, buttons);
}
