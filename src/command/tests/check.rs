use super::{Plain, command, group, message_command, user_command};
use crate::command::{
    self, Choice, CommandBuilder, CommandDefinition, Group, GroupMember, WithAutocomplete, attachment,
    channel, choices, integer, number, string,
};
use crate::model::{
    ApplicationIntegrationType, ChannelType, CommandOptionType, CommandType, InteractionContextType, Locale,
    Permissions,
};

pub(super) struct Node(pub(super) CommandDefinition);

impl GroupMember for Node {
    fn definition(&self) -> &CommandDefinition {
        &self.0
    }
}

impl<K> From<CommandBuilder<K, ()>> for Node {
    fn from(builder: CommandBuilder<K, ()>) -> Self {
        Node(builder.definition().clone())
    }
}

pub(super) fn group_named(name: &str) -> CommandBuilder<Group<Node>, ()> {
    group(name, "x")
}

/// Asserts the problems of one command.
#[track_caller]
fn check_builder<K>(builder: &Plain<K>, expected: &[&str]) {
    check(builder.definition(), expected);
}

#[track_caller]
pub(super) fn check(definition: &CommandDefinition, expected: &[&str]) {
    let problems: Vec<_> = command::check([definition]).iter().map(ToString::to_string).collect();
    assert_eq!(problems, expected);
}

#[test]
fn slash_command_names_follow_discords_rules() {
    for name in [
        "a",
        "roll-dice_2",
        "d'or",
        "würfel",
        "würfeln",
        "кости",
        "骰子",
        "サイコロ",
        "पासा",
        "पासों",
        "ลูกเต๋า",
        "주사위",
        "٣",
        "ⅷ",
    ] {
        check_builder(&command(name, "x"), &[]);
    }
    check_builder(&command(&"é".repeat(32), "x"), &[]);
    check_builder(
        &command(&"é".repeat(33), "x"),
        &[&format!("{}: the name has 33 characters; 1 to 32 are allowed", "é".repeat(33))],
    );
    check_builder(&command("", "x"), &["(no name): the name has 0 characters; 1 to 32 are allowed"]);
    for (name, c) in [("a b", "' '"), ("a/b", "'/'"), ("a.b", "'.'"), ("🎲", "'🎲'"), ("a!", "'!'")] {
        check_builder(
            &command(name, "x"),
            &[&format!("{name}: the name contains {c}; letters, digits, `-`, `_` and `'` are allowed")],
        );
    }
    for (name, upper, lower) in [("Roll", "R", "r"), ("rÖ", "Ö", "ö"), ("Ж", "Ж", "ж"), ("ǅ", "ǅ", "ǆ")]
    {
        check_builder(
            &command(name, "x"),
            &[&format!("{name}: the name has the upper-case letter `{upper}`; use `{lower}`")],
        );
    }
}

#[test]
fn localized_names_follow_the_same_rules() {
    let builder = command("roll", "x")
        .name_localized(Locale::DE, "Würfel")
        .description_localized(Locale::FR, "")
        .name_localized(Locale::from("xx"), "y");
    check_builder(
        &builder,
        &[
            "roll: the name in de has the upper-case letter `W`; use `w`",
            "roll: `xx` is not a locale of Discord's",
            "roll: the description in fr has 0 characters; 1 to 100 are allowed",
        ],
    );
    check_builder(
        &command("r", "x").option(
            "o",
            "x",
            string().name_localized(Locale::DE, "a b").description_localized(Locale::DE, ""),
        ),
        &[
            "r o: the name in de contains ' '; letters, digits, `-`, `_` and `'` are allowed",
            "r o: the description in de has 0 characters; 1 to 100 are allowed",
        ],
    );
}

#[test]
fn descriptions_have_1_to_100_characters() {
    check_builder(&command("a", &"é".repeat(100)), &[]);
    check_builder(
        &command("a", &"x".repeat(101)),
        &["a: the description has 101 characters; 1 to 100 are allowed"],
    );
    check_builder(
        &command("a", "x").option("b", "", string()),
        &["a b: the description has 0 characters; 1 to 100 are allowed"],
    );
}

#[test]
fn context_menu_commands_allow_any_name_but_no_description_or_options() {
    check(user_command::<()>("High Five!").definition(), &[]);
    check(
        message_command::<()>("").definition(),
        &["(no name): the name has 0 characters; 1 to 32 are allowed"],
    );
    check(message_command::<()>("  ").definition(), &["  : the name has only white space"]);
    let mut definition = user_command::<()>("Wave").definition().clone();
    definition.description = "x".to_owned();
    definition.options = command("a", "x").option("b", "x", string()).definition().options.clone();
    check(
        &definition,
        &["Wave: a context menu command has no description", "Wave: a context menu command has no options"],
    );
}

