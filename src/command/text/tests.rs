#![allow(clippy::unwrap_used)]

use super::{Entity, assign, entity, expected, point_out, scalar, usage};
use crate::command::{
    CommandBuilder, attachment, boolean, channel, choices, integer, mentionable, number, role, string, user,
};
use crate::id::{ChannelId, RoleId, UserId};
use crate::model::{CommandOptionDefinition, OptionValue};

/// The options of a command of all kinds.
fn options() -> Vec<CommandOptionDefinition> {
    let command = CommandBuilder::<_, ()>::slash("gift", "Gives")
        .option("whom", "Who", user())
        .option("coins", "How many", integer(1..=500).optional())
        .option("loud", "Whether", boolean().optional())
        .option("picture", "A file", attachment().optional())
        .option("note", "Why", string().optional());
    command.definition().options.clone()
}

/// The values by name, as `name=text`, or the problem and the part of the input.
fn read(options: &[CommandOptionDefinition], input: &str) -> Vec<String> {
    match assign(options, input) {
        Ok(arguments) => arguments
            .iter()
            .map(|argument| format!("{}={}", options[argument.option].name, argument.text))
            .collect(),
        Err(problem) => vec![problem.error.user_message(), input[problem.at].to_owned()],
    }
}

#[test]
fn words_go_to_the_options_in_their_order_and_the_last_text_takes_the_rest() {
    let options = options();
    for (input, expected) in [
        ("@ann", &["whom=@ann"] as &[&str]),
        ("<@7> 20 yes", &["whom=<@7>", "coins=20", "loud=yes"]),
        ("ann 20 off for  the tide", &["whom=ann", "coins=20", "loud=off", "note=for  the tide"]),
        // What cannot be a number or a yes goes to the next option.
        ("ann thank you", &["whom=ann", "note=thank you"]),
        ("ann 20 thanks", &["whom=ann", "coins=20", "note=thanks"]),
        ("\"ann of the sea\" \"20 coins\"", &["whom=ann of the sea", "note=20 coins"]),
        ("ann note:\"two words\" 5", &["note=two words", "whom=ann", "coins=5"]),
        ("note:x ann --loud", &["note=x", "loud=yes", "whom=ann"]),
        ("--coins 7 ann", &["coins=7", "whom=ann"]),
        ("--COINS=7 Whom:ann hi --loud there", &["coins=7", "whom=ann", "loud=yes", "note=hi there"]),
        // Names that no option has are text.
        ("ann see https://discord.com:80 --x", &["whom=ann", "note=see https://discord.com:80 --x"]),
        ("ann “très bien”", &["whom=ann", "note=très bien"]),
        ("ann \"say \\\"hi\\\"\"", &["whom=ann", "note=say \"hi\""]),
        ("ann it's \"open", &["whom=ann", "note=it's \"open"]),
    ] {
        assert_eq!(read(&options, input), expected, "{input}");
    }
}

#[test]
fn an_optional_user_channel_or_role_before_others_is_taken_by_a_marked_name() {
    let command = CommandBuilder::<_, ()>::slash("warn", "Warns")
        .option("whom", "Who", user().optional())
        .option("where", "Where", channel().optional())
        .option("rank", "Which", role().optional())
        .option("why", "Why", string().optional());
    let options = &command.definition().options;
    for (input, expected) in [
        (
            "@ann #general @mods too loud",
            &["whom=@ann", "where=#general", "rank=@mods", "why=too loud"] as &[&str],
        ),
        ("\"@Ann of the Sea\" too loud", &["whom=@Ann of the Sea", "why=too loud"]),
        ("#general too loud", &["where=#general", "why=too loud"]),
        // Without a mark it may be any text, so the option is named.
        ("ann is too loud", &["why=ann is too loud"]),
        ("whom:ann too loud", &["whom=ann", "why=too loud"]),
        ("whom:\"Ann of the Sea\" too loud", &["whom=Ann of the Sea", "why=too loud"]),
        ("@here too loud", &["why=@here too loud"]),
        // A mark alone names nothing: this is a time, and these are headings of markdown.
        ("@ 5 pm", &["why=@ 5 pm"]),
        ("# Too loud", &["why=# Too loud"]),
        ("@ann ## Too loud", &["whom=@ann", "why=## Too loud"]),
    ] {
        assert_eq!(read(options, input), expected, "{input}");
    }
    let everyone = "@everyone listen";
    let without_roles: Vec<_> = options.iter().filter(|option| option.name != "rank").cloned().collect();
    assert_eq!(read(&without_roles, everyone), ["why=@everyone listen"]);
}

#[test]
fn what_cannot_be_assigned_is_said_with_its_place() {
    let options = options();
    let without_note = &options[..3];
    for (options, input, expected) in [
        (&options[..], "", ["`whom`: Expected a user (a mention, an ID or a name).", ""]),
        (&options[..], "ann coins:1 coins:2", ["`coins`: This is given twice.", "coins:2"]),
        (&options[..], "ann --coins", ["`coins`: Expected an integer from 1 to 500.", "--coins"]),
        (without_note, "ann 1 yes more of it", ["This is more than the command takes.", "more"]),
    ] {
        assert_eq!(read(options, input), expected, "{input}");
    }
}

