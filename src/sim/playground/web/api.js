// The control interface of the simulated Discord: the only thing that this page talks to.

/** How long the page waits until it connects again. */
const RETRY_MS = 1000;

export class Api {
  /** `handlers`: `event(name, data)`, `developer(kind, data)`, `modal(interaction)`, `opened()`, `lost()`. */
  constructor(handlers) {
    this.handlers = handlers;
    this.base = new URL("../", location.href);
    this.speaker = null;
  }

  /** Listens to what a person sees, and connects again when the program is started again. */
  connect(speaker) {
    clearTimeout(this.retry);
    this.source?.close();
    this.speaker = speaker;
    const url = new URL("events", this.base);
    url.searchParams.set("as", speaker);
    const source = (this.source = new EventSource(url));
    source.addEventListener("open", () => this.handlers.opened());
    source.addEventListener("event", ({ data }) => {
      const event = JSON.parse(data);
      this.handlers.event(event.name, event.data);
    });
    for (const kind of ["request", "frame", "closed"]) {
      source.addEventListener(kind, ({ data }) => this.handlers.developer(kind, JSON.parse(data)));
    }
    source.addEventListener("error", () => {
      source.close();
      this.handlers.lost();
      this.retry = setTimeout(() => this.connect(speaker), RETRY_MS);
    });
  }

  async call(action, args = {}) {
    const response = await fetch(new URL(action, this.base), {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(args),
    });
    const text = await response.text();
    let body = null;
    try {
      body = JSON.parse(text);
    } catch {
      throw new Error(text || `the simulated Discord answered with status ${response.status}`);
    }
    if (!response.ok) throw new Error(body.error ?? body.message ?? `status ${response.status}`);
    return body;
  }

  /** An action of the person who speaks. */
  act(action, args) {
    return this.call(action, { as: this.speaker, ...args });
  }

  state() {
    return this.act("state");
  }

  async messages(channel, { before, after, around, limit }) {
    return (await this.act("messages", { channel, before, after, around, limit })).messages;
  }

  async send(channel, content, files, replyTo) {
    return this.act("say", { channel, content, files: await encoded(files), reply_to: replyTo?.id });
  }

  edit(message, content) {
    return this.act("edit", { message: message.id, content });
  }

  remove(message) {
    return this.act("delete", { message: message.id });
  }

  react(message, emoji, isOn) {
    const name = emoji.id ? `${emoji.name}:${emoji.id}` : emoji.name;
    return this.act(isOn ? "react" : "unreact", { message: message.id, emoji: name });
  }

  vote(message, answer, isOn) {
    const { poll } = message;
    const mine = (poll.results?.answer_counts ?? []).filter((count) => count.me_voted && count.id !== answer).map((count) => count.id);
    const kept = poll.allow_multiselect ? mine : [];
    return this.act("vote", { message: message.id, answers: isOn ? [...kept, answer] : kept });
  }

  typing(channel) {
    // It is only a hint for others: a failure needs no note.
    this.act("type", { channel }).catch(() => {});
  }

  // Interactions.

  async interact(action, args) {
    const { interaction } = await this.act(action, args);
    if (interaction?.modal) this.handlers.modal(interaction);
    return interaction;
  }

  async command(channel, path, options, files) {
    return this.interact("use", { channel, line: commandLine(path, options), files: await encoded(files) });
  }

  async autocomplete(channel, path, options, focused) {
    return (await this.act("autocomplete", { channel, line: commandLine(path, [...options, focused]) })).choices;
  }

  menu(channel, command, target) {
    return this.interact("use", { channel, command, ...target });
  }

  click(message, customId) {
    return this.interact("click", { message: message.id, custom_id: customId });
  }

  select(message, customId, values) {
    return this.interact("select", { message: message.id, custom_id: customId, values });
  }

  async submit(interaction, fields, files) {
    return this.interact("submit", { interaction, fields, files: await encoded(files) });
  }

  async addPerson(name) {
    return (await this.call("join", { as: name })).user;
  }

  async commands() {
    return (await this.call("commands")).commands;
  }

  async interactions(limit) {
    return (await this.call("interactions", { limit })).interactions;
  }

  /** Creates a post of a forum. */
  async post(channel, name, content, tags) {
    const body = { name, message: { content }, applied_tags: tags };
    return (await this.act("request", { method: "POST", path: `channels/${channel}/threads`, body })).response;
  }

  async directMessages() {
    return (await this.act("direct")).channel;
  }

  // For the developer.

  fault(name, args = {}) {
    return this.call("fault", { fault: name, ...args });
  }

  clearFaults() {
    return this.call("clear_faults");
  }

  /** The bots of the same process, and the lines of its log from a number on. */
  bots(from) {
    return this.call("bots", { from });
  }

  switchIntent(intent, on) {
    return this.call("intent", { intent, on });
  }

  switchPermission(permission, on) {
    return this.act("permission", { permission, on });
  }
}

/** A command as people type it. Values are in quotes, so that they may hold what looks like the name of an option. */
function commandLine(path, options) {
  return `/${path.join(" ")}${options.map(({ name, value }) => ` ${name}:"${value}"`).join("")}`;
}

async function encoded(files = []) {
  return Promise.all(files.map(async (file) => ({ name: file.name, content: await base64(file) })));
}

function base64(file) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener("load", () => resolve(reader.result.slice(reader.result.indexOf(",") + 1)));
    reader.addEventListener("error", () => reject(new Error(`${file.name} cannot be read`)));
    reader.readAsDataURL(file);
  });
}
