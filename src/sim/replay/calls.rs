//! The recorded calls: finds the one that a request repeats, and notes what differs.

use std::collections::{BTreeSet, HashMap};

use serde_json::Value;

use super::report::{DifferentCall, ReplayReport};
use crate::recording::line::{Call, Text};
use crate::recording::mask::Mask;
use crate::sim::http::Response;

/// A request of the bot.
pub(in crate::sim) struct Made<'a> {
    pub(in crate::sim) method: &'a str,
    /// Without the base of the API, with the query.
    pub(in crate::sim) path: &'a str,
    /// Null if there is none.
    pub(in crate::sim) body: Value,
    pub(in crate::sim) files: usize,
}

/// What a request gets.
pub(in crate::sim) enum Answer<'a> {
    Recorded(&'a Call),
    NotRecorded(String),
}

/// The recorded response. `None` if there was none: the connection ended.
pub(in crate::sim) fn replay_response(call: &Call) -> Option<Response> {
    let text = call.response.as_ref().map_or("", Text::as_str);
    let is_json = matches!(call.response, Some(Text::Json(_)));
    let mut response = Response::new(call.status?, text);
    if is_json {
        response = response.with("Content-Type", "application/json");
    }
    if let Some(seconds) = &call.retry_after {
        response = response.with("Retry-After", seconds);
    }
    if let Some(scope) = &call.scope {
        response = response.with("X-RateLimit-Scope", scope);
    }
    Some(response)
}

/// The calls of a recording, and what the bot has done so far.
pub(in crate::sim) struct RecordedCalls {
    calls: Vec<Call>,
    /// Whether each was made.
    made: Vec<bool>,
    /// The calls by method and path, in order.
    by_path: HashMap<(String, String), Vec<usize>>,
    /// The paths with placeholders, by method.
    routes: BTreeSet<(String, String)>,
    mask: Mask,
    extra: Vec<String>,
    different: Vec<DifferentCall>,
    /// The number of events that were sent.
    events: usize,
}

impl RecordedCalls {
    pub(in crate::sim) fn new(calls: Vec<Call>, mask: Mask) -> RecordedCalls {
        let mut by_path: HashMap<_, Vec<usize>> = HashMap::new();
        for (index, call) in calls.iter().enumerate() {
            by_path.entry((call.method.clone(), call.path.clone())).or_default().push(index);
        }
        RecordedCalls {
            made: vec![false; calls.len()],
            by_path,
            routes: calls.iter().map(|call| (call.method.clone(), call.route.clone())).collect(),
            calls,
            mask,
            extra: Vec::new(),
            different: Vec::new(),
            events: 0,
        }
    }

    pub(in crate::sim) fn event_sent(&mut self) {
        self.events += 1;
    }

    /// Whether the bot has made this call.
    pub(in crate::sim) fn is_made(&self, index: usize) -> bool {
        self.made.get(index) == Some(&true)
    }

    /// Finds the recorded call that a request repeats: the first one with the same body, or else the first one of its path that
    /// was not made yet.
    pub(in crate::sim) fn answer(&mut self, request: &Made<'_>) -> Answer<'_> {
        let left: Vec<usize> =
            self.recorded(request).into_iter().filter(|index| !self.made[*index]).collect();
        let differences = |index: &usize| self.differences(&self.calls[*index], request);
        let same = left.iter().find(|index| differences(index).is_empty()).or(left.first()).copied();
        let Some(index) = same else {
            let call = format!("{} {}", request.method, request.path);
            self.extra.push(call.clone());
            return Answer::NotRecorded(call);
        };
        let differences = differences(&index);
        if !differences.is_empty() {
            self.different.push(DifferentCall { call: name(&self.calls[index]), differences });
        }
        self.made[index] = true;
        Answer::Recorded(&self.calls[index])
    }

    /// The recorded calls with the path of a request, in order.
    fn recorded(&self, request: &Made<'_>) -> Vec<usize> {
        let segments = |path: &str| path.split('?').next().unwrap_or_default().split('/').count();
        let is_like = |route: &str| {
            let plain = request.path.split('?').next().unwrap_or_default();
            segments(route) == segments(plain)
                && route
                    .split('/')
                    .zip(plain.split('/'))
                    .all(|(part, own)| part.starts_with('{') || part == own)
        };
        let paths = self
            .routes
            .iter()
            .filter(|(method, route)| method == request.method && is_like(route))
            .map(|(_, route)| (request.method.to_owned(), self.mask.path(route, request.path)));
        let mut found: Vec<usize> =
            paths.filter_map(|path| self.by_path.get(&path)).flatten().copied().collect();
        found.sort_unstable();
        found.dedup();
        found
    }

    /// What differs between the bodies, as sentences.
    fn differences(&self, call: &Call, request: &Made<'_>) -> Vec<String> {
        let recorded = without_nonce(call.body.as_ref().map_or(Value::Null, value));
        let masked = without_nonce(match &request.body {
            Value::Null => Value::Null,
            body if call.route.contains("/commands") => value(&self.mask.own_json(&body.to_string())),
            body => value(&self.mask.json(&body.to_string())),
        });
        let mut differences = Vec::new();
        compare("", &recorded, &masked, &mut differences);
        if call.files != request.files {
            differences.push(format!("{} files were recorded, {} were sent", call.files, request.files));
        }
        differences
    }

    /// What the bot did otherwise so far.
    pub(in crate::sim) fn report(&self) -> ReplayReport {
        let left = self.calls.iter().zip(&self.made).filter(|(_, made)| !**made);
        ReplayReport {
            events: self.events,
            missing: left.map(|(call, _)| name(call)).collect(),
            extra: self.extra.clone(),
            different: self.different.clone(),
            ..ReplayReport::default()
        }
    }
}

fn name(call: &Call) -> String {
    format!("{} {}", call.method, call.path)
}

/// The client makes a new nonce for each message.
fn without_nonce(mut body: Value) -> Value {
    if let Some(fields) = body.as_object_mut() {
        fields.remove("nonce");
    }
    body
}

fn value(text: &Text) -> Value {
    match text {
        Text::Json(json) => serde_json::from_str(json.get()).unwrap_or_default(),
        Text::Text(text) => Value::String(text.clone()),
    }
}

/// Adds what differs below a field.
fn compare(field: &str, recorded: &Value, made: &Value, differences: &mut Vec<String>) {
    let below = |key: &str| if field.is_empty() { key.to_owned() } else { format!("{field}.{key}") };
    match (recorded, made) {
        (Value::Object(recorded), Value::Object(made)) => {
            let keys: BTreeSet<&String> = recorded.keys().chain(made.keys()).collect();
            for key in keys {
                match (recorded.get(key), made.get(key)) {
                    (Some(before), Some(now)) => compare(&below(key), before, now, differences),
                    (Some(before), None) => {
                        differences.push(format!("{} = {before} was recorded and not sent", below(key)));
                    }
                    (None, Some(now)) => {
                        differences.push(format!("{} = {now} was sent and not recorded", below(key)));
                    }
                    (None, None) => {}
                }
            }
        }
        (Value::Array(recorded), Value::Array(made)) if recorded.len() == made.len() => {
            for (index, (before, now)) in recorded.iter().zip(made).enumerate() {
                compare(&below(&index.to_string()), before, now, differences);
            }
        }
        _ if recorded == made => {}
        _ => {
            let field = if field.is_empty() { "the body" } else { field };
            differences.push(format!("{field} = {recorded} was recorded, {made} was sent"));
        }
    }
}
