//! What a schema of the specification says against a value.
//!
//! Stricter than a schema is by itself: a property that no part of it names is a mistake, since Discord
//! would ignore it.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

/// What is wrong, and where.
#[derive(Clone, Debug)]
pub(crate) struct Problem {
    /// As `embeds[0].title`.
    pub(crate) path: String,
    pub(crate) what: String,
    kind: Kind,
}

/// What is wrong in general, by which the schema that was meant is told from others.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Kind {
    Type,
    /// It is not one of the values that are allowed.
    Value,
    Other,
}

fn problem(path: &str, what: String) -> Problem {
    Problem { path: path.to_owned(), what, kind: Kind::Other }
}

impl Problem {
    /// How much it says that the schema was not meant for what is at `path`.
    fn weight(&self, path: &str) -> u32 {
        let below = self.path[path.len()..].trim_start_matches('.');
        match self.kind {
            Kind::Type if below.is_empty() => 10_000,
            Kind::Value if !below.contains(['.', '[']) => 100,
            _ => 1,
        }
    }
}

/// The specification, of which schemas refer to parts.
#[derive(Clone, Copy)]
pub(crate) struct Specification<'a>(pub(crate) &'a Value);

type Names<'a> = BTreeSet<&'a str>;

impl<'a> Specification<'a> {
    /// What is wrong with a value; `known` are properties that may be there besides the schema's.
    pub(crate) fn problems(self, schema: &'a Value, value: &Value, known: &[&'a str]) -> Vec<Problem> {
        self.check(schema, value, "", &known.iter().copied().collect())
    }

    /// The names of all properties that an object of this schema may have.
    pub(crate) fn names(self, schema: &'a Value) -> Names<'a> {
        let mut names = own(schema).map(|properties| properties.keys().map(String::as_str).collect());
        for part in self.parts(schema, &["allOf", "anyOf", "oneOf"]) {
            names.get_or_insert_with(Names::new).extend(self.names(part));
        }
        names.unwrap_or_default()
    }

    fn target(self, schema: &'a Value) -> Option<&'a Value> {
        let pointer = schema.get("$ref")?.as_str()?.trim_start_matches('#');
        Some(self.0.pointer(pointer).unwrap_or_else(|| panic!("there is no {pointer}")))
    }

    /// What a schema is made of, by these words or by reference.
    fn parts(self, schema: &'a Value, words: &[&str]) -> Vec<&'a Value> {
        let lists = words.iter().filter_map(|word| schema.get(*word)?.as_array());
        lists.flatten().chain(self.target(schema)).collect()
    }

    fn check(self, schema: &'a Value, value: &Value, path: &str, known: &Names<'a>) -> Vec<Problem> {
        if let Some(types) = schema.get("type") {
            if !of_type(types, value) {
                let what = format!("is {}, and not {types}", kind(value));
                return vec![Problem { kind: Kind::Type, ..problem(path, what) }];
            }
        }
        let mut problems: Vec<Problem> = broken_limits(schema, value)
            .into_iter()
            .map(|(what, kind)| Problem { kind, ..problem(path, what) })
            .collect();
        // What each part of it may leave to the others.
        let mut known = known.clone();
        known.extend(own(schema).into_iter().flat_map(Map::keys).map(String::as_str));
        let parts = self.parts(schema, &["allOf"]);
        for (place, part) in parts.iter().enumerate() {
            let others = parts.iter().enumerate().filter(|(other, _)| *other != place);
            let known = others.flat_map(|(_, other)| self.names(other)).chain(known.iter().copied());
            problems.extend(self.check(part, value, path, &known.collect()));
        }
        known.extend(parts.iter().flat_map(|part| self.names(part)));
        for word in ["anyOf", "oneOf"] {
            if let Some(alternatives) = schema.get(word).and_then(Value::as_array) {
                problems.extend(self.check_alternatives(word, alternatives, value, path, &known));
                known.extend(alternatives.iter().flat_map(|alternative| self.names(alternative)));
            }
        }
        match value {
            Value::Array(elements) => {
                let items = schema.get("items");
                for (place, element) in elements.iter().enumerate() {
                    let path = format!("{path}[{place}]");
                    problems.extend(
                        items.into_iter().flat_map(|items| self.check(items, element, &path, &Names::new())),
                    );
                }
            }
            Value::Object(entries) => problems.extend(self.check_entries(schema, entries, path, &known)),
            _ => {}
        }
        problems
    }

    fn check_entries(
        self,
        schema: &'a Value,
        entries: &Map<String, Value>,
        path: &str,
        known: &Names<'a>,
    ) -> Vec<Problem> {
        let mut problems = Vec::new();
        let required = schema.get("required").and_then(Value::as_array);
        for name in required.into_iter().flatten().filter_map(Value::as_str) {
            if !entries.contains_key(name) {
                problems.push(problem(&below(path, name), "is required".to_owned()));
            }
        }
        let (properties, others) = (own(schema), schema.get("additionalProperties"));
        if properties.is_none() && others.is_none() {
            return problems;
        }
        for (name, value) in entries {
            let path = below(path, name);
            let property = properties.and_then(|properties| properties.get(name));
            match property.or(others.filter(|others| others.is_object())) {
                Some(schema) => problems.extend(self.check(schema, value, &path, &Names::new())),
                None if known.contains(name.as_str()) || others == Some(&Value::Bool(true)) => {}
                None => problems.push(problem(&path, "is unknown".to_owned())),
            }
        }
        problems
    }

    /// What is wrong by the alternative that fits best.
    fn check_alternatives(
        self,
        word: &str,
        alternatives: &'a [Value],
        value: &Value,
        path: &str,
        known: &Names<'a>,
    ) -> Vec<Problem> {
        let each = alternatives.iter().map(|alternative| self.check(alternative, value, path, known));
        let best =
            each.min_by_key(|problems| problems.iter().map(|problem| problem.weight(path)).sum::<u32>());
        let best = best.unwrap_or_default();
        let (false, "anyOf", Value::Object(entries)) = (best.is_empty(), word, value) else { return best };
        // More than one may be meant: what to change of a channel, whatever channel it is.
        let mut problems = Vec::new();
        for (name, value) in entries {
            let path = below(path, name);
            let each = alternatives.iter().filter_map(|alternative| self.property(alternative, name));
            let best =
                each.map(|schema| self.check(schema, value, &path, &Names::new())).min_by_key(Vec::len);
            match best {
                Some(best) => problems.extend(best),
                None if known.contains(name.as_str()) => {}
                None => problems.push(problem(&path, "is unknown".to_owned())),
            }
        }
        problems
    }

    fn property(self, schema: &'a Value, name: &str) -> Option<&'a Value> {
        own(schema).and_then(|properties| properties.get(name)).or_else(|| {
            self.parts(schema, &["allOf", "anyOf", "oneOf"])
                .into_iter()
                .find_map(|part| self.property(part, name))
        })
    }
}

fn own(schema: &Value) -> Option<&Map<String, Value>> {
    schema.get("properties")?.as_object()
}

fn below(path: &str, name: &str) -> String {
    if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") }
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(number) if number.is_f64() => "number",
        Value::Number(_) => "integer",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}

/// `types` is one, or a list of them.
fn of_type(types: &Value, value: &Value) -> bool {
    let kind = kind(value);
    let is = |name: &Value| name == kind || (name == "number" && kind == "integer");
    types.as_array().map_or_else(|| is(types), |names| names.iter().any(is))
}

/// The limits that a value does not keep, and of what kind each is.
fn broken_limits(schema: &Value, value: &Value) -> Vec<(String, Kind)> {
    let mut broken = Vec::new();
    if schema.get("const").is_some_and(|only| only != value) {
        broken.push((format!("is {value}, and not {}", schema["const"]), Kind::Value));
    }
    if let Some(values) = schema.get("enum").and_then(Value::as_array) {
        // The specification has a few that are empty.
        if !values.is_empty() && !values.contains(value) {
            broken.push((format!("is {value}, and none of {}", schema["enum"]), Kind::Value));
        }
    }
    let (size, least, most) = match value {
        Value::String(text) => (Some(text.chars().count() as f64), "minLength", "maxLength"),
        Value::Array(elements) => (Some(elements.len() as f64), "minItems", "maxItems"),
        Value::Object(entries) => (Some(entries.len() as f64), "minProperties", "maxProperties"),
        number => (number.as_f64(), "minimum", "maximum"),
    };
    if let Some(size) = size {
        if schema.get(least).and_then(Value::as_f64).is_some_and(|least| size < least) {
            broken.push((format!("has {size}, and {least} is {}", schema[least]), Kind::Other));
        }
        if schema.get(most).and_then(Value::as_f64).is_some_and(|most| size > most) {
            broken.push((format!("has {size}, and {most} is {}", schema[most]), Kind::Other));
        }
    }
    if let (Some(true), Value::Array(elements)) = (schema.get("uniqueItems").and_then(Value::as_bool), value)
    {
        if (1..elements.len()).any(|place| elements[..place].contains(&elements[place])) {
            broken.push(("has an element twice".to_owned(), Kind::Other));
        }
    }
    let format = schema.get("format").or(schema.get("contentEncoding")).and_then(Value::as_str);
    if let Some(format) = format {
        if !of_format(format, value) {
            broken.push((format!("is {value}, which is no {format}"), Kind::Other));
        }
    }
    broken
}

fn of_format(format: &str, value: &Value) -> bool {
    match (format, value) {
        ("int32", Value::Number(number)) => {
            number.as_i64().is_some_and(|number| i32::try_from(number).is_ok())
        }
        ("snowflake", Value::String(text)) => text.parse::<u64>().is_ok_and(|id| id.to_string() == *text),
        ("date-time", Value::String(text)) => {
            let (date, time) = text.split_once('T').unwrap_or_default();
            date.split('-').count() == 3 && time.contains(':') && (time.ends_with('Z') || time.contains('+'))
        }
        ("uri", Value::String(text)) => text.contains("://"),
        ("base64", Value::String(text)) => text.starts_with("data:") && text.contains(";base64,"),
        _ => true,
    }
}

#[test]
fn a_violation_of_a_schema_is_found_with_its_path() {
    let specification = serde_json::json!({
        "name": {"type": "string", "maxLength": 3},
        "either": {"oneOf": [{"type": "null"}, {"$ref": "#/cat"}, {"$ref": "#/dog"}]},
        "cat": {"type": "object", "required": ["kind"], "properties": {"kind": {"enum": [1]}, "lives": {"type": "integer"}}},
        "dog": {"type": "object", "required": ["kind"], "properties": {"kind": {"enum": [2]}, "tail": {"$ref": "#/name"}}},
        "pets": {"type": ["array", "null"], "maxItems": 2, "items": {"$ref": "#/either"}},
        "both": {"allOf": [{"$ref": "#/cat"}, {"properties": {"collar": {"type": "boolean"}}}]},
        "any": {"anyOf": [{"$ref": "#/cat"}, {"$ref": "#/dog"}]},
        "map": {"type": "object", "additionalProperties": {"$ref": "#/name"}},
    });
    let table = [
        ("name", r#""Ann""#, ""),
        ("name", r#""Anna""#, ": has 4, and maxLength is 3"),
        ("name", "4", ": is integer, and not \"string\""),
        ("pets", "null", ""),
        ("pets", r#"[{"kind":1},{"kind":2,"tail":"x"}]"#, ""),
        ("pets", r#"[null,{"kind":2,"tail":7}]"#, "[1].tail: is integer, and not \"string\""),
        ("pets", r#"[{"kind":2,"lives":7}]"#, "[0].lives: is unknown"),
        ("pets", r#"[{"kind":2},null,null]"#, ": has 3, and maxItems is 2"),
        ("either", r#"{"lives":9}"#, "kind: is required"),
        ("both", r#"{"kind":1,"collar":true,"lives":9}"#, ""),
        ("both", r#"{"kind":1,"colour":"red"}"#, "colour: is unknown"),
        ("any", r#"{"kind":1,"lives":9,"tail":"x"}"#, ""),
        ("any", r#"{"kind":1,"lives":9,"tail":"x","wings":2}"#, "wings: is unknown"),
        ("map", r#"{"a":"b","c":"defg"}"#, "c: has 4, and maxLength is 3"),
    ];
    for (schema, json, expected) in table {
        let value = serde_json::from_str(json).unwrap();
        let problems = Specification(&specification).problems(&specification[schema], &value, &[]);
        let mut lines: Vec<_> = problems.iter().map(|p| format!("{}: {}", p.path, p.what)).collect();
        // Both halves of an `allOf` know what none of them names.
        lines.dedup();
        assert_eq!(lines.join("; "), expected, "{schema} {json}");
    }
}
