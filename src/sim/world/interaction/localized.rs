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

    use super::{is_named, shown_name};

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
}
