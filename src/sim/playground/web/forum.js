// The posts of a forum or media channel.
// https://docs.discord.com/developers/topics/threads#thread-only-channels

import { el, icon } from "./dom.js";
import { drawEmoji } from "./emoji.js";

export function drawPosts(channel, page) {
  const posts = page.store.threadsOf(channel.id);
  const tags = new Map((channel.available_tags ?? []).map((tag) => [tag.id, tag]));
  const tagsOf = (post) => (post.applied_tags ?? []).map((id) => tags.get(id)).filter(Boolean)
    .map((tag) => el("span", { class: "forum-tag" }, drawEmoji(tag.emoji_name && { id: tag.emoji_id, name: tag.emoji_name }), " ", tag.name));
  const state = (post) => post.thread_metadata?.locked ? "locked" : post.thread_metadata?.archived ? "archived" : null;
  return [el("div", { class: "forum-head" }, el("h2", { class: "grow" }, channel.name), el("button", { type: "button", class: "button primary", on: { click: () => page.newPost(channel) } }, "New post")),
    channel.topic && el("p", { class: "small" }, channel.topic),
    posts.length === 0 ? el("p", { class: "empty" }, "There are no posts yet.") : el("ul", { class: "posts" }, posts.map((post) => el("li", {},
      el("button", { type: "button", class: "post", on: { click: () => page.open(post.id) } }, icon("thread"),
        el("strong", { class: "grow" }, post.name), tagsOf(post), state(post) && el("span", { class: "small" }, state(post)),
        el("span", { class: "small" }, post.message_count === 1 ? "1 reply" : `${post.message_count ?? 0} replies`)))))];
}
