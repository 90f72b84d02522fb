//! Puts wrong values into the fields of a JSON value, and compares what is read with the original.

use std::collections::BTreeSet;
use std::fmt;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use syncord::model::{Unreadable, collect_unreadable};

/// Fields that are read as one value: lists of a fixed length.
const PAIRS: [&str; 2] = ["shard", "size"];

/// Stands for the wrong part in a text.
const MARK: &str = "<the wrong part>";

/// Fields that mean yes by being there, whatever their value.
const FLAGS: [&str; 3] = ["available_for_purchase", "guild_connections", "premium_subscriber"];

/// Reads a text and writes the object.
pub(crate) type Rewrite = fn(&str) -> Result<Value, String>;

pub(crate) fn rewrite<T: Serialize + DeserializeOwned>(text: &str) -> Result<Value, String> {
    let object: T = serde_json::from_str(text).map_err(|problem| problem.to_string())?;
    Ok(serde_json::to_value(&object).unwrap())
}

/// The values that each field gets.
pub(crate) fn wrong_values() -> [Value; 7] {
    [json!(null), json!(-1), json!(""), json!("x"), json!(1.5), json!([]), json!({})]
}

/// A step to a part of a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    Field(String),
    Element(usize),
}

/// A place in a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Place(pub(crate) Vec<Step>);

impl Place {
    pub(crate) fn get<'v>(&self, value: &'v Value) -> Option<&'v Value> {
        self.0.iter().try_fold(value, |value, step| match step {
            Step::Field(name) => value.get(name),
            Step::Element(index) => value.get(index),
        })
    }

    pub(crate) fn get_mut<'v>(&self, value: &'v mut Value) -> Option<&'v mut Value> {
        self.0.iter().try_fold(value, |value, step| match step {
            Step::Field(name) => value.get_mut(name),
            Step::Element(index) => value.get_mut(index),
        })
    }

    /// The name of the field that holds this object, perhaps in a list or map.
    fn holder(&self) -> Option<&str> {
        self.0.iter().rev().find_map(|step| match step {
            Step::Field(name) if name.bytes().any(|byte| !byte.is_ascii_digit()) => Some(name.as_str()),
            _ => None,
        })
    }

    /// The place around this one; `None` for the whole value.
    fn outer(&self) -> Option<Place> {
        let (_, outer) = self.0.split_last()?;
        Some(Place(outer.to_vec()))
    }
}

impl fmt::Display for Place {
    /// Writes it like [`Unreadable::path`].
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, step) in self.0.iter().enumerate() {
            match step {
                Step::Field(name) if at == 0 => f.write_str(name)?,
                Step::Field(name) => write!(f, ".{name}")?,
                Step::Element(index) => write!(f, "[{index}]")?,
            }
        }
        Ok(())
    }
}

/// Returns the place of every field and element in a value. Of the elements of a list, and of the entries of a map with IDs
/// as keys, it returns each field once for each `type`. Leaves out the shapes of places that were `seen` before.
pub(crate) fn places(value: &Value, seen: &mut BTreeSet<String>) -> Vec<Place> {
    let mut places = Vec::new();
    collect(value, &mut Vec::new(), "", seen, &mut places);
    places
}

fn collect(
    value: &Value,
    steps: &mut Vec<Step>,
    shape: &str,
    seen: &mut BTreeSet<String>,
    places: &mut Vec<Place>,
) {
    let parts: Vec<(Step, &Value)> = match value {
        Value::Object(fields) => {
            fields.iter().map(|(name, value)| (Step::Field(name.clone()), value)).collect()
        }
        Value::Array(elements) => {
            elements.iter().enumerate().map(|(index, value)| (Step::Element(index), value)).collect()
        }
        _ => return,
    };
    for (step, part) in parts {
        let is_id = |name: &str| name.bytes().all(|byte| byte.is_ascii_digit());
        let name = match &step {
            Step::Field(name) if !is_id(name) => format!(".{name}"),
            _ => format!("[{}]", part.get("type").unwrap_or(&Value::Null)),
        };
        let shape = format!("{shape}{name}");
        steps.push(step);
        if seen.insert(shape.clone()) {
            places.push(Place(steps.clone()));
        }
        collect(part, steps, &shape, seen, places);
        steps.pop();
    }
}

