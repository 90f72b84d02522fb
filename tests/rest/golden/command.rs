use syncord::id::{ApplicationId, CommandId, GuildId};
use syncord::model::{
    ApplicationIntegrationType, ChannelType, CommandChoice, CommandOptionDefinition, CommandOptionType,
    CommandPermissionType, CommandType, EntryPointHandlerType, InteractionContextType, Locale, Permissions,
};
use syncord::rest::{CreateApplicationCommand, EditApplicationCommand, GetApplicationCommands};

use super::application::problem;
use super::book::Book;

const COMMAND: &str = r#"{"id":"5","type":1,"application_id":"7","name":"roll","description":"Rolls dice","default_member_permissions":null,"nsfw":false,"version":"6"}"#;
const COMMANDS: &str = r#"[{"id":"5","type":1,"application_id":"7","name":"roll","name_localizations":{"de":"wirf"},"description":"Rolls dice","version":"6"}]"#;
const PERMISSIONS: &str =
    r#"{"id":"5","application_id":"7","guild_id":"9","permissions":[{"id":"3","type":1,"permission":true}]}"#;

fn option(kind: CommandOptionType, name: &str) -> CommandOptionDefinition {
    CommandOptionDefinition::new(kind, name, "What it is")
}

/// An option of each kind but those that hold others.
fn options() -> Vec<CommandOptionDefinition> {
    let mut text = option(CommandOptionType::STRING, "text");
    text.required = true;
    (text.min_length, text.max_length) = (Some(1), Some(80));
    text.name_localizations = Some([(Locale::DE, "text".to_owned())].into());
    text.description_localizations = Some([(Locale::DE, "Was es ist".to_owned())].into());
    let mut size = option(CommandOptionType::STRING, "size");
    let mut small = CommandChoice::new("small", "s");
    small.name_localizations = Some([(Locale::DE, "klein".to_owned())].into());
    size.choices = vec![small, CommandChoice::new("big", "b")].into();
    let mut sides = option(CommandOptionType::INTEGER, "sides");
    (sides.min_value, sides.max_value) = (Some(2.into()), Some(1000.into()));
    let mut weight = option(CommandOptionType::NUMBER, "weight");
    (weight.min_value, weight.max_value) = (Some(0.5.into()), Some(9.5.into()));
    weight.autocomplete = true;
    let mut place = option(CommandOptionType::CHANNEL, "place");
    place.channel_types = vec![ChannelType::GUILD_TEXT].into();
    let mut table = option(CommandOptionType::ATTACHMENT, "table");
    table.file_types = vec!["image".to_owned(), ".csv".to_owned()].into();
    let others = [
        (CommandOptionType::BOOLEAN, "loud"),
        (CommandOptionType::USER, "whom"),
        (CommandOptionType::ROLE, "role"),
        (CommandOptionType::MENTIONABLE, "all"),
    ];
    let others = others.map(|(kind, name)| option(kind, name));
    [text, size, sides, weight, place, table].into_iter().chain(others).collect()
}

fn group() -> CommandOptionDefinition {
    let mut command = option(CommandOptionType::SUB_COMMAND, "north");
    command.options = vec![option(CommandOptionType::BOOLEAN, "loud")].into();
    let mut group = option(CommandOptionType::SUB_COMMAND_GROUP, "sail");
    group.options = vec![command].into();
    group
}

#[test]
fn commands() {
    let mut book = Book::open("command");
    let (id, guild, command) = (ApplicationId::new(7), GuildId::new(9), CommandId::new(5));
    let which = GetApplicationCommands::new().with_localizations(true);
    let all = book
        .call("global_application_commands", COMMANDS, |rest| rest.global_application_commands(id, &which));
    assert_eq!(all[0].name_localizations.as_ref().unwrap()[&Locale::DE], "wirf");

    let roll = || {
        CreateApplicationCommand::new("roll")
            .kind(CommandType::CHAT_INPUT)
            .name_localizations([(Locale::DE, "wirf".to_owned())].into())
            .description("Rolls dice")
            .description_localizations([(Locale::DE, "Wirft Würfel".to_owned())].into())
            .options(options())
            .default_member_permissions(Permissions::MANAGE_GUILD)
            .nsfw(true)
            .integration_types(vec![ApplicationIntegrationType::GUILD_INSTALL])
            .contexts(vec![InteractionContextType::GUILD, InteractionContextType::BOT_DM])
    };
    let made = book.call("create_global_application_command", COMMAND, |rest| {
        rest.create_global_application_command(id, &roll())
    });
    assert_eq!((made.id, made.kind), (command, CommandType::CHAT_INPUT));
    let launch = CreateApplicationCommand::new("launch")
        .kind(CommandType::PRIMARY_ENTRY_POINT)
        .handler(EntryPointHandlerType::APP_HANDLER);
    book.call("create_global_application_command, an entry point", COMMAND, |rest| {
        rest.create_global_application_command(id, &launch)
    });
    book.call("global_application_command", COMMAND, |rest| rest.global_application_command(id, command));
    let changes = EditApplicationCommand::new()
        .name("roll")
        .no_name_localizations()
        .description("Rolls dice")
        .no_description_localizations()
        .options(vec![group()])
        .no_default_member_permissions()
        .nsfw(false)
        .integration_types(vec![ApplicationIntegrationType::USER_INSTALL])
        .no_contexts()
        .handler(EntryPointHandlerType::DISCORD_LAUNCH_ACTIVITY);
    book.call("edit_global_application_command", COMMAND, |rest| {
        rest.edit_global_application_command(id, command, &changes)
    });
    book.perform("delete_global_application_command", |rest| {
        rest.delete_global_application_command(id, command)
    });
    let all =
        [roll().id(command), CreateApplicationCommand::new("High Five").kind(CommandType::USER), launch];
    book.call("bulk_overwrite_global_application_commands", COMMANDS, |rest| {
        rest.bulk_overwrite_global_application_commands(id, &all)
    });

    let which = GetApplicationCommands::new();
    book.call("guild_application_commands", COMMANDS, |rest| {
        rest.guild_application_commands(id, guild, &which)
    });
    let sail = CreateApplicationCommand::new("sail").description("Sails").options(vec![group()]);
    book.call("create_guild_application_command", COMMAND, |rest| {
        rest.create_guild_application_command(id, guild, &sail)
    });
    book.call("guild_application_command", COMMAND, |rest| {
        rest.guild_application_command(id, guild, command)
    });
    let changes = EditApplicationCommand::new().description("Rolls many dice");
    book.call("edit_guild_application_command", COMMAND, |rest| {
        rest.edit_guild_application_command(id, guild, command, &changes)
    });
    book.perform("delete_guild_application_command", |rest| {
        rest.delete_guild_application_command(id, guild, command)
    });
    let none: [CreateApplicationCommand; 0] = [];
    book.call("bulk_overwrite_guild_application_commands", "[]", |rest| {
        rest.bulk_overwrite_guild_application_commands(id, guild, &none)
    });

    let permissions = format!("[{PERMISSIONS}]");
    let all = book.call("guild_application_command_permissions", &permissions, |rest| {
        rest.guild_application_command_permissions(id, guild)
    });
    assert_eq!(all[0].command_id(), Some(command));
    let one = book.call("application_command_permissions", PERMISSIONS, |rest| {
        rest.application_command_permissions(id, guild, command)
    });
    assert_eq!(one.permissions[0].kind, CommandPermissionType::ROLE);
    book.close();
}

