//! Finds an ID that matches two templates.

use std::collections::BTreeSet;

use super::template::{Template, is_plain};

/// One element of a template.
#[derive(Clone, Copy)]
enum Token {
    Char(char),
    /// Any value, followed by this suffix.
    Placeholder(&'static str),
}

impl Token {
    fn accepts(self, c: char) -> bool {
        match self {
            Token::Char(own) => own == c,
            Token::Placeholder(suffix) => c == '%' || is_plain(c, suffix),
        }
    }
}

fn tokens(template: Template) -> Vec<Token> {
    let mut tokens: Vec<_> = template.prefix().chars().map(Token::Char).collect();
    for suffix in template.suffixes() {
        tokens.push(Token::Placeholder(suffix));
        tokens.extend(suffix.chars().map(Token::Char));
    }
    tokens
}

/// An ID that matches both templates. The types of the values are not considered.
pub(super) fn example(a: Template, b: Template) -> Option<String> {
    let (a, b) = (tokens(a), tokens(b));
    let mut dead_ends = BTreeSet::new();
    let mut id = String::new();
    walk(&a, &b, &mut id, &mut dead_ends).then_some(id)
}

/// Advances through both at once. `id` is the part that both have accepted.
fn walk(a: &[Token], b: &[Token], id: &mut String, dead_ends: &mut BTreeSet<(usize, usize)>) -> bool {
    if a.is_empty() && b.is_empty() {
        return true;
    }
    let position = (a.len(), b.len());
    if dead_ends.contains(&position) {
        return false;
    }
    let found = match (a.first(), b.first()) {
        (Some(Token::Placeholder(_)), _) if walk(&a[1..], b, id, dead_ends) => true,
        (_, Some(Token::Placeholder(_))) if walk(a, &b[1..], id, dead_ends) => true,
        (Some(Token::Char(c)), Some(token)) if token.accepts(*c) => {
            let rest = if matches!(token, Token::Char(_)) { &b[1..] } else { b };
            advance(*c, &a[1..], rest, id, dead_ends)
        }
        (Some(placeholder), Some(Token::Char(c))) if placeholder.accepts(*c) => {
            advance(*c, a, &b[1..], id, dead_ends)
        }
        _ => false,
    };
    if !found {
        dead_ends.insert(position);
    }
    found
}

/// Advances after both have accepted a character.
fn advance(
    c: char,
    a: &[Token],
    b: &[Token],
    id: &mut String,
    dead_ends: &mut BTreeSet<(usize, usize)>,
) -> bool {
    id.push(c);
    let found = walk(a, b, id, dead_ends);
    if !found {
        id.pop();
    }
    found
}
