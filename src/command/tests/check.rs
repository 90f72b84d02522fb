use super::{Plain, command};
use crate::command::{
    self, Choice, CommandBuilder, CommandDefinition, Group, GroupMember, WithAutocomplete, attachment,
    channel, choices, group, integer, message_command, number, string, user_command,
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

pub(super) fn holding(name: &str) -> CommandBuilder<Group<Node>, ()> {
    group(name, "x")
}

/// All that is wrong with one command, a line each.
#[track_caller]
fn wrong<K>(builder: &Plain<K>, expected: &[&str]) {
    check(builder.definition(), expected);
}

#[track_caller]
pub(super) fn check(definition: &CommandDefinition, expected: &[&str]) {
    let problems: Vec<_> = command::check([definition]).iter().map(ToString::to_string).collect();
    assert_eq!(problems, expected);
}

#[test]
fn names_are_as_discord_wants_them() {
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
        wrong(&command(name, "x"), &[]);
    }
    wrong(&command(&"é".repeat(32), "x"), &[]);
    wrong(
        &command(&"é".repeat(33), "x"),
        &[&format!("{}: the name has 33 characters, of 1 to 32", "é".repeat(33))],
    );
    wrong(&command("", "x"), &["(no name): the name has 0 characters, of 1 to 32"]);
    for (name, c) in [("a b", "' '"), ("a/b", "'/'"), ("a.b", "'.'"), ("🎲", "'🎲'"), ("a!", "'!'")] {
        wrong(
            &command(name, "x"),
            &[&format!("{name}: the name has {c} in it: letters, digits, `-`, `_` and `'` are allowed")],
        );
    }
    for (name, upper, lower) in [("Roll", "R", "r"), ("rÖ", "Ö", "ö"), ("Ж", "Ж", "ж"), ("ǅ", "ǅ", "ǆ")]
    {
        wrong(
            &command(name, "x"),
            &[&format!("{name}: the name has the upper-case letter `{upper}`: Discord wants `{lower}`")],
        );
    }
}

#[test]
fn names_in_other_languages_follow_the_same_rules() {
    let builder = command("roll", "x")
        .name_localized(Locale::DE, "Würfel")
        .description_localized(Locale::FR, "")
        .name_localized(Locale::from("xx"), "y");
    wrong(
        &builder,
        &[
            "roll: the name in de has the upper-case letter `W`: Discord wants `w`",
            "roll: `xx` is no language that Discord knows",
            "roll: the description in fr has 0 characters, of 1 to 100",
        ],
    );
    wrong(
        &command("r", "x").option(
            "o",
            "x",
            string().name_localized(Locale::DE, "a b").description_localized(Locale::DE, ""),
        ),
        &[
            "r o: the name in de has ' ' in it: letters, digits, `-`, `_` and `'` are allowed",
            "r o: the description in de has 0 characters, of 1 to 100",
        ],
    );
}

#[test]
fn descriptions_have_1_to_100_characters() {
    wrong(&command("a", &"é".repeat(100)), &[]);
    wrong(&command("a", &"x".repeat(101)), &["a: the description has 101 characters, of 1 to 100"]);
    wrong(
        &command("a", "x").option("b", "", string()),
        &["a b: the description has 0 characters, of 1 to 100"],
    );
}

#[test]
fn menus_have_looser_names_and_nothing_else() {
    check(user_command::<()>("High Five!").definition(), &[]);
    check(message_command::<()>("").definition(), &["(no name): the name has 0 characters, of 1 to 32"]);
    check(message_command::<()>("  ").definition(), &["  : the name is blank"]);
    let mut definition = user_command::<()>("Wave").definition().clone();
    definition.description = "x".to_owned();
    definition.options = command("a", "x").option("b", "x", string()).definition().options.clone();
    check(&definition, &["Wave: a menu command has no description", "Wave: a menu command has no options"]);
}

