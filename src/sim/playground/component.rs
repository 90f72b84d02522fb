//! What can be clicked and chosen in a message. Pure.

use serde_json::Value;

use crate::sim::types::component_type::*;
use crate::sim::types::option_type;

/// A use of a component: a click on a button, or values chosen in a select.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Use {
    Click {
        custom_id: String,
    },
    /// Values of the select's options.
    Choose {
        custom_id: String,
        values: Vec<String>,
    },
    /// Names of users, roles or channels. `kind` is the type of the options that take the same.
    ChooseEntities {
        custom_id: String,
        kind: u64,
        names: Vec<String>,
    },
}

/// The component that a text in brackets means: `Yes`, `Kiel, Oslo`, `Who?=@ann`.
pub(super) fn find_use(components: &Value, text: &str) -> Option<Use> {
    let mut found = None;
    for_each(components, &mut |component| {
        if found.is_none() && component["disabled"] != true {
            found = use_of(component, text);
        }
    });
    found
}

/// What can be clicked, in brackets.
pub(super) fn labels(components: &Value) -> Vec<String> {
    let mut labels = Vec::new();
    for_each(components, &mut |component| {
        if component["disabled"] == true || component["custom_id"].as_str().is_none() {
            return;
        }
        match kind(component) {
            BUTTON => labels.push(format!("[{}]", button_label(component))),
            STRING_SELECT => {
                labels.extend(options(component).map(|option| format!("[{}]", text(&option["label"]))));
            }
            _ => {
                if let Some((_, example)) = entity(component) {
                    labels.push(format!("[{}={example}]", select_name(component)));
                }
            }
        }
    });
    labels
}

/// The texts of the components that are text.
pub(super) fn texts(components: &Value) -> Vec<String> {
    let mut texts = Vec::new();
    for_each(components, &mut |component| {
        if let (Some(text), None) = (component["content"].as_str(), component.get("custom_id")) {
            texts.push(text.to_owned());
        }
    });
    texts
}

fn use_of(component: &Value, text: &str) -> Option<Use> {
    let custom_id = component["custom_id"].as_str()?.to_owned();
    if kind(component) == BUTTON {
        return is_same(&button_label(component), text).then_some(Use::Click { custom_id });
    }
    let (name, chosen) =
        text.split_once('=').map_or((None, text), |(name, chosen)| (Some(name.trim()), chosen));
    let is_named = name.is_some_and(|name| is_same(&select_name(component), name));
    if kind(component) == STRING_SELECT {
        let value = |label: &str| {
            let is_chosen = |option: &&Value| is_same(&self::text(&option["label"]), label);
            options(component).find(is_chosen).map(|option| self::text(&option["value"]))
        };
        let values = labelled(text, &value).or_else(|| match chosen.trim() {
            _ if !is_named => None,
            "" => Some(Vec::new()),
            chosen => labelled(chosen, &value),
        })?;
        return Some(Use::Choose { custom_id, values });
    }
    let (kind, _) = entity(component)?;
    let names = || chosen.split(',').map(|name| name.trim().to_owned()).collect();
    is_named.then(|| Use::ChooseEntities { custom_id, kind, names: names() })
}

/// The type of command options that take what this select takes, and an example of a value.
pub(super) fn entity(component: &Value) -> Option<(u64, &'static str)> {
    match kind(component) {
        USER_SELECT => Some((option_type::USER, "@user")),
        ROLE_SELECT => Some((option_type::ROLE, "@role")),
        MENTIONABLE_SELECT => Some((option_type::MENTIONABLE, "@user or @role")),
        CHANNEL_SELECT => Some((option_type::CHANNEL, "#channel")),
        _ => None,
    }
}

pub(super) fn kind(component: &Value) -> u64 {
    component["type"].as_u64().unwrap_or(0)
}

pub(super) fn options(component: &Value) -> impl Iterator<Item = &Value> {
    component["options"].as_array().into_iter().flatten()
}

pub(super) fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

/// Compares labels as a user types them.
pub(super) fn is_same(label: &str, typed: &str) -> bool {
    label.trim().to_lowercase() == typed.trim().to_lowercase()
}

