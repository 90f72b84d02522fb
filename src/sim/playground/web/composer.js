// The field at the bottom: messages, replies, edits, files, slash commands.

import { el, fill, fileSize, icon, iconButton } from "./dom.js";
import { CommandForm, slashCommands } from "./command_form.js";
import { EMOJI } from "./emoji.js";
import { search, Suggest } from "./suggest.js";
import { isForum, isThread, isVoice } from "./store.js";

/** https://docs.discord.com/developers/resources/message#create-message */
const MAX_CONTENT = 2000;
const MAX_FILES = 10;
/** Discord's client tells that a person types at most this often. */
const TYPING_INTERVAL_MS = 8000;

export class Composer {
  constructor(page) {
    this.page = page;
    this.files = [];
    this.replyTo = null;
    this.typedAt = 0;
    this.drafts = new Map();
    this.lastCommand = null;
    this.form = null;

    // Disabled until a channel is open, so that nothing is lost that is typed before.
    this.input = el("textarea", { rows: "1", "aria-label": "Message", maxlength: "4000", disabled: true, on: {
      input: () => this.changed(),
      keydown: (event) => this.key(event),
      paste: (event) => this.paste(event),
    } });
    this.picker = el("input", { type: "file", multiple: true, hidden: true, on: {
      change: () => { this.attach([...this.picker.files]); this.picker.value = ""; },
    } });
    this.context = el("div", { class: "composer-context", hidden: true });
    this.fileList = el("ul", { class: "composer-files", hidden: true });
    this.count = el("span", { class: "count small", hidden: true });
    this.formBox = el("div", { class: "form-box" });
    this.row = el("div", { class: "composer-row" },
      iconButton("plus", "Attach files", () => this.picker.click()), this.input, this.count,
      iconButton("repeat", "Repeat the last command (Alt+R)", () => this.repeat()),
      iconButton("send", "Send", () => this.send()));
    this.node = el("div", { class: "composer" }, this.formBox, this.context, this.fileList, this.row, this.picker);
    this.suggest = new Suggest(this.input, this.node, "message");
  }

  /** Shows the composer of the open channel, with what was typed there before. */
  open(channel) {
    if (this.channelId) this.drafts.set(this.channelId, this.input.value);
    this.channelId = channel?.id ?? null;
    this.form?.close();
    this.reply(null);
    this.files = [];
    this.drawFiles();
    this.input.value = this.drafts.get(this.channelId) ?? "";
    const partner = this.page.store.partnerOf(channel);
    const name = partner ? `@${this.page.store.nameOf(partner, null)}` : isThread(channel ?? {}) ? `“${channel.name}”` : `#${channel?.name}`;
    this.input.placeholder = channel ? `Message ${name}` : "No channel";
    this.input.disabled = !channel;
    // A forum has posts instead of messages.
    this.node.hidden = channel !== null && isForum(channel);
    this.resize();
  }

  focus() {
    if (this.form) this.form.focus();
    else this.input.focus();
  }

  reply(message) {
    this.replyTo = message;
    this.context.hidden = !message;
    if (!message) return;
    fill(this.context, icon("reply"), el("span", { class: "grow" }, "Replying to ", el("strong", {}, this.page.store.nameOf(message.author))),
      iconButton("close", "Do not reply", () => this.reply(null)));
    this.input.focus();
  }

  changed() {
    this.resize();
    const length = [...this.input.value].length;
    this.count.hidden = length < MAX_CONTENT - 200;
    this.count.textContent = String(MAX_CONTENT - length);
    this.count.classList.toggle("over", length > MAX_CONTENT);
    const now = Date.now();
    if (this.input.value !== "" && !this.input.value.startsWith("/") && now - this.typedAt > TYPING_INTERVAL_MS) {
      this.typedAt = now;
      this.page.actions.typing(this.channelId);
    }
    this.offer();
  }

  resize() {
    this.input.style.height = "auto";
    this.input.style.height = `${Math.min(this.input.scrollHeight, 240)}px`;
  }

