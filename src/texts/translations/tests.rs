#![allow(clippy::unwrap_used)]

use super::Translations;
use crate::model::Locale;

fn with(locales: &[(&str, &str)]) -> Translations {
    locales.iter().fold(Translations::new(), |all, (locale, text)| {
        all.add(locale, &format!("{{\"texts\": {{\"a\": {text}}}}}")).unwrap()
    })
}

#[test]
fn a_text_comes_from_the_own_language_its_fallback_or_the_default() {
    let both = with(&[("en-GB", "\"colour\""), ("es-ES", "\"color\""), ("de", "null")]);
    for (locale, text) in [
        (Some(Locale::ES_ES), Some("color")),
        (Some(Locale::ES_419), Some("color")),
        (Some(Locale::EN_US), Some("colour")),
        (Some(Locale::FR), Some("colour")),
        (Some(Locale::DE), Some("colour")),
        (None, Some("colour")),
    ] {
        assert_eq!(both.find("texts.a", locale.as_ref()), text, "{locale:?}");
    }
    assert_eq!(both.find("texts.b", None), None);
    let german = with(&[("de", "\"Farbe\""), ("en-US", "\"color\"")]).default_locale(Locale::DE);
    assert_eq!(german.find("texts.a", Some(&Locale::FR)), Some("Farbe"));
    // One direction only: Spain does not read the text for Latin America.
    let latin = with(&[("es-419", "\"color\"")]);
    assert_eq!(latin.find("texts.a", Some(&Locale::ES_ES)), None);
}

#[test]
fn a_language_is_added_once_and_must_be_one_of_discords() {
    let error = Translations::new().add("de", "{}").unwrap().add("de", "{}").unwrap_err();
    assert!(error.to_string().contains("de: the language de was added before"), "{error}");
    let error = Translations::new().add("de-DE", "{}").unwrap_err();
    assert!(error.to_string().contains("`de-DE` is not a locale"), "{error}");
}

#[test]
fn a_folder_has_a_file_for_each_language() {
    let folder = std::env::temp_dir().join(format!("syncord-locales-{}", std::process::id()));
    std::fs::create_dir_all(folder.join("old.json")).unwrap();
    let error = Translations::in_folder(&folder).unwrap_err().to_string();
    assert!(error.contains("has no .json files"), "{error}");
    std::fs::write(folder.join("readme.txt"), "x").unwrap();
    std::fs::write(folder.join("pt-BR.json"), "{\"texts\": {\"a\": \"cor\"}}").unwrap();
    let read = Translations::in_folder(&folder).unwrap();
    assert_eq!(read.find("texts.a", Some(&Locale::PT_BR)), Some("cor"));
    std::fs::write(folder.join("portuguese.json"), "{}").unwrap();
    let error = Translations::in_folder(&folder).unwrap_err().to_string();
    assert!(error.contains("portuguese.json: `portuguese` is not a locale of Discord's"), "{error}");
    std::fs::remove_dir_all(&folder).unwrap();
    let error = Translations::in_folder(&folder).unwrap_err().to_string();
    assert!(error.contains("cannot be read (from "), "{error}");
}
