// Commands, components and modals.
'use strict';

const {
  ActionRowBuilder, ApplicationCommandOptionType: Option, ApplicationCommandType, AttachmentBuilder, ButtonBuilder, ButtonStyle,
  ChannelSelectMenuBuilder, ChannelType, ComponentType, ContainerBuilder, Events, FileBuilder, FileUploadBuilder, LabelBuilder,
  MediaGalleryBuilder, MentionableSelectMenuBuilder, MessageFlags, ModalBuilder, RoleSelectMenuBuilder, SectionBuilder,
  SeparatorBuilder, StringSelectMenuBuilder, TextDisplayBuilder, TextInputBuilder, TextInputStyle, UserSelectMenuBuilder,
} = require('discord.js');
const { check, feature, person } = require('./talk.js');

const option = (type, name, more = {}) => ({ type, name, description: 'x', required: true, ...more });
const COMMANDS = [
  {
    name: 'every', description: 'Every kind of option', options: [
      option(Option.String, 'text', { maxLength: 20 }), option(Option.Integer, 'whole'), option(Option.Number, 'number'),
      option(Option.Boolean, 'flag'), option(Option.User, 'user'), option(Option.Role, 'role'),
      option(Option.Channel, 'channel', { channelTypes: [ChannelType.GuildText] }), option(Option.Mentionable, 'either'),
      option(Option.Attachment, 'file'),
      option(Option.String, 'colour', { required: false, choices: [{ name: 'Red', value: 'red' }] }),
    ],
  },
  {
    name: 'crew', description: 'The crew', options: [{
      type: Option.SubcommandGroup, name: 'rota', description: 'x',
      options: [{ type: Option.Subcommand, name: 'add', description: 'x', options: [option(Option.User, 'who')] }],
    }],
  },
  { name: 'pick', description: 'Picks a fruit', options: [option(Option.String, 'fruit', { autocomplete: true })] },
  { name: 'Greet', type: ApplicationCommandType.User },
  { name: 'Quote', type: ApplicationCommandType.Message },
  { name: 'later', description: 'Answers later' },
  { name: 'form', description: 'Opens a form' },
];

