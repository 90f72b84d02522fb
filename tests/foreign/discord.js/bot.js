// A bot of discord.js that uses one feature after the other. It prints what works, see ../src/main.rs.
'use strict';

const {
  AttachmentBuilder, AuditLogEvent, AutoModerationActionType, AutoModerationRuleEventType, AutoModerationRuleTriggerType,
  ChannelType, Client, EmbedBuilder, Events, GatewayIntentBits, GuildScheduledEventEntityType, MessageReferenceType,
  MessageType, Partials, PermissionFlagsBits, PollLayoutType,
} = require('discord.js');
const { PNG, check, feature, person, problems, run } = require('./talk.js');

const api = process.env.API_URL.replace(/\/v10$/, '');
const bot = new Client({
  intents: Object.values(GatewayIntentBits).filter((bit) => typeof bit === 'number'),
  partials: [Partials.Channel],
  rest: { api },
});

const guild = () => bot.guilds.cache.first();
const general = () => guild().channels.cache.find((channel) => channel.name === 'general');
const member = (name) => guild().members.cache.find((one) => one.user.username === name);

// The arguments of the next event that matches.
const wait = (event, matches = () => true) => new Promise((resolve, reject) => {
  const timer = setTimeout(() => { bot.off(event, listen); reject(new Error(`no ${event}`)); }, 8000);
  const listen = (...values) => {
    if (!matches(...values)) return;
    clearTimeout(timer);
    bot.off(event, listen);
    resolve(values);
  };
  bot.on(event, listen);
});

// Asks for an action and returns the event that it causes.
const after = (action, event, matches) => { const waiting = wait(event, matches); person(action); return waiting; };

// Sends a request. Returns its result and the event that it causes.
const caused = async (request, event, matches) => {
  const waiting = wait(event, matches);
  const [result, values] = await Promise.all([request(), waiting]);
  return [result, ...values];
};

// Deletes an object. The library emits an event only if that arrives before the response, so this checks the cache.
const removed = async (object, manager) => {
  await object.delete();
  check(!manager.cache.has(object.id), 'still there');
};

feature('login', async () => {
  check(bot.user.username === 'bot' && bot.user.bot && bot.application.id === bot.user.id, bot.user.tag);
});

feature('application info', async () => {
  const info = await bot.application.fetch();
  check(info.owner.username === 'ann', info.owner);
});

feature('cache', async () => {
  check(guild().name === 'Playground' && general(), guild().name);
  check(['ann', 'bob', 'bot'].every(member), guild().members.cache.map((one) => one.user.username));
  check(guild().roles.everyone.permissions.has(PermissionFlagsBits.SendMessages), 'everyone');
  check(guild().members.cache.has(guild().ownerId), guild().ownerId);
});

feature('messages', async () => {
  const [message] = await after({ does: 'says', text: 'hello' }, Events.MessageCreate, (one) => one.content === 'hello');
  check(message.member === member('ann') && message.guild === guild(), message.author.username);
  const [reply, event] = await caused(() => message.reply('hi'), Events.MessageCreate, (one) => one.content === 'hi');
  check(event.reference.messageId === message.id, event.reference);
  const [, before, now] = await caused(() => reply.edit('ho'), Events.MessageUpdate);
  check(before.content === 'hi' && now.content === 'ho' && now.editedAt, now.content);
  const history = await general().messages.fetch({ limit: 2, cache: false });
  check([...history.values()].map((one) => one.content).join() === 'ho,hello', 'history');
  check((await general().messages.fetch({ message: reply.id, force: true })).content === 'ho', 'fetched');
  await caused(() => reply.delete(), Events.MessageDelete);
  for (const text of ['1', '2', '3']) await general().send(text);
  const [, gone] = await caused(() => general().bulkDelete(3), Events.MessageBulkDelete);
  check(gone.size === 3, gone.size);
});

feature('events of messages of people', async () => {
  const [message] = await after({ does: 'says', text: 'one' }, Events.MessageCreate);
  const [, now] = await after({ does: 'edits', message: message.id, text: 'two' }, Events.MessageUpdate);
  check(now.content === 'two', now.content);
  await after({ does: 'deletes', message: message.id }, Events.MessageDelete);
  const [typing] = await after({ does: 'types' }, Events.TypingStart);
  check(typing.channel === general() && typing.user.username === 'ann', typing.user.username);
});

