//! Messages as text, and what can be clicked in them. Pure.

use serde_json::Value;

use crate::sim::people::Message;

/// A message as lines: its text, its embeds, and in brackets what can be clicked.
pub(super) fn message_text(message: &Message) -> String {
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
    for_each(&message.raw["components"], &mut |component| {
        if let (Some(text), None) = (component["content"].as_str(), component.get("custom_id")) {
            texts.push(text.to_owned());
        }
        for label in clickables(component).map(|clickable| clickable.label).filter(|label| !label.is_empty())
        {
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

/// Something that can be clicked: a button, or a value of a select.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Clickable {
    label: String,
    pub(super) custom_id: String,
    pub(super) value: Option<String>,
}

/// The button or value with this label in a message.
pub(super) fn find_clickable(message: &Message, label: &str) -> Option<Clickable> {
    let mut found = None;
    for_each(&message.raw["components"], &mut |component| {
        if found.is_none() {
            found = clickables(component).find(|clickable| clickable.label.eq_ignore_ascii_case(label));
        }
    });
    found
}

/// The text inputs of a modal: custom ID and label.
pub(super) fn text_inputs(modal: &Value) -> Vec<(String, String)> {
    const TEXT_INPUT: u64 = 4;
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let mut inputs: Vec<(String, String)> = Vec::new();
    for_each(&modal["components"], &mut |component| {
        // The label of an input is its own, or that of the component around it.
        let label = text(&component["label"]);
        let input = component.get("component").unwrap_or(component);
        let id = text(&input["custom_id"]);
        if input["type"] == TEXT_INPUT && !inputs.iter().any(|(known, _)| *known == id) {
            inputs.push((id, label));
        }
    });
    inputs
}

/// What can be clicked in one component.
fn clickables(component: &Value) -> impl Iterator<Item = Clickable> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let custom_id = text(&component["custom_id"]);
    let options = component["options"].as_array().cloned().unwrap_or_default();
    let button = (options.is_empty() && component["disabled"] != true).then(|| Clickable {
        label: text(&component["label"]),
        custom_id: custom_id.clone(),
        value: None,
    });
    let values = options.into_iter().map(move |option| Clickable {
        label: text(&option["label"]),
        custom_id: custom_id.clone(),
        value: Some(text(&option["value"])),
    });
    button.into_iter().chain(values).filter(|clickable| !clickable.custom_id.is_empty())
}

/// Calls `visit` for each component, with outer components first.
fn for_each(components: &Value, visit: &mut impl FnMut(&Value)) {
    for component in components.as_array().into_iter().flatten() {
        visit(component);
        for_each(&component["components"], visit);
        for field in ["component", "accessory"] {
            if component[field].is_object() {
                for_each(&Value::Array(vec![component[field].clone()]), visit);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Clickable, find_clickable, message_text, text_inputs};
    use crate::sim::people::Message;

    #[test]
    fn a_message_shows_what_can_be_clicked() {
        let poll = Message::new(json!({
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
        assert_eq!(message_text(&poll), "(only you see this) High or low?\n| Tide: today\n[High] [Kiel]");
        let clickable = |label: &str, id: &str, value: Option<&str>| {
            Some(Clickable { label: label.into(), custom_id: id.into(), value: value.map(Into::into) })
        };
        assert_eq!(find_clickable(&poll, "high"), clickable("High", "a", None));
        assert_eq!(find_clickable(&poll, "Kiel"), clickable("Kiel", "c", Some("k")));
        assert_eq!(find_clickable(&poll, "Low"), None);
        assert_eq!(find_clickable(&poll, "Read"), None);
    }

    #[test]
    fn the_text_inputs_of_a_modal_have_labels() {
        let modal = json!({"components": [
            {"type": 18, "label": "Where?", "component": {"type": 4, "custom_id": "where"}},
            {"type": 1, "components": [{"type": 4, "custom_id": "when", "label": "When?"}]},
            {"type": 10, "content": "Thanks."},
        ]});
        assert_eq!(
            text_inputs(&modal),
            [("where".to_owned(), "Where?".to_owned()), ("when".to_owned(), "When?".to_owned())]
        );
    }
}
