//! Grammar that is newer than `rust-version`: `if let` chains came with Rust 1.88. Newer functions of the standard
//! library are clippy's to find (`incompatible_msrv`).

use super::tokens::{Token, tokens};

/// The lines of all `if` and `while` that chain a `let` with `&&`.
pub(super) fn let_chains(source: &str) -> Vec<usize> {
    let tokens = tokens(source);
    let begins = |token: &Token| matches!(token.text.as_str(), "if" | "while");
    let is_chain = |at: &usize| begins(&tokens[*at]) && is_let_chain(&tokens[at + 1..]);
    (0..tokens.len()).filter(is_chain).map(|at| tokens[at].line).collect()
}

/// Whether the condition at the beginning holds a `let` beside an `&&`, outside of all brackets.
fn is_let_chain(condition: &[Token]) -> bool {
    let (mut depth, mut in_pattern, mut has_let, mut has_and) = (0, false, false, false);
    for (at, token) in condition.iter().enumerate() {
        let next = condition.get(at + 1).map_or("", |next| next.text.as_str());
        match token.text.as_str() {
            "{" if depth == 0 && !in_pattern => break,
            "=" if depth == 0 && next == ">" => break,
            "(" | "[" | "{" => depth += 1,
            ")" | "]" | "}" if depth == 0 => break,
            ")" | "]" | "}" => depth -= 1,
            "let" if depth == 0 => (has_let, in_pattern) = (true, true),
            "=" if depth == 0 => in_pattern = false,
            // Behind `=` it is a reference to a reference.
            "&" if depth == 0 && next == "&" && !in_pattern => {
                let behind_let = condition.get(at + 2).is_some_and(|next| next.text == "let");
                has_and |= behind_let || condition[..at].last().is_some_and(|last| last.text != "=");
            }
            _ => {}
        }
    }
    has_let && has_and
}

#[test]
fn a_chain_is_found_in_every_spelling() {
    for chain in [
        "if let Some(x) = a && x > 1 { }",
        "if a && let Some(x) = b { }",
        "if a == \"text\" && let Some(x) = b { }",
        "while let Some(x) = a.next() && x.is_fine(|y| { y }) { }",
        "if let Point { x, .. } = a && x > 1 { }",
        "else if let [a, b] = c\n    && a\n    && b { }",
        "x => if f(a && b) && let y = 3 { }",
    ] {
        assert_eq!(let_chains(chain).len(), 1, "{chain}");
    }
    assert_eq!(let_chains("\n\nif let Some(x) = a\n    && x { }"), [3]);
}

#[test]
fn what_is_no_chain_is_not_flagged() {
    for no_chain in [
        "if a && b { let c = d && e; }",
        "if let Some(x) = a { b && c }",
        "if let Some(x) = (a && b).then(c) { }",
        "if let Some(x) = a.filter(|x| x.b && x.c) { }",
        "if let Some(&&x) = a { }",
        "if let x = &&y { }",
        "if let &&x = y { }",
        "while a && b { if let Some(c) = d { } }",
        "match a { b if c && d => { let e = f; } }",
        "let a = matches!(b, Some(c) if c && d); let e = f;",
        "// if let a = b && c {}\nlet s = \"if let a = b && c {}\";",
    ] {
        assert_eq!(let_chains(no_chain), [0; 0], "{no_chain}");
    }
}
