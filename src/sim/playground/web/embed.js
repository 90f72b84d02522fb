// Embeds.
// https://docs.discord.com/developers/resources/message#embed-object

import { el } from "./dom.js";
import { drawImage, drawSmallImage } from "./media.js";
import { cssColor } from "./store.js";
import { drawInline, drawLink, drawText } from "./text.js";

export function drawEmbed(embed, names) {
  const linked = (url, children) => (url ? drawLink(url, children) : el("span", {}, children));
  const { author, footer } = embed;
  const bottom = [footer?.text, embed.timestamp && new Date(embed.timestamp).toLocaleString()].filter(Boolean).join(" · ");
  return el("article", { class: "embed", "aria-label": "Embed", style: embed.color ? { "--accent": cssColor(embed.color) } : {} },
    el("div", { class: "embed-main" },
      el("div", { class: "grow" },
        embed.provider?.name && el("p", { class: "small" }, embed.provider.name),
        author?.name && el("p", { class: "embed-author" }, drawSmallImage(author.proxy_icon_url, author.icon_url), linked(author.url, [author.name])),
        embed.title && el("p", { class: "embed-title" }, linked(embed.url, drawInline(embed.title, names))),
        embed.description && drawText(embed.description, names),
        embed.fields?.length > 0 && el("dl", { class: "fields" }, embed.fields.map((field) =>
          el("div", { class: field.inline ? "field inline" : "field" }, el("dt", {}, drawInline(field.name, names)),
            el("dd", {}, drawText(field.value, names)))))),
      embed.thumbnail && drawImage(embed.thumbnail, "thumbnail")),
    embed.image && drawImage(embed.image, "image"),
    embed.video && !embed.image && drawImage(embed.video, "video"),
    bottom && el("p", { class: "small" }, drawSmallImage(footer?.proxy_icon_url, footer?.icon_url), bottom));
}