#[test]
fn texts_have_no_white_space_at_their_ends() {
    let cut = "has white space at an end, which Discord cuts off";
    check(user_command::<()>("Wave ").definition(), &[&format!("Wave : the name {cut}")]);
    let menu = message_command::<()>("Keep").name_localized(Locale::DE, "\tMerken");
    check(menu.definition(), &[&format!("Keep: the name in de {cut}")]);
    wrong(
        &command("a", " x").description_localized(Locale::DE, " "),
        &[&format!("a: the description {cut}"), "a: the description in de is blank"],
    );
    let option = choices([Choice::new(" One", 1).name_localized(Locale::DE, "Eins "), Choice::new(" ", 2)]);
    wrong(
        &command("a", "x").option("b", "x\n", option),
        &[
            &format!("a b: the description {cut}"),
            &format!("a b: the name of the choice ` One` {cut}"),
            &format!("a b: the name of the choice ` One` in de {cut}"),
            "a b: the name of the choice ` ` is blank",
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
    wrong(
        &builder,
        &[
            "a: `d`, which must be given, comes after `c`, which need not",
            "a: `f`, which must be given, comes after `c`, which need not",
        ],
    );
}

#[test]
fn option_names_differ_in_every_language() {
    wrong(
        &command("a", "x").option("b", "x", string()).option("b", "x", string()),
        &["a: there are two of `b`"],
    );
    let de = |name: &str| string().name_localized(Locale::DE, name);
    wrong(
        &command("a", "x").option("b", "x", de("z")).option("c", "x", de("z")),
        &["a: `c` and `b` are both called `z` in de"],
    );
    wrong(
        &command("a", "x").option("b", "x", de("c")).option("c", "x", string()),
        &["a: `b` and `c` are both called `c` in de"],
    );
    wrong(
        &command("a", "x").option("b", "x", de("b")).option(
            "c",
            "x",
            string().name_localized(Locale::FR, "z"),
        ),
        &[],
    );
}

#[test]
fn ranges_and_lengths_are_within_discords() {
    const GREATEST: i64 = (1 << 53) - 1;
    wrong(&command("a", "x").option("b", "x", integer(-GREATEST..=GREATEST)), &[]);
    wrong(
        &command("a", "x").option("b", "x", integer(..=GREATEST + 1)),
        &["a b: the limit `9007199254740992` is not a whole number of at most 53 bits"],
    );
    wrong(&command("a", "x").option("b", "x", number(-9007199254740992.0..)), &[]);
    wrong(
        &command("a", "x").option("b", "x", number(..=f64::NAN)),
        &["a b: the limit `NaN` is not a number of at most 53 bits"],
    );
    wrong(
        &command("a", "x").option("b", "x", integer(3..3)),
        &["a b: the least value, 3, is above the greatest, 2"],
    );
    wrong(&command("a", "x").option("b", "x", string().min_length(6000).max_length(6000)), &[]);
    wrong(
        &command("a", "x").option("b", "x", string().min_length(6001).max_length(0)),
        &[
            "a b: the least length, 6001, is above 6000",
            "a b: the greatest length, 0, is not from 1 to 6000",
            "a b: the least length, 6001, is above the greatest, 0",
        ],
    );
}

#[test]
fn choices_are_within_discords_limits() {
    wrong(&command("a", "x").option("b", "x", choices(0..25)), &[]);
    wrong(
        &command("a", "x").option("b", "x", choices(0..26)),
        &["a b: there are 26 choices, and Discord takes 25"],
    );
    wrong(
        &command("a", "x").option("b", "x", choices([("One", 1), ("One", 2)])),
        &["a b: there are two choices called `One`"],
    );
    wrong(&command("a", "x").option("b", "x", choices(["x".repeat(100)])), &[]);
    wrong(
        &command("a", "x").option("b", "x", choices([("", "x".repeat(101))])),
        &[
            "a b: the name of the choice `` has 0 characters, of 1 to 100",
            &format!(
                "a b: the value of the choice ``: `{}` is not a text of 1 to 100 characters",
                "x".repeat(101)
            ),
        ],
    );
    wrong(
        &command("a", "x").option(
            "b",
            "x",
            choices([Choice::new("One", 1).name_localized(Locale::from("xx"), "")]),
        ),
        &[
            "a b: `xx` is no language that Discord knows",
            "a b: the name of the choice `One` in xx has 0 characters, of 1 to 100",
        ],
    );
    let mut narrow = command("a", "x").option("b", "x", choices([1, 5])).definition().clone();
    narrow.options[0].max_value =
        command("a", "x").option("b", "x", integer(..=3)).definition().options[0].max_value.clone();
    check(&narrow, &["a b: the value of the choice `5` is out of the option's range"]);
}

#[test]
fn an_option_with_choices_has_some() {
    let none: [&str; 0] = [];
    let empty = "it is one of a few values, and there are none";
    wrong(&command("a", "x").option("b", "x", choices(none)), &[&format!("a b: {empty}")]);
    wrong(&command("a", "x").option("b", "x", choices(none).optional()), &[&format!("a b: {empty}")]);
    #[derive(Clone)]
    enum Nothing {}
    impl crate::command::OneOf for Nothing {
        const ALL: &'static [(&'static str, Self)] = &[];
    }
    let inner = command("b", "x").option("c", "x", crate::command::one_of::<Nothing>());
    check(holding("a").add(inner).definition(), &[&format!("a b c: {empty}")]);
    wrong(
        &command("a", "x").option("b", "x", choices([("None", "")])),
        &["a b: the value of the choice `None`: `` is not a text of 1 to 100 characters"],
    );
}

