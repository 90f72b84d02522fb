//! The fields of a modal, and what the user typed for them. Pure.

use std::ops::RangeInclusive;

use serde_json::{Value, json};

use super::component::{self, is_same, kind, labelled, options, text};
use super::path;
use crate::sim::types::component_type::*;

/// Maximum number of characters of a text input.
const MAX_TEXT: u64 = 4000;

/// A field of a modal.
#[derive(Debug)]
pub(super) struct Field {
    pub(super) custom_id: String,
    label: String,
    is_required: bool,
    input: Input,
}

#[derive(Debug)]
enum Input {
    /// The number of characters.
    Text(RangeInclusive<u64>),
    /// Labels and values. One of them, or several.
    Options {
        options: Vec<(String, String)>,
        several: bool,
    },
    /// The type of the command options that take the same, and an example.
    Entities(u64, &'static str),
    Files,
    Checkbox,
}

/// What a typed line means for a field.
#[derive(Debug, PartialEq)]
pub(super) enum Answer {
    /// The field keeps its initial value.
    Skip,
    Value(Value),
    /// Names of users, roles or channels, and the type of the command options that take the same.
    Entities(u64, Vec<String>),
    /// Paths of files.
    Files(Vec<String>),
}

/// The fields of a modal, in order.
pub(super) fn fields(modal: &Value) -> Vec<Field> {
    let mut fields: Vec<Field> = Vec::new();
    component::for_each(&modal["components"], &mut |outer| {
        // The label of a field is its own, or that of the component around it.
        let input = outer.get("component").unwrap_or(outer);
        let custom_id = text(&input["custom_id"]);
        let Some(kind) = input_of(input) else { return };
        if !custom_id.is_empty() && !fields.iter().any(|field| field.custom_id == custom_id) {
            let label = [&outer["label"], &input["label"], &input["placeholder"]].map(text);
            let label =
                label.into_iter().find(|label| !label.is_empty()).unwrap_or_else(|| custom_id.clone());
            // A text that is there already is kept if nothing is typed.
            let is_required = input["required"] != false && text(&input["value"]).is_empty();
            fields.push(Field { custom_id, label, is_required, input: kind });
        }
    });
    fields
}

fn input_of(input: &Value) -> Option<Input> {
    let pairs = || options(input).map(|option| (text(&option["label"]), text(&option["value"]))).collect();
    match kind(input) {
        TEXT_INPUT => {
            let min = input["min_length"].as_u64().unwrap_or(0);
            Some(Input::Text(min..=input["max_length"].as_u64().unwrap_or(MAX_TEXT)))
        }
        STRING_SELECT => {
            let several = input["max_values"].as_u64().is_some_and(|max| max > 1);
            Some(Input::Options { options: pairs(), several })
        }
        RADIO_GROUP => Some(Input::Options { options: pairs(), several: false }),
        CHECKBOX_GROUP => Some(Input::Options { options: pairs(), several: true }),
        CHECKBOX => Some(Input::Checkbox),
        FILE_UPLOAD => Some(Input::Files),
        _ => component::entity(input).map(|(kind, example)| Input::Entities(kind, example)),
    }
}

impl Field {
    /// The line that asks for the field.
    pub(super) fn question(&self) -> String {
        let expected = match &self.input {
            Input::Text(_) => String::new(),
            Input::Options { options, several } => {
                let labels: Vec<&str> = options.iter().map(|(label, _)| label.as_str()).collect();
                format!(" ({}: {})", if *several { "any of" } else { "one of" }, labels.join(", "))
            }
            Input::Entities(_, example) => format!(" ({example})"),
            Input::Files => " (path of a file)".to_owned(),
            Input::Checkbox => " (yes or no)".to_owned(),
        };
        format!("{}{expected}", self.label)
    }