/// The values of labels with commas between them. A label may contain commas itself.
pub(super) fn labelled<T>(text: &str, value: &impl Fn(&str) -> Option<T>) -> Option<Vec<T>> {
    if let Some(value) = value(text) {
        return Some(vec![value]);
    }
    text.rmatch_indices(',').find_map(|(comma, _)| {
        let mut values = vec![value(&text[..comma])?];
        values.extend(labelled(&text[comma + 1..], value)?);
        Some(values)
    })
}

/// The label of a button, or its emoji if it has none.
fn button_label(button: &Value) -> String {
    let label = text(&button["label"]);
    if label.is_empty() { text(&button["emoji"]["name"]) } else { label }
}

/// What the user sees of a select: its placeholder, or its custom ID if it has none.
fn select_name(select: &Value) -> String {
    let placeholder = text(&select["placeholder"]);
    if placeholder.is_empty() { text(&select["custom_id"]) } else { placeholder }
}

/// Calls `visit` for each component, with outer components first.
pub(super) fn for_each<'c>(components: &'c Value, visit: &mut impl FnMut(&'c Value)) {
    for component in components.as_array().into_iter().flatten() {
        for_one(component, visit);
    }
}

fn for_one<'c>(component: &'c Value, visit: &mut impl FnMut(&'c Value)) {
    visit(component);
    for_each(&component["components"], visit);
    for field in ["component", "accessory"] {
        if component[field].is_object() {
            for_one(&component[field], visit);
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{Use, find_use, labels};

    fn components() -> Value {
        json!([
            {"type": 1, "components": [
                {"type": 2, "custom_id": "a", "label": "High"},
                {"type": 2, "custom_id": "b", "label": "Low", "disabled": true},
                {"type": 2, "custom_id": "d", "emoji": {"name": "⚓"}},
                {"type": 2, "url": "https://example.com", "label": "Read"},
            ]},
            {"type": 1, "components": [
                {"type": 3, "custom_id": "c", "placeholder": "Ports", "options":
                    [{"label": "Kiel", "value": "k"}, {"label": "Oslo, Norway", "value": "o"}, {"label": "Riga", "value": "r"}]},
            ]},
            {"type": 9, "accessory": {"type": 5, "custom_id": "who", "placeholder": "Who?"}},
            {"type": 1, "components": [{"type": 8, "custom_id": "where"}]},
        ])
    }

    #[test]
    fn labels_show_what_can_be_clicked() {
        let expected =
            ["[High]", "[⚓]", "[Kiel]", "[Oslo, Norway]", "[Riga]", "[Who?=@user]", "[where=#channel]"];
        assert_eq!(labels(&components()), expected);
    }

    #[test]
    fn a_label_is_found_in_any_case_unless_it_is_disabled() {
        let find = |text| find_use(&components(), text);
        let choose = |values: &[&str]| {
            let values = values.iter().map(|&value| value.into()).collect();
            Some(Use::Choose { custom_id: "c".into(), values })
        };
        assert_eq!(find("high"), Some(Use::Click { custom_id: "a".into() }));
        assert_eq!(find("⚓"), Some(Use::Click { custom_id: "d".into() }));
        for none in ["Low", "Read", "Kiel, Bonn", "Who?", "Who=@ann", "Ports", "Other=Kiel", "Kiel,", ""] {
            assert_eq!(find(none), None, "{none}");
        }
        assert_eq!(find("Kiel"), choose(&["k"]));
        assert_eq!(find("Oslo, Norway"), choose(&["o"]));
        assert_eq!(find("riga, Kiel"), choose(&["r", "k"]));
        assert_eq!(find("Ports=Kiel,Riga"), choose(&["k", "r"]));
        assert_eq!(find("Ports=Oslo, Norway"), choose(&["o"]));
        assert_eq!(find("Kiel, Oslo, Norway,Riga"), choose(&["k", "o", "r"]));
        assert_eq!(find("Ports="), choose(&[]));
        let (custom_id, names) = ("who".to_owned(), vec!["@ann".to_owned(), "bob".to_owned()]);
        assert_eq!(find("who?=@ann, bob"), Some(Use::ChooseEntities { custom_id, kind: 6, names }));
    }
}
