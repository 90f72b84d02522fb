//! A book of requests: what was sent is compared with what is written in it.

use std::env;
use std::fs;
use std::path::PathBuf;

use syncord::Error;
use syncord::rest::Client;

use crate::server::{Asked, Server, TOKEN, answer, ok};

/// Headers that say nothing about the call.
const EVERYWHERE: [&str; 6] =
    ["accept", "accept-encoding", "content-length", "host", "transfer-encoding", "user-agent"];

pub struct Book {
    name: &'static str,
    text: String,
}

/// Where the books are.
pub fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/rest/golden")
}

impl Book {
    pub fn open(name: &'static str) -> Book {
        Book { name, text: String::new() }
    }

    /// Makes a call that is answered with this JSON, writes down what was sent, and gives what was read.
    pub fn call<T>(&mut self, name: &str, body: &str, call: impl FnOnce(&Client) -> Result<T, Error>) -> T {
        self.record(name, &Server::that(&[ok(body)]), call)
    }

    /// The same for a call that is answered with nothing.
    pub fn perform<T>(&mut self, name: &str, call: impl FnOnce(&Client) -> Result<T, Error>) -> T {
        self.record(name, &Server::that(&[answer("204 No Content", "")]), call)
    }

    /// The same for a call that is answered with a picture.
    pub fn picture<T>(
        &mut self,
        name: &str,
        body: &str,
        call: impl FnOnce(&Client) -> Result<T, Error>,
    ) -> T {
        self.record(name, &Server::that(&[answer("200 OK\r\nContent-Type: image/png", body)]), call)
    }

    fn record<T>(
        &mut self,
        name: &str,
        server: &Server,
        call: impl FnOnce(&Client) -> Result<T, Error>,
    ) -> T {
        let result = call(&server.client());
        let asked = server.asked();
        let value = result.unwrap_or_else(|e| panic!("{name}: {e}"));
        assert_eq!(asked.len(), 1, "{name}");
        self.text.push_str(&format!("# {name}\n{}\n", show(&asked[0])));
        value
    }

    /// Compares it with the file.
    pub fn close(self) {
        let path = folder().join(self.name).with_extension("txt");
        if env::var_os("BLESS").is_some() {
            fs::write(&path, &self.text).unwrap();
        }
        let written = fs::read_to_string(&path).unwrap_or_default();
        for (now, then) in self.text.split("\n# ").zip(written.split("\n# ")) {
            assert_eq!(now, then, "{}", path.display());
        }
        assert_eq!(self.text, written, "{}", path.display());
    }
}

fn show(asked: &Asked) -> String {
    let mut text = format!("{}\n", asked.line);
    let mut headers: Vec<_> =
        asked.headers.iter().filter(|(name, _)| !EVERYWHERE.contains(&name.as_str())).collect();
    headers.sort();
    let mut body = asked.body.clone();
    for (name, value) in headers {
        let mut value = value.replace(TOKEN, "…");
        if let Some((kind, boundary)) = value.split_once("; boundary=") {
            body = body.replace(boundary, "BOUNDARY").replace('\r', "");
            value = format!("{kind}; boundary=BOUNDARY");
        }
        text.push_str(&format!("{name}: {value}\n"));
    }
    if !body.is_empty() {
        text.push_str(&format!("\n{}\n", body.trim_end()));
    }
    text
}