#[test]
fn choices_and_suggestions_exclude_each_other() {
    wrong(&command("a", "x").option("b", "x", WithAutocomplete::new(string(), ())), &[]);
    wrong(
        &command("a", "x").option("b", "x", WithAutocomplete::new(choices(["y"]), ())),
        &["a b: it has both choices and suggestions, and Discord takes only one of them"],
    );
}

#[test]
fn what_is_said_of_an_option_goes_with_its_kind() {
    let scalars =
        command("a", "x").option("b", "x", WithAutocomplete::new(choices([1]), ())).definition().clone();
    let mut odd = scalars;
    let option = &mut odd.options[0];
    option.min_length = Some(1);
    option.max_value = Some(crate::model::OptionValue::Integer(2));
    option.file_types = vec![".pdf".to_owned()].into();
    option.channel_types = vec![crate::model::ChannelType::GUILD_TEXT].into();
    option.kind = CommandOptionType::BOOLEAN;
    check(
        &odd,
        &[
            "a b: an option of the kind BOOLEAN takes no choices",
            "a b: an option of the kind BOOLEAN takes no suggestions",
            "a b: an option of the kind BOOLEAN takes no range",
            "a b: an option of the kind BOOLEAN takes no length",
            "a b: an option of the kind BOOLEAN takes no channel types",
            "a b: an option of the kind BOOLEAN takes no file types",
            "a b: it has both choices and suggestions, and Discord takes only one of them",
        ],
    );
}

#[test]
fn file_types_are_groups_or_endings() {
    wrong(&command("a", "x").option("b", "x", attachment().file_types(["image", ".pdf"])), &[]);
    wrong(
        &command("a", "x").option("b", "x", attachment().file_types([".pdf", ".pdf"])),
        &["a b: the list of file types has something twice"],
    );
    let many = attachment().file_types((0..11).map(|n| format!(".{n}")));
    wrong(&command("a", "x").option("b", "x", many), &["a b: there are 11 file types, and Discord takes 10"]);
    wrong(
        &command("a", "x").option("b", "x", attachment().file_types(["pdf", "."])),
        &[
            "a b: the file type `pdf` is neither `image`, `video`, `audio` nor an ending like `.pdf`",
            "a b: the file type `.` is neither `image`, `video`, `audio` nor an ending like `.pdf`",
        ],
    );
}

#[test]
fn groups_hold_1_to_25_commands_in_two_levels() {
    check(holding("a").add(holding("b").add(command("c", "x"))).add(command("d", "x")).definition(), &[]);
    check(holding("a").definition(), &["a: a group needs a command in it"]);
    check(holding("a").add(holding("b")).definition(), &["a b: a group needs a command in it"]);
    let many = (0..26).fold(holding("a"), |group, n| group.add(command(&format!("c{n}"), "x")));
    check(many.definition(), &["a: there are 26 subcommands and groups, and Discord takes 25"]);
    let deep = holding("a").add(holding("b").add(holding("c").add(command("d", "x"))));
    check(
        deep.definition(),
        &["a b c: this is nested too deeply: Discord knows command, group and subcommand"],
    );
    check(
        holding("a").add(command("b", "x")).add(command("b", "x")).definition(),
        &["a: there are two of `b`"],
    );
}

