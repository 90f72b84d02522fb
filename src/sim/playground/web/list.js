// The messages of the open channel. Only a window of them is in the page: others are loaded when they are scrolled to.

import { el, every, fill, newDay } from "./dom.js";
import { drawMessage, isEphemeral, toolbar } from "./message.js";
import { drawPosts } from "./forum.js";
import { isForum, isThread } from "./store.js";

/** How near to an end the next page is loaded, in pixels. */
const NEAR = 600;
const PAGE_SIZE = 50;
/** The messages are drawn at most this often while many arrive. */
const DRAW_MS = 50;

export class MessageList {
  constructor(page) {
    this.page = page;
    this.store = page.store;
    this.list = el("ol", { class: "messages", "aria-label": "Messages" });
    this.start = el("div", { class: "channel-start" });
    this.scroller = el("div", { class: "scroller", tabindex: "0", role: "log", "aria-label": "Messages of the channel",
      on: { scroll: () => this.scrolled(), keydown: (event) => this.key(event) } }, this.start, this.list);
    this.toEnd = el("button", { type: "button", class: "to-end", hidden: true, on: { click: () => this.showEnd() } }, "Jump to the newest messages");
    this.typing = el("p", { class: "typing", role: "status" });
    this.node = el("div", { class: "message-list" }, this.scroller, this.toEnd, this.typing);
    this.isLoading = false;
    this.nodes = new Map();
    this.days = new Map();
    for (const name of ["pointerover", "focusin"]) this.list.addEventListener(name, (event) => this.point(event));
    this.draw = every(DRAW_MS, () => this.drawNow());
    this.store.on("messages", ({ channel, changed }) => {
      if (changed) this.nodes.delete(changed);
      if (channel === this.store.open) this.draw();
    });
    this.store.on("members", () => { this.nodes.clear(); this.draw(); });
    for (const name of ["channels", "presence"]) this.store.on(name, () => this.draw());
    this.store.on("typing", () => this.drawTyping());
    // Pictures that arrive and windows that change leave the end in view.
    const resized = new ResizeObserver(() => { if (this.isAtEnd) this.scrollToEnd(); });
    resized.observe(this.scroller);
    resized.observe(this.list);
    this.isAtEnd = true;
  }

  /** Shows the open channel at its newest messages. */
  async open() {
    this.nodes.clear();
    this.isAtEnd = true;
    this.drawNow();
    this.drawTyping();
    const messages = this.store.messagesOf(this.store.open);
    if (this.store.open && !messages.isLoaded && !isForum(this.store.channel())) await this.loadOlder();
  }

  drawNow() {
    const channel = this.store.channel();
    const isPosts = channel !== null && isForum(channel);
    this.list.hidden = isPosts;
    this.start.classList.toggle("forum", isPosts);
    if (isPosts) {
      this.toEnd.hidden = true;
      return fill(this.start, drawPosts(channel, this.page));
    }
    const messages = this.store.messagesOf(this.store.open);
    const anchor = this.isAtEnd ? null : this.anchor();
    const shown = messages.list.filter((message) => !this.page.isDismissed(message));
    const nodes = [];
    let before = null;
    for (const message of shown) {
      const day = newDay(message.timestamp, before?.timestamp);
      if (day) nodes.push(this.dayNode(day));
      nodes.push(this.nodeOf(message, day ? null : before));
      before = message;
    }
    this.replace(nodes);
    this.forget(shown);
    this.drawStart(messages);
    this.toEnd.hidden = this.isAtEnd && messages.atEnd;
    if (this.isAtEnd) this.scrollToEnd();
    else if (anchor) this.restore(anchor);
  }

  /** Puts the nodes in place, and leaves those alone that are there already: focus and selection stay. */
  replace(nodes) {
    const wanted = new Set(nodes);
    for (const child of [...this.list.children]) if (!wanted.has(child)) child.remove();
    let at = this.list.firstChild;
    for (const node of nodes) {
      if (node === at) at = at.nextSibling;
      else this.list.insertBefore(node, at);
    }
  }

  dayNode(text) {
    if (!this.days.has(text)) this.days.set(text, el("li", { class: "day" }, text));
    return this.days.get(text);
  }

  /** Shows the buttons of a message that is pointed at or focused. */
  point(event) {
    const node = event.target.closest?.(".message");
    if (!node || node.querySelector(":scope > .toolbar")) return;
    for (const other of this.list.querySelectorAll(".message > .toolbar")) if (!other.contains(document.activeElement)) other.remove();
    const message = this.store.find(this.store.open, node.dataset.id);
    const buttons = message && toolbar(message, this.page);
    if (buttons) node.append(buttons);
  }

  /** Forgets the nodes of messages that are not loaded any more, now and then. */
  forget(shown) {
    if (this.nodes.size < 2 * shown.length + PAGE_SIZE) return;
    const ids = new Set(shown.map((message) => message.id));
    for (const id of [...this.nodes.keys()]) if (!ids.has(id)) this.nodes.delete(id);
  }

  /** The node of a message. It is drawn again only when the message or the one before it has changed. */
  nodeOf(message, before) {
    const known = this.nodes.get(message.id);
    if (known && known.message === message && known.before === before?.id) return known.node;
    const node = drawMessage(message, before, this.page);
    this.nodes.set(message.id, { message, before: before?.id, node });
    return node;
  }

