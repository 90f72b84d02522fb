//! What the books say is sent, held against Discord's specification.

mod deviations;
#[path = "../../published/schema.rs"]
mod schema;
pub mod written;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use super::load::load;
use super::template::fit;
use deviations::{DEVIATIONS, UNSAID};
use schema::Specification;
use written::{Written, written};

/// An operation of Discord's.
struct Operation<'a> {
    /// `GET /users/@me`.
    name: String,
    /// What `routes.json` says about it.
    row: &'a Value,
    /// What the specification says about it.
    described: &'a Value,
}

/// What is wrong with one field of a request.
struct Finding {
    field: String,
    what: String,
}

fn finding(field: impl Into<String>, what: impl Into<String>) -> Finding {
    Finding { field: field.into(), what: what.into() }
}

/// The operation that a request is meant for.
fn operation<'a>(request: &Written, routes: &'a Value, specification: &'a Value) -> Option<Operation<'a>> {
    // The specification has not all that is documented.
    let rows = ["routes", "docs_only"].into_iter().flat_map(|key| routes[key].as_array().unwrap());
    let (_, template, row) = rows
        .filter(|row| row["method"] == request.method.as_str())
        .filter_map(|row| {
            let template = row["path"].as_str().unwrap();
            Some((fit(template, &request.path)?, template, row))
        })
        .max_by_key(|(own, ..)| *own)?;
    let described = &specification["paths"][template][request.method.to_lowercase()];
    Some(Operation { name: format!("{} {template}", request.method), row, described })
}

fn check(request: &Written, operation: &Operation<'_>, specification: Specification<'_>) -> Vec<Finding> {
    let mut findings = check_headers(request, operation.row);
    findings.extend(check_query(request, operation, specification));
    findings.extend(check_body(request, operation, specification));
    findings
}

fn check_headers(request: &Written, row: &Value) -> Vec<Finding> {
    let mut findings = Vec::new();
    let token_in_path = row["auth_none_why"].as_str().is_some_and(|why| why.ends_with("token_in_path"));
    match (token_in_path, request.header("authorization")) {
        (true, Some(_)) => findings.push(finding("authorization", "is sent though the path has a token")),
        (false, None) => findings.push(finding("authorization", "is missing")),
        _ => {}
    }
    if request.header("x-audit-log-reason").is_some() && row["audit_log_reason"] != true {
        findings.push(finding("x-audit-log-reason", "is sent, and nothing keeps it"));
    }
    findings
}

fn check_query(
    request: &Written,
    operation: &Operation<'_>,
    specification: Specification<'_>,
) -> Vec<Finding> {
    let mut findings = Vec::new();
    let parameters = operation.described["parameters"].as_array().into_iter().flatten();
    let parameters: BTreeMap<&str, &Value> = parameters
        .filter(|parameter| parameter["in"] == "query")
        .map(|parameter| (parameter["name"].as_str().unwrap(), parameter))
        .collect();
    let mut given: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (name, value) in &request.query {
        given.entry(name).or_default().push(value);
    }
    for (name, parameter) in &parameters {
        if parameter["required"] == true && !given.contains_key(name) {
            findings.push(finding(format!("?{name}"), "is required"));
        }
    }
    for (name, values) in given {
        let Some(parameter) = parameters.get(name) else {
            findings.push(finding(format!("?{name}"), "is unknown"));
            continue;
        };
        let readings = readings(&values);
        let problems = readings.iter().map(|value| specification.problems(&parameter["schema"], value, &[]));
        let best = problems.min_by_key(Vec::len).unwrap_or_default();
        findings.extend(best.into_iter().map(|p| finding(format!("?{name}{}", p.path), p.what)));
    }
    findings
}

/// What the values of a parameter may mean: a text, a number or the like, or a list.
fn readings(values: &[&str]) -> Vec<Value> {
    let plain = |text: &str| serde_json::from_str(text).unwrap_or_else(|_| Value::from(text));
    let lists = [Value::from(values), Value::Array(values.iter().map(|text| plain(text)).collect())];
    let mut readings = Vec::new();
    if let [one] = values {
        readings.extend([Value::from(*one), plain(one)]);
    }
    readings.extend(lists);
    readings
}

