use serde_json::{Value, json};

use super::{command, used};
use crate::command::{
    Argument, ArgumentError, Choice, Mentionable, OptionKind, OptionSpec, attachment, autocomplete_choices,
    boolean, channel, choices, integer, member, mentionable, number, role, string, user,
};
use crate::model::{ChannelType, Locale, OptionValue};

/// Reads one value by a kind, of an option called `it`.
fn read<K: OptionKind>(kind: K, value: &Value) -> Result<K::Value, ArgumentError> {
    let resolved = json!({
        "users": {"5": {"id": "5", "username": "ann"}, "6": {"id": "6", "username": "bob"}},
        "members": {"5": {"nick": "Annie", "roles": ["8"]}},
        "channels": {"9": {"id": "9", "type": 0, "name": "general"}},
        "roles": {"8": {"id": "8", "name": "crew"}},
        "attachments": {"3": {"id": "3", "filename": "a.png", "size": 1, "url": "u", "proxy_url": "p"}},
    });
    let (_, reader, _) = command("test", "x").option("it", "x", kind).into_parts();
    let options =
        if value.is_null() { json!([]) } else { json!([{"name": "it", "type": 3, "value": value}]) };
    reader.read(&used(&options, &resolved)).map(|(value,)| value)
}

#[test]
fn every_kind_reads_its_value() {
    assert_eq!(read(string(), &json!("é")).unwrap(), "é");
    assert_eq!(read(integer(..), &json!(-7)).unwrap(), -7);
    assert_eq!(read(number(..), &json!(0.5)).unwrap(), 0.5);
    assert_eq!(read(number(..), &json!(2)).unwrap(), 2.0);
    assert!(read(boolean(), &json!(true)).unwrap());
    assert_eq!(read(user(), &json!("6")).unwrap().username, "bob");
    assert_eq!(read(channel(), &json!("9")).unwrap().name.as_deref(), Some("general"));
    assert_eq!(read(role(), &json!("8")).unwrap().name, "crew");
    assert_eq!(read(attachment(), &json!("3")).unwrap().filename, "a.png");
}

#[test]
fn a_member_comes_with_its_user() {
    let ann = read(member(), &json!("5")).unwrap();
    assert_eq!((ann.nick.as_deref(), ann.user.unwrap().username.as_str()), (Some("Annie"), "ann"));
    let problem = read(member(), &json!("6")).unwrap_err();
    assert_eq!(problem.user_message(), "`it`: They are not a member of this server.");
}

#[test]
fn a_mentionable_is_what_it_is() {
    assert!(
        matches!(read(mentionable(), &json!("5")), Ok(Mentionable::Member(member)) if member.user.is_some())
    );
    assert!(matches!(read(mentionable(), &json!("6")), Ok(Mentionable::User(bob)) if bob.username == "bob"));
    let role = read(mentionable(), &json!("8")).unwrap();
    assert!(matches!(role, Mentionable::Role(_)));
    assert_eq!(role.id().get(), 8);
    assert!(read(mentionable(), &json!("4")).is_err());
}

#[test]
fn what_is_optional_may_be_missing_and_nothing_else() {
    assert_eq!(read(integer(..).optional(), &Value::Null).unwrap(), None);
    assert_eq!(read(integer(..).optional(), &json!(1)).unwrap(), Some(1));
    let problem = read(integer(..), &Value::Null).unwrap_err();
    assert_eq!(
        (problem.option(), problem.to_string().as_str()),
        (Some("it"), "it: it must be given, and was not")
    );
    assert!(problem.user_message().contains("`it`") && problem.user_message().contains("try it again"));
}

#[test]
fn what_does_not_fit_its_kind_is_an_error() {
    for (value, text) in [
        (json!("x"), "it: x is not a whole number"),
        (json!({"a": 1}), "it: {\"a\":1} is not a whole number"),
    ] {
        assert_eq!(read(integer(..), &value).unwrap_err().to_string(), text);
    }
    assert!(read(string(), &json!(1)).is_err());
    assert!(read(boolean(), &json!("true")).is_err());
    assert!(read(user(), &json!("77")).is_err());
    assert!(read(role(), &json!("5")).is_err());
}

#[test]
fn what_an_older_registration_let_through_is_refused() {
    assert_eq!(read(integer(2..=6), &json!(7)).unwrap_err().user_message(), "`it`: At most 6, please.");
    assert_eq!(read(integer(2..6), &json!(6)).unwrap_err().user_message(), "`it`: At most 5, please.");
    assert_eq!(
        read(number(0.5..=1.0), &json!(0.25)).unwrap_err().user_message(),
        "`it`: At least 0.5, please."
    );
    assert!(read(integer(2..=6).optional(), &json!(1)).is_err());
    assert!(read(string().max_length(2), &json!("abc")).is_err());
    assert!(read(string().min_length(2), &json!("a")).is_err());
    // One for Discord or two: it is let through either way.
    assert_eq!(read(string().min_length(2), &json!("🦀")).unwrap(), "🦀");
    assert_eq!(read(string().max_length(1), &json!("🦀")).unwrap(), "🦀");
    assert!(read(choices(["a", "b"]), &json!("c")).is_err());
    assert_eq!(read(choices([("One", 1.0), ("Two", 2.0)]), &json!(2)).unwrap(), 2.0);
    assert!(read(channel().types([ChannelType::GUILD_VOICE]), &json!("9")).is_err());
    assert!(read(channel().types([ChannelType::GUILD_VOICE, ChannelType::GUILD_TEXT]), &json!("9")).is_ok());
}