feature('mentions', async () => {
  const text = `<@${member('bob').id}> @everyone`;
  const [message] = await after({ does: 'says', text }, Events.MessageCreate);
  check(message.mentions.users.first().username === 'bob' && message.mentions.everyone, message.mentions.users.size);
});

feature('direct messages', async () => {
  const [message] = await after({ does: 'says', channel: 'dm', text: 'psst' }, Events.MessageCreate);
  check(message.channel.type === ChannelType.DM && message.author.username === 'ann', message.channel.type);
  const answer = await member('bob').send('you too');
  check(answer.channel.recipientId === member('bob').id, answer.channel.recipientId);
});

feature('embeds', async () => {
  const embed = new EmbedBuilder().setTitle('Harbour').setDescription('full').setColor(0x123456).setTimestamp(1e12)
    .addFields({ name: 'ships', value: '3' }).setFooter({ text: 'north' }).setAuthor({ name: 'ann' })
    .setImage('https://example.com/map.png');
  const got = (await general().send({ embeds: [embed] })).embeds[0];
  check(got.title === 'Harbour' && got.fields[0].value === '3' && got.color === 0x123456, got);
  check(new Date(got.timestamp).getTime() === 1e12 && got.footer.text === 'north', got);
});

feature('files', async () => {
  const file = new AttachmentBuilder(Buffer.from('a map'), { name: 'map.txt', description: 'of the harbour' });
  const message = await general().send({ content: 'here', files: [file] });
  const one = message.attachments.first();
  check(one.name === 'map.txt' && one.size === 5 && one.description === 'of the harbour', one);
  check(one.contentType.startsWith('text/plain'), one.contentType);
  check((await (await fetch(one.url)).text()) === 'a map', 'the content');
  const isByOther = (message) => message.author.id !== bot.user.id; // the bot's own may arrive only now
  const [received] = await after({ does: 'says', text: '', file: 'chart.txt' }, Events.MessageCreate, isByOther);
  check((await (await fetch(received.attachments.first().url)).text()) === 'a map of the harbour', "ann's file");
  const edited = await message.edit({ attachments: [one], files: [new AttachmentBuilder(Buffer.from('b'), { name: 'b.txt' })] });
  check(edited.attachments.map((a) => a.name).join() === 'map.txt,b.txt', edited.attachments.map((a) => a.name));
});

feature('pictures', async () => {
  const embed = new EmbedBuilder().setTitle('map').setImage('attachment://map.png');
  const message = await general().send({ embeds: [embed], files: [new AttachmentBuilder(PNG, { name: 'map.png' })] });
  const { image } = message.embeds[0];
  check(image.url.startsWith('http') && image.width === 1 && image.height === 1, image);
});

feature('reactions', async () => {
  const message = await general().send('vote');
  await message.react('⚓');
  const action = { does: 'reacts', message: message.id, emoji: '⚓' };
  const [reaction] = await after(action, Events.MessageReactionAdd, (_, user) => user.username === 'ann');
  check(reaction.emoji.name === '⚓' && reaction.count === 2 && reaction.me, reaction.count);
  check((await reaction.users.fetch()).size === 2, 'users');
  await after({ ...action, does: 'unreacts' }, Events.MessageReactionRemove);
  await message.react('🚢');
  const fetched = await general().messages.fetch({ message: message.id, force: true });
  check(fetched.reactions.cache.map((one) => one.emoji.name).join() === '⚓,🚢', 'order');
  await caused(() => reaction.remove(), Events.MessageReactionRemoveEmoji);
  await caused(() => message.reactions.removeAll(), Events.MessageReactionRemoveAll);
});

feature('pins', async () => {
  const message = await general().send('keep');
  const [, event] = await caused(() => message.pin(), Events.MessageCreate, (one) => one.type === MessageType.ChannelPinnedMessage);
  check(event.reference.messageId === message.id, event.reference);
  const pins = await general().messages.fetchPins();
  check(pins.items.length === 1 && pins.items[0].message.id === message.id, pins.items.length);
  await caused(() => message.unpin(), Events.ChannelPinsUpdate);
});

