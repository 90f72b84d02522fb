// Servers, channels, members, and the person who speaks.

import { el, fill, icon, iconButton, hue, initials, perFrame } from "./dom.js";
import { avatar } from "./message.js";
import { CHANNEL, isForum, isThread, isVoice } from "./store.js";

const ICONS = { [CHANNEL.VOICE]: "voice", [CHANNEL.STAGE]: "voice", [CHANNEL.NEWS]: "news", [CHANNEL.FORUM]: "forum", [CHANNEL.MEDIA]: "image" };

/** The column of servers: direct messages first. */
export class Servers {
  constructor(page) {
    this.page = page;
    this.node = el("nav", { class: "servers", "aria-label": "Servers" });
    for (const name of ["loaded", "channels", "unread", "opened"]) page.store.on(name, perFrame(() => this.draw()));
  }

  draw() {
    const { store } = this.page;
    const open = store.channel()?.guild_id ?? null;
    const unread = (guild) => [...store.unread].some(([id, count]) => count.count > 0 && (store.channels.get(id)?.guild_id ?? null) === guild);
    const button = (id, name, content) => el("button", { type: "button", class: unread(id) ? "server unread" : "server", title: name,
      "aria-label": unread(id) ? `${name}, unread` : name, "aria-current": id === open ? "true" : null, style: { "--hue": String(hue(id ?? "1")) },
      on: { click: () => this.page.openServer(id) } }, content);
    fill(this.node, button(null, "Direct messages", icon("message")), el("hr"),
      [...store.guilds.values()].map((guild) => button(guild.id, guild.name, el("span", { "aria-hidden": "true" }, initials(guild.name)))));
  }
}

/** The channels of the open server, with their threads, or the direct messages. */
export class Channels {
  constructor(page) {
    this.page = page;
    this.head = el("h2", { class: "server-name" });
    this.list = el("ul", { class: "channels" });
    this.node = el("nav", { class: "channel-bar", "aria-label": "Channels" }, this.head, el("div", { class: "scroller" }, this.list), new Speaker(page).node);
    this.closed = new Set();
    for (const name of ["loaded", "channels", "unread", "opened"]) page.store.on(name, perFrame(() => this.draw()));
  }

  draw() {
    const { store } = this.page;
    const guild = store.guildOf();
    this.head.textContent = guild?.name ?? "Direct messages";
    if (!guild) return fill(this.list, store.directMessages().map((channel) => this.channel(channel)));
    let isShown = true;
    fill(this.list, store.channelsOf(guild.id).map((channel) => {
      if (channel.type === CHANNEL.CATEGORY) {
        isShown = !this.closed.has(channel.id);
        return this.category(channel, isShown);
      }
      return (isShown || !channel.parent_id || channel.id === store.open) && [this.channel(channel),
        store.threadsOf(channel.id).filter((thread) => !thread.thread_metadata?.archived).map((thread) => this.channel(thread))];
    }));
  }

  category(channel, isOpen) {
    const toggle = () => {
      if (isOpen) this.closed.add(channel.id);
      else this.closed.delete(channel.id);
      this.draw();
    };
    return el("li", {}, el("button", { type: "button", class: "category", "aria-expanded": String(isOpen), on: { click: toggle } }, icon("down"), channel.name));
  }

  channel(channel) {
    const { store } = this.page;
    const unread = store.unread.get(channel.id);
    const user = store.partnerOf(channel);
    const name = channel.name ?? (user ? store.nameOf(user, null) : "direct messages");
    const sign = isThread(channel) ? icon("thread") : user ? avatar(user, name, true) : icon(ICONS[channel.type] ?? "hash");
    const count = unread?.mentions > 0 && el("span", { class: "badge", "aria-label": `${unread.mentions} mentions` }, String(unread.mentions));
    return el("li", {}, el("button", { type: "button", class: ["channel", isThread(channel) && "thread", unread && "unread"].filter(Boolean).join(" "),
      "aria-current": channel.id === store.open ? "page" : null, on: { click: () => this.page.open(channel.id) } },
    sign, el("span", { class: "grow" }, name), isVoice(channel) && this.voices(channel), count));
  }

  voices(channel) {
    const states = (this.page.store.guildOf(channel)?.voice_states ?? []).filter((state) => state.channel_id === channel.id);
    return states.length > 0 && el("span", { class: "small" }, String(states.length));
  }
}

