// The page: connects the parts with each other and with the server.

import { Api } from "./api.js";
import { Composer } from "./composer.js";
import { append, el } from "./dom.js";
import { MessageList } from "./list.js";
import { openModal } from "./modal.js";
import { Panel } from "./panel.js";
import { ask, askForPost, chooseEmoji, Notes, openMenu, quickSwitch } from "./popups.js";
import { Channels, Header, Members, Servers } from "./sidebar.js";
import { CHANNEL, isForum, isThread, isVoice, Store } from "./store.js";

/** How long an app has to respond before the page says that it has not. Discord's client waits this long. */
const RESPONSE_MS = 4000;
const MANAGE_MESSAGES = 1n << 13n;

class Page {
  constructor() {
    this.store = new Store();
    this.notes = new Notes();
    this.dismissed = new Set();
    this.api = new Api({
      event: (name, data) => this.store.apply(name, data),
      developer: (kind, data) => this.happened(kind, data),
      modal: (interaction) => openModal(interaction, this),
      opened: () => this.connected(),
      lost: () => this.notes.hold("The program is not running. The page connects again when it is."),
    });
    this.actions = this.api;
    this.store.on("closed", () => this.open(this.store.firstChannel()));
  }

  start() {
    this.list = new MessageList(this);
    this.composer = new Composer(this);
    this.panel = new Panel(this);
    this.channels = new Channels(this);
    this.root = document.getElementById("app");
    this.root.replaceChildren();
    append(this.root, [new Servers(this).node, this.channels.node,
      this.main = el("main", { class: "main" }, new Header(this).node, this.notes.held, this.list.node, this.composer.node),
      new Members(this).node, this.panel.node, this.notes.node]);
    this.root.dataset.panel = remembered("panel") ?? "off";
    this.root.dataset.members = this.root.dataset.panel === "off" ? remembered("members") ?? (innerWidth > 1100 ? "on" : "off") : "off";
    this.root.dataset.channels = "off";
    document.addEventListener("keydown", (event) => this.key(event));
    // On a narrow screen, a click on the messages closes the list of channels.
    this.main.addEventListener("click", (event) => {
      if (this.root.dataset.channels === "on" && !event.target.closest(".only-narrow")) this.toggle("channels");
    });
    document.addEventListener("visibilitychange", () => { if (!document.hidden) this.read(); });
    this.store.open = remembered("channel");
    this.api.connect(remembered("speaker") ?? "you");
  }

  /** Loads the state after each connect: the program may have been started again meanwhile. */
  async connected() {
    const state = await this.attempt(() => this.api.state());
    if (!state) return;
    this.notes.hold(null);
    this.store.load(state);
    this.panel.loaded(state);
    this.open(this.store.open);
  }

  /** A frame or a request of the bot. One that registers commands changes what can be used. */
  async happened(kind, data) {
    this.panel.add(kind, data);
    const registers = kind === "request" && data.method !== "GET" && /\/applications\/\d+\/.*commands/.test(data.path);
    if (!registers) return;
    this.store.commands = (await this.attempt(() => this.api.commands())) ?? [];
    this.composer.commandsChanged();
  }

  open = (id) => {
    if (!this.store.channels.has(id)) id = this.store.firstChannel();
    this.store.open = id;
    remember("channel", id);
    this.read();
    this.list.open();
    this.composer.open(this.store.channel());
    this.root.dataset.channels = "off";
    // On a narrow screen, the members cover the messages.
    if (innerWidth <= 900) this.root.dataset.members = "off";
    this.store.emit("opened");
    if (innerWidth > 700) this.composer.focus();
  };

  /** Marks the open channel as read. */
  read() {
    if (this.store.unread.delete(this.store.open)) this.store.emit("unread");
  }

  openServer(guildId) {
    const channels = guildId ? this.store.channelsOf(guildId).filter((channel) => channel.type !== CHANNEL.CATEGORY) : this.store.directMessages();
    if (channels.length > 0) this.open(channels[0].id);
    else if (guildId) this.tell("This server has no channels that you can see");
    else this.direct();
  }

  speakAs(id) {
    remember("speaker", id);
    this.api.connect(id);
  }

  async addPerson(name) {
    const person = await this.api.addPerson(name);
    this.speakAs(person.name);
  }

  newPost = async (channel) => {
    const post = await askForPost(channel);
    if (!post) return;
    const thread = await this.attempt(() => this.api.post(channel.id, post.name, post.content, post.tags));
    if (!thread) return;
    // The event may arrive later.
    if (!this.store.channels.has(thread.id)) this.store.channels.set(thread.id, { ...thread, guild_id: channel.guild_id });
    this.store.emit("channels");
    this.open(thread.id);
  };

  // Messages.

  reply = (message) => this.composer.reply(message);
  jump = (message) => this.list.jump(message);
  isDismissed = (message) => this.dismissed.has(message.id);

