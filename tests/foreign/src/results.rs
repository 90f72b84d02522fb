//! What works, compared with what is committed.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::{env, fs};

/// The clients, in the order of the table.
const CLIENTS: [&str; 4] = ["discord.py", "discord.js", "twilight", "serenity"];

/// The line of the documentation after which the table stands. Another empty line and a line of text follow the table.
const MARK: &str = "<!-- written by tests/foreign -->\n";

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    Ok,
    /// The client does not have the feature.
    Absent,
    Wrong(String),
}

/// The outcome of each feature, in the order in which a bot tried them.
#[derive(Default)]
pub struct Results(Vec<(String, Outcome)>);

impl Results {
    pub fn add(&mut self, feature: String, outcome: Outcome) {
        self.0.push((feature, outcome));
    }

    pub fn summary(&self) -> String {
        let count =
            |matches: fn(&Outcome) -> bool| self.0.iter().filter(|(_, outcome)| matches(outcome)).count();
        format!(
            "{} ok, {} wrong, {} not in this client",
            count(|outcome| *outcome == Outcome::Ok),
            count(|outcome| matches!(outcome, Outcome::Wrong(_))),
            count(|outcome| *outcome == Outcome::Absent),
        )
    }

    /// Compares with the committed expectation.
    pub fn compare(&self, client: &str) -> Result<(), String> {
        let word = |outcome: &Outcome| match outcome {
            Outcome::Ok => "ok",
            Outcome::Absent => "absent",
            Outcome::Wrong(_) => "wrong",
        };
        let lines: Vec<String> =
            self.0.iter().map(|(feature, outcome)| format!("{}: {feature}", word(outcome))).collect();
        let path = expectation(client);
        if is_blessing() {
            return fs::write(&path, lines.join("\n") + "\n").map_err(|error| error.to_string());
        }
        let expected = fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        let (expected, actual): (BTreeSet<&str>, BTreeSet<&str>) =
            (expected.lines().collect(), lines.iter().map(String::as_str).collect());
        if expected == actual {
            return Ok(());
        }
        let list = |set: Vec<&&str>| set.iter().map(|line| format!("\n  {line}")).collect::<String>();
        Err(format!(
            "{client} differs from {}.\nExpected:{}\nInstead:{}\nBLESS=1 writes the expectation.",
            path.display(),
            list(expected.difference(&actual).collect()),
            list(actual.difference(&expected).collect()),
        ))
    }
}

/// Compares the table in the documentation with the expectations.
pub fn check_table() -> Result<(), String> {
    let mut columns = Vec::new();
    for client in CLIENTS {
        let Ok(text) = fs::read_to_string(expectation(client)) else { continue };
        let lines = text.lines().filter_map(|line| line.split_once(": "));
        let outcomes = lines.map(|(outcome, feature)| (feature.to_owned(), outcome.to_owned()));
        columns.push((client, outcomes.collect::<Vec<_>>()));
    }
    let mut features: Vec<&str> = Vec::new();
    for (feature, _) in columns.iter().flat_map(|(_, outcomes)| outcomes) {
        if !features.contains(&feature.as_str()) {
            features.push(feature);
        }
    }
    let names: Vec<&str> = columns.iter().map(|(client, _)| *client).collect();
    let mut table = format!("\n| feature | {} |\n|---|{}\n", names.join(" | "), "---|".repeat(names.len()));
    for feature in features {
        let cells = columns.iter().map(|(_, outcomes)| {
            match outcomes.iter().find(|(name, _)| name == feature).map(|(_, outcome)| outcome.as_str()) {
                Some("ok") => "works",
                Some("absent") => "not in this client",
                Some(_) => "wrong",
                None => "not tried",
            }
        });
        table += &format!("| {feature} | {} |\n", cells.collect::<Vec<_>>().join(" | "));
    }
    table += "\n";
    let path = root().join("docs/simulator-clients.md");
    let text = fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    let Some((before, rest)) = text.split_once(MARK) else {
        return Err(format!("{} has no line {MARK}", path.display()));
    };
    // The table ends before the next heading.
    let after = rest.find("\n## ").map_or("", |index| &rest[index + 1..]);
    let written = format!("{before}{MARK}{table}{after}");
    if written == text {
        return Ok(());
    }
    if is_blessing() {
        return fs::write(&path, written).map_err(|error| error.to_string());
    }
    Err(format!("the table in {} is not that of the expectations. BLESS=1 writes it.", path.display()))
}

fn is_blessing() -> bool {
    env::var_os("BLESS").is_some()
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn expectation(client: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("expected").join(format!("{client}.txt"))
}
