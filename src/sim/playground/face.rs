//! How messages look in a terminal, and what can be clicked in them. Pure.

use serde_json::Value;

use crate::sim::Message;

/// A message as lines: its text, its embeds, and what can be clicked, in brackets.
pub(super) fn show(message: &Message) -> String {
    let mut lines = Vec::new();
    if !message.content.is_empty() {
        lines.push(message.content.clone());
    }
    for embed in message.raw["embeds"].as_array().into_iter().flatten() {
        let parts = ["title", "description"].map(|field| embed[field].as_str().unwrap_or_default());
        lines.push(format!(
            "| {}",
            parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(": ")
        ));
    }
    for file in message.raw["attachments"].as_array().into_iter().flatten() {
        lines.push(format!("({})", file["filename"].as_str().unwrap_or("a file")));
    }
    let mut texts = Vec::new();
    let mut labels = Vec::new();
    walk(&message.raw["components"], &mut |part| {
        if let (Some(text), None) = (part["content"].as_str(), part.get("custom_id")) {
            texts.push(text.to_owned());
        }
        for label in choices(part).map(|choice| choice.label).filter(|label| !label.is_empty()) {
            labels.push(format!("[{label}]"));
        }
    });
    lines.extend(texts);
    if !labels.is_empty() {
        lines.push(labels.join(" "));
    }
    let text = lines.join("\n");
    if message.is_ephemeral() { format!("(only you see this) {text}") } else { text }
}

/// What a label stands for: a button, or a value of a select.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Choice {
    label: String,
    pub(super) custom_id: String,
    pub(super) value: Option<String>,
}

/// What has this label in a message.
pub(super) fn labelled(message: &Message, label: &str) -> Option<Choice> {
    let mut found = None;
    walk(&message.raw["components"], &mut |part| {
        if found.is_none() {
            found = choices(part).find(|choice| choice.label.eq_ignore_ascii_case(label));
        }
    });
    found
}

/// The text fields of a modal: id and label.
pub(super) fn fields(modal: &Value) -> Vec<(String, String)> {
    const TEXT_INPUT: u64 = 4;
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let mut fields = Vec::new();
    walk(&modal["components"], &mut |part| {
        let (field, label) = match part.get("component") {
            Some(field) => (field, text(&part["label"])),
            None => (part, text(&part["label"])),
        };
        let id = text(&field["custom_id"]);
        if field["type"] == TEXT_INPUT && !fields.iter().any(|(known, _)| *known == id) {
            fields.push((id, label));
        }
    });
    fields
}

/// What can be clicked of one component.
fn choices(part: &Value) -> impl Iterator<Item = Choice> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let custom_id = text(&part["custom_id"]);
    let options = part["options"].as_array().cloned().unwrap_or_default();
    let button = (options.is_empty() && part["disabled"] != true).then(|| Choice {
        label: text(&part["label"]),
        custom_id: custom_id.clone(),
        value: None,
    });
    let values = options.into_iter().map(move |option| Choice {
        label: text(&option["label"]),
        custom_id: custom_id.clone(),
        value: Some(text(&option["value"])),
    });
    button.into_iter().chain(values).filter(|choice| !choice.custom_id.is_empty())
}

/// Visits components from the outside in.
fn walk(components: &Value, visit: &mut impl FnMut(&Value)) {
    for part in components.as_array().into_iter().flatten() {
        visit(part);
        walk(&part["components"], visit);
        for field in ["component", "accessory"] {
            if part[field].is_object() {
                walk(&Value::Array(vec![part[field].clone()]), visit);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{Choice, fields, labelled, show};
    use crate::sim::Message;

    fn message(raw: Value) -> Message {
        Message::read(raw)
    }

    #[test]
    fn a_message_shows_what_can_be_clicked() {
        let poll = message(json!({
            "id": "7", "content": "High or low?", "flags": 64,
            "embeds": [{"title": "Tide", "description": "today"}],
            "components": [
                {"type": 1, "components": [
                    {"type": 2, "custom_id": "a", "label": "High"},
                    {"type": 2, "custom_id": "b", "label": "Low", "disabled": true},
                    {"type": 2, "url": "https://example.com", "label": "Read"},
                ]},
                {"type": 1, "components": [
                    {"type": 3, "custom_id": "c", "options": [{"label": "Kiel", "value": "k"}]},
                ]},
            ],
        }));
        assert_eq!(show(&poll), "(only you see this) High or low?\n| Tide: today\n[High] [Kiel]");
        let choice = |label: &str, id: &str, value: Option<&str>| {
            Some(Choice { label: label.into(), custom_id: id.into(), value: value.map(Into::into) })
        };
        assert_eq!(labelled(&poll, "high"), choice("High", "a", None));
        assert_eq!(labelled(&poll, "Kiel"), choice("Kiel", "c", Some("k")));
        assert_eq!(labelled(&poll, "Low"), None);
        assert_eq!(labelled(&poll, "Read"), None);
    }

    #[test]
    fn a_modals_fields_are_asked_for_by_their_labels() {
        let modal = json!({"components": [
            {"type": 18, "label": "Where?", "component": {"type": 4, "custom_id": "where"}},
            {"type": 1, "components": [{"type": 4, "custom_id": "when", "label": "When?"}]},
            {"type": 10, "content": "Thanks."},
        ]});
        assert_eq!(
            fields(&modal),
            [("where".to_owned(), "Where?".to_owned()), ("when".to_owned(), "When?".to_owned())]
        );
    }
}
