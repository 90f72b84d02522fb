use std::fmt::Debug;

use crate::command::{CustomId, CustomIdValues, Templates};
use crate::error::Error;
use crate::id::UserId;

const VOTE: CustomId<(u64, String)> = CustomId::new("vote/{poll}/{choice}");
const PAGE: CustomId<(i32, String, bool)> = CustomId::new("page-{n}-{of}_{last}!");
const CLOSE: CustomId<()> = CustomId::new("close");
const USER: CustomId<(UserId,)> = CustomId::new("user:{id}");

#[track_caller]
fn comes_back<T: CustomIdValues + PartialEq + Debug>(
    template: CustomId<T>,
    id: Result<String, Error>,
    values: &T,
) {
    let id = id.unwrap();
    assert_eq!(template.read(&id).unwrap(), *values, "{id}");
}

#[test]
fn values_come_back_as_they_were() {
    comes_back(VOTE, VOTE.with(17, "yes"), &(17, "yes".to_owned()));
    comes_back(CLOSE, CLOSE.with(), &());
    comes_back(USER, USER.with(UserId::new(5)), &(UserId::new(5),));
    comes_back(VOTE, VOTE.with(0, String::new()), &(0, String::new()));
}

#[test]
fn separators_in_values_survive() {
    for text in ["", "/", "a/b", "%", "%2F", "a-b_c!", "{x}", "é✓🦀/é", "\n\t\u{7f}", "-_.", "!-_-!"] {
        comes_back(VOTE, VOTE.with(1, text), &(1, text.to_owned()));
        comes_back(PAGE, PAGE.with(-3, text, true), &(-3, text.to_owned(), true));
    }
}

#[test]
fn any_short_text_survives() {
    let mut random = fastrand::Rng::with_seed(7);
    let alphabet: Vec<char> = "aA1 /-_.!%{}é🦀\n2Ff".chars().collect();
    for _ in 0..2000 {
        let text: String = (0..random.usize(..8)).filter_map(|_| random.choice(&alphabet)).collect();
        comes_back(PAGE, PAGE.with(1, &text, false), &(1, text.clone(), false));
    }
}

#[test]
fn ids_read_well() {
    assert_eq!(VOTE.with(17, "yes").unwrap(), "vote/17/yes");
    assert_eq!(VOTE.with(17, "yes/no").unwrap(), "vote/17/yes%2Fno");
    assert_eq!(PAGE.with(-2, "a b", true).unwrap(), "page-%2D2-a b_true!");
}

#[test]
fn what_is_longer_than_discord_takes_is_refused() {
    assert_eq!(VOTE.with(1, "x".repeat(93)).unwrap().chars().count(), 100);
    let problem = VOTE.with(1, "x".repeat(94)).unwrap_err();
    assert!(matches!(&problem, Error::Invalid { field, .. } if field == "custom_id"));
    assert!(problem.to_string().contains("101 characters, at most 100"), "{problem}");
}

#[test]
fn other_ids_are_not_read() {
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
    assert_eq!(VOTE.read("vote/x/a").unwrap_err().to_string(), "`x` is no u64");
    assert!(VOTE.read("vote/x/a").unwrap_err().user_message().contains("try it anew"));
}

#[test]
fn a_template_is_checked_when_it_is_made() {
    let wrong = |make: fn() -> CustomId<(u8,)>| std::panic::catch_unwind(make).is_err();
    assert!(wrong(|| CustomId::new("no holes")));
    assert!(wrong(|| CustomId::new("two/{a}/{b}")));
    assert!(wrong(|| CustomId::new("{a}")));
    assert!(wrong(|| CustomId::new("")));
    assert!(wrong(|| CustomId::new("a/{b")));
    assert!(wrong(|| CustomId::new("a/{b}}")));
    assert!(wrong(|| CustomId::new("a/{b{c}")));
    assert!(wrong(|| CustomId::new("a/{b}c")));
    assert!(wrong(|| CustomId::new("a/{b}%")));
    assert!(!wrong(|| CustomId::new("a/{b}/c")));
    assert!(std::panic::catch_unwind(|| CustomId::<(u8, u8)>::new("a{b}{c}")).is_err());
}

#[test]
fn an_id_finds_its_template() {
    let mut templates = Templates::new();
    let place = |id: &str, templates: &Templates| templates.find(id);
    assert_eq!(templates.add(VOTE.template()), Ok(0));
    assert_eq!(templates.add(CLOSE.template()), Ok(1));
    assert_eq!(templates.add(PAGE.template()), Ok(2));
    assert_eq!(templates.add(CustomId::<()>::new("vote/all").template()), Ok(3));
    assert_eq!(templates.add(CustomId::<(u8,)>::new("vote/{n}/of/all").template()), Ok(4));
    for (id, found) in [
        ("vote/1/yes", Some(0)),
        ("close", Some(1)),
        ("page-1-a_true!", Some(2)),
        ("vote/all", Some(3)),
        ("vote/1/of/all", Some(4)),
        ("vote/1", None),
        ("", None),
        ("é", None),
    ] {
        assert_eq!(place(id, &templates), found, "{id}");
    }
}

#[test]
fn templates_that_an_id_fits_both_are_refused() {
    let ambiguous = |one: &'static str, other: &'static str| {
        let template = |text: &'static str| match text.matches('{').count() {
            0 => CustomId::<()>::new(text).template(),
            1 => CustomId::<(String,)>::new(text).template(),
            _ => CustomId::<(String, String)>::new(text).template(),
        };
        let mut templates = Templates::new();
        templates.add(template(one)).unwrap();
        let Err(ambiguity) = templates.add(template(other)) else { return None };
        let example = ambiguity.example.clone();
        assert!(
            template(one).read(&example).is_some() && template(other).read(&example).is_some(),
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
