// What the page knows of the world, kept up to date by events. It draws nothing.

/** How many messages of a channel are kept in memory. Older and newer ones are loaded again when they are scrolled to. */
const MAX_MESSAGES = 200;
/** How long a typing indicator lasts. https://docs.discord.com/developers/events/gateway-events#typing-start */
const TYPING_MS = 10_000;

/** Types of channels. https://docs.discord.com/developers/resources/channel#channel-object-channel-types */
export const CHANNEL = { TEXT: 0, DM: 1, VOICE: 2, CATEGORY: 4, NEWS: 5, NEWS_THREAD: 10, THREAD: 11, PRIVATE_THREAD: 12, STAGE: 13, FORUM: 15, MEDIA: 16 };

export const isThread = (channel) => channel.type >= CHANNEL.NEWS_THREAD && channel.type <= CHANNEL.PRIVATE_THREAD;
export const isForum = (channel) => channel.type === CHANNEL.FORUM || channel.type === CHANNEL.MEDIA;
export const isVoice = (channel) => channel.type === CHANNEL.VOICE || channel.type === CHANNEL.STAGE;

export class Store extends EventTarget {
  constructor() {
    super();
    this.clear();
  }

  clear() {
    this.me = null;
    this.bot = null;
    this.intentsOn = new Set();
    this.isBotConnected = false;
    this.users = new Map();
    this.guilds = new Map();
    this.channels = new Map();
    this.commands = [];
    this.messages = new Map();
    this.typing = new Map();
    this.unread = new Map();
    this.open = null;
  }

  /** Tells the parts of the page what has changed. */
  emit(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }

  on(name, listener) {
    this.addEventListener(name, (event) => listener(event.detail));
  }

  /** Takes the state as the server sends it at the start and after each change of the speaker. */
  load(state) {
    const { unread, open } = this;
    this.clear();
    Object.assign(this, { unread, open, me: state.as.id, commands: state.commands, bot: state.bot,
      intentsOn: new Set(state.privileged_intents) });
    for (const guild of state.guilds) this.addGuild(guild);
    for (const channel of state.direct_channels) this.channels.set(channel.id, channel);
    if (!this.channels.has(open)) this.open = this.firstChannel();
    this.emit("loaded");
  }

  addGuild(guild) {
    const byId = (list) => new Map((list ?? []).map((item) => [item.id, item]));
    const members = new Map((guild.members ?? []).map((member) => [member.user.id, member]));
    for (const member of members.values()) this.users.set(member.user.id, member.user);
    for (const channel of [...(guild.channels ?? []), ...(guild.threads ?? [])]) {
      this.channels.set(channel.id, { ...channel, guild_id: guild.id });
    }
    this.guilds.set(guild.id, { ...guild, roles: byId(guild.roles), members });
  }

  /** The text channel to show first. */
  firstChannel() {
    const text = [...this.channels.values()].filter((channel) => channel.guild_id && channel.type === CHANNEL.TEXT);
    return (text.find((channel) => channel.name === "general") ?? text[0] ?? [...this.channels.values()][0])?.id ?? null;
  }

  channel(id = this.open) {
    return this.channels.get(id) ?? null;
  }

  guildOf(channel = this.channel()) {
    return this.guilds.get(channel?.guild_id) ?? null;
  }

  /** The channels of a guild without threads, in Discord's order: those without a category first, then by category. */
  channelsOf(guildId) {
    const all = [...this.channels.values()].filter((channel) => channel.guild_id === guildId && !isThread(channel));
    const order = (a, b) => isVoice(a) - isVoice(b) || (a.position ?? 0) - (b.position ?? 0) || compareIds(a.id, b.id);
    const inCategory = (id) => all.filter((c) => c.type !== CHANNEL.CATEGORY && (c.parent_id ?? null) === id).sort(order);
    const categories = all.filter((channel) => channel.type === CHANNEL.CATEGORY).sort(order);
    return [...inCategory(null), ...categories.flatMap((category) => [category, ...inCategory(category.id)])];
  }

