//! Reads a file of translations: a JSON object of texts, in objects.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::{Deserialize, Deserializer, Error as _, MapAccess, Visitor};

/// The texts of a file by their keys: `commands.roll.description`. `None` for `null`: the text of the code is meant.
pub(super) type FileTexts = BTreeMap<String, Option<String>>;

/// What a file may contain.
const SECTIONS: [&str; 5] = ["commands", "user_commands", "message_commands", "library", "texts"];

/// A value in a file.
enum Node {
    Text(Option<String>),
    Object(Vec<(String, Node)>),
}

/// Reads the texts. The error says what is wrong, and where.
pub(super) fn read(json: &str) -> Result<FileTexts, String> {
    // Editors on Windows write a byte order mark.
    let node =
        serde_json::from_str(json.trim_start_matches('\u{feff}')).map_err(|error| error.to_string())?;
    let Node::Object(sections) = node else { return Err("it is not a JSON object".to_owned()) };
    let mut texts = FileTexts::new();
    for (section, node) in sections {
        if !SECTIONS.contains(&&*section) {
            return Err(format!("`{section}` is no section; there are {}", SECTIONS.join(", ")));
        }
        match node {
            Node::Object(inner) => add(&mut texts, &section, inner)?,
            Node::Text(_) => return Err(format!("`{section}` is not an object")),
        }
    }
    Ok(texts)
}

fn add(texts: &mut FileTexts, path: &str, nodes: Vec<(String, Node)>) -> Result<(), String> {
    for (name, node) in nodes {
        let key = format!("{path}.{name}");
        match node {
            Node::Object(inner) => add(texts, &key, inner)?,
            Node::Text(text) => {
                if texts.insert(key.clone(), text).is_some() {
                    return Err(format!("`{key}` is there twice"));
                }
            }
        }
    }
    Ok(())
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Node, D::Error> {
        deserializer.deserialize_any(NodeVisitor)
    }
}

/// A separate visitor, because a map of `serde_json` hides names that are there twice.
struct NodeVisitor;

impl<'de> Visitor<'de> for NodeVisitor {
    type Value = Node;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text, null or an object of texts")
    }

    fn visit_str<E>(self, text: &str) -> Result<Node, E> {
        Ok(Node::Text(Some(text.to_owned())))
    }

    fn visit_unit<E>(self) -> Result<Node, E> {
        Ok(Node::Text(None))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Node, A::Error> {
        let mut nodes: Vec<(String, Node)> = Vec::new();
        while let Some((name, node)) = map.next_entry::<String, Node>()? {
            if nodes.iter().any(|(known, _)| *known == name) {
                return Err(A::Error::custom(format!("`{name}` is there twice")));
            }
            nodes.push((name, node));
        }
        Ok(Node::Object(nodes))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::read;

    #[test]
    fn texts_are_read_by_their_paths() {
        let texts =
            read("\u{feff}{\"texts\": {\"a\": {\"b\": \"B\"}, \"c\": null}, \"library\": {}}").unwrap();
        let texts: Vec<_> = texts.iter().map(|(key, text)| (key.as_str(), text.as_deref())).collect();
        assert_eq!(texts, [("texts.a.b", Some("B")), ("texts.c", None)]);
    }

    #[test]
    fn what_is_no_file_of_translations_is_refused_with_the_place() {
        for (json, problem) in [
            ("", "EOF while parsing a value at line 1 column 0"),
            ("[]", "invalid type: sequence, expected a text, null or an object of texts"),
            (
                "{\"texts\": {\"a\": 1}}",
                "invalid type: integer `1`, expected a text, null or an object of texts",
            ),
            ("{\"texts\": {\n\"a\": \"x\", \"a\": \"y\"}}", "`a` is there twice at line 2"),
            ("{\"texts\": {\"a.b\": \"x\", \"a\": {\"b\": \"y\"}}}", "`texts.a.b` is there twice"),
            ("{\"texts\": \"x\"}", "`texts` is not an object"),
            ("{\"commandos\": {}}", "`commandos` is no section; there are commands, user_commands"),
            ("\"x\"", "it is not a JSON object"),
        ] {
            let found = read(json).unwrap_err();
            assert!(found.starts_with(problem), "{json}: {found}");
        }
    }
}