  /** Suggests commands, people, channels and emoji for what is typed before the cursor. */
  offer() {
    const before = this.input.value.slice(0, this.input.selectionStart);
    const command = /^\/([^\n]*)$/.exec(before);
    if (command) return this.offerCommands(command[1]);
    const word = /(?:^|\s)([@#:])([\w-]*)$/.exec(before);
    if (!word || (word[1] === ":" && word[2].length < 2)) return this.suggest.hide();
    const items = this.words(word[1]);
    this.suggest.show(search(items, word[2], 10), (item) => {
      const start = before.length - word[2].length - 1;
      this.input.setRangeText(`${item.value} `, start, before.length, "end");
      this.input.focus();
      this.changed();
    });
  }

  words(sign) {
    const { store } = this.page;
    const guild = store.guildOf();
    if (sign === ":") return EMOJI.map(([emoji, name]) => ({ label: name, value: emoji, sign: emoji }))
      .concat((guild?.emojis ?? []).map((emoji) => ({ label: emoji.name, value: `<${emoji.animated ? "a" : ""}:${emoji.name}:${emoji.id}>`, sign: ":" })));
    if (sign === "#") {
      const channels = guild ? store.channelsOf(guild.id).filter((channel) => channel.type !== 4) : [];
      return channels.map((channel) => ({ label: channel.name, value: `<#${channel.id}>`, sign: isVoice(channel) ? "🔊" : "#" }));
    }
    const users = guild ? [...guild.members.values()].map((member) => member.user) : [...store.users.values()];
    const roles = [...(guild?.roles.values() ?? [])].filter((role) => role.id !== guild.id);
    return [...users.map((user) => ({ label: store.nameOf(user, guild), description: user.username, value: `<@${user.id}>`, sign: "@" })),
      ...roles.map((role) => ({ label: role.name, value: `<@&${role.id}>`, sign: "@", description: "role" })),
      { label: "everyone", value: "@everyone", sign: "@" }];
  }

  /** The app has registered commands, maybe while one is being typed. */
  commandsChanged() {
    if (document.activeElement === this.input && this.input.value.startsWith("/")) this.offer();
  }

  offerCommands(typed) {
    const leaves = slashCommands(this.page.store.commands);
    const items = leaves.map((leaf) => ({ label: leaf.path.join(" "), description: leaf.description, sign: "/", value: leaf }));
    const found = search(items, typed.trimEnd(), 50);
    if (found.length > 0) this.suggest.show(found, (item) => this.begin(item.value), "Commands of the app");
    else this.suggest.tell(leaves.length > 0 ? "No command of the app has this name" : "The app has registered no commands");
  }

  /** Opens the form of a command. `values` fills it in. */
  begin(leaf, values = []) {
    this.input.value = "";
    this.changed();
    this.row.hidden = true;
    this.form?.node.remove();
    this.form = new CommandForm(leaf, this.commandPage(), () => {
      this.form = null;
      this.row.hidden = false;
      this.input.focus();
    });
    for (const { name, value } of values) {
      const option = leaf.options.find((option) => option.name === name);
      if (!option) continue;
      const field = this.form.fields.find((field) => field.option.name === name) ?? this.form.add(option);
      field.value = value;
      field.chosen = { value };
      if (field.input.type !== "file") field.input.value = value;
    }
    this.form.drawMore();
    this.formBox.replaceChildren(this.form.node);
    this.form.focus();
  }

  commandPage() {
    return { ...this.page, store: this.page.store, actions: this.page.actions,
      remember: (leaf, values) => { this.lastCommand = { path: leaf.path.join(" "), values }; this.page.saveLastCommand(this.lastCommand); } };
  }

  /** Sends the last command again. Opens its form if it has files, which must be chosen again. */
  async repeat() {
    const last = this.lastCommand ?? this.page.loadLastCommand();
    const leaf = last && slashCommands(this.page.store.commands).find((leaf) => leaf.path.join(" ") === last.path);
    if (!leaf) return this.page.tell("No command has been used yet");
    if (leaf.options.some((option) => option.type === 11)) return this.begin(leaf, last.values);
    await this.page.attempt(() => this.page.actions.command(this.channelId, leaf.path, last.values, []));
  }

  key(event) {
    if (event.isComposing || this.suggest.key(event)) return;
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      this.send();
    } else if (event.key === "Escape" && this.replyTo) {
      this.reply(null);
    } else if (event.key === "ArrowUp" && this.input.value === "") {
      event.preventDefault();
      this.page.editLast();
    }
  }

  paste(event) {
    const files = [...event.clipboardData.files];
    if (files.length === 0) return;
    event.preventDefault();
    this.attach(files);
  }

  attach(files) {
    this.files.push(...files);
    if (this.files.length > MAX_FILES) this.page.tell(`A message can have at most ${MAX_FILES} files`);
    this.files.length = Math.min(this.files.length, MAX_FILES);
    this.drawFiles();
    this.input.focus();
  }

  drawFiles() {
    this.fileList.hidden = this.files.length === 0;
    fill(this.fileList, this.files.map((file) => el("li", {}, icon("file"), el("span", { class: "grow" }, file.name),
      el("span", { class: "small" }, fileSize(file.size)),
      iconButton("close", `Remove ${file.name}`, () => { this.files = this.files.filter((other) => other !== file); this.drawFiles(); }))));
  }

  async send() {
    const text = this.input.value.trim();
    if (text === "" && this.files.length === 0) return;
    if ([...text].length > MAX_CONTENT) return this.page.tell(`A message can have at most ${MAX_CONTENT} characters`);
    const draft = { text: this.input.value, files: this.files, replyTo: this.replyTo };
    this.input.value = "";
    this.files = [];
    this.typedAt = 0;
    this.reply(null);
    this.drawFiles();
    this.changed();
    const sent = await this.page.attempt(() => this.page.actions.send(this.channelId, text, draft.files, draft.replyTo));
    if (sent) return;
    // What could not be sent stays to be changed.
    this.input.value = draft.text;
    this.files = draft.files;
    this.reply(draft.replyTo);
    this.drawFiles();
    this.resize();
  }
}