#[test]
fn a_kind_of_ones_own_parses_and_explains() {
    struct Dice;

    impl OptionKind for Dice {
        type Value = (u32, u32);

        fn spec(&self) -> OptionSpec {
            string().max_length(7).spec()
        }

        fn read(&self, given: Argument<'_>) -> Result<(u32, u32), ArgumentError> {
            let parsed =
                given.text()?.split_once('d').and_then(|(n, s)| Some((n.parse().ok()?, s.parse().ok()?)));
            parsed.ok_or_else(|| ArgumentError::invalid("Say it as 2d6."))
        }
    }

    assert_eq!(read(Dice, &json!("2d6")).unwrap(), (2, 6));
    assert_eq!(read(Dice.optional(), &Value::Null).unwrap(), None);
    assert_eq!(read(Dice, &json!("two")).unwrap_err().user_message(), "`it`: Say it as 2d6.");
    let builder = command("test", "x").option("dice", "Which dice", Dice);
    let option = &builder.definition().options[0];
    assert_eq!(
        (option.description.as_str(), option.max_length, option.required),
        ("Which dice", Some(7), true)
    );
}

#[test]
fn options_of_a_subcommand_are_found() {
    let (_, reader, _) = command("ban", "x").option("days", "x", integer(..)).into_parts();
    let data = used(
        &json!([{"name": "admin", "type": 2, "options": [{"name": "ban", "type": 1, "options": [
            {"name": "days", "type": 4, "value": 3}
        ]}]}]),
        &Value::Null,
    );
    assert_eq!(reader.read(&data).unwrap(), (3,));
}

#[test]
fn suggestions_are_cut_to_what_discord_takes() {
    let offered = autocomplete_choices((0..40).map(|n| (format!("{n}{}", "é".repeat(120)), n)));
    assert_eq!(offered.len(), 25);
    assert!(offered.iter().all(|choice| choice.name.chars().count() == 100));
    assert!(matches!(offered[24].value, OptionValue::Integer(24)));
    assert!(autocomplete_choices(["x".repeat(101)]).is_empty());
    let long =
        Choice::new("a", 1).name_localized(Locale::DE, "é".repeat(101)).name_localized(Locale::FR, " ");
    let names = autocomplete_choices([long])[0].name_localizations.clone().unwrap();
    assert_eq!(names, [(Locale::DE, "é".repeat(100))].into());
}

#[test]
fn what_cannot_be_a_suggestion_is_left_out_and_the_others_stay() {
    let names = |choices: Vec<crate::model::CommandChoice>| -> Vec<_> {
        choices.into_iter().map(|choice| choice.name).collect()
    };
    assert_eq!(
        names(autocomplete_choices([("", "a"), ("b", ""), (" ", "c"), ("d", "\n"), ("e", "e")])),
        ["e"]
    );
    let most = (1 << 53) - 1;
    assert_eq!(
        names(autocomplete_choices([("a", most), ("b", most + 1), ("c", -most), ("d", i64::MIN)])),
        ["a", "c"]
    );
    let odd = [("a", f64::NAN), ("b", f64::INFINITY), ("c", 1e300), ("d", -0.5)];
    assert_eq!(names(autocomplete_choices(odd)), ["d"]);
    let late = (0..40).map(|n| (if n < 20 { "" } else { "x" }, n));
    assert_eq!(autocomplete_choices(late).len(), 20, "what is left out takes nobody's place");
}

#[test]
fn what_the_user_is_told_fits_a_message() {
    let told = |length: usize| ArgumentError::invalid("é".repeat(length)).user_message();
    assert_eq!(told(2000), "é".repeat(2000));
    assert_eq!(told(2001), format!("{}…", "é".repeat(1999)));
    let read = read(Refusing, &json!("x".repeat(6000))).unwrap_err().user_message();
    assert!(read.starts_with("`it`: no xxx") && read.ends_with("x…"), "{read}");
    assert_eq!(read.chars().count(), 2000);
}

/// A kind that refuses everything, and says what.
#[derive(Debug)]
struct Refusing;

impl OptionKind for Refusing {
    type Value = ();

    fn spec(&self) -> OptionSpec {
        string().spec()
    }

    fn read(&self, given: Argument<'_>) -> Result<(), ArgumentError> {
        Err(ArgumentError::invalid(format!("no {}", given.text()?)))
    }
}

#[test]
fn a_kind_can_be_read_without_a_command() {
    let five = OptionValue::Integer(5);
    assert_eq!(integer(..).read(Argument::new(&five, None)).unwrap(), 5);
    assert!(string().read(Argument::new(&five, None)).is_err());
}

#[test]
fn a_kind_of_ones_own_is_localised_where_it_is_used() {
    let builder = command("a", "x")
        .option("b", "x", Refusing.name_localized(Locale::DE, "bee").description_localized(Locale::FR, "y"))
        .option("c", "x", Refusing.optional().name_localized(Locale::DE, "cee"))
        .option("d", "x", Refusing.name_localized(Locale::DE, "dee").optional());
    let [b, c, d] = &builder.definition().options[..] else { panic!("{builder:?}") };
    let name = |option: &crate::model::CommandOptionDefinition| {
        option.name_localizations.as_ref().unwrap()[&Locale::DE].clone()
    };
    assert_eq!([name(b), name(c), name(d)], ["bee", "cee", "dee"]);
    assert_eq!(b.description_localizations, Some([(Locale::FR, "y".to_owned())].into()));
    assert_eq!([b.required, c.required, d.required], [true, false, false]);
    let ours = command("a", "x").option(
        "b",
        "x",
        crate::command::WithAutocomplete::new(Refusing.name_localized(Locale::DE, "bee"), ()),
    );
    let ours = &ours.definition().options[0];
    assert!(ours.autocomplete && name(ours) == "bee");
}