  threadsOf(channelId) {
    const threads = [...this.channels.values()].filter((channel) => isThread(channel) && channel.parent_id === channelId);
    return threads.sort((a, b) => compareIds(b.id, a.id));
  }

  directMessages() {
    return [...this.channels.values()].filter((channel) => channel.type === CHANNEL.DM);
  }

  /** The user at the other end of direct messages. The server names the person, whom the page speaks for. */
  partnerOf(channel) {
    if (channel?.type !== CHANNEL.DM) return null;
    return (channel.recipients ?? []).find((user) => user.id !== this.me) ?? this.bot;
  }

  setBotConnected(isConnected) {
    if (this.isBotConnected === isConnected) return;
    this.isBotConnected = isConnected;
    this.emit("presence");
  }

  /** `online`, `idle`, `dnd` or `offline`. A bot is online while it has a connection. */
  statusOf(user, guild) {
    const known = (guild.presences ?? []).find((presence) => presence.user.id === user.id)?.status;
    return user.id === this.bot?.id ? (this.isBotConnected ? known ?? "online" : "offline") : known ?? "offline";
  }

  /** The name of a user in a guild. */
  nameOf(user, guild = this.guildOf()) {
    const nick = guild?.members.get(user.id)?.nick;
    return nick ?? user.global_name ?? user.username ?? "unknown";
  }

  /** The highest role with a color. */
  colorOf(userId, guild = this.guildOf()) {
    const member = guild?.members.get(userId);
    const roles = (member?.roles ?? []).map((id) => guild.roles.get(id)).filter((role) => role?.color);
    roles.sort((a, b) => b.position - a.position);
    return roles.length > 0 ? cssColor(roles[0].color) : null;
  }

  /** What mentions are drawn with. `open` opens a channel. */
  names(channel, open) {
    const guild = this.guildOf(channel);
    return {
      user: (id) => {
        const user = this.users.get(id);
        return user && { name: this.nameOf(user, guild) };
      },
      role: (id) => {
        const role = guild?.roles.get(id);
        return role && { name: role.name.replace(/^@/, ""), color: role.color ? cssColor(role.color) : null };
      },
      channel: (id) => {
        const found = this.channels.get(id);
        return found && { name: found.name ?? "direct message", open: open && (() => open(id)) };
      },
    };
  }

  // Messages.

  /** The loaded messages of a channel: `list`, and whether they reach its start and its end. */
  messagesOf(channelId) {
    let messages = this.messages.get(channelId);
    if (!messages) this.messages.set(channelId, (messages = { list: [], atStart: false, atEnd: true, isLoaded: false }));
    return messages;
  }

  /** Adds a page of older messages, newest last. Drops the newest ones if there are too many. */
  addOlder(channelId, page, atStart) {
    const messages = this.messagesOf(channelId);
    const known = new Set(messages.list.map((message) => message.id));
    messages.list.unshift(...page.filter((message) => !known.has(message.id)));
    Object.assign(messages, { atStart, isLoaded: true });
    if (messages.list.length > MAX_MESSAGES) {
      messages.list.length = MAX_MESSAGES;
      messages.atEnd = false;
    }
  }

  /** Adds a page of newer messages. Drops the oldest ones if there are too many. */
  addNewer(channelId, page, atEnd) {
    const messages = this.messagesOf(channelId);
    const known = new Set(messages.list.map((message) => message.id));
    messages.list.push(...page.filter((message) => !known.has(message.id)));
    messages.atEnd = atEnd;
    this.dropOldest(messages);
  }

  dropOldest(messages) {
    if (messages.list.length <= MAX_MESSAGES) return;
    messages.list.splice(0, messages.list.length - MAX_MESSAGES);
    messages.atStart = false;
  }

  find(channelId, messageId) {
    return this.messages.get(channelId)?.list.find((message) => message.id === messageId) ?? null;
  }