  drawStart(messages) {
    const channel = this.store.channel();
    if (!messages.atStart || !channel) return fill(this.start);
    const partner = this.store.partnerOf(channel);
    const [title, text] = partner ? [this.store.nameOf(partner, null), `This is the start of your direct messages with ${this.store.nameOf(partner, null)}.`]
      : isThread(channel) ? [channel.name, "This is the start of the thread."] : [`Welcome to #${channel.name}`, `This is the start of #${channel.name}.`];
    const hint = this.store.isBotConnected ? "Write a message, or type / for the commands of the app." : "No bot is connected.";
    fill(this.start, el("h2", {}, title), el("p", { class: "small" }, text), messages.list.length === 0 && el("p", { class: "hint-line" }, hint));
  }

  drawTyping() {
    const names = this.store.typistsIn(this.store.open).map((user) => this.store.nameOf(user));
    const text = names.length > 3 ? "Several people are typing" : `${names.join(", ")} ${names.length === 1 ? "is" : "are"} typing`;
    fill(this.typing, names.length > 0 && [el("span", { class: "dots", "aria-hidden": "true" }), `${text}…`]);
  }

  scrolled() {
    const { scrollTop, scrollHeight, clientHeight } = this.scroller;
    const messages = this.store.messagesOf(this.store.open);
    const below = scrollHeight - scrollTop - clientHeight;
    this.isAtEnd = messages.atEnd && below < 40;
    this.toEnd.hidden = this.isAtEnd;
    if (scrollTop < NEAR && !messages.atStart && messages.isLoaded) this.loadOlder();
    else if (below < NEAR && !messages.atEnd) this.loadNewer();
  }

  scrollToEnd() {
    this.scroller.scrollTop = this.scroller.scrollHeight;
  }

  /** The first message in view and its place, so that it stays there. */
  anchor() {
    const top = this.scroller.getBoundingClientRect().top;
    const node = [...this.list.querySelectorAll("[data-id]")].find((node) => node.getBoundingClientRect().bottom > top);
    return node && { id: node.dataset.id, offset: node.getBoundingClientRect().top - top };
  }

  restore({ id, offset }) {
    const node = this.list.querySelector(`[data-id="${id}"]`);
    if (!node) return;
    const top = this.scroller.getBoundingClientRect().top;
    this.scroller.scrollTop += node.getBoundingClientRect().top - top - offset;
  }

  async loadOlder() {
    await this.load(async (channel) => {
      const first = this.store.messagesOf(channel).list.find((message) => !isEphemeral(message));
      const page = await this.page.actions.messages(channel, { before: first?.id, limit: PAGE_SIZE });
      this.store.addOlder(channel, page, page.length < PAGE_SIZE);
    });
  }

  async loadNewer() {
    await this.load(async (channel) => {
      const page = await this.page.actions.messages(channel, { after: this.store.messagesOf(channel).list.at(-1)?.id, limit: PAGE_SIZE });
      this.store.addNewer(channel, page, page.length < PAGE_SIZE);
    });
  }

  async load(load) {
    if (this.isLoading) return;
    this.isLoading = true;
    const channel = this.store.open;
    await this.page.attempt(() => load(channel));
    this.isLoading = false;
    if (channel === this.store.open) this.drawNow();
    else this.open();
  }

  async showEnd() {
    const messages = this.store.messagesOf(this.store.open);
    if (!messages.atEnd) Object.assign(messages, { list: [], atStart: false, atEnd: true, isLoaded: false });
    this.isAtEnd = true;
    if (!messages.isLoaded) await this.loadOlder();
    this.drawNow();
  }

  /** Shows a message, and loads what is around it if needed. */
  async jump({ id }) {
    const channel = this.store.open;
    if (!this.store.find(channel, id)) {
      const page = await this.page.attempt(() => this.page.actions.messages(channel, { around: id, limit: PAGE_SIZE }));
      if (!page) return;
      Object.assign(this.store.messagesOf(channel), { list: page, atStart: false, atEnd: false });
      this.isAtEnd = false;
      this.drawNow();
    }
    const node = this.list.querySelector(`[data-id="${id}"]`);
    if (!node) return this.page.tell("The message was deleted");
    this.isAtEnd = false;
    node.scrollIntoView({ block: "center" });
    node.focus();
    node.classList.add("found");
    setTimeout(() => node.classList.remove("found"), 2000);
  }

  /** The arrow keys move between messages. */
  key(event) {
    const on = event.target.closest?.(".message");
    const items = [...this.list.querySelectorAll(".message")];
    const at = items.indexOf(on);
    const move = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (move && (event.target === on || event.target === this.scroller)) {
      event.preventDefault();
      (items[at === -1 ? items.length - 1 : at + move])?.focus();
    } else if (event.target === on && on) {
      const message = this.store.find(this.store.open, on.dataset.id);
      if (event.key === "r") this.page.reply(message);
      else if (event.key === "e" && message.author.id === this.store.me) this.page.edit(message);
      else if (event.key === "Delete") this.page.actions.remove(message);
      else return;
      event.preventDefault();
    }
  }
}
