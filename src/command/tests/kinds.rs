use serde_json::{Value, json};

use super::{command, used};
use crate::command::{
    Argument, ArgumentError, Choice, Mentionable, OptionKind, OptionSpec, attachment, autocomplete_choices,
    boolean, channel, choices, integer, member, mentionable, number, role, string, user,
};
use crate::model::{ChannelType, Locale, OptionValue};

/// Reads one value of an option `it` of this kind.
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
fn a_member_has_its_user() {
    let ann = read(member(), &json!("5")).unwrap();
    assert_eq!((ann.nick.as_deref(), ann.user.username.as_str()), (Some("Annie"), "ann"));
    let error = read(member(), &json!("6")).unwrap_err();
    assert_eq!(error.user_message(), "`it`: This user is not a member of this server.");
}

#[test]
fn a_mentionable_is_a_member_a_user_or_a_role() {
    assert!(
        matches!(read(mentionable(), &json!("5")), Ok(Mentionable::Member(member)) if member.user.id.get() == 5)
    );
    assert!(matches!(read(mentionable(), &json!("6")), Ok(Mentionable::User(bob)) if bob.username == "bob"));
    let role = read(mentionable(), &json!("8")).unwrap();
    assert!(matches!(role, Mentionable::Role(_)));
    assert_eq!(role.id().get(), 8);
    assert!(read(mentionable(), &json!("4")).is_err());
}

#[test]
fn only_an_optional_option_may_be_missing() {
    assert_eq!(read(integer(..).optional(), &Value::Null).unwrap(), None);
    assert_eq!(read(integer(..).optional(), &json!(1)).unwrap(), Some(1));
    let error = read(integer(..), &Value::Null).unwrap_err();
    assert_eq!(
        (error.option(), error.to_string().as_str()),
        (Some("it"), "it: the option is required, but missing")
    );
    assert!(error.user_message().contains("`it`") && error.user_message().contains("try again"));
}

#[test]
fn a_value_of_another_type_is_an_error() {
    for (value, text) in
        [(json!("x"), "it: x is not an integer"), (json!({"a": 1}), "it: {\"a\":1} is not an integer")]
    {
        assert_eq!(read(integer(..), &value).unwrap_err().to_string(), text);
    }
    assert!(read(string(), &json!(1)).is_err());
    assert!(read(boolean(), &json!("true")).is_err());
    assert!(read(user(), &json!("77")).is_err());
    assert!(read(role(), &json!("5")).is_err());
}

#[test]
fn values_that_only_an_older_registration_allowed_are_rejected() {
    assert_eq!(read(integer(2..=6), &json!(7)).unwrap_err().user_message(), "`it`: The maximum is 6.");
    assert_eq!(read(integer(2..6), &json!(6)).unwrap_err().user_message(), "`it`: The maximum is 5.");
    assert_eq!(
        read(number(0.5..=1.0), &json!(0.25)).unwrap_err().user_message(),
        "`it`: The minimum is 0.5."
    );
    assert!(read(integer(2..=6).optional(), &json!(1)).is_err());
    assert!(read(string().max_length(2), &json!("abc")).is_err());
    assert!(read(string().min_length(2), &json!("a")).is_err());
    // Discord may count one character or two. Both limits accept it.
    assert_eq!(read(string().min_length(2), &json!("🦀")).unwrap(), "🦀");
    assert_eq!(read(string().max_length(1), &json!("🦀")).unwrap(), "🦀");
    assert!(read(choices(["a", "b"]), &json!("c")).is_err());
    assert_eq!(read(choices([("One", 1.0), ("Two", 2.0)]), &json!(2)).unwrap(), 2.0);
    assert!(read(channel().channel_types([ChannelType::GUILD_VOICE]), &json!("9")).is_err());
    assert!(
        read(channel().channel_types([ChannelType::GUILD_VOICE, ChannelType::GUILD_TEXT]), &json!("9"))
            .is_ok()
    );
}

#[test]
fn a_custom_kind_parses_and_explains_its_error() {
    struct Dice;

    impl OptionKind for Dice {
        type Value = (u32, u32);

        fn spec(&self) -> OptionSpec {
            string().max_length(7).spec()
        }

        fn read(&self, argument: Argument<'_>) -> Result<(u32, u32), ArgumentError> {
            let parsed =
                argument.text()?.split_once('d').and_then(|(n, s)| Some((n.parse().ok()?, s.parse().ok()?)));
            parsed.ok_or_else(|| ArgumentError::invalid("Write it as 2d6."))
        }
    }

    assert_eq!(read(Dice, &json!("2d6")).unwrap(), (2, 6));
    assert_eq!(read(Dice.optional(), &Value::Null).unwrap(), None);
    assert_eq!(read(Dice, &json!("two")).unwrap_err().user_message(), "`it`: Write it as 2d6.");
    let builder = command("test", "x").option("dice", "Which dice", Dice);
    let option = &builder.definition().options[0];
    assert_eq!(
        (option.description.as_str(), option.max_length, option.required),
        ("Which dice", Some(7), true)
    );
}