/** Who speaks, and a menu to speak as another person. */
class Speaker {
  constructor(page) {
    this.page = page;
    this.node = el("div", { class: "speaker" });
    for (const name of ["loaded", "members"]) page.store.on(name, perFrame(() => this.draw()));
  }

  draw() {
    const { store } = this.page;
    const me = store.users.get(store.me);
    if (!me) return fill(this.node);
    const people = [...store.users.values()].filter((user) => !user.bot);
    const select = el("select", { "aria-label": "Speak as", on: { change: () => this.change(select) } },
      people.map((user) => el("option", { value: user.username, selected: user.id === store.me }, store.nameOf(user))),
      el("option", { value: "" }, "Another person…"));
    fill(this.node, avatar(me, store.nameOf(me)), el("label", { class: "grow" }, el("span", { class: "small block" }, "Speaking as"), select));
  }

  async change(select) {
    if (select.value !== "") return this.page.speakAs(select.value);
    const name = await this.page.ask("Another person", "Name of the person who joins");
    if (name) await this.page.attempt(() => this.page.addPerson(name));
    this.draw();
  }
}

const STATUS_NAMES = { online: "online", idle: "idle", dnd: "do not disturb", offline: "offline" };

/** The members of the open server, by their highest hoisted role. */
export class Members {
  constructor(page) {
    this.page = page;
    this.node = el("aside", { class: "members", "aria-label": "Members" });
    for (const name of ["loaded", "members", "presence", "channels", "opened"]) page.store.on(name, perFrame(() => this.draw()));
  }

  draw() {
    const { store } = this.page;
    const guild = store.guildOf();
    if (!guild) return fill(this.node);
    const groups = new Map();
    for (const member of guild.members.values()) {
      const role = hoistedRole(member, guild);
      if (!groups.has(role)) groups.set(role, []);
      groups.get(role).push(member);
    }
    const inOrder = [...groups].sort(([a], [b]) => (b?.position ?? -1) - (a?.position ?? -1));
    fill(this.node, inOrder.map(([role, members]) => [el("h3", {}, `${role?.name ?? "Members"} — ${members.length}`),
      el("ul", {}, members.map((member) => this.member(member, store, store.statusOf(member.user, guild))))]));
  }

  member({ user }, store, status) {
    const name = store.nameOf(user);
    const color = store.colorOf(user.id);
    return el("li", {}, el("button", { type: "button", class: "member", title: `${user.username}, ${STATUS_NAMES[status] ?? status}`,
      on: { click: (event) => this.page.userMenu(user, event.currentTarget) } },
    el("span", { class: `avatar-box ${status}` }, avatar(user, name, true)), el("span", { class: "grow", style: color ? { color } : {} }, name),
    user.bot && el("span", { class: "tag" }, "app")));
  }
}

/** The highest role that is shown separately, or `null`. */
function hoistedRole(member, guild) {
  const roles = member.roles.map((id) => guild.roles.get(id)).filter((role) => role?.hoist);
  return roles.sort((a, b) => b.position - a.position)[0] ?? null;
}

/** The line above the messages. */
export class Header {
  constructor(page) {
    this.page = page;
    this.title = el("h1");
    this.topic = el("span", { class: "topic small grow" });
    this.node = el("header", { class: "channel-head" },
      iconButton("menu", "Channels", () => page.toggle("channels"), { class: "icon-button only-narrow" }), this.title, this.topic,
      iconButton("search", "Go to a channel (Ctrl+K)", () => page.quickSwitch()),
      iconButton("people", "Members", () => page.toggle("members")), iconButton("tools", "Developer", () => page.toggle("panel")));
    for (const name of ["loaded", "channels", "opened"]) page.store.on(name, perFrame(() => this.draw()));
  }

  draw() {
    const { store } = this.page;
    const channel = store.channel();
    const user = store.partnerOf(channel);
    const name = channel?.name ?? (user ? store.nameOf(user, null) : "");
    fill(this.title, channel && (user ? "@" : icon(isThread(channel) ? "thread" : ICONS[channel.type] ?? "hash")), name);
    this.topic.textContent = channel?.topic ?? "";
    document.title = channel ? `${isForum(channel) ? "" : user ? "@" : "#"}${name} · Playground` : "Playground";
  }
}