#[test]
fn texts_must_not_begin_or_end_with_white_space() {
    let trimmed = "begins or ends with white space, which Discord removes";
    check(user_command::<()>("Wave ").definition(), &[&format!("Wave : the name {trimmed}")]);
    let keep = message_command::<()>("Keep").name_localized(Locale::DE, "\tMerken");
    check(keep.definition(), &[&format!("Keep: the name in de {trimmed}")]);
    check_builder(
        &command("a", " x").description_localized(Locale::DE, " "),
        &[&format!("a: the description {trimmed}"), "a: the description in de has only white space"],
    );
    let option = choices([Choice::new(" One", 1).name_localized(Locale::DE, "Eins "), Choice::new(" ", 2)]);
    check_builder(
        &command("a", "x").option("b", "x\n", option),
        &[
            &format!("a b: the description {trimmed}"),
            &format!("a b: the name of the choice ` One` {trimmed}"),
            &format!("a b: the name of the choice ` One` in de {trimmed}"),
            "a b: the name of the choice ` ` has only white space",
        ],
    );
}

#[test]
fn required_options_come_first() {
    let builder = command("a", "x")
        .option("b", "x", string())
        .option("c", "x", string().optional())
        .option("d", "x", string())
        .option("e", "x", string().optional())
        .option("f", "x", string());
    check_builder(
        &builder,
        &[
            "a: `d` is required, but comes after `c`, which is optional",
            "a: `f` is required, but comes after `c`, which is optional",
        ],
    );
}

#[test]
fn option_names_are_unique_in_every_language() {
    check_builder(
        &command("a", "x").option("b", "x", string()).option("b", "x", string()),
        &["a: the name `b` is used twice"],
    );
    let de = |name: &str| string().name_localized(Locale::DE, name);
    check_builder(
        &command("a", "x").option("b", "x", de("z")).option("c", "x", de("z")),
        &["a: `c` and `b` both have the name `z` in de"],
    );
    check_builder(
        &command("a", "x").option("b", "x", de("c")).option("c", "x", string()),
        &["a: `b` and `c` both have the name `c` in de"],
    );
    check_builder(
        &command("a", "x").option("b", "x", de("b")).option(
            "c",
            "x",
            string().name_localized(Locale::FR, "z"),
        ),
        &[],
    );
}

#[test]
fn ranges_and_lengths_are_within_discords_limits() {
    const MAX: i64 = (1 << 53) - 1;
    check_builder(&command("a", "x").option("b", "x", integer(-MAX..=MAX)), &[]);
    check_builder(
        &command("a", "x").option("b", "x", integer(..=MAX + 1)),
        &["a b: max_value: `9007199254740992` is not an integer of at most 53 bits"],
    );
    check_builder(&command("a", "x").option("b", "x", number(-9007199254740992.0..)), &[]);
    check_builder(
        &command("a", "x").option("b", "x", number(..=f64::NAN)),
        &["a b: max_value: `NaN` is not a number of at most 53 bits"],
    );
    check_builder(
        &command("a", "x").option("b", "x", integer(3..3)),
        &["a b: min_value, 3, is greater than max_value, 2"],
    );
    check_builder(&command("a", "x").option("b", "x", string().min_length(6000).max_length(6000)), &[]);
    check_builder(
        &command("a", "x").option("b", "x", string().min_length(6001).max_length(0)),
        &[
            "a b: min_length is 6001; the maximum is 6000",
            "a b: max_length is 0; 1 to 6000 are allowed",
            "a b: min_length, 6001, is greater than max_length, 0",
        ],
    );
}

#[test]
fn choices_are_within_discords_limits() {
    check_builder(&command("a", "x").option("b", "x", choices(0..25)), &[]);
    check_builder(
        &command("a", "x").option("b", "x", choices(0..26)),
        &["a b: there are 26 choices; the maximum is 25"],
    );
    check_builder(
        &command("a", "x").option("b", "x", choices([("One", 1), ("One", 2)])),
        &["a b: the choice `One` is used twice"],
    );
    check_builder(
        &command("a", "x").option(
            "b",
            "x",
            choices([("One", 1), ("Two", 2), ("One", 3), ("Two", 4), ("One", 5)]),
        ),
        &["a b: the choice `One` is used 3 times", "a b: the choice `Two` is used twice"],
    );
    check_builder(&command("a", "x").option("b", "x", choices(["x".repeat(100)])), &[]);
    check_builder(
        &command("a", "x").option("b", "x", choices([("", "x".repeat(101))])),
        &[
            "a b: the name of the choice `` has 0 characters; 1 to 100 are allowed",
            &format!(
                "a b: the value of the choice ``: `{}` is not a text of 1 to 100 characters",
                "x".repeat(101)
            ),
        ],
    );
    check_builder(
        &command("a", "x").option(
            "b",
            "x",
            choices([Choice::new("One", 1).name_localized(Locale::from("xx"), "")]),
        ),
        &[
            "a b: `xx` is not a locale of Discord's",
            "a b: the name of the choice `One` in xx has 0 characters; 1 to 100 are allowed",
        ],
    );
    let mut narrow = command("a", "x").option("b", "x", choices([1, 5])).definition().clone();
    narrow.options[0].max_value =
        command("a", "x").option("b", "x", integer(..=3)).definition().options[0].max_value.clone();
    check(&narrow, &["a b: the value of the choice `5` is out of the option's range"]);
}