  typistsIn(channelId) {
    const now = Date.now();
    const typing = [...(this.typing.get(channelId) ?? [])].filter(([, until]) => until > now);
    return typing.map(([id]) => this.users.get(id)).filter((user) => user && user.id !== this.me);
  }

  /** Applies an event of the gateway, as this person receives it. */
  apply(name, data) {
    const handler = EVENTS[name];
    if (handler) handler(this, data);
  }
}

const EVENTS = {
  MESSAGE_CREATE(store, message) {
    rememberUsers(store, message);
    const messages = store.messagesOf(message.channel_id);
    if (messages.isLoaded && messages.atEnd && !store.find(message.channel_id, message.id)) {
      messages.list.push(message);
      store.dropOldest(messages);
    }
    store.typing.get(message.channel_id)?.delete(message.author.id);
    const channel = store.channels.get(message.channel_id);
    // The first message of a thread has its ID, and does not count.
    if (channel && isThread(channel) && message.id !== channel.id) channel.message_count = (channel.message_count ?? 0) + 1;
    const isMine = message.author.id === store.me;
    if (!isMine && (message.channel_id !== store.open || document.hidden)) {
      const unread = store.unread.get(message.channel_id) ?? { count: 0, mentions: 0 };
      unread.count += 1;
      if ((message.mentions ?? []).some((user) => user.id === store.me) || !message.guild_id) unread.mentions += 1;
      store.unread.set(message.channel_id, unread);
      store.emit("unread", message.channel_id);
    }
    store.emit("messages", { channel: message.channel_id, added: message });
  },
  MESSAGE_UPDATE(store, message) {
    const list = store.messages.get(message.channel_id)?.list ?? [];
    const at = list.findIndex((known) => known.id === message.id);
    if (at === -1) return;
    list[at] = { ...list[at], ...message };
    store.emit("messages", { channel: message.channel_id, changed: message.id });
  },
  MESSAGE_DELETE(store, { id, channel_id }) {
    remove(store, channel_id, [id]);
  },
  MESSAGE_DELETE_BULK(store, { ids, channel_id }) {
    remove(store, channel_id, ids);
  },
  MESSAGE_REACTION_ADD(store, event) {
    react(store, event, 1);
  },
  MESSAGE_REACTION_REMOVE(store, event) {
    react(store, event, -1);
  },
  MESSAGE_REACTION_REMOVE_ALL(store, event) {
    changeMessage(store, event, (message) => { message.reactions = []; });
  },
  MESSAGE_REACTION_REMOVE_EMOJI(store, event) {
    changeMessage(store, event, (message) => {
      message.reactions = (message.reactions ?? []).filter((known) => !isSameEmoji(known.emoji, event.emoji));
    });
  },
  MESSAGE_POLL_VOTE_ADD(store, event) {
    vote(store, event, 1);
  },
  MESSAGE_POLL_VOTE_REMOVE(store, event) {
    vote(store, event, -1);
  },
  TYPING_START(store, { channel_id, user_id }) {
    if (!store.typing.has(channel_id)) store.typing.set(channel_id, new Map());
    store.typing.get(channel_id).set(user_id, Date.now() + TYPING_MS);
    store.emit("typing", channel_id);
    setTimeout(() => store.emit("typing", channel_id), TYPING_MS + 100);
  },
  CHANNEL_CREATE: setChannel,
  CHANNEL_UPDATE: setChannel,
  THREAD_CREATE: setChannel,
  THREAD_UPDATE: setChannel,
  CHANNEL_DELETE: removeChannel,
  THREAD_DELETE: removeChannel,
  GUILD_CREATE(store, guild) {
    store.addGuild(guild);
    store.emit("channels");
  },
  GUILD_UPDATE(store, guild) {
    const known = store.guilds.get(guild.id);
    if (known) known.name = guild.name;
    store.emit("channels");
  },
  GUILD_DELETE(store, { id, unavailable }) {
    if (unavailable) return;
    store.guilds.delete(id);
    for (const channel of [...store.channels.values()]) if (channel.guild_id === id) store.channels.delete(channel.id);
    store.emit("channels");
  },
  GUILD_EMOJIS_UPDATE(store, { guild_id, emojis }) {
    const guild = store.guilds.get(guild_id);
    if (guild) guild.emojis = emojis;
  },
  GUILD_MEMBER_ADD: setMember,
  GUILD_MEMBER_UPDATE: setMember,
  GUILD_MEMBER_REMOVE(store, { guild_id, user }) {
    store.guilds.get(guild_id)?.members.delete(user.id);
    store.emit("members");
  },
  GUILD_ROLE_CREATE: setRole,
  GUILD_ROLE_UPDATE: setRole,
  GUILD_ROLE_DELETE(store, { guild_id, role_id }) {
    store.guilds.get(guild_id)?.roles.delete(role_id);
    store.emit("members");
  },
  PRESENCE_UPDATE(store, { guild_id, user, status }) {
    const guild = store.guilds.get(guild_id);
    if (!guild) return;
    const others = (guild.presences ?? []).filter((known) => known.user.id !== user.id);
    guild.presences = [...others, { user, status }];
    store.emit("presence");
  },
};

