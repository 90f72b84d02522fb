//! The paths that a source file names outside its tests.

use super::tokens::{Token, tokens};

/// A path that a file names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Named {
    pub(super) line: usize,
    /// From the crate's root for `crate`, `super` and `self`, else as it is written.
    pub(super) path: Vec<String>,
    pub(super) inside: bool,
    /// The name that a `use` gives it.
    pub(super) alias: Option<String>,
}

#[derive(Debug, Default)]
pub(super) struct Source {
    pub(super) named: Vec<Named>,
    /// Modules declared here that exist only in tests.
    pub(super) test_modules: Vec<Vec<String>>,
}

/// Reads the text of a module.
pub(super) fn read(module: &[String], text: &str) -> Source {
    let mut reader = Reader {
        tokens: tokens(text),
        at: 0,
        depth: 0,
        module: module.to_vec(),
        inline: Vec::new(),
        found: Source::default(),
    };
    reader.run();
    reader.found
}

struct Reader {
    tokens: Vec<Token>,
    at: usize,
    depth: usize,
    module: Vec<String>,
    /// The depths at which the inline modules around this place began.
    inline: Vec<usize>,
    found: Source,
}

impl Reader {
    fn run(&mut self) {
        while self.at < self.tokens.len() {
            match self.text(0) {
                "#" => self.attribute(),
                "mod" if self.text(2) == "{" => {
                    self.module.push(self.text(1).to_owned());
                    self.inline.push(self.depth);
                    self.at += 2;
                }
                "{" => {
                    self.depth += 1;
                    self.at += 1;
                }
                "}" => {
                    self.depth = self.depth.saturating_sub(1);
                    if self.inline.last() == Some(&self.depth) {
                        self.inline.pop();
                        self.module.pop();
                    }
                    self.at += 1;
                }
                "use" => {
                    self.at += 1;
                    self.tree(&[], true);
                }
                // `pub(in path)` is no import.
                "in" if self.text(1) == "crate" && self.at > 0 && self.tokens[self.at - 1].text == "(" => {
                    while !matches!(self.text(0), ")" | "") {
                        self.at += 1;
                    }
                }
                word if is_word(word) && self.text(1) == "::" => self.tree(&[], false),
                _ => self.at += 1,
            }
        }
    }

    fn text(&self, ahead: usize) -> &str {
        self.tokens.get(self.at + ahead).map_or("", |token| &token.text)
    }

    /// Passes over an attribute; over the item behind it too, when that is there only in tests.
    fn attribute(&mut self) {
        let inner = self.text(1) == "!";
        self.at += if inner { 2 } else { 1 };
        let start = self.at;
        self.skip_group();
        let words: Vec<_> = self.tokens[start..self.at].iter().map(|token| token.text.as_str()).collect();
        if words.get(1) != Some(&"cfg") || !words.contains(&"test") || words.contains(&"not") {
            return;
        }
        if inner {
            self.at = self.tokens.len();
            return;
        }
        loop {
            match self.text(0) {
                "" => return,
                ";" => break self.at += 1,
                "{" => break self.skip_group(),
                "(" | "[" => self.skip_group(),
                "mod" if self.text(2) == ";" => {
                    let mut module = self.module.clone();
                    module.push(self.text(1).to_owned());
                    self.found.test_modules.push(module);
                    self.at += 2;
                }
                "use" => {
                    while !matches!(self.text(0), ";" | "") {
                        self.at += 1;
                    }
                }
                _ => self.at += 1,
            }
        }
    }

    /// Passes over what stands between one bracket and its partner.
    fn skip_group(&mut self) {
        let mut depth = 0;
        while self.at < self.tokens.len() {
            match self.text(0) {
                "(" | "[" | "{" => depth += 1,
                ")" | "]" | "}" => depth -= 1,
                _ => {}
            }
            self.at += 1;
            if depth == 0 {
                return;
            }
        }
    }

    /// Reads `a::b::{c, d as e}`; `used` tells a `use` from a path in code.
    fn tree(&mut self, prefix: &[String], used: bool) {
        let line = self.tokens.get(self.at).map_or(0, |token| token.line);
        let mut path = prefix.to_vec();
        if self.text(0) == "::" {
            self.at += 1;
        }
        loop {
            match self.text(0) {
                "{" => {
                    self.at += 1;
                    while !matches!(self.text(0), "}" | "") {
                        let before = self.at;
                        self.tree(&path, used);
                        // A comma, or something that is not understood.
                        if self.text(0) == "," || self.at == before {
                            self.at += 1;
                        }
                    }
                    self.at += 1;
                    return;
                }
                "*" => {
                    path.push("*".to_owned());
                    self.at += 1;
                    break;
                }
                word if is_word(word) => {
                    path.push(word.to_owned());
                    self.at += 1;
                    let more =
                        self.text(0) == "::" && (is_word(self.text(1)) || matches!(self.text(1), "{" | "*"));
                    if !more {
                        break;
                    }
                    self.at += 1;
                }
                _ => return,
            }
        }
        let alias = if used && self.text(0) == "as" {
            let alias = self.text(1).to_owned();
            self.at += 2;
            Some(alias)
        } else {
            used.then(|| path.iter().rfind(|word| *word != "self").cloned().unwrap_or_default())
        };
        self.name(line, path, alias);
    }

    fn name(&mut self, line: usize, path: Vec<String>, alias: Option<String>) {
        let inside = matches!(path[0].as_str(), "crate" | "self" | "super");
        let mut whole = if inside && path[0] != "crate" { self.module.clone() } else { Vec::new() };
        for word in path {
            match word.as_str() {
                "crate" | "self" => {}
                "super" => drop(whole.pop()),
                _ => whole.push(word),
            }
        }
        self.found.named.push(Named { line, path: whole, inside, alias });
    }
}

fn is_word(text: &str) -> bool {
    text.starts_with(|c: char| c.is_alphabetic() || c == '_')
}