#[test]
fn an_empty_list_of_choices_is_a_problem() {
    let none: [&str; 0] = [];
    let empty = "the list of choices is empty";
    check_builder(&command("a", "x").option("b", "x", choices(none)), &[&format!("a b: {empty}")]);
    check_builder(&command("a", "x").option("b", "x", choices(none).optional()), &[&format!("a b: {empty}")]);
    #[derive(Clone)]
    enum Nothing {}
    impl crate::command::OneOf for Nothing {
        const ALL: &'static [(&'static str, Self)] = &[];
    }
    let inner = command("b", "x").option("c", "x", crate::command::one_of::<Nothing>());
    check(group_named("a").add(inner).definition(), &[&format!("a b c: {empty}")]);
    check_builder(
        &command("a", "x").option("b", "x", choices([("None", "")])),
        &["a b: the value of the choice `None`: `` is not a text of 1 to 100 characters"],
    );
}

#[test]
fn choices_and_autocomplete_exclude_each_other() {
    check_builder(&command("a", "x").option("b", "x", WithAutocomplete::new(string(), ())), &[]);
    check_builder(
        &command("a", "x").option("b", "x", WithAutocomplete::new(choices(["y"]), ())),
        &["a b: choices and autocomplete cannot be used together"],
    );
}

#[test]
fn unsupported_fields_of_an_option_are_reported() {
    let scalars =
        command("a", "x").option("b", "x", WithAutocomplete::new(choices([1]), ())).definition().clone();
    let mut unsupported = scalars;
    let option = &mut unsupported.options[0];
    option.min_length = Some(1);
    option.max_value = Some(crate::model::OptionValue::Integer(2));
    option.file_types = vec![".pdf".to_owned()].into();
    option.channel_types = vec![crate::model::ChannelType::GUILD_TEXT].into();
    option.kind = CommandOptionType::BOOLEAN;
    check(
        &unsupported,
        &[
            "a b: an option of the type BOOLEAN does not support choices",
            "a b: an option of the type BOOLEAN does not support autocomplete",
            "a b: an option of the type BOOLEAN does not support min_value or max_value",
            "a b: an option of the type BOOLEAN does not support min_length or max_length",
            "a b: an option of the type BOOLEAN does not support channel_types",
            "a b: an option of the type BOOLEAN does not support file_types",
            "a b: choices and autocomplete cannot be used together",
        ],
    );
}

#[test]
fn file_types_are_known_groups_or_extensions() {
    check_builder(&command("a", "x").option("b", "x", attachment().file_types(["image", ".pdf"])), &[]);
    check_builder(
        &command("a", "x").option("b", "x", attachment().file_types([".pdf", ".pdf"])),
        &["a b: file_types has a duplicate"],
    );
    let many = attachment().file_types((0..11).map(|n| format!(".{n}")));
    check_builder(
        &command("a", "x").option("b", "x", many),
        &["a b: there are 11 file types; the maximum is 10"],
    );
    check_builder(
        &command("a", "x").option("b", "x", attachment().file_types(["pdf", "."])),
        &[
            "a b: the file type `pdf` is not `image`, `video`, `audio` or an extension such as `.pdf`",
            "a b: the file type `.` is not `image`, `video`, `audio` or an extension such as `.pdf`",
        ],
    );
}

