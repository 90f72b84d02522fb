// Emoji: Unicode ones with their names, and those of guilds, which are drawn as their names.

import { el } from "./dom.js";

/** The emoji that the composer completes and the reaction picker offers. Names are those of Discord's client. */
export const EMOJI = [
  ["👍", "thumbsup"], ["👎", "thumbsdown"], ["❤️", "heart"], ["😂", "joy"], ["😄", "smile"], ["😀", "grinning"],
  ["😅", "sweat_smile"], ["🙂", "slight_smile"], ["😉", "wink"], ["😍", "heart_eyes"], ["🤔", "thinking"],
  ["😢", "cry"], ["😭", "sob"], ["😡", "rage"], ["😱", "scream"], ["😴", "sleeping"], ["😎", "sunglasses"],
  ["🎉", "tada"], ["🔥", "fire"], ["✨", "sparkles"], ["⭐", "star"], ["💯", "100"], ["👀", "eyes"], ["🙏", "pray"],
  ["👏", "clap"], ["👋", "wave"], ["💪", "muscle"], ["🤝", "handshake"], ["✅", "white_check_mark"], ["❌", "x"],
  ["❓", "question"], ["❗", "exclamation"], ["⚠️", "warning"], ["⚓", "anchor"], ["🚀", "rocket"], ["🐛", "bug"],
  ["🔒", "lock"], ["🔑", "key"], ["📌", "pushpin"], ["📎", "paperclip"], ["📅", "date"], ["⏰", "alarm_clock"],
  ["🎲", "game_die"], ["🎮", "video_game"], ["🎵", "musical_note"], ["🎤", "microphone"], ["🍕", "pizza"], ["☕", "coffee"],
  ["🍰", "cake"], ["🐱", "cat"], ["🐶", "dog"], ["🌊", "ocean"], ["☀️", "sunny"], ["🌙", "crescent_moon"],
  ["0️⃣", "zero"], ["1️⃣", "one"], ["2️⃣", "two"], ["3️⃣", "three"], ["4️⃣", "four"], ["5️⃣", "five"], ["6️⃣", "six"],
  ["7️⃣", "seven"], ["8️⃣", "eight"], ["9️⃣", "nine"], ["🔟", "keycap_ten"], ["⬅️", "arrow_left"], ["➡️", "arrow_right"],
  ["⬆️", "arrow_up"], ["⬇️", "arrow_down"], ["🔁", "repeat"], ["⏯️", "play_pause"], ["⏹️", "stop_button"],
];

/** Draws an emoji object: `{ id, name }`. */
export function drawEmoji(emoji) {
  if (!emoji) return null;
  return emoji.id ? emojiImage(emoji.name ?? "emoji", emoji.id) : el("span", { class: "emoji" }, emoji.name ?? "");
}

/** The emoji that the simulated Discord has no picture of. */
const withoutPicture = new Set();

/** A guild's emoji. Its picture is shown if the simulated Discord has it, which is when it was uploaded there, and otherwise its name. */
export function emojiImage(name, id) {
  const title = `:${name}:`;
  const instead = () => el("span", { class: "emoji custom", title: `${title} (${id}): the picture is not on this machine` }, title);
  return withoutPicture.has(id) ? instead() : picture(id, title, "emoji", () => { withoutPicture.add(id); return instead(); });
}

/** The picture of an emoji or a sticker, or what `instead()` returns if there is none. */
export function picture(id, text, kind, instead) {
  const image = el("img", { src: `../picture/${encodeURIComponent(id)}`, alt: text, title: text, class: `${kind} picture-of` });
  image.addEventListener("error", () => image.replaceWith(instead()));
  return image;
}
