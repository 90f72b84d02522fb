//! Which of Discord's operations the client has, by what its books say it sends.

use std::collections::BTreeSet;
use std::fs;

use super::book::folder;
use super::load::load;
use super::template::fit;

/// What is left out, and why.
const LEFT_OUT: &[(&str, &str)] = &[
    ("GET /channels/{channel_id}/pins", "replaced by GET /channels/{channel_id}/messages/pins"),
    ("PUT /channels/{channel_id}/pins/{message_id}", "replaced by the one below messages"),
    ("DELETE /channels/{channel_id}/pins/{message_id}", "replaced by the one below messages"),
    ("PATCH /guilds/{guild_id}/members/@me/nick", "replaced by Modify Current Member"),
    ("POST /partner-sdk/token", "takes a client secret, not a bot's token"),
    ("POST /partner-sdk/provisional-accounts/unmerge", "takes a client secret, not a bot's token"),
];

/// The method and path of each request that is written in a book.
fn sent() -> Vec<(String, Vec<String>)> {
    let mut sent = Vec::new();
    for entry in fs::read_dir(folder()).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "txt") {
            let text = fs::read_to_string(path).unwrap();
            for (title, line) in text.lines().zip(text.lines().skip(1)) {
                if let (true, Some((method, path))) = (title.starts_with("# "), line.split_once(" /api/v10/"))
                {
                    let path = path.split('?').next().unwrap();
                    sent.push((method.to_owned(), path.split('/').map(str::to_owned).collect()));
                }
            }
        }
    }
    sent
}

#[test]
fn every_operation_that_a_bot_may_call_is_in_a_book() {
    let Some(routes) = load("routes.json") else { return };
    let routes: Vec<(String, String)> = routes["routes"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|row| row["auth"] != "bearer")
        // The specification has not all that is documented.
        .chain(routes["docs_only"].as_array().unwrap())
        .filter(|row| row["disabled"] != true)
        .map(|row| (row["method"].as_str().unwrap().to_owned(), row["path"].as_str().unwrap().to_owned()))
        .collect();
    let mut covered = BTreeSet::new();
    for (method, path) in sent() {
        let best = routes
            .iter()
            .filter(|(known, _)| *known == method)
            .filter_map(|(_, template)| Some((fit(template, &path)?, template)))
            .max();
        let (_, template) = best.unwrap_or_else(|| panic!("Discord has no {method} /{}", path.join("/")));
        covered.insert(format!("{method} {template}"));
    }
    for (route, why) in LEFT_OUT {
        assert!(!covered.contains(*route), "{route} is covered: it need not be left out ({why})");
    }
    let missing: Vec<String> = routes
        .iter()
        .map(|(method, path)| format!("{method} {path}"))
        .filter(|route| !covered.contains(route) && LEFT_OUT.iter().all(|(known, _)| known != route))
        .collect();
    println!("covered: {} of {} operations; {} left out", covered.len(), routes.len(), LEFT_OUT.len());
    assert!(missing.is_empty(), "not covered:\n{}", missing.join("\n"));
}