    /// Reads the line that was typed for the field.
    ///
    /// # Errors
    ///
    /// Why the line is no value of the field.
    pub(super) fn answer(&self, line: &str) -> Result<Answer, String> {
        let line = line.trim();
        let names = || line.split(',').map(|name| name.trim().to_owned()).collect::<Vec<_>>();
        match &self.input {
            Input::Checkbox => match line.to_lowercase().as_str() {
                "" => Ok(Answer::Skip),
                "yes" | "y" | "true" => Ok(Answer::Value(json!(true))),
                "no" | "n" | "false" => Ok(Answer::Value(json!(false))),
                _ => Err("type yes or no".to_owned()),
            },
            _ if line.is_empty() && self.is_required => Err("this field is required".to_owned()),
            _ if line.is_empty() => Ok(Answer::Skip),
            Input::Text(length) if !length.contains(&(line.chars().count() as u64)) => {
                Err(format!("this field takes {} to {} characters", length.start(), length.end()))
            }
            Input::Text(_) => Ok(Answer::Value(json!(line))),
            Input::Options { options, several } => {
                let value = |label: &str| {
                    let option = options.iter().find(|(known, _)| is_same(known, label));
                    option.map(|(_, value)| json!(value))
                };
                match (labelled(line, &value), several) {
                    (Some(values), true) => Ok(Answer::Value(json!(values))),
                    (Some(values), false) if values.len() == 1 => Ok(Answer::Value(json!(values[0]))),
                    _ => Err(format!("{line:?} is not among the options")),
                }
            }
            Input::Entities(kind, _) => Ok(Answer::Entities(*kind, names())),
            Input::Files => Ok(Answer::Files(path::list(line))),
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use serde_json::json;

    use super::{Answer, fields};

    #[test]
    fn each_kind_of_field_is_asked_for_and_read() {
        let modal = json!({"components": [
            {"type": 18, "label": "Where?", "component": {"type": 4, "custom_id": "where"}},
            {"type": 1, "components": [{"type": 4, "custom_id": "when", "label": "When?", "required": false}]},
            {"type": 10, "content": "Thanks."},
            {"type": 18, "label": "Tide", "component": {"type": 21, "custom_id": "tide",
                "options": [{"label": "High", "value": "h"}, {"label": "Low", "value": "l"}]}},
            {"type": 18, "label": "Extras", "component": {"type": 22, "custom_id": "extras", "required": false,
                "options": [{"label": "Tea", "value": "t"}, {"label": "Rum, hot", "value": "r"}]}},
            {"type": 18, "label": "Who", "component": {"type": 5, "custom_id": "who"}},
            {"type": 18, "label": "Chart", "component": {"type": 19, "custom_id": "chart"}},
            {"type": 18, "label": "Sure?", "component": {"type": 23, "custom_id": "sure"}},
            {"type": 18, "label": "Harbour", "component": {"type": 4, "custom_id": "harbour", "value": "Kiel",
                "min_length": 2, "max_length": 4}},
        ]});
        let fields = fields(&modal);
        let questions: Vec<String> = fields.iter().map(super::Field::question).collect();
        assert_eq!(
            questions,
            [
                "Where?",
                "When?",
                "Tide (one of: High, Low)",
                "Extras (any of: Tea, Rum, hot)",
                "Who (@user)",
                "Chart (path of a file)",
                "Sure? (yes or no)",
                "Harbour",
            ]
        );
        let value = |value| Ok(Answer::Value(value));
        for (index, line, expected) in [
            (0, "Kiel ", value(json!("Kiel"))),
            (0, " ", Err("this field is required".to_owned())),
            (1, "", Ok(Answer::Skip)),
            (2, "high", value(json!("h"))),
            (2, "High, Low", Err("\"High, Low\" is not among the options".to_owned())),
            (2, "", Err("this field is required".to_owned())),
            (3, "rum, hot", value(json!(["r"]))),
            (3, "", Ok(Answer::Skip)),
            (4, "@ann, bob", Ok(Answer::Entities(6, vec!["@ann".to_owned(), "bob".to_owned()]))),
            (3, "Rum, hot, tea", value(json!(["r", "t"]))),
            (5, "a.png", Ok(Answer::Files(vec!["a.png".to_owned()]))),
            (
                5,
                r#""a, b.png", c d.png"#,
                Ok(Answer::Files(vec!["a, b.png".to_owned(), "c d.png".to_owned()])),
            ),
            (6, "Yes", value(json!(true))),
            (6, "perhaps", Err("type yes or no".to_owned())),
            (7, "", Ok(Answer::Skip)),
            (7, "Umeå", value(json!("Umeå"))),
            (7, "Rotterdam", Err("this field takes 2 to 4 characters".to_owned())),
            (7, "A", Err("this field takes 2 to 4 characters".to_owned())),
        ] {
            assert_eq!(fields[index].answer(line), expected, "{index} {line}");
        }
    }
}
