//! Just enough of Rust's spelling to find paths: words, `::` and single signs, without comments and literals.

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) line: usize,
    pub(super) text: String,
}

pub(super) fn tokens(source: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let (mut rest, mut line) = (source, 1);
    while let Some(first) = rest.chars().next() {
        let (length, kept) = next(rest, first);
        if kept {
            tokens.push(Token { line, text: rest[..length].to_owned() });
        }
        line += rest[..length].matches('\n').count();
        rest = &rest[length..];
    }
    tokens
}

/// The length of what stands at the beginning, and whether it is more than space, comment or literal.
fn next(rest: &str, first: char) -> (usize, bool) {
    if rest.starts_with("//") {
        return (rest.find('\n').unwrap_or(rest.len()), false);
    }
    if rest.starts_with("/*") {
        return (block_comment(rest), false);
    }
    if let Some(length) = raw_string(rest) {
        return (length, false);
    }
    match first {
        '"' => (string(rest), false),
        '\'' => (character(rest), false),
        ':' if rest.starts_with("::") => (2, true),
        c if c.is_alphanumeric() || c == '_' => {
            (rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len()), true)
        }
        c => (c.len_utf8(), !c.is_whitespace()),
    }
}

fn block_comment(rest: &str) -> usize {
    let (mut at, mut depth) = (0, 0);
    while at < rest.len() {
        if rest[at..].starts_with("/*") {
            (at, depth) = (at + 2, depth + 1);
        } else if rest[at..].starts_with("*/") {
            (at, depth) = (at + 2, depth - 1);
            if depth == 0 {
                break;
            }
        } else {
            at += rest[at..].chars().next().map_or(1, char::len_utf8);
        }
    }
    at
}

/// `r"…"`, `r#"…"#`, `br"…"` and so on.
fn raw_string(rest: &str) -> Option<usize> {
    let letters = ["br", "cr", "r"].iter().find(|letters| rest.starts_with(**letters))?.len();
    let hashes = rest[letters..].chars().take_while(|c| *c == '#').count();
    let body = letters + hashes + 1;
    if !rest[letters + hashes..].starts_with('"') {
        return None;
    }
    let end = format!("\"{}", "#".repeat(hashes));
    Some(rest[body..].find(&end).map_or(rest.len(), |at| body + at + end.len()))
}

fn string(rest: &str) -> usize {
    let mut escaped = true; // the opening quote
    for (at, c) in rest.char_indices() {
        match c {
            '"' if !escaped => return at + 1,
            '\\' if !escaped => escaped = true,
            _ => escaped = false,
        }
    }
    rest.len()
}

/// A character literal, or only the quote of a lifetime.
fn character(rest: &str) -> usize {
    let mut chars = rest.char_indices().skip(1);
    match (chars.next(), chars.next()) {
        // The character behind the backslash may itself be a quote.
        (Some((_, '\\')), Some(_)) => chars.find(|(_, c)| *c == '\'').map_or(rest.len(), |(at, _)| at + 1),
        (Some(_), Some((at, '\''))) => at + 1,
        _ => 1,
    }
}

#[test]
fn comments_and_literals_are_no_tokens() {
    let source = r####"
        // crate::a
        /* crate::b /* nested */ crate::c */
        let s: &'static str = "crate::d \" crate::e"; let r = r#"crate::f " "#;
        let c = ('"', '\'', '\u{1}'); crate::g
    "####;
    let texts: Vec<_> = tokens(source).into_iter().map(|token| (token.line, token.text)).collect();
    let expected = "4 let 4 s 4 : 4 & 4 static 4 str 4 = 4 ; 4 let 4 r 4 = 4 ; \
                    5 let 5 c 5 = 5 ( 5 , 5 , 5 ) 5 ; 5 crate 5 :: 5 g";
    let joined: Vec<_> = texts.iter().map(|(line, text)| format!("{line} {text}")).collect();
    assert_eq!(joined.join(" "), expected);
}