fn check_body(
    request: &Written,
    operation: &Operation<'_>,
    specification: Specification<'_>,
) -> Vec<Finding> {
    let described = &operation.described["requestBody"];
    let Some((kind, body)) = request.body() else {
        let missing = described["required"] == true;
        return missing.then(|| finding("(the body)", "is required")).into_iter().collect();
    };
    let row = operation.row;
    let files: Vec<&str> =
        row["file_fields"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    let content = &described["content"];
    // The specification does not name every form that the documentation does.
    let schema = match (&content[kind]["schema"], row["accepts_files"].as_bool()) {
        (Value::Null, Some(true)) => &content["application/json"]["schema"],
        (schema, _) => schema,
    };
    if schema.is_null() {
        return vec![finding("(the body)", format!("is not asked for as {kind}"))];
    }
    let mut known = files;
    if kind != "multipart/form-data" {
        known.clear();
    }
    let problems = specification.problems(schema, &body, &known);
    let mut findings: Vec<Finding> = problems.into_iter().map(|p| finding(p.path, p.what)).collect();
    findings.dedup_by(|one, other| (&one.field, &one.what) == (&other.field, &other.what));
    findings
}

#[test]
fn every_request_in_a_book_is_one_that_discord_describes() {
    let (Some(routes), Some(specification)) = (load("routes.json"), load("openapi.json")) else { return };
    let (mut wrong, mut needed, mut checked) = (Vec::new(), BTreeSet::new(), BTreeMap::new());
    let mut seen = BTreeSet::new();
    for request in written() {
        let place = format!("{}: {}", request.book, request.title);
        let Some(operation) = operation(&request, &routes, &specification) else {
            wrong.push(format!("{place}: Discord has no {} /{}", request.method, request.path.join("/")));
            continue;
        };
        *checked.entry(request.book.clone()).or_insert(0) += 1;
        for Finding { field, what } in check(&request, &operation, Specification(&specification)) {
            let known = DEVIATIONS.iter().position(|known| known.covers(&operation.name, &field, &what));
            match known {
                Some(known) => drop(needed.insert(known)),
                None => wrong.push(format!("{place}: {}: {field}: {what}", operation.name)),
            }
        }
        seen.insert(operation.name);
    }
    for (book, count) in &checked {
        println!("{book}: {count} requests");
    }
    println!("checked: {} requests of {} books", checked.values().sum::<usize>(), checked.len());
    let unneeded = DEVIATIONS.iter().enumerate().filter(|(place, deviation)| {
        let in_a_book = deviation.operation == "*" || seen.contains(deviation.operation);
        in_a_book && !needed.contains(place)
    });
    wrong.extend(unneeded.map(|(_, deviation)| format!("no longer needed: {}", deviation.show())));
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_parameter_of_a_request_is_in_a_golden_file() {
    let (Some(routes), Some(specification)) = (load("routes.json"), load("openapi.json")) else { return };
    // What can be said, with the operations where it can and what is: some are the same but for their path.
    let mut alike: BTreeMap<_, (BTreeSet<String>, BTreeSet<String>)> = BTreeMap::new();
    for request in written() {
        let Some(operation) = operation(&request, &routes, &specification) else { continue };
        let described = described(&operation, Specification(&specification));
        let (operations, said) = alike.entry((request.method.clone(), described)).or_default();
        operations.insert(operation.name);
        said.extend(request.query.iter().map(|(name, _)| format!("?{name}")));
        said.extend(request.body().into_iter().flat_map(|(_, body)| names(&body)));
    }
    let (mut count, mut total, mut wrong) = (0, 0, Vec::new());
    for ((_, described), (operations, said)) in &alike {
        count += described.intersection(said).count();
        total += described.len();
        let left_out = |field: &str| {
            UNSAID.iter().any(|unsaid| unsaid.covers(field) && operations.contains(unsaid.operation))
        };
        let missing: Vec<_> = described.difference(said).filter(|field| !left_out(field)).cloned().collect();
        if let (Some(operation), false) = (operations.first(), missing.is_empty()) {
            wrong.push(format!("{operation}: {}", missing.join(", ")));
        }
    }
    println!("said: {count} of {total} parameters; {} left out", UNSAID.len());
    for unsaid in UNSAID {
        let said_or_unknown = alike.iter().any(|((_, described), (operations, said))| {
            operations.contains(unsaid.operation)
                && !described.iter().any(|field| unsaid.covers(field) && !said.contains(field))
        });
        if said_or_unknown {
            wrong.push(format!("no longer needed: {} {} ({})", unsaid.operation, unsaid.field, unsaid.why));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The names on the first level of a body.
fn names(body: &Value) -> Vec<String> {
    let objects = body.as_array().map_or(std::slice::from_ref(body), Vec::as_slice);
    objects.iter().filter_map(Value::as_object).flat_map(Map::keys).cloned().collect()
}

/// What the specification has for the query, and for the first level of the body.
fn described(operation: &Operation<'_>, specification: Specification<'_>) -> BTreeSet<String> {
    let parameters = operation.described["parameters"].as_array().into_iter().flatten();
    let query = parameters.filter(|parameter| parameter["in"] == "query");
    let query = query.map(|parameter| format!("?{}", parameter["name"].as_str().unwrap()));
    let contents = operation.described["requestBody"]["content"].as_object();
    let schemas = contents.into_iter().flat_map(Map::values).map(|content| &content["schema"]);
    let fields = schemas.flat_map(|schema| {
        let schema = schema.get("items").unwrap_or(schema);
        specification.names(schema)
    });
    // A second file is as the first.
    let fields = fields.filter(|name| !name.starts_with("files[") || *name == "files[0]");
    query.chain(fields.map(str::to_owned)).collect()
}
