// Files and pictures. Only what this machine serves is loaded: the place of another picture shows where it is.

import { el, fileSize, icon } from "./dom.js";
import { drawLink } from "./text.js";

/** A file: a picture, a player, or a link to download it. */
export function drawAttachment(file) {
  const local = isLocal(file.url);
  const hidden = file.filename?.startsWith("SPOILER_");
  const type = file.content_type ?? "";
  if (local && type.startsWith("image/")) {
    const picture = el("img", { src: file.url, alt: file.description ?? file.filename, loading: "lazy", width: file.width && String(file.width),
      height: file.height && String(file.height) });
    const link = el("a", { class: "picture", href: file.url, target: "_blank", rel: "noopener" }, picture);
    return hidden ? spoilerOver(link) : link;
  }
  if (local && type.startsWith("audio/")) return el("audio", { controls: true, src: file.url, preload: "none" });
  if (local && type.startsWith("video/")) return el("video", { controls: true, src: file.url, preload: "none", class: "picture" });
  return el("div", { class: "file" }, icon("file"), el("div", {},
    local ? el("a", { href: file.url, download: file.filename }, file.filename) : drawLink(file.url, [file.filename]),
    el("span", { class: "small" }, fileSize(file.size ?? 0))));
}

/** Covers something until it is clicked. */
export function spoilerOver(node) {
  const cover = el("button", { type: "button", class: "cover" }, "Spoiler");
  const box = el("div", { class: "covered" }, node, cover);
  cover.addEventListener("click", () => { box.classList.add("shown"); cover.remove(); });
  return box;
}

/** A picture by its address. */
export function drawImage(media, label) {
  const url = media.proxy_url && isLocal(media.proxy_url) ? media.proxy_url : media.url ?? "";
  const text = media.description ?? label;
  if (isLocal(url)) {
    return el("a", { class: `picture ${label}`, href: url, target: "_blank", rel: "noopener" }, el("img", { src: url, alt: text, loading: "lazy" }));
  }
  return el("span", { class: `placeholder ${label}`, title: `${url}: the picture is not on this machine` }, icon("image"), drawLink(url, [nameOf(url) ?? label]));
}

/** The small picture next to the author or in the footer of an embed. One that is not on this machine is left out. */
export function drawSmallImage(...urls) {
  const url = urls.find((url) => url && isLocal(url));
  return url ? el("img", { src: url, alt: "", class: "small-picture", loading: "lazy" }) : null;
}

export function isLocal(url) {
  try {
    return new URL(url, location.href).origin === location.origin;
  } catch {
    return false;
  }
}

/** What a picture that is elsewhere is called: `boat.png, example.com`. */
function nameOf(url) {
  try {
    const { host, pathname } = new URL(url);
    const file = decodeURIComponent(pathname.split("/").at(-1));
    return [file, host].filter(Boolean).join(", ") || null;
  } catch {
    return null;
  }
}