function rememberUsers(store, message) {
  for (const user of [message.author, ...(message.mentions ?? [])]) {
    if (!store.users.has(user.id)) store.users.set(user.id, user);
  }
}

function remove(store, channel, ids) {
  const messages = store.messages.get(channel);
  if (!messages) return;
  messages.list = messages.list.filter((message) => !ids.includes(message.id));
  store.emit("messages", { channel, removed: ids });
}

function changeMessage(store, { channel_id, message_id }, change) {
  const message = store.find(channel_id, message_id);
  if (!message) return;
  change(message);
  store.emit("messages", { channel: channel_id, changed: message_id });
}

function react(store, event, by) {
  changeMessage(store, event, (message) => {
    const reactions = (message.reactions ??= []);
    let known = reactions.find((known) => isSameEmoji(known.emoji, event.emoji));
    if (!known && by > 0) reactions.push((known = { emoji: event.emoji, count: 0, me: false }));
    if (!known) return;
    known.count += by;
    if (event.user_id === store.me) known.me = by > 0;
    if (known.count <= 0) message.reactions = reactions.filter((other) => other !== known);
  });
}

function vote(store, event, by) {
  changeMessage(store, event, (message) => {
    const results = (message.poll.results ??= { is_finalized: false, answer_counts: [] });
    let count = results.answer_counts.find((known) => known.id === event.answer_id);
    if (!count) results.answer_counts.push((count = { id: event.answer_id, count: 0, me_voted: false }));
    count.count += by;
    if (event.user_id === store.me) count.me_voted = by > 0;
  });
}

function isSameEmoji(a, b) {
  return a.id || b.id ? a.id === b.id : a.name === b.name;
}

function setChannel(store, channel) {
  store.channels.set(channel.id, { ...store.channels.get(channel.id), ...channel });
  store.emit("channels");
}

function removeChannel(store, { id }) {
  store.channels.delete(id);
  store.messages.delete(id);
  if (store.open === id) store.emit("closed", id);
  store.emit("channels");
}

function setMember(store, member) {
  const guild = store.guilds.get(member.guild_id);
  if (!guild) return;
  guild.members.set(member.user.id, { ...guild.members.get(member.user.id), ...member });
  store.users.set(member.user.id, member.user);
  store.emit("members");
}

function setRole(store, { guild_id, role }) {
  store.guilds.get(guild_id)?.roles.set(role.id, role);
  store.emit("members");
}

/** IDs are numbers of 64 bits, too long for a JavaScript number. */
export function compareIds(a, b) {
  return a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);
}

export function cssColor(color) {
  return `#${Number(color).toString(16).padStart(6, "0")}`;
}