#[test]
fn subcommands_stand_alone() {
    let mut mixed = holding("a").add(command("b", "x")).definition().clone();
    mixed.options.extend(command("c", "x").option("d", "x", string()).definition().options.clone());
    check(&mixed, &["a: what holds subcommands takes no other options"]);
}

#[test]
fn what_belongs_to_whole_commands_is_refused_on_parts() {
    let ban = command("ban", "x").default_member_permissions(Permissions::BAN_MEMBERS).nsfw();
    let inner = holding("who").contexts([InteractionContextType::GUILD]).add(ban);
    check(
        holding("admin").add(inner).add(user_command::<()>("wave")).definition(),
        &[
            "admin who ban: permissions can be set on a whole command or group, not on a part of one",
            "admin who ban: an age restriction can be set on a whole command or group, not on a part of one",
            "admin who: contexts can be set on a whole command or group, not on a part of one",
            "admin wave: a menu command cannot be part of a group",
            "admin wave: the description has 0 characters, of 1 to 100",
        ],
    );
}

#[test]
fn lists_of_contexts_are_neither_empty_nor_doubled() {
    let builder = command("a", "x").contexts([]).integration_types([
        ApplicationIntegrationType::GUILD_INSTALL,
        ApplicationIntegrationType::GUILD_INSTALL,
    ]);
    wrong(
        &builder,
        &["a: the list of contexts is empty", "a: the list of installations has something twice"],
    );
    let texts = channel().types([ChannelType::GUILD_TEXT, ChannelType::GUILD_TEXT]);
    wrong(
        &command("a", "x").option("b", "x", texts),
        &["a b: the list of channel types has something twice"],
    );
}

#[test]
fn names_are_unique_by_kind_and_counted() {
    let (slash, user) = (command("wave", "x"), user_command::<()>("wave"));
    assert!(command::check([slash.definition(), user.definition()]).is_empty());
    let twice = command::check([slash.definition(), slash.definition()]);
    assert_eq!(twice.to_string(), "wave: there are two of /wave");
    let twin = command("wave", "x");
    let twice = command::check([slash.definition(), twin.definition(), user.definition(), twin.definition()]);
    assert_eq!(twice.to_string(), "wave: there are two of /wave\nwave: there are two of /wave");

    let slashes: Vec<_> = (0..101).map(|n| command(&format!("c{n}"), "x")).collect();
    let menus: Vec<_> = (0..16).map(|n| user_command::<()>(format!("c{n}"))).collect();
    let all = || slashes.iter().map(CommandBuilder::definition);
    assert!(command::check(all().take(100)).is_empty());
    assert!(command::check(menus[..15].iter().map(CommandBuilder::definition)).is_empty());
    let notes: Vec<_> = (0..16).map(|n| message_command::<()>(format!("c{n}"))).collect();
    let fifteen = menus[..15].iter().map(CommandBuilder::definition);
    assert!(command::check(fifteen.chain(notes[..15].iter().map(CommandBuilder::definition))).is_empty());
    let problems = command::check(notes.iter().map(CommandBuilder::definition));
    assert_eq!(problems.to_string(), "there are 16 message commands, and Discord takes 15");
    let problems = command::check(all().chain(menus.iter().map(CommandBuilder::definition)));
    assert_eq!(
        problems.to_string(),
        "there are 101 slash commands, and Discord takes 100\nthere are 16 user commands, and Discord takes 15"
    );
}

#[test]
fn all_problems_are_one_error() {
    let definition = command("A", "").definition().clone();
    assert_eq!(definition.kind, CommandType::CHAT_INPUT);
    let problems = command::check([&definition]).within("dice");
    let text = "dice A: the name has the upper-case letter `A`: Discord wants `a`\n\
                dice A: the description has 0 characters, of 1 to 100";
    assert_eq!(problems.to_string(), text);
    assert_eq!(problems.len(), 2);
    assert_eq!(problems.into_result().unwrap_err().to_string(), text);
    assert!(command::Problems::new().into_result().is_ok());
}