#[test]
fn options_of_a_subcommand_are_read() {
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
fn autocomplete_choices_are_truncated_to_discords_limits() {
    let choices = autocomplete_choices((0..40).map(|n| (format!("{n}{}", "é".repeat(120)), n)));
    assert_eq!(choices.len(), 25);
    assert!(choices.iter().all(|choice| choice.name.chars().count() == 100));
    assert!(matches!(choices[24].value, OptionValue::Integer(24)));
    assert!(autocomplete_choices(["x".repeat(101)]).is_empty());
    let long =
        Choice::new("a", 1).name_localized(Locale::DE, "é".repeat(101)).name_localized(Locale::FR, " ");
    let names = autocomplete_choices([long])[0].name_localizations.clone().unwrap();
    assert_eq!(names, [(Locale::DE, "é".repeat(100))].into());
}

#[test]
fn invalid_autocomplete_choices_are_left_out() {
    let names = |choices: Vec<crate::model::CommandChoice>| -> Vec<_> {
        choices.into_iter().map(|choice| choice.name).collect()
    };
    assert_eq!(
        names(autocomplete_choices([("", "a"), ("b", ""), (" ", "c"), ("d", "\n"), ("e", "e")])),
        ["e"]
    );
    let max = (1 << 53) - 1;
    assert_eq!(
        names(autocomplete_choices([("a", max), ("b", max + 1), ("c", -max), ("d", i64::MIN)])),
        ["a", "c"]
    );
    let numbers = [("a", f64::NAN), ("b", f64::INFINITY), ("c", 1e300), ("d", -0.5)];
    assert_eq!(names(autocomplete_choices(numbers)), ["d"]);
    let half_invalid = (0..40).map(|n| (if n < 20 { "" } else { "x" }, n));
    assert_eq!(autocomplete_choices(half_invalid).len(), 20, "the maximum counts valid choices only");
}

#[test]
fn the_user_message_is_truncated_to_a_message() {
    let message = |length: usize| ArgumentError::invalid("é".repeat(length)).user_message();
    assert_eq!(message(2000), "é".repeat(2000));
    assert_eq!(message(2001), format!("{}…", "é".repeat(1999)));
    let message = read(Rejecting, &json!("x".repeat(6000))).unwrap_err().user_message();
    assert!(message.starts_with("`it`: no xxx") && message.ends_with("x…"), "{message}");
    assert_eq!(message.chars().count(), 2000);
}

/// A kind that rejects every value.
#[derive(Debug)]
struct Rejecting;

impl OptionKind for Rejecting {
    type Value = ();

    fn spec(&self) -> OptionSpec {
        string().spec()
    }

    fn read(&self, argument: Argument<'_>) -> Result<(), ArgumentError> {
        Err(ArgumentError::invalid(format!("no {}", argument.text()?)))
    }
}

#[test]
fn a_kind_reads_values_without_a_command() {
    let five = OptionValue::Integer(5);
    assert_eq!(integer(..).read(Argument::new(&five, None)).unwrap(), 5);
    assert!(string().read(Argument::new(&five, None)).is_err());
}

#[test]
fn a_custom_kind_can_be_localized() {
    let builder = command("a", "x")
        .option("b", "x", Rejecting.name_localized(Locale::DE, "bee").description_localized(Locale::FR, "y"))
        .option("c", "x", Rejecting.optional().name_localized(Locale::DE, "cee"))
        .option("d", "x", Rejecting.name_localized(Locale::DE, "dee").optional());
    let [b, c, d] = &builder.definition().options[..] else { panic!("{builder:?}") };
    let name = |option: &crate::model::CommandOptionDefinition| {
        option.name_localizations.as_ref().unwrap()[&Locale::DE].clone()
    };
    assert_eq!([name(b), name(c), name(d)], ["bee", "cee", "dee"]);
    assert_eq!(b.description_localizations, Some([(Locale::FR, "y".to_owned())].into()));
    assert_eq!([b.required, c.required, d.required], [true, false, false]);
    let with_autocomplete = command("a", "x").option(
        "b",
        "x",
        crate::command::WithAutocomplete::new(Rejecting.name_localized(Locale::DE, "bee"), ()),
    );
    let with_autocomplete = &with_autocomplete.definition().options[0];
    assert!(with_autocomplete.autocomplete && name(with_autocomplete) == "bee");
}