feature('threads', async () => {
  const message = await general().send('topic');
  const [thread] = await caused(() => message.startThread({ name: 'talk' }), Events.ThreadCreate);
  check(thread.name === 'talk' && thread.parent === general(), thread.name);
  check((await thread.send('in it')).channelId === thread.id, 'a message in it');
  await caused(() => thread.members.add(member('ann')), Events.ThreadMembersUpdate);
  check((await thread.members.fetch()).size === 2, 'members');
  const [, , now] = await caused(() => thread.setArchived(true), Events.ThreadUpdate);
  check(now.archived, 'archived');
  await thread.setArchived(false);
  await removed(thread, guild().channels);
  const open = { name: 'public', type: ChannelType.PublicThread };
  const [, event] = await caused(() => general().threads.create(open), Events.MessageCreate, (one) => one.type === MessageType.ThreadCreated);
  check(event.content === 'public', event.content);
});

feature('forums', async () => {
  const forum = await guild().channels.create({ name: 'ideas', type: ChannelType.GuildForum, availableTags: [{ name: 'new' }] });
  check(forum.availableTags[0].name === 'new', forum.availableTags);
  const post = await forum.threads.create({ name: 'a pier', message: { content: 'a longer one' }, appliedTags: [forum.availableTags[0].id] });
  check((await post.fetchStarterMessage()).content === 'a longer one', 'the first message');
  check(post.appliedTags[0] === forum.availableTags[0].id, post.appliedTags);
});

feature('roles', async () => {
  const fields = { name: 'crew', colors: { primaryColor: 0x3366ff }, permissions: [PermissionFlagsBits.ManageMessages] };
  const [role] = await caused(() => guild().roles.create(fields), Events.GuildRoleCreate);
  check(role.name === 'crew' && role.colors.primaryColor === 0x3366ff && role.permissions.bitfield === PermissionFlagsBits.ManageMessages, role);
  const [, , now] = await caused(() => member('bob').roles.add(role), Events.GuildMemberUpdate);
  check(now.roles.cache.has(role.id), 'given');
  await caused(() => role.setName('deckhands'), Events.GuildRoleUpdate);
  check(guild().roles.cache.get(role.id).name === 'deckhands', 'renamed');
  await role.setPosition(1);
  await caused(() => member('bob').roles.remove(role), Events.GuildMemberUpdate);
  await removed(role, guild().roles);
});

feature('members', async () => {
  check((await guild().members.fetch({ query: 'an', limit: 5 })).first().user.username === 'ann', 'query');
  check((await guild().members.fetch({ user: [member('bob').id], force: true })).size === 1, 'by ID');
  check((await guild().members.fetch()).size >= 3, 'all');
  const [, , now] = await caused(() => member('bob').setNickname('bobby'), Events.GuildMemberUpdate);
  check(now.displayName === 'bobby', now.displayName);
  check((await guild().members.list({ limit: 10 })).size >= 3, 'listed');
});

feature('moderation', async () => {
  const [, , now] = await caused(() => member('bob').timeout(3600e3, 'loud'), Events.GuildMemberUpdate);
  check(now.isCommunicationDisabled(), 'timeout');
  await member('bob').timeout(null);
  await after({ does: 'says', name: 'carl', text: 'hi' }, Events.MessageCreate);
  await caused(() => member('carl').kick('loud'), Events.GuildMemberRemove);
  await after({ does: 'says', name: 'dave', text: 'hi' }, Events.MessageCreate);
  const { id } = member('dave');
  await caused(() => guild().bans.create(id, { reason: 'louder' }), Events.GuildBanAdd);
  check((await guild().bans.fetch(id)).reason === 'louder', 'ban');
  await caused(() => guild().bans.remove(id), Events.GuildBanRemove);
});

feature('audit log', async () => {
  // The log has no entry of a single message that a bot deletes.
  const [first] = await after({ does: 'says', text: 'bad' }, Events.MessageCreate);
  const [second] = await after({ does: 'says', text: 'worse' }, Events.MessageCreate);
  const [, entry] = await caused(() => general().bulkDelete([first, second]), Events.GuildAuditLogEntryCreate);
  check(entry.action === AuditLogEvent.MessageBulkDelete && entry.extra.count === 2, entry.action);
  const [, made] = await caused(() => general().createInvite({ maxUses: 2 }), Events.GuildAuditLogEntryCreate);
  check(made.action === AuditLogEvent.InviteCreate && made.target.maxUses === 2, made.action);
  const log = await guild().fetchAuditLogs({ limit: 50 });
  check(log.entries.size > 5 && log.entries.every((one) => one.executor.id === bot.user.id), log.entries.size);
});