module.exports = ({ bot, after, wait, general, guild, member }) => {
  let later;

  const content = async (attachment) => (await fetch(attachment.url)).text();

  const handlers = {
    every: async (interaction) => {
      const { options } = interaction;
      await interaction.reply([
        options.getString('text'), options.getInteger('whole'), options.getNumber('number'), options.getBoolean('flag'),
        options.getMember('user').user.username, options.getRole('role').name, options.getChannel('channel').name,
        options.getMentionable('either').user.username, options.getAttachment('file').name,
        await content(options.getAttachment('file')), options.getString('colour'),
      ].join(' '));
    },
    crew: (interaction) => {
      const { options } = interaction;
      return interaction.reply(`${options.getSubcommandGroup()} ${options.getSubcommand()} ${options.getUser('who').username}`);
    },
    pick: (interaction) => {
      const names = ['apple', 'banana', 'basil'].filter((name) => name.startsWith(interaction.options.getFocused()));
      return interaction.respond(names.map((name) => ({ name, value: name })));
    },
    Greet: (interaction) => interaction.reply(`hello ${interaction.targetMember.user.username}`),
    Quote: (interaction) => interaction.reply(`> ${interaction.targetMessage.content}`),
    later: async (interaction) => {
      await interaction.deferReply({ flags: MessageFlags.Ephemeral });
      await interaction.editReply('done');
      check((await interaction.fetchReply()).flags.has(MessageFlags.Ephemeral), 'not ephemeral');
      const followup = await interaction.followUp('and more');
      await interaction.editReply({ message: followup, content: 'and even more' });
      await interaction.deleteReply(followup);
    },
    form: (interaction) => interaction.showModal(new ModalBuilder().setCustomId('form').setTitle('Form').addLabelComponents(
      new LabelBuilder().setLabel('Name').setTextInputComponent(new TextInputBuilder().setCustomId('name').setStyle(TextInputStyle.Short)),
      new LabelBuilder().setLabel('Fruit').setStringSelectMenuComponent(
        new StringSelectMenuBuilder().setCustomId('fruit').addOptions({ label: 'Apple', value: 'apple' })),
      new LabelBuilder().setLabel('Who').setUserSelectMenuComponent(new UserSelectMenuBuilder().setCustomId('who')),
      new LabelBuilder().setLabel('File').setFileUploadComponent(new FileUploadBuilder().setCustomId('file')),
    )),
    'form submitted': async ({ fields, answer }) => {
      const text = [fields.getTextInputValue('name'), fields.getStringSelectValues('fruit')[0], fields.getSelectedUsers('who').first().username,
        await content(fields.getUploadedFiles('file').first())].join(' ');
      return answer(text);
    },
    go: async (interaction) => {
      await interaction.update('gone');
      await interaction.followUp('pressed');
    },
    v2: (interaction) => interaction.reply('v2 pressed'),
    text: (interaction) => interaction.reply(interaction.values.join(' ')),
    user: (interaction) => interaction.reply(interaction.users.first().username),
    any: (interaction) => interaction.reply(interaction.users.map((user) => user.username).join(' ')),
    channel: (interaction) => interaction.reply(interaction.channels.first().name),
    role: (interaction) => interaction.reply(interaction.roles.first().name),
  };

  bot.on(Events.InteractionCreate, async (interaction) => {
    if (interaction.isModalSubmit()) {
      await handlers['form submitted']({ fields: interaction.fields, answer: (text) => interaction.reply(text) });
      return;
    }
    const done = handlers[interaction.commandName || interaction.customId](interaction);
    if (interaction.commandName === 'later') later = done;
    await done;
  });

  const interaction = (action) => after(action, Events.InteractionCreate);

  feature('command registration', async () => {
    const set = await guild().commands.set(COMMANDS);
    check(set.size === 7 && (await guild().commands.fetch()).size === 7, set.size);
    const command = await bot.application.commands.create({ name: 'global', description: 'x' });
    check((await command.edit({ description: 'y' })).description === 'y', 'edited');
    await command.delete();
  });

  feature('slash commands, every kind of option', async () => {
    const role = await guild().roles.create({ name: 'pilot' });
    const line = `/every text:hi there whole:3 number:2.5 flag:true user:@bob role:${role.id} channel:#general either:@bob `
      + 'file:chart.txt colour:Red';
    const expect = 'hi there 3 2.5 true bob pilot general bob chart.txt a map of the harbour red';
    await interaction({ does: 'uses', line, file: 'chart.txt', expect });
  });

  feature('subcommands', () => interaction({ does: 'uses', line: '/crew rota add who:@ann', expect: 'rota add ann' }));

  feature('autocomplete', () => interaction({ does: 'autocompletes', line: '/pick fruit:ba', expect: 'banana,basil' }));

  feature('context menus', async () => {
    const message = await general().send('old saying');
    await interaction({ does: 'uses on user', command: 'Greet', target: 'bob', expect: 'hello bob' });
    await interaction({ does: 'uses on message', command: 'Quote', message: message.id, expect: '> old saying' });
  });

  feature('deferred, ephemeral and follow-up messages', async () => {
    await interaction({ does: 'uses', line: '/later' });
    await later;
  });

  feature('buttons and selects', async () => {
    const row = (component) => new ActionRowBuilder().addComponents(component);
    const message = await general().send({
      content: 'choose', components: [
        row(new ButtonBuilder().setCustomId('go').setLabel('Go').setStyle(ButtonStyle.Primary)),
        row(new StringSelectMenuBuilder().setCustomId('text').addOptions({ label: 'One', value: '1' })),
        row(new UserSelectMenuBuilder().setCustomId('user')),
        row(new MentionableSelectMenuBuilder().setCustomId('any').setMaxValues(2)),
        row(new ChannelSelectMenuBuilder().setCustomId('channel').setChannelTypes(ChannelType.GuildText)),
      ],
    });
    const rows = [['text', ['1'], '1'], ['user', ['@bob'], 'bob'], ['any', ['@ann', '@bob'], 'ann bob'], ['channel', [general().id], 'general']];
    for (const [id, values, expect] of rows) await interaction({ does: 'selects', message: message.id, id, values, expect });
    const [, edited] = await after({ does: 'clicks', message: message.id, id: 'go' }, Events.MessageUpdate);
    check(edited.content === 'gone' && edited.components.length === 5, edited.content);
    const roles = await general().send({ content: 'role', components: [row(new RoleSelectMenuBuilder().setCustomId('role'))] });
    const pilot = guild().roles.cache.find((role) => role.name === 'pilot');
    await interaction({ does: 'selects', message: roles.id, id: 'role', values: [pilot.id], expect: 'pilot' });
  });

  feature('components v2', async () => {
    const text = (value) => new TextDisplayBuilder().setContent(value);
    const container = new ContainerBuilder().setAccentColor(0x123456).addTextDisplayComponents(text('# Harbour'))
      .addSectionComponents(new SectionBuilder().addTextDisplayComponents(text('a ship'))
        .setButtonAccessory(new ButtonBuilder().setCustomId('v2').setLabel('Go').setStyle(ButtonStyle.Primary)))
      .addSeparatorComponents(new SeparatorBuilder())
      .addMediaGalleryComponents(new MediaGalleryBuilder().addItems({ media: { url: 'https://example.com/map.png' } }))
      .addFileComponents(new FileBuilder().setURL('attachment://map.txt'));
    const files = [new AttachmentBuilder(Buffer.from('a map'), { name: 'map.txt' })];
    const message = await general().send({ components: [container], files, flags: MessageFlags.IsComponentsV2 });
    const kinds = message.components[0].components.map((one) => one.type);
    const { TextDisplay, Section, Separator, MediaGallery, File } = ComponentType;
    check(kinds.join() === [TextDisplay, Section, Separator, MediaGallery, File].join(), kinds);
    const file = message.components[0].components[4];
    check(file.data.name === 'map.txt' && file.data.size === 5 && file.file.url.startsWith('http'), file.data);
    await interaction({ does: 'clicks', message: message.id, id: 'v2', expect: 'v2 pressed' });
  });

  feature('modals', async () => {
    await interaction({ does: 'uses', line: '/form' });
    const fields = { name: 'Ann', fruit: ['apple'], who: ['@bob'], file: ['chart.txt'] };
    await interaction({ does: 'submits', file: 'chart.txt', fields, expect: 'Ann apple bob a map of the harbour' });
  });
};
