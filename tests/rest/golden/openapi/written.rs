//! The requests that are written in the books.

use std::fs;

use serde_json::{Map, Value};

use crate::golden::book::folder;

/// A request as a book has it.
pub struct Written {
    /// The book it is from, without an extension.
    pub book: String,
    pub title: String,
    pub method: String,
    /// Below the base URL, by segments.
    pub path: Vec<String>,
    /// The names and decoded values, in order.
    pub query: Vec<(String, String)>,
    headers: Vec<(String, String)>,
    body: String,
}

/// All requests of all books, the books in order.
pub fn written() -> Vec<Written> {
    let mut paths: Vec<_> = fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "txt"));
    paths.sort();
    let mut requests = Vec::new();
    for path in paths {
        let book = path.file_stem().unwrap().to_string_lossy().into_owned();
        let text = fs::read_to_string(&path).unwrap();
        let lines: Vec<&str> = text.lines().collect();
        let is_title = |place: usize| {
            lines[place].starts_with("# ")
                && lines.get(place + 1).is_some_and(|line| line.contains(" /api/v10/"))
        };
        let starts: Vec<usize> = (0..lines.len()).filter(|place| is_title(*place)).collect();
        let ends = starts.iter().skip(1).copied().chain([lines.len()]);
        requests.extend(starts.iter().zip(ends).map(|(start, end)| read(&book, &lines[*start..end])));
    }
    requests
}

fn read(book: &str, lines: &[&str]) -> Written {
    let (method, path) = lines[1].split_once(" /api/v10/").unwrap();
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    let pairs = query.split('&').filter(|pair| !pair.is_empty());
    let end = lines.iter().position(|line| line.is_empty()).unwrap_or(lines.len());
    Written {
        book: book.to_owned(),
        title: lines[0].trim_start_matches("# ").to_owned(),
        method: method.to_owned(),
        path: path.split('/').map(str::to_owned).collect(),
        query: pairs
            .map(|pair| pair.split_once('=').unwrap())
            .map(|(n, v)| (decoded(n), decoded(v)))
            .collect(),
        headers: lines[2..end]
            .iter()
            .map(|line| line.split_once(": ").unwrap())
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect(),
        body: lines[end..].join("\n").trim().to_owned(),
    }
}

impl Written {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// Its body by media type, as JSON.
    pub fn body(&self) -> Option<(&'static str, Value)> {
        let kind = self.header("content-type").map(|kind| kind.split(';').next().unwrap());
        match kind {
            None if self.body.is_empty() => None,
            Some("application/json") => {
                let value = serde_json::from_str(&self.body);
                Some(("application/json", value.unwrap_or_else(|e| panic!("{}: {e}", self.title))))
            }
            Some("multipart/form-data") => Some(("multipart/form-data", Value::Object(form(&self.body)))),
            kind => panic!("{}: a body of type {kind:?}", self.title),
        }
    }
}

/// What a form means: the fields of its payload, of its texts, and of its files.
fn form(body: &str) -> Map<String, Value> {
    let mut fields = Map::new();
    for part in body.split("--BOUNDARY").filter(|part| !part.trim().is_empty() && part.trim() != "--") {
        let (head, content) = part.split_once("\n\n").unwrap();
        let content = content.strip_suffix('\n').unwrap_or(content);
        let name = head.split_once(" name=\"").and_then(|(_, rest)| rest.split_once('"')).unwrap().0;
        if name == "payload_json" {
            let payload: Map<String, Value> = serde_json::from_str(content).unwrap();
            fields.extend(payload);
        } else {
            fields.insert(name.to_owned(), Value::from(content));
        }
    }
    fields
}

/// Without percent-encoding.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let [first, others @ ..] = rest {
        match (first, others) {
            (b'%', [high, low, others @ ..]) => {
                let digits = [*high, *low];
                bytes.push(u8::from_str_radix(std::str::from_utf8(&digits).unwrap(), 16).unwrap());
                rest = others;
            }
            _ => {
                bytes.push(*first);
                rest = others;
            }
        }
    }
    String::from_utf8(bytes).unwrap()
}