feature('channels', async () => {
  const [category] = await caused(() => guild().channels.create({ name: 'harbour', type: ChannelType.GuildCategory }), Events.ChannelCreate);
  const text = await guild().channels.create({ name: 'Some Name', parent: category, topic: 'ropes', rateLimitPerUser: 5 });
  check(text.name === 'some-name' && text.parent === category && text.rateLimitPerUser === 5, text.name);
  const voice = await guild().channels.create({ name: 'deck', type: ChannelType.GuildVoice, userLimit: 3 });
  check(voice.userLimit === 3 && voice.bitrate === 64000, voice.bitrate);
  const [, , now] = await caused(() => text.setTopic('knots'), Events.ChannelUpdate);
  check(now.topic === 'knots', now.topic);
  await caused(() => category.delete(), Events.ChannelUpdate, (_, one) => one.id === text.id && one.parentId === null);
  await removed(text, guild().channels);
});

feature('permission overwrites', async () => {
  const bob = member('bob');
  await caused(() => general().permissionOverwrites.edit(bob, { SendMessages: false }), Events.ChannelUpdate);
  check(!general().permissionsFor(bob).has(PermissionFlagsBits.SendMessages), 'denied');
  await caused(() => general().permissionOverwrites.delete(bob), Events.ChannelUpdate);
});

feature('invites', async () => {
  const [invite, event] = await caused(() => general().createInvite({ maxAge: 60 }), Events.InviteCreate);
  check(event.code === invite.code && event.maxAge === 60 && invite.inviter.id === bot.user.id, event.code);
  check((await bot.fetchInvite(invite.code)).guild.id === guild().id, 'fetched');
  await caused(() => invite.delete(), Events.InviteDelete);
});

feature('webhooks', async () => {
  const [hook] = await caused(() => general().createWebhook({ name: 'herald' }), Events.WebhooksUpdate);
  const message = await hook.send({ content: 'hear', username: 'crier' });
  check(message.content === 'hear' && message.author.username === 'crier' && message.webhookId === hook.id, message.content);
  check((await hook.editMessage(message, 'hear ye')).content === 'hear ye', 'edited');
  check((await general().fetchWebhooks()).has(hook.id), 'listed');
  await hook.deleteMessage(message);
  await hook.delete();
});

feature('emojis and stickers', async () => {
  await caused(() => guild().emojis.create({ name: 'anchor', attachment: PNG }), Events.GuildEmojiCreate);
  const emoji = guild().emojis.cache.first();
  const message = await general().send('x');
  await message.react(emoji);
  check((await general().messages.fetch({ message: message.id, force: true })).reactions.cache.first().emoji.id === emoji.id, 'reaction');
  const sticker = await guild().stickers.create({ name: 'wave', description: 'hi', tags: '👋', file: PNG });
  check(sticker.name === 'wave', sticker.name);
  check((await general().send({ stickers: [sticker] })).stickers.first().id === sticker.id, 'sent');
});

feature('scheduled events', async () => {
  const start = new Date(Date.now() + 86400e3);
  const fields = {
    name: 'regatta', scheduledStartTime: start, scheduledEndTime: new Date(start.getTime() + 7200e3), privacyLevel: 2,
    entityType: GuildScheduledEventEntityType.External, entityMetadata: { location: 'pier' },
  };
  const [event] = await caused(() => guild().scheduledEvents.create(fields), Events.GuildScheduledEventCreate);
  check(event.name === 'regatta' && event.entityMetadata.location === 'pier', event.name);
  check(event.scheduledStartTimestamp === start.getTime(), event.scheduledStartAt);
  await caused(() => event.delete(), Events.GuildScheduledEventDelete);
});

feature('auto moderation', async () => {
  const fields = {
    name: 'words', eventType: AutoModerationRuleEventType.MessageSend, triggerType: AutoModerationRuleTriggerType.Keyword,
    triggerMetadata: { keywordFilter: ['bilge'] }, actions: [{ type: AutoModerationActionType.BlockMessage, metadata: { customMessage: 'no' } }],
  };
  const [rule] = await caused(() => guild().autoModerationRules.create(fields), Events.AutoModerationRuleCreate);
  check(rule.triggerMetadata.keywordFilter[0] === 'bilge', rule.triggerMetadata);
  await caused(() => rule.delete(), Events.AutoModerationRuleDelete);
});