#[test]
fn groups_have_1_to_25_subcommands_on_two_levels() {
    check(
        group_named("a").add(group_named("b").add(command("c", "x"))).add(command("d", "x")).definition(),
        &[],
    );
    check(group_named("a").definition(), &["a: a group needs a subcommand"]);
    check(group_named("a").add(group_named("b")).definition(), &["a b: a group needs a subcommand"]);
    let many = (0..26).fold(group_named("a"), |group, n| group.add(command(&format!("c{n}"), "x")));
    check(many.definition(), &["a: there are 26 subcommands and groups; the maximum is 25"]);
    let deep = group_named("a").add(group_named("b").add(group_named("c").add(command("d", "x"))));
    check(
        deep.definition(),
        &["a b c: this is nested too deeply: the levels are command, group and subcommand"],
    );
    check(
        group_named("a").add(command("b", "x")).add(command("b", "x")).definition(),
        &["a: the name `b` is used twice"],
    );
}

#[test]
fn subcommands_and_other_options_cannot_be_mixed() {
    let mut mixed = group_named("a").add(command("b", "x")).definition().clone();
    mixed.options.extend(command("c", "x").option("d", "x", string()).definition().options.clone());
    check(&mixed, &["a: a command with subcommands cannot have other options"]);
}

#[test]
fn settings_of_a_whole_command_are_rejected_on_subcommands() {
    let ban = command("ban", "x").default_member_permissions(Permissions::BAN_MEMBERS).nsfw();
    let inner = group_named("who").contexts([InteractionContextType::GUILD]).add(ban);
    check(
        group_named("admin").add(inner).add(user_command::<()>("wave")).definition(),
        &[
            "admin who ban: default_member_permissions cannot be set on a subcommand, only on the whole command",
            "admin who ban: nsfw cannot be set on a subcommand, only on the whole command",
            "admin who: contexts cannot be set on a subcommand, only on the whole command",
            "admin wave: a context menu command cannot be a subcommand",
            "admin wave: the description has 0 characters; 1 to 100 are allowed",
        ],
    );
}

#[test]
fn lists_must_not_be_empty_or_have_duplicates() {
    let builder = command("a", "x").contexts([]).integration_types([
        ApplicationIntegrationType::GUILD_INSTALL,
        ApplicationIntegrationType::GUILD_INSTALL,
    ]);
    check_builder(&builder, &["a: contexts is empty", "a: integration_types has a duplicate"]);
    let texts = channel().channel_types([ChannelType::GUILD_TEXT, ChannelType::GUILD_TEXT]);
    check_builder(&command("a", "x").option("b", "x", texts), &["a b: channel_types has a duplicate"]);
}

#[test]
fn commands_are_unique_and_counted_by_type() {
    let (slash, user) = (command("wave", "x"), user_command::<()>("wave"));
    assert!(command::check([slash.definition(), user.definition()]).is_empty());
    let twice = command::check([slash.definition(), slash.definition()]);
    assert_eq!(twice.to_string(), "wave: /wave is declared twice");
    let second = command("wave", "x");
    let twice =
        command::check([slash.definition(), second.definition(), user.definition(), second.definition()]);
    assert_eq!(twice.to_string(), "wave: /wave is declared twice\nwave: /wave is declared twice");

    let slashes: Vec<_> = (0..101).map(|n| command(&format!("c{n}"), "x")).collect();
    let user_commands: Vec<_> = (0..16).map(|n| user_command::<()>(&format!("c{n}"))).collect();
    let all = || slashes.iter().map(CommandBuilder::definition);
    assert!(command::check(all().take(100)).is_empty());
    assert!(command::check(user_commands[..15].iter().map(CommandBuilder::definition)).is_empty());
    let message_commands: Vec<_> = (0..16).map(|n| message_command::<()>(&format!("c{n}"))).collect();
    let fifteen = user_commands[..15].iter().map(CommandBuilder::definition);
    assert!(
        command::check(fifteen.chain(message_commands[..15].iter().map(CommandBuilder::definition)))
            .is_empty()
    );
    let problems = command::check(message_commands.iter().map(CommandBuilder::definition));
    assert_eq!(problems.to_string(), "there are 16 message commands; the maximum is 15");
    let problems = command::check(all().chain(user_commands.iter().map(CommandBuilder::definition)));
    assert_eq!(
        problems.to_string(),
        "there are 101 slash commands; the maximum is 100\nthere are 16 user commands; the maximum is 15"
    );
}

#[test]
fn all_problems_become_one_error() {
    let definition = command("A", "").definition().clone();
    assert_eq!(definition.kind, CommandType::CHAT_INPUT);
    let problems = command::check([&definition]).within("dice");
    let text = "dice A: the name has the upper-case letter `A`; use `a`\n\
                dice A: the description has 0 characters; 1 to 100 are allowed";
    assert_eq!(problems.to_string(), text);
    assert_eq!(problems.len(), 2);
    assert_eq!(problems.into_result().unwrap_err().to_string(), text);
    assert!(command::Problems::new().into_result().is_ok());
}