#[test]
fn limits_on_commands_are_checked() {
    let slash = || CreateApplicationCommand::new("roll").description("Rolls dice");
    let with = |options: Vec<CommandOptionDefinition>| slash().options(options);
    let changed = |change: fn(&mut CommandOptionDefinition)| {
        let mut changed = option(CommandOptionType::STRING, "text");
        change(&mut changed);
        with(vec![changed])
    };
    let many = |count| (0..count).map(|n| option(CommandOptionType::BOOLEAN, &format!("n{n}"))).collect();
    let table = [
        (with(options()), ""),
        (with(vec![group()]), ""),
        (with(many(25)), ""),
        (with(many(26)), "options: at most 25 elements, and this has 26"),
        (slash().name("é".repeat(33)), "name: 1 to 32 characters, and this has 33"),
        (CreateApplicationCommand::new("roll"), "description: a slash command requires one"),
        (CreateApplicationCommand::new("Wave").kind(CommandType::USER), ""),
        (
            CreateApplicationCommand::new("Wave").kind(CommandType::USER).options(options()),
            "options: only a slash command can have options",
        ),
        (
            slash().name_localizations([(Locale::DE, String::new())].into()),
            "name_localizations.de: 1 to 32 characters, and this has 0",
        ),
        (
            with(vec![option(CommandOptionType::USER, "a"), option(CommandOptionType::USER, "a")]),
            "options[1].name: duplicate name \"a\"",
        ),
        (
            with(vec![option(CommandOptionType::USER, "a"), group()]),
            "options[1].type: subcommands and other options cannot be mixed",
        ),
        (
            with(options().into_iter().rev().collect()),
            "options[9].required: a required option cannot follow an optional one",
        ),
        (
            changed(|option| option.description.clear()),
            "options[0].description: 1 to 100 characters, and this has 0",
        ),
        (
            changed(|option| option.choices = vec![CommandChoice::new("", "s")].into()),
            "options[0].choices[0].name: 1 to 100 characters, and this has 0",
        ),
        (
            changed(|option| option.choices = vec![CommandChoice::new("a", "é".repeat(101))].into()),
            "options[0].choices[0].value: at most 100 characters, and this has 101",
        ),
        (
            changed(|option| option.choices = vec![CommandChoice::new("a", 1); 26].into()),
            "options[0].choices: at most 25 elements, and this has 26",
        ),
        (
            changed(|option| {
                option.choices = vec![CommandChoice::new("a", 1)].into();
                option.autocomplete = true;
            }),
            "options[0].autocomplete: cannot be combined with choices",
        ),
        (
            changed(|option| option.max_length = Some(0)),
            "options[0].max_length: from 1 to 6000, and this is 0",
        ),
        (
            changed(|option| option.file_types = vec![".a".to_owned(); 11].into()),
            "options[0].file_types: at most 10 elements, and this has 11",
        ),
        (
            changed(|option| {
                option.kind = CommandOptionType::SUB_COMMAND;
                option.options = vec![group()].into();
            }),
            "options[0].options[0].type: a subcommand cannot contain subcommands",
        ),
        (
            changed(|option| {
                option.choices =
                    (0..25).map(|_| CommandChoice::new("é".repeat(100), "é".repeat(100))).collect();
            })
            .options(
                (0..2)
                    .map(|n| {
                        let mut long = option(CommandOptionType::STRING, &format!("n{n}"));
                        let choice = CommandChoice::new("é".repeat(80), "é".repeat(80));
                        long.choices = vec![choice; 25].into();
                        long
                    })
                    .collect(),
            ),
            "(the command): at most 8000 characters of names, descriptions and values in total, and this has 8038",
        ),
    ];
    for (command, expected) in table {
        assert_eq!(problem(command.check()), expected);
    }
    let changes = EditApplicationCommand::new().description("");
    assert_eq!(problem(changes.check()), "description: 1 to 100 characters, and this has 0");
}