/// A value that is read with a wrong part.
pub(crate) struct Subject<'a> {
    /// The name of the event, or the start of the file name.
    pub(crate) name: &'a str,
    pub(crate) sent: Value,
    pub(crate) rewrite: Rewrite,
    /// Whether the field of this name identifies the object that a field holds: `is_identity(holder, field)`. The holder
    /// of the whole value is its name.
    pub(crate) is_identity: fn(&str, &str) -> bool,
}

/// One wrong part of a value.
pub(crate) struct Mutation<'m> {
    place: &'m Place,
    /// The wrong value; `None` if the field is missing.
    value: Option<Value>,
    pub(crate) sent: &'m Value,
    pub(crate) text: String,
    /// What may be lost: the part, or the objects that it identifies.
    lost: &'m Place,
}

/// What became of a mutation.
pub(crate) struct Outcome {
    pub(crate) problems: Vec<String>,
    /// The holder and the field, if the object is lost with the field.
    pub(crate) identity: Option<(String, String)>,
}

impl Subject<'_> {
    /// Calls a function with every mutation, except for fields that were `seen` before: each place without its field, and
    /// with each wrong value.
    pub(crate) fn each_mutation(&self, seen: &mut BTreeSet<String>, mut f: impl FnMut(&Mutation<'_>)) {
        let mut sent = self.sent.clone();
        for place in &places(&self.sent, seen) {
            let lost = &self.lost_with(place);
            if let Some((Step::Field(name), outer)) = place.0.split_last() {
                let outer = Place(outer.to_vec());
                let right = outer.get_mut(&mut sent).unwrap().as_object_mut().unwrap().remove(name).unwrap();
                f(&Mutation { place, value: None, sent: &sent, text: sent.to_string(), lost });
                outer.get_mut(&mut sent).unwrap()[name] = right;
            }
            // The text is written once for all values.
            let right = std::mem::replace(place.get_mut(&mut sent).unwrap(), MARK.into());
            let template = sent.to_string();
            for value in wrong_values().into_iter().filter(|value| *value != right) {
                let text = template.replacen(&format!("\"{MARK}\""), &value.to_string(), 1);
                *place.get_mut(&mut sent).unwrap() = value.clone();
                f(&Mutation { place, value: Some(value), sent: &sent, text, lost });
            }
            *place.get_mut(&mut sent).unwrap() = right;
        }
    }

    /// The names of the object's holder and of its field at this place.
    fn identity(&self, place: &Place) -> Option<(String, String)> {
        let Some(Step::Field(field)) = place.0.last() else { return None };
        let outer = place.outer()?;
        Some((outer.holder().unwrap_or(self.name).to_owned(), field.clone()))
    }

    /// Returns the largest part that may be lost with this one.
    fn lost_with(&self, place: &Place) -> Place {
        let mut lost = place.clone();
        if let [.., Step::Field(pair), Step::Element(_)] = &*lost.0 {
            if PAIRS.contains(&pair.as_str()) {
                lost.0.pop();
            }
        }
        while self.identity(&lost).is_some_and(|(holder, field)| (self.is_identity)(&holder, &field)) {
            lost.0.pop();
        }
        lost
    }

    /// Reads a mutation. `right`: what is read of the unchanged value.
    pub(crate) fn check(&self, right: &Value, mutation: &Mutation<'_>) -> Outcome {
        let Mutation { place, value, text, lost, .. } = mutation;
        let (result, unreadable) = collect_unreadable(|| (self.rewrite)(text));
        let (mut problems, mut identity) = (Vec::new(), None);
        match &result {
            Ok(written) => {
                compare(right, written, &lost.0, "", &mut problems);
                problems.extend(self.unexplained(right, written, mutation, &unreadable));
            }
            Err(_) if lost.0.is_empty() => {}
            Err(problem) => problems.push(format!("everything is lost: {problem}")),
        }
        if result.is_err() || unreadable.iter().any(|part| part.path != place.to_string()) {
            identity = self.identity(place);
        }
        let name = self.name;
        let value = value.as_ref().map_or_else(|| "missing".to_owned(), |value| format!("= {value}"));
        let problems = problems.into_iter().map(|problem| format!("{name}: {place} {value}: {problem}"));
        Outcome { problems: problems.collect(), identity }
    }

    /// Returns a problem if the wrong value is neither in the object nor in the unreadable values.
    fn unexplained(
        &self,
        right: &Value,
        written: &Value,
        mutation: &Mutation<'_>,
        unreadable: &[Unreadable],
    ) -> Option<String> {
        let Mutation { place, value, lost, .. } = mutation;
        if let Some(other) =
            unreadable.iter().find(|part| !is_between(&part.path, lost, place) || part.json.is_empty())
        {
            return Some(format!("unexpected in unreadable: {other}"));
        }
        let value = value.as_ref()?;
        let is_read = place.get(right).is_some();
        let is_kept = match (place.get(written), value) {
            (None | Some(Value::Null), Value::Null) => true,
            (None, _) => is_empty(value),
            (Some(kept), _) if is_empty(value) => is_empty(kept),
            (Some(Value::Number(kept)), Value::Number(sent)) => kept.as_f64() == sent.as_f64(),
            (Some(kept), _) => kept == value,
        };
        let is_flag = matches!(place.0.last(), Some(Step::Field(name)) if FLAGS.contains(&name.as_str()));
        (is_read && !is_kept && !is_flag && unreadable.is_empty())
            .then(|| "it is not in unreadable".to_owned())
    }
}

