#![allow(clippy::unwrap_used)]

use super::{InteractionMessage, InteractionResponse, Modal};
use crate::model::component::{Label, TextDisplay, TextInput};
use crate::model::{CommandChoice, InteractionCallbackType};

fn problem(response: &InteractionResponse) -> String {
    response.check().map_or_else(|error| error.to_string(), |()| "fine".to_owned())
}

#[test]
fn a_response_is_written_with_its_type_and_data() {
    let json = |response: &InteractionResponse| serde_json::to_string(response).unwrap();
    for (response, expected) in [
        (InteractionResponse::Pong, r#"{"type":1}"#),
        (InteractionResponse::Defer { ephemeral: false }, r#"{"type":5}"#),
        (InteractionResponse::Defer { ephemeral: true }, r#"{"type":5,"data":{"flags":64}}"#),
        (InteractionResponse::DeferUpdate, r#"{"type":6}"#),
        (InteractionResponse::autocomplete([]), r#"{"type":8,"data":{"choices":[]}}"#),
        (InteractionResponse::PremiumRequired, r#"{"type":10}"#),
        (InteractionResponse::LaunchActivity, r#"{"type":12}"#),
    ] {
        assert_eq!(json(&response), expected);
    }
    let layout = InteractionMessage::new().component(TextDisplay::new("x")).ephemeral(true);
    let flags = serde_json::to_value(InteractionResponse::message(layout)).unwrap();
    assert_eq!((&flags["type"], &flags["data"]["flags"]), (&4.into(), &(64 | 1 << 15).into()));
    assert_eq!(InteractionResponse::update("nay").kind(), InteractionCallbackType::UPDATE_MESSAGE);
}

#[test]
fn a_response_beyond_a_limit_is_rejected_with_its_field() {
    let modal = |custom_id: &str, title: &str| {
        InteractionResponse::Modal(
            Modal::new(custom_id, title).component(Label::new("A", TextInput::short("a"))),
        )
    };
    let choice = |name: &str| CommandChoice::new(name, "value");
    let mut localized = choice("a");
    localized.name_localizations = Some([("de".into(), "x".repeat(101))].into());
    for (response, expected) in [
        (modal("m", "M"), "fine"),
        (modal("", "M"), "custom_id: 1 to 100 characters, and this has 0"),
        (modal("m", &"x".repeat(46)), "title: 1 to 45 characters, and this has 46"),
        (modal("m", ""), "title: 1 to 45 characters, and this has 0"),
        (InteractionResponse::Modal(Modal::new("m", "M")), "components: 1 to 5 elements, and this has 0"),
        (InteractionResponse::message(""), "content: is empty"),
        (InteractionResponse::update("x".repeat(2001)), "content: at most 2000 characters"),
        (
            InteractionResponse::autocomplete((0..26).map(|_| choice("a"))),
            "choices: at most 25 elements, and this has 26",
        ),
        (
            InteractionResponse::autocomplete([choice("a"), choice("")]),
            "choices[1].name: 1 to 100 characters",
        ),
        (
            InteractionResponse::autocomplete([localized]),
            "choices[0].name_localizations.de: 1 to 100 characters",
        ),
        (
            InteractionResponse::autocomplete([CommandChoice::new("a", "x".repeat(101))]),
            "choices[0].value: at most 100 characters, and this has 101",
        ),
        (InteractionResponse::autocomplete([CommandChoice::new("a", "x".repeat(100))]), "fine"),
        (InteractionResponse::autocomplete([CommandChoice::new("a", (1_i64 << 53) - 1)]), "fine"),
        (
            InteractionResponse::autocomplete([CommandChoice::new("a", -(1_i64 << 53))]),
            "choices[0].value: from -9007199254740991 to 9007199254740991, and this is -9007199254740992",
        ),
        (
            InteractionResponse::autocomplete([CommandChoice::new("a", 1e16)]),
            "choices[0].value: from -9007199254740992 to 9007199254740992",
        ),
        (InteractionResponse::autocomplete([CommandChoice::new("a", f64::NAN)]), "choices[0].value: from "),
    ] {
        let actual = problem(&response);
        assert!(actual.starts_with(expected), "{actual}\n{expected}");
    }
}
