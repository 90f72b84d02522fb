//! Syntax that is newer than `rust-version`: `let` in a chain of `&&` came with Rust 1.88. Newer functions of the
//! standard library are found by clippy (`incompatible_msrv`).

use syn::punctuated::Punctuated;
use syn::visit::{self, Visit};
use syn::{BinOp, Block, Expr, Token};

/// The lines of every `&&` next to a `let`.
pub(crate) fn let_chains(text: &str) -> Result<Vec<usize>, syn::Error> {
    let file = syn::parse_file(text)?;
    let mut finder = Finder::default();
    finder.visit_file(&file);
    Ok(finder.lines)
}

#[derive(Default)]
struct Finder {
    lines: Vec<usize>,
}

impl<'ast> Visit<'ast> for Finder {
    fn visit_expr_binary(&mut self, binary: &'ast syn::ExprBinary) {
        let is_let = |side: &Expr| matches!(side, Expr::Let(_));
        if let BinOp::And(and) = &binary.op
            && (is_let(&binary.left) || is_let(&binary.right))
        {
            self.lines.push(and.spans[0].start().line);
        }
        visit::visit_expr_binary(self, binary);
    }

    /// The arguments of a macro are read where they are expressions or statements.
    fn visit_macro(&mut self, call: &'ast syn::Macro) {
        if let Ok(arguments) = call.parse_body_with(Punctuated::<Expr, Token![,]>::parse_terminated) {
            arguments.iter().for_each(|argument| Finder::visit_expr(self, argument));
        } else if let Ok(statements) = call.parse_body_with(Block::parse_within) {
            statements.iter().for_each(|statement| Finder::visit_stmt(self, statement));
        }
    }
}

#[test]
fn a_let_chain_is_found_in_every_spelling() {
    for chain in [
        "if let Some(x) = a && x > 1 { }",
        "if a && let Some(x) = b { }",
        "if a == \"text\" && let Some(x) = b { }",
        "while let Some(x) = a.next() && x.is_fine(|y| { y }) { }",
        "if let Point { x, .. } = a && x > 1 { }",
        "if a { } else if let [a, b] = c && a { }",
        "match x { x => if f(a && b) && let y = 3 { } }",
        "vec![if let Some(x) = a && x { 1 } else { 2 }];",
    ] {
        assert_eq!(let_chains(&format!("fn f() {{ {chain} }}")).unwrap().len(), 1, "{chain}");
    }
    assert_eq!(let_chains("fn f() {\n\nif let Some(x) = a\n    && x { } }").unwrap(), [4]);
    let two = let_chains("fn f() { if let Some(x) = a && let Some(y) = x && y { } }").unwrap();
    assert!(!two.is_empty());
}

#[test]
fn other_conditions_are_no_let_chains() {
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
        assert_eq!(let_chains(&format!("fn f() {{ {no_chain} }}")).unwrap(), [0; 0], "{no_chain}");
    }
}
