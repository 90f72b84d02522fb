//! The names of commands, options and choices in the language of a user
//! ([page](https://docs.discord.com/developers/interactions/application-commands#localization)).

use serde_json::Value;

/// The name that a user with this language sees.
pub(in crate::sim::world) fn shown_name<'n>(named: &'n Value, locale: &str) -> &'n str {
    let localized = |locale: &str| named["name_localizations"][locale].as_str();
    let shown = localized(locale).or_else(|| localized(fallback(locale)?));
    shown.or_else(|| named["name"].as_str()).unwrap_or_default()
}

/// Whether a user with this language names it so: by the name that they see, or by the one without a translation.
pub(in crate::sim::world) fn is_named(named: &Value, text: &str, locale: &str) -> bool {
    named["name"] == text || shown_name(named, locale) == text
}

/// What a user with this language names so. The name that they see counts before that of another in its own language.
pub(in crate::sim::world) fn find_named<'n>(all: &'n [Value], text: &str, locale: &str) -> Option<&'n Value> {
    all.iter()
        .find(|named| shown_name(named, locale) == text)
        .or_else(|| all.iter().find(|named| named["name"] == text))
}

/// The language that Discord shows if there is no translation
/// ([page](https://docs.discord.com/developers/interactions/application-commands#locale-fallbacks)).
fn fallback(locale: &str) -> Option<&'static str> {
    match locale {
        "en-US" => Some("en-GB"),
        "en-GB" => Some("en-US"),
        "es-419" => Some("es-ES"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{find_named, is_named, shown_name};

    #[test]
    fn a_user_sees_the_name_in_their_language_or_in_the_one_that_stands_in_for_it() {
        let roll =
            json!({"name": "roll", "name_localizations": {"de": "wurf", "en-GB": "throw", "es-ES": "tirar"}});
        for (locale, name) in
            [("de", "wurf"), ("en-US", "throw"), ("en-GB", "throw"), ("es-419", "tirar"), ("fr", "roll")]
        {
            assert_eq!(shown_name(&roll, locale), name, "{locale}");
        }
        assert!(is_named(&roll, "roll", "de") && is_named(&roll, "wurf", "de"));
        assert!(!is_named(&roll, "wurf", "fr"));
        assert_eq!(shown_name(&json!({"name": "x", "name_localizations": null}), "de"), "x");
    }

    #[test]
    fn the_name_that_a_user_sees_counts_before_that_of_another_in_its_own_language() {
        let options = [
            json!({"name": "gift", "name_localizations": {"de": "geschenk"}}),
            json!({"name": "poison", "name_localizations": {"de": "gift"}}),
        ];
        let found = |text: &str, locale| find_named(&options, text, locale).map(|option| &option["name"]);
        assert_eq!(
            (found("gift", "de"), found("gift", "fr")),
            (Some(&json!("poison")), Some(&json!("gift")))
        );
        assert_eq!((found("poison", "de"), found("x", "de")), (Some(&json!("poison")), None));
    }
}