#[test]
fn values_are_read_by_their_type_and_problems_say_what_is_expected() {
    let command = CommandBuilder::<_, ()>::slash("x", "x")
        .option("n", "n", integer(1..))
        .option("f", "f", number(..=2.5))
        .option("b", "b", boolean())
        .option("c", "c", choices([("Red", "r"), ("Dark blue", "b")]))
        .option("m", "m", mentionable());
    let options = &command.definition().options;
    let value = |option: usize, text: &str| match scalar(&options[option], text) {
        Ok(Some(OptionValue::Number(number))) => number.to_string(),
        Ok(Some(value)) => crate::command::value_text(&value),
        Ok(None) => "looked up".to_owned(),
        Err(error) => error.user_message(),
    };
    assert_eq!(value(0, "-7"), "-7");
    assert_eq!(value(0, "7.5"), "`n`: Expected an integer of at least 1, not \"7.5\".");
    assert_eq!(value(1, "1e-3"), "0.001");
    assert_eq!(value(1, "inf"), "`f`: Expected a number of at most 2.5, not \"inf\".");
    assert_eq!((value(2, "ON"), value(2, "n")), ("true".to_owned(), "false".to_owned()));
    assert_eq!(value(2, "maybe"), "`b`: Expected yes or no, not \"maybe\".");
    assert_eq!((value(3, "dark BLUE"), value(3, "R")), ("b".to_owned(), "r".to_owned()));
    let long = value(3, &"x".repeat(99));
    assert_eq!(long, format!("`c`: Expected one of Red, Dark blue, not \"{}…\".", "x".repeat(40)));
    assert_eq!(value(4, "ann"), "looked up");
}

#[test]
fn entities_are_named_by_mention_id_or_name() {
    let id = 155_117_677_105_512_449;
    assert_eq!(entity("<@7>"), Entity::User(UserId::new(7)));
    assert_eq!(entity("<@!7>"), Entity::User(UserId::new(7)));
    assert_eq!(entity("<@&7>"), Entity::Role(RoleId::new(7)));
    assert_eq!(entity("<#7>"), Entity::Channel(ChannelId::new(7)));
    assert_eq!(entity("155117677105512449"), Entity::Id(id));
    for (text, name) in
        [("@ann", "ann"), ("#general", "general"), ("2026", "2026"), ("<@0>", "<@0>"), ("", "")]
    {
        assert_eq!(entity(text), Entity::Name(name));
    }
}

#[test]
fn usage_and_expectations_are_words_for_users() {
    let options = options();
    assert_eq!(usage("!gift", &options), "!gift <whom> [coins] [loud] [picture] [note…]");
    assert_eq!(expected(&options[1]).to_string(), "an integer from 1 to 500");
}

#[test]
fn a_mark_stands_below_the_wrong_part() {
    assert_eq!(point_out("!gift ann abc", &(10..13)), "```\n!gift ann abc\n          ^^^\n```");
    assert_eq!(point_out("!gift", &(5..5)), "```\n!gift\n     ^\n```");
    assert_eq!(point_out("!a\n`é` b\nc", &(8..9)), "```\n'é' b\n    ^\n```");
    let long = format!("{} end", "x".repeat(200));
    let shown = point_out(&long, &(201..204));
    assert!(shown.contains("x end\n") && shown.lines().all(|line| line.chars().count() <= 61), "{shown}");
}

/// Texts with quotes, escapes and signs of many languages, from a seed.
#[test]
fn no_text_panics_and_no_word_is_lost() {
    let options = options();
    let parts = [
        "\"", "“", "”", "„", "«", "\\", ":", "--", "=", " ", "\n", "note", "coins", "é", "🌊", "<@7>", "7",
        "`",
    ];
    let mut random = fastrand::Rng::with_seed(11);
    for _ in 0..20_000 {
        let length = random.usize(0..12);
        let input: String = (0..length).map(|_| parts[random.usize(0..parts.len())]).collect();
        match assign(&options, &input) {
            Ok(arguments) => {
                for argument in arguments {
                    assert!(input.get(argument.at.clone()).is_some(), "{input:?} {argument:?}");
                    let _ = scalar(&options[argument.option], &argument.text);
                    let _ = point_out(&input, &argument.at);
                }
            }
            Err(problem) => drop(point_out(&input, &problem.at)),
        }
    }
    // The text of one option comes through as it was typed.
    for _ in 0..5_000 {
        let length = random.usize(1..8);
        let text: String = (0..length).map(|_| ["é", "🌊", "a", "'", ")"][random.usize(0..5)]).collect();
        let input = format!("ann \"{text} {text}\"");
        assert_eq!(read(&options, &input), ["whom=ann".to_owned(), format!("note={text} {text}")]);
    }
}
