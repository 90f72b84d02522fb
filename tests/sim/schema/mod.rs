//! Whatever the simulated Discord sends is as Discord's specification and documentation say.
//!
//! A scene calls all routes and lets people and the bot do everything. Each response is held against `openapi.json`, and each
//! event against the field tables of the documentation.

mod documented;
mod events;
mod exemptions;
mod recorder;
mod scene;
#[path = "../../published/schema.rs"]
mod specification;

use std::collections::BTreeSet;

use serde_json::Value;

use self::documented::Documentation;
use self::events::{EVENTS, NOT_SENT, WITHOUT_TABLE};
use self::exemptions::{EXEMPTIONS, Exemption, NOT_ASKED, RECORDED};
use self::recorder::{Answer, Recorder};
use self::specification::Specification;
use crate::load::load;
use crate::template::fit;

/// The routes of the specification, as `GET /users/@me`.
struct Routes<'s>(Vec<(String, &'s Value)>);

impl<'s> Routes<'s> {
    fn new(specification: &'s Value) -> Routes<'s> {
        let paths = specification["paths"].as_object().expect("paths").iter();
        let routes = paths.flat_map(|(path, methods)| {
            let methods = methods.as_object().into_iter().flatten();
            let methods = methods.filter(|(method, _)| !matches!(method.as_str(), "parameters"));
            methods.map(move |(method, described)| (format!("{} {path}", method.to_uppercase()), described))
        });
        Routes(routes.collect())
    }

    /// The route of a request: of several that fit, the one with the most fixed segments.
    fn of(&self, answer: &Answer) -> Option<&(String, &'s Value)> {
        let path = answer.path.split('?').next().unwrap_or_default().trim_start_matches('/');
        let path: Vec<String> = path.split('/').map(str::to_owned).collect();
        let fitting = self.0.iter().filter_map(|route| {
            let (method, template) = route.0.split_once(' ')?;
            let own = fit(template, &path).filter(|_| method == answer.method)?;
            Some((own, route))
        });
        fitting.max_by_key(|(own, _)| *own).map(|(_, route)| route)
    }
}

/// What is wrong with a response, by its route.
fn wrong_with(answer: &Answer, route: &Value, specification: Specification<'_>) -> Vec<String> {
    let status = answer.status.to_string();
    let responses = &route["responses"];
    let described = responses.get(&status).or(responses.get("4XX").filter(|_| status.starts_with('4')));
    let Some(described) = described else { return vec![format!("(status): {status} is not described")] };
    let described = match described["$ref"].as_str() {
        Some(pointer) => specification.0.pointer(pointer.trim_start_matches('#')).expect("a response"),
        None => described,
    };
    let schema = &described["content"]["application/json"]["schema"];
    match &answer.body {
        Some(_) if schema.is_null() => vec!["(body): is not described".to_owned()],
        None if !schema.is_null() => vec!["(body): is required".to_owned()],
        None => Vec::new(),
        Some(body) => {
            let problems = specification.problems(schema, body, &[]);
            problems.into_iter().map(|problem| format!("{}: {}", problem.path, problem.what)).collect()
        }
    }
}

/// What is wrong with an event.
fn wrong_with_event(name: &str, data: &Value, documentation: &Documentation) -> Vec<String> {
    if let Some((_, tables)) = EVENTS.iter().find(|(known, _)| *known == name) {
        return documentation.problems(tables, data);
    }
    match WITHOUT_TABLE.iter().find(|(known, _)| *known == name) {
        Some((_, fields)) => {
            let names: Vec<&str> = data.as_object().into_iter().flatten().map(|(key, _)| &**key).collect();
            let wrong = format!("(fields): are {names:?}");
            if names == *fields { Vec::new() } else { vec![wrong] }
        }
        None => vec!["(event): is unknown".to_owned()],
    }
}

/// Replaces `[3]` by `[]`, so that the same mistake in each element of a list is one.
fn without_places(problem: &str) -> String {
    let (path, what) = problem.split_once(": ").unwrap_or((problem, ""));
    let mut short = String::new();
    for part in path.split_inclusive(']') {
        match part.split_once('[') {
            Some((before, _)) => short += &format!("{before}[]"),
            None => short += part,
        }
    }
    format!("{}: {what}", short.trim_start_matches('.'))
}

#[test]
fn whatever_the_simulator_sends_fits_the_published_schema() {
    let (Some(published), Some(objects), Some(enums), Some(gateway)) =
        (load("openapi.json"), load("objects.json"), load("enums.json"), load("gateway.json"))
    else {
        return;
    };
    let (specification, routes) = (Specification(&published), Routes::new(&published));
    let documentation = Documentation { objects, enums };
    let mut recorder = Recorder::start();
    scene::play(&mut recorder);

    let mut wrong: BTreeSet<String> = std::mem::take(&mut recorder.unexpected).into_iter().collect();
    let mut needed: BTreeSet<usize> = BTreeSet::new();
    let mut judge = |place: &str, problem: String| {
        let problem = without_places(&problem);
        match EXEMPTIONS.iter().position(|exemption| exemption.covers(place, &problem)) {
            Some(index) => drop(needed.insert(index)),
            None => drop(wrong.insert(format!("{place}: {problem}"))),
        }
    };
    let mut asked = BTreeSet::new();
    for answer in &recorder.answers {
        let Some((name, route)) = routes.of(answer) else {
            judge(&format!("{} {}", answer.method, answer.path), "(route): is unknown".to_owned());
            continue;
        };
        wrong_with(answer, route, specification).into_iter().for_each(|problem| judge(name, problem));
        if answer.status < 400 {
            asked.insert(name.clone());
        }
    }
    for (name, data) in &recorder.events {
        wrong_with_event(name, data, &documentation).into_iter().for_each(|problem| judge(name, problem));
    }

    let all: BTreeSet<String> = routes.0.iter().map(|(name, _)| name.clone()).collect();
    check_left_out("asked", &all, &asked, NOT_ASKED, &mut wrong);
    let events = gateway["dispatch_events"].as_array().unwrap();
    let all: BTreeSet<String> =
        events.iter().map(|event| event["name"].as_str().unwrap().to_owned()).collect();
    let seen: BTreeSet<String> = recorder.events.iter().map(|(name, _)| name.clone()).collect();
    check_left_out("sent", &all, &seen, NOT_SENT, &mut wrong);

    let unneeded = EXEMPTIONS.iter().enumerate().filter(|(index, _)| !needed.contains(index));
    wrong.extend(unneeded.map(|(_, exemption)| format!("no longer needed: {exemption:?}")));
    println!(
        "{} responses of {} routes and {} events of {} kinds; {} exemptions",
        recorder.answers.len(),
        asked.len(),
        recorder.events.len(),
        seen.len(),
        EXEMPTIONS.len(),
    );
    assert!(wrong.is_empty(), "{}", wrong.into_iter().collect::<Vec<_>>().join("\n"));
}

/// Each of `all` must be there or left out with a reason, and not both.
fn check_left_out(
    what: &str,
    all: &BTreeSet<String>,
    there: &BTreeSet<String>,
    left_out: &[(&str, &str)],
    wrong: &mut BTreeSet<String>,
) {
    let is_left_out = |name: &String| left_out.iter().any(|(known, _)| known == name);
    let missing = all.iter().filter(|name| !there.contains(*name) && !is_left_out(name));
    wrong.extend(missing.map(|name| format!("{name}: is never {what}")));
    let unneeded = left_out.iter().filter(|(name, _)| there.contains(*name) || !all.contains(*name));
    wrong.extend(
        unneeded.map(|(name, why)| format!("{name} is {what}, or unknown: it needs no exemption ({why})")),
    );
}

#[test]
fn the_tables_accept_recorded_events() {
    let (Some(index), Some(objects), Some(enums)) =
        (load("payloads/INDEX.json"), load("objects.json"), load("enums.json"))
    else {
        return;
    };
    let documentation = Documentation { objects, enums };
    let mut wrong = BTreeSet::new();
    let mut count = 0;
    for entry in index["files"].as_array().unwrap() {
        let (file, event) = (entry["file"].as_str().unwrap(), entry["event"].as_str().unwrap_or_default());
        // The events of the future have values that are not documented yet.
        if !EVENTS.iter().any(|(name, _)| *name == event) || file.starts_with("future/") {
            continue;
        }
        let Some(frame) = load(&format!("payloads/{file}")) else { return };
        // An unavailable guild has nothing but its ID.
        if frame["d"]["unavailable"] == true {
            continue;
        }
        count += 1;
        let undocumented = entry["undocumented_keys"].as_array().cloned().unwrap_or_default();
        for problem in wrong_with_event(event, &frame["d"], &documentation) {
            let problem = without_places(&problem);
            let field = problem.strip_suffix(": is unknown").and_then(|path| path.rsplit('.').next());
            let is_known = field.is_some_and(|field| undocumented.iter().any(|key| key == field));
            let mut exemptions = EXEMPTIONS.iter().chain(RECORDED);
            if !is_known && !exemptions.any(|exemption| exemption.covers(event, &problem)) {
                wrong.insert(format!("{file}: {problem}"));
            }
        }
    }
    println!("{count} events");
    assert!(wrong.is_empty(), "{}", wrong.into_iter().collect::<Vec<_>>().join("\n"));
}

#[test]
fn an_exemption_is_of_a_place_and_a_problem() {
    let exemption = Exemption::new("GET /a", "*.flags", "is required", "");
    assert!(exemption.covers("GET /a", "author.flags: is required"));
    assert!(!exemption.covers("GET /b", "author.flags: is required"));
    assert!(!exemption.covers("GET /a", "author.flags: is unknown"));
    assert!(!exemption.covers("GET /a", "author.flag: is required"));
}
