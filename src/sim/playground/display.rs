//! The content of a message as text. Pure.

use serde_json::Value;

use super::component;

/// The text of a message, its embeds, its files, and in brackets what can be clicked.
pub(in crate::sim) fn message_text(message: &Value) -> String {
    let mut lines = Vec::new();
    let content = message["content"].as_str().unwrap_or_default();
    if !content.is_empty() {
        lines.push(content.to_owned());
    }
    for embed in message["embeds"].as_array().into_iter().flatten() {
        lines.extend(embed_text(embed));
    }
    if let Some(question) = message["poll"]["question"]["text"].as_str() {
        lines.push(format!("(poll) {question}"));
    }
    for file in message["attachments"].as_array().into_iter().flatten() {
        lines.push(format!("({})", file["filename"].as_str().unwrap_or("a file")));
    }
    let components = &message["components"];
    lines.extend(component::texts(components));
    let labels = component::labels(components);
    if !labels.is_empty() {
        lines.push(labels.join(" "));
    }
    lines.join("\n")
}

/// The lines of an embed: its title and description, and its fields.
fn embed_text(embed: &Value) -> Vec<String> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let join = |parts: [&Value; 2]| {
        let parts = parts.map(text);
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(": ")
    };
    let fields = embed["fields"].as_array().into_iter().flatten();
    let mut lines = vec![text(&embed["author"]["name"]), join([&embed["title"], &embed["description"]])];
    lines.extend(fields.map(|field| join([&field["name"], &field["value"]])));
    lines.push(text(&embed["footer"]["text"]));
    let lines = lines.iter().flat_map(|part| part.lines()).filter(|line| !line.is_empty());
    lines.map(|line| format!("| {line}")).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::message_text;

    #[test]
    fn a_message_shows_its_text_embeds_files_and_what_can_be_clicked() {
        let message = json!({
            "content": "High or low?",
            "embeds": [{"title": "Tide", "description": "today\nonly", "fields": [{"name": "Kiel", "value": "2 m"}]}],
            "attachments": [{"filename": "tide.png"}],
            "components": [
                {"type": 1, "components": [{"type": 2, "custom_id": "a", "label": "High"}]},
                {"type": 10, "content": "Choose."},
            ],
        });
        assert_eq!(
            message_text(&message),
            "High or low?\n| Tide: today\n| only\n| Kiel: 2 m\n(tide.png)\nChoose.\n[High]"
        );
    }
}