feature('voice states', async () => {
  const voice = guild().channels.cache.find((channel) => channel.name === 'deck');
  const [, now] = await after({ does: 'joins voice', voice: voice.id }, Events.VoiceStateUpdate);
  check(now.channel === voice && voice.members.size === 1, now.channelId);
  const [, , muted] = await caused(() => now.setMute(true), Events.VoiceStateUpdate);
  check(muted.serverMute, 'mute');
  const [, , gone] = await caused(() => now.disconnect(), Events.VoiceStateUpdate);
  check(gone.channelId === null, gone.channelId);
});

feature('stages and soundboard', async () => {
  const stage = await guild().channels.create({ name: 'talks', type: ChannelType.GuildStageVoice });
  const [instance] = await caused(() => stage.createStageInstance({ topic: 'knots' }), Events.StageInstanceCreate);
  check((await guild().stageInstances.fetch(stage, { force: true })).topic === 'knots', instance.topic);
  await caused(() => instance.setTopic('ropes'), Events.StageInstanceUpdate);
  await caused(() => instance.delete(), Events.StageInstanceDelete);
  const sounds = await bot.guilds.fetchSoundboardSounds({ guildIds: [guild().id] });
  check(sounds.get(guild().id).size === 0, 'sounds');
  check((await bot.fetchDefaultSoundboardSounds()).size === 1, 'default sounds');
});

feature('polls', async () => {
  const poll = {
    question: { text: 'Where?' }, duration: 2, allowMultiselect: true, layoutType: PollLayoutType.Default,
    answers: [{ text: 'north', emoji: '🧭' }, { text: 'south' }],
  };
  const message = await general().send({ poll });
  check(message.poll.question.text === 'Where?' && message.poll.answers.map((one) => one.text).join() === 'north,south', message.poll.question);
  const [, event] = await caused(() => message.poll.end(), Events.MessageCreate, (one) => one.type === MessageType.PollResult);
  check(event.reference.messageId === message.id, event.reference);
});

feature('forwards', async () => {
  const message = await general().send('news');
  const forwarded = await message.forward(general());
  check(forwarded.messageSnapshots.first().content === 'news', forwarded.messageSnapshots.size);
  check(forwarded.reference.type === MessageReferenceType.Forward, forwarded.reference);
});

feature('errors', async () => {
  for (const [request, code] of [[() => general().messages.fetch('1'), 10008], [() => general().send(''), 50006], [() => general().send('x'.repeat(2001)), 50035]]) {
    const error = await request().then(() => ({}), (problem) => problem);
    check(error.code === code, `${error.code} instead of ${code}`);
  }
});

feature('presence', async () => {
  bot.user.setPresence({ status: 'idle', activities: [{ name: 'with ropes' }] });
});

feature('resume', async () => {
  const resumed = wait(Events.ShardResume);
  const missed = wait(Events.MessageCreate, (one) => one.content === 'missed');
  person({ does: 'drops connections' });
  person({ does: 'says', text: 'missed' });
  await Promise.all([resumed, missed]);
  person({ does: 'resumes' });
});

feature('reconnect on request', async () => {
  await after({ does: 'asks to reconnect' }, Events.ShardResume);
});

feature('rate limit', async () => {
  person({ does: 'limits', route: 'POST /channels/{channel_id}/messages', limit: 2 });
  await new Promise((resolve) => setTimeout(resolve, 200));
  const channel = await guild().channels.create({ name: 'busy' });
  const start = Date.now();
  await Promise.all([...Array(7).keys()].map((number) => channel.send(String(number))));
  check(Date.now() - start > 1500, 'no waiting');
  person({ does: 'has no 429' });
  person({ does: 'limits', route: 'POST /channels/{channel_id}/messages', limit: 1000 });
});

process.on('unhandledRejection', (error) => problems.push(`unhandled: ${error}`));
bot.on(Events.Error, (error) => problems.push(String(error)));
require('./interactions.js')({ bot, after, caused, wait, general, guild, member });
bot.once(Events.ClientReady, async () => {
  await run();
  await bot.destroy();
});
bot.login(process.env.TOKEN);