/// Whether a path is the place, or around it and not outside of `outermost`.
fn is_between(path: &str, outermost: &Place, place: &Place) -> bool {
    let mut around = Some(place.clone());
    while let Some(at) = around {
        if at.to_string() == path {
            return true;
        }
        around = at.outer().filter(|_| at != *outermost);
    }
    false
}

/// Whether a value and the default that replaces it cannot be told apart.
fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(list) => list.is_empty(),
        Value::Object(_) => true,
        _ => false,
    }
}

/// Whether two values have the same meaning: null, false and an empty list may be missing.
fn is_same(right: Option<&Value>, written: Option<&Value>) -> bool {
    match (right, written) {
        (Some(Value::Object(right)), Some(Value::Object(written))) => {
            let names = right.keys().chain(written.keys());
            names.into_iter().all(|name| is_same(right.get(name), written.get(name)))
        }
        (Some(Value::Array(right)), Some(Value::Array(written))) if right.len() == written.len() => {
            right.iter().zip(written).all(|(right, written)| is_same(Some(right), Some(written)))
        }
        (Some(value), None) | (None, Some(value)) => match value {
            Value::Null | Value::Bool(false) => true,
            Value::Array(list) => list.is_empty(),
            _ => false,
        },
        (right, written) => right == written,
    }
}

/// Compares what was written, except for what may be lost.
fn compare(right: &Value, written: &Value, lost: &[Step], path: &str, problems: &mut Vec<String>) {
    let Some((next, inner)) = lost.split_first() else { return };
    match (right, written, next) {
        (Value::Object(right), Value::Object(written), Step::Field(next)) => {
            for name in right.keys().chain(written.keys().filter(|name| !right.contains_key(*name))) {
                let path = format!("{path}.{name}");
                match (right.get(name), written.get(name)) {
                    (Some(right), Some(written)) if name == next => {
                        compare(right, written, inner, &path, problems);
                    }
                    // Some defaults are not written.
                    _ if name == next => {}
                    (right, written) if is_same(right, written) => {}
                    (right, written) => problems.push(format!("{path} was {right:?} and is {written:?}")),
                }
            }
        }
        (Value::Array(right), Value::Array(written), Step::Element(next)) => {
            // An element that cannot be read is written in its place, or left out.
            let is_left_out = right.len() == written.len() + 1;
            for (index, value) in right.iter().enumerate() {
                let path = format!("{path}[{index}]");
                let same = written.get(if is_left_out && index > *next { index - 1 } else { index });
                match same {
                    _ if index == *next && is_left_out => {}
                    Some(same) if index == *next => compare(value, same, inner, &path, problems),
                    same if is_same(Some(value), same) => {}
                    same => problems.push(format!("{path} was {value} and is {same:?}")),
                }
            }
            if written.len() > right.len() {
                problems.push(format!("{path} has more elements"));
            }
        }
        (right, written, _) if is_same(Some(right), Some(written)) => {}
        _ => problems.push(format!("{path} was {right} and is {written}")),
    }
}