  dismiss = (message) => {
    this.dismissed.add(message.id);
    this.list.drawNow();
  };

  edit = async (message) => {
    const text = await ask("Edit the message", "Text", message.content);
    if (text !== null && text !== message.content) await this.attempt(() => this.api.edit(message, text));
  };

  editLast() {
    const mine = this.store.messagesOf(this.store.open).list.filter((message) => message.author.id === this.store.me);
    if (mine.length > 0) this.edit(mine.at(-1));
  }

  react = (message, button) => {
    chooseEmoji(button, this.store.guildOf()?.emojis ?? [], (emoji) => this.attempt(() => this.api.react(message, emoji, true)));
  };

  canManage = (message) => {
    const guild = this.store.guildOf(this.store.channel(message.channel_id));
    if (!guild) return false;
    if (guild.owner_id === this.store.me) return true;
    const member = guild.members.get(this.store.me);
    const roles = [guild.id, ...(member?.roles ?? [])].map((id) => guild.roles.get(id)).filter(Boolean);
    return roles.some((role) => (BigInt(role.permissions) & (MANAGE_MESSAGES | 8n)) !== 0n);
  };

  apps = (message, button) => {
    const commands = this.store.commands.filter((command) => command.type === 3);
    openMenu(button, "Commands for this message", commands.map((command) => ({ label: command.name,
      act: () => this.attempt(() => this.api.menu(message.channel_id, command.name, { message: message.id })) })));
  };

  userMenu(user, button) {
    const commands = this.store.commands.filter((command) => command.type === 2);
    const items = commands.map((command) => ({ label: command.name, act: () => this.attempt(() => this.api.menu(this.store.open, command.name, { on_user: user.username })) }));
    if (user.bot) items.unshift({ label: "Message", act: () => this.direct() });
    openMenu(button, "Commands for this user", items);
  }

  async direct() {
    const channel = await this.attempt(() => this.api.directMessages());
    if (!channel) return;
    this.store.channels.set(channel.id, channel);
    this.store.emit("channels");
    this.open(channel.id);
  }

  /** Uses a component, and shows that the app is asked until it responds. */
  interact = async (node, act) => {
    node.classList.add("waiting");
    const late = setTimeout(() => this.tell("The app has not responded"), RESPONSE_MS);
    await this.attempt(act);
    clearTimeout(late);
    node.classList.remove("waiting");
  };

  // The page itself.

  toggle(part) {
    const value = this.root.dataset[part] === "on" ? "off" : "on";
    this.root.dataset[part] = value;
    if (part !== "channels") remember(part, value);
    // There is room for only one of them next to the messages.
    if (part === "panel" && value === "on" && innerWidth < 1500) this.root.dataset.members = "off";
    if (part === "members" && value === "on" && innerWidth < 1500) this.root.dataset.panel = "off";
    if (part === "panel") this.panel.draw();
  }

  quickSwitch() {
    const channels = [...this.store.channels.values()].filter((channel) => channel.type !== CHANNEL.CATEGORY);
    quickSwitch(channels.map((channel) => ({ label: channel.name ?? this.store.partnerOf(channel)?.username ?? "direct messages", sign: signOf(channel),
      description: this.store.guildOf(channel)?.name, value: channel.id })), this.open);
  }

  key(event) {
    if ((event.ctrlKey || event.metaKey) && event.key === "k") {
      event.preventDefault();
      this.quickSwitch();
    } else if (event.altKey && event.code === "KeyR") {
      event.preventDefault();
      this.composer.repeat();
    } else if (event.altKey && event.code === "KeyD") {
      event.preventDefault();
      this.toggle("panel");
    }
  }

  ask(title, label) {
    return ask(title, label);
  }

  tell = (text) => this.notes.tell(text);

  /** Does something at the server. Tells the user why it is not possible. Returns its result, or `true` for none. */
  attempt = async (act) => {
    try {
      return (await act()) ?? true;
    } catch (error) {
      this.tell(error.message);
      return null;
    }
  };

  saveLastCommand = (command) => remember("command", JSON.stringify(command));
  loadLastCommand = () => JSON.parse(remembered("command") ?? "null");
}

function signOf(channel) {
  if (isVoice(channel)) return "🔊";
  return isThread(channel) ? "↳" : isForum(channel) ? "≡" : channel.name ? "#" : "@";
}

// The address of the page holds the port and a secret, so that this belongs to one program. It survives a reload.

function remember(name, value) {
  try {
    if (value) sessionStorage.setItem(`playground:${name}`, value);
  } catch {
    // Storage is switched off: nothing is remembered.
  }
}

function remembered(name) {
  try {
    return sessionStorage.getItem(`playground:${name}`);
  } catch {
    return null;
  }
}

new Page().start();
