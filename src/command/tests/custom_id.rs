use std::fmt::Debug;

use crate::command::{CustomId, CustomIdValues, Templates};
use crate::error::Error;
use crate::id::UserId;

const VOTE: CustomId<(u64, String)> = CustomId::new("vote/{poll}/{choice}");
const PAGE: CustomId<(i32, String, bool)> = CustomId::new("page-{n}-{of}_{last}!");
const CLOSE: CustomId<()> = CustomId::new("close");
const USER: CustomId<(UserId,)> = CustomId::new("user:{id}");

#[track_caller]
fn assert_round_trip<T: CustomIdValues + PartialEq + Debug>(
    template: CustomId<T>,
    id: Result<String, Error>,
    values: &T,
) {
    let id = id.unwrap();
    assert_eq!(template.read(&id).unwrap(), *values, "{id}");
}

#[test]
fn values_are_read_as_they_were_written() {
    assert_round_trip(VOTE, VOTE.with(17, "yes"), &(17, "yes".to_owned()));
    assert_round_trip(CLOSE, CLOSE.with(), &());
    assert_round_trip(USER, USER.with(UserId::new(5)), &(UserId::new(5),));
    assert_round_trip(VOTE, VOTE.with(0, String::new()), &(0, String::new()));
}

#[test]
fn separators_in_values_are_escaped() {
    for text in ["", "/", "a/b", "%", "%2F", "a-b_c!", "{x}", "é✓🦀/é", "\n\t\u{7f}", "-_.", "!-_-!"] {
        assert_round_trip(VOTE, VOTE.with(1, text), &(1, text.to_owned()));
        assert_round_trip(PAGE, PAGE.with(-3, text, true), &(-3, text.to_owned(), true));
    }
}

#[test]
fn any_short_text_is_read_as_it_was_written() {
    let mut random = fastrand::Rng::with_seed(7);
    let alphabet: Vec<char> = "aA1 /-_.!%{}é🦀\n2Ff".chars().collect();
    for _ in 0..2000 {
        let text: String = (0..random.usize(..8)).filter_map(|_| random.choice(&alphabet)).collect();
        assert_round_trip(PAGE, PAGE.with(1, &text, false), &(1, text.clone(), false));
    }
}

#[test]
fn ids_are_readable() {
    assert_eq!(VOTE.with(17, "yes").unwrap(), "vote/17/yes");
    assert_eq!(VOTE.with(17, "yes/no").unwrap(), "vote/17/yes%2Fno");
    assert_eq!(PAGE.with(-2, "a b", true).unwrap(), "page-%2D2-a b_true!");
}

#[test]
fn an_id_longer_than_100_characters_is_an_error() {
    assert_eq!(VOTE.with(1, "x".repeat(93)).unwrap().chars().count(), 100);
    let error = VOTE.with(1, "x".repeat(94)).unwrap_err();
    assert!(matches!(&error, Error::Invalid { field, .. } if field == "custom_id"));
    assert!(error.to_string().contains("101 characters; the maximum is 100"), "{error}");
}

#[test]
fn ids_of_other_templates_do_not_match() {
    for id in [
        "",
        "vote",
        "vote/",
        "vote/1",
        "vote/1/a/b",
        "vote/x/a",
        "vote/1/a%",
        "vote/1/a%2",
        "vote/1/%zz",
        "vote/1/%C3",
        "close",
    ] {
        assert!(VOTE.read(id).is_err(), "{id}");
    }
    assert!(CLOSE.read("close!").is_err() && CLOSE.read("clos").is_err());
    assert!(PAGE.read("page-1-a_true").is_err() && PAGE.read("page-1-a_true!x").is_err());
    assert_eq!(VOTE.read("vote/x/a").unwrap_err().to_string(), "`x` is not a valid u64");
    assert!(VOTE.read("vote/x/a").unwrap_err().user_message().contains("try again"));
}

#[test]
fn a_malformed_template_panics() {
    let panics = |make: fn() -> CustomId<(u8,)>| std::panic::catch_unwind(make).is_err();
    assert!(panics(|| CustomId::new("no placeholders")));
    assert!(panics(|| CustomId::new("two/{a}/{b}")));
    assert!(panics(|| CustomId::new("{a}")));
    assert!(panics(|| CustomId::new("")));
    assert!(panics(|| CustomId::new("a/{b")));
    assert!(panics(|| CustomId::new("a/{b}}")));
    assert!(panics(|| CustomId::new("a/{b{c}")));
    assert!(panics(|| CustomId::new("a/{b}c")));
    assert!(panics(|| CustomId::new("a/{b}%")));
    assert!(!panics(|| CustomId::new("a/{b}/c")));
    assert!(std::panic::catch_unwind(|| CustomId::<(u8, u8)>::new("a{b}{c}")).is_err());
}

#[test]
fn an_id_is_matched_to_its_template() {
    let mut templates = Templates::new();
    assert_eq!(templates.add(VOTE.template()), Ok(0));
    assert_eq!(templates.add(CLOSE.template()), Ok(1));
    assert_eq!(templates.add(PAGE.template()), Ok(2));
    assert_eq!(templates.add(CustomId::<()>::new("vote/all").template()), Ok(3));
    assert_eq!(templates.add(CustomId::<(u8,)>::new("vote/{n}/of/all").template()), Ok(4));
    for (id, expected) in [
        ("vote/1/yes", Some(0)),
        ("close", Some(1)),
        ("page-1-a_true!", Some(2)),
        ("vote/all", Some(3)),
        ("vote/1/of/all", Some(4)),
        ("vote/1", None),
        ("", None),
        ("é", None),
    ] {
        assert_eq!(templates.find(id), expected, "{id}");
    }
}

#[test]
fn templates_that_match_the_same_id_are_rejected() {
    let ambiguous = |first: &'static str, second: &'static str| {
        let template = |text: &'static str| match text.matches('{').count() {
            0 => CustomId::<()>::new(text).template(),
            1 => CustomId::<(String,)>::new(text).template(),
            _ => CustomId::<(String, String)>::new(text).template(),
        };
        let mut templates = Templates::new();
        templates.add(template(first)).unwrap();
        let Err(ambiguity) = templates.add(template(second)) else { return None };
        let example = ambiguity.example.clone();
        assert!(
            template(first).read(&example).is_some() && template(second).read(&example).is_some(),
            "{ambiguity}"
        );
        Some(example)
    };
    assert_eq!(ambiguous("page/{n}", "page/close").as_deref(), Some("page/close"));
    assert_eq!(ambiguous("page/{n}", "page/{m}").as_deref(), Some("page/"));
    assert_eq!(ambiguous("a{x}-b", "a-{y}").as_deref(), Some("a-b"));
    assert_eq!(ambiguous("same", "same").as_deref(), Some("same"));
    assert_eq!(ambiguous("p/{a}", "p/{a}/{b}"), None);
    assert_eq!(ambiguous("p/{a}/x", "p/{a}/y"), None);
    assert_eq!(ambiguous("p/{a}", "q/{a}"), None);
    assert_eq!(ambiguous("p", "p/{a}"), None);
}
