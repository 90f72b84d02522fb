//! Splitting texts, removing and building markdown.

use super::markdown::{
    Markdown, bold, code, code_block, heading, italic, masked_link, quote, spoiler, strikethrough, subtext,
    underline,
};
use super::tests::PARTS;
use super::{escape_markdown, split_message, split_text, strip_markdown};

#[test]
fn a_text_within_the_limit_is_one_part() {
    let text = "a".repeat(2000);
    assert_eq!(split_message(&text), [text.as_str()]);
    // Two thousand characters of four bytes.
    assert_eq!(split_message(&"🌊".repeat(2001)).len(), 2);
    assert_eq!(split_message("  \n "), [""; 0]);
}

#[test]
fn parts_end_with_lines_or_words() {
    for (limit, text, parts) in [
        (10, "one two\nthree", &["one two\n", "three"][..]),
        (10, "one two three", &["one two ", "three"]),
        (10, "a\nlonger line", &["a\nlonger ", "line"]),
        (5, "unbroken", &["unbro", "ken"]),
        (5, "a unbroken", &["a ", "unbro", "ken"]),
        (4, "a         b", &["a   ", "  b"]),
        (0, "ab", &["a", "b"]),
        (20, "text <:tide_table:7> and", &["text ", "<:tide_table:7> and"]),
        (18, "see </tide rota:80> now", &["see ", "</tide rota:80> ", "now"]),
        (24, "see [the table](http://a.b/c)", &["see [the ", "table](http://a.b/c)"]),
        (25, "see [the table](http://a.b/c)", &["see ", "[the table](http://a.b/c)"]),
        (16, "see `two words` x", &["see `two words` ", "x"]),
        (16, "now: `two words` x", &["now: ", "`two words` x"]),
        (8, "👍🏽👍🏽👍🏽👍🏽👍🏽", &["👍🏽👍🏽👍🏽👍🏽", "👍🏽"]),
    ] {
        assert_eq!(split_text(text, limit), parts, "{limit}: {text}");
    }
}

#[test]
fn a_code_block_is_closed_and_opened_again_with_its_language() {
    let text = "Log:\n```rs\nline one\nline two\nline three\n```\nEnd";
    assert_eq!(
        split_text(text, 30),
        ["Log:\n```rs\nline one\n```", "```rs\nline two\nline three\n```\n", "End"].map(str::to_owned)
    );
    assert_eq!(split_text("```unbrokentext```", 16), ["```unbrokent\n```", "```\next```"]);
    // A fence that is not closed is text.
    assert_eq!(split_text("```rs\nline one\nline two", 16), ["```rs\nline one\n", "line two"]);
    // No part has only the fences.
    assert_eq!(split_text("0123456789 ```rs\nab\n```", 17), ["0123456789 ", "```rs\nab\n```"]);
}

/// The text without code fences and line ends, which a split may add.
fn without_fences(text: &str) -> String {
    let text = text.replace("```rs\n", "").replace("```", "");
    text.replace('\n', "")
}

#[test]
fn the_parts_are_the_text_and_within_the_limit() {
    const PIECES: &[&str] = &[
        "word",
        " ",
        "\n",
        "a",
        "é",
        "🌊",
        "👍🏽",
        "<@7>",
        "<:tide:7>",
        "https://a.b/c",
        "[x y](http://a.b)",
        "`c d`",
        "x",
        ", ",
        "longwordthatfills",
    ];
    let mut random = fastrand::Rng::with_seed(3);
    for round in 0..20_000 {
        let limit = random.usize(1..60);
        let mut text = String::new();
        for _ in 0..random.usize(1..30) {
            text.push_str(PIECES[random.usize(..PIECES.len())]);
        }
        let parts = split_text(&text, limit);
        let mut rest = text.as_str();
        for part in &parts {
            let at = rest.find(part.as_str()).filter(|at| rest[..*at].trim().is_empty());
            let Some(at) = at else { panic!("round {round}, {limit}: {text:?} {parts:?}") };
            rest = &rest[at + part.len()..];
        }
        assert_eq!(rest.trim(), "", "round {round}, {limit}: {text:?} {parts:?}");
        assert_valid(&parts, limit, &text);
    }
}

fn assert_valid(parts: &[String], limit: usize, text: &str) {
    for part in parts {
        assert!(!part.trim().is_empty(), "{limit}: {text:?} {parts:?}");
        assert!(part.chars().count() <= limit, "{limit}: {text:?} {parts:?}");
    }
}

#[test]
fn each_part_has_whole_code_blocks() {
    const LINES: &[&str] = &["let a = 1;", "b", "", "  indented", "a longer line of some code", "🌊 é"];
    let mut random = fastrand::Rng::with_seed(4);
    for round in 0..20_000 {
        let limit = random.usize(16..80);
        let mut text = String::new();
        for _ in 0..random.usize(1..5) {
            let lines: Vec<_> = (0..random.usize(1..8)).map(|_| LINES[random.usize(..LINES.len())]).collect();
            let lines = lines.join("\n");
            text.push_str(&if random.bool() && !lines.trim().is_empty() {
                format!("```rs\n{lines}x```\n")
            } else {
                lines
            });
        }
        let parts = split_text(&text, limit);
        assert_valid(&parts, limit, &text);
        let joined: String = parts.iter().map(|part| without_fences(part)).collect();
        assert_eq!(
            joined.trim_end(),
            without_fences(&text).trim_end(),
            "round {round}, {limit}: {text:?} {parts:?}"
        );
        for part in &parts {
            let fences = part.matches("```").count();
            assert!(fences % 2 == 0, "{limit}: {text:?} {parts:?}");
            for block in part.split("```").skip(1).step_by(2) {
                let code = block.strip_prefix("rs\n").unwrap_or(block);
                assert!(!code.trim().is_empty(), "{limit}: {text:?} {parts:?}");
            }
        }
    }
}

#[test]
fn markdown_is_removed_and_other_text_is_kept() {
    for (text, plain) in [
        ("**b** *i* _i_ __u__ ~~s~~ ||x|| `c`", "b i i u s x c"),
        ("***both*** **bold *and* it** *a **b***", "both bold and it a b"),
        ("snake_case_name 2 * 3 * 4 ** x", "snake_case_name 2 * 3 * 4 ** x"),
        ("**open *and* not closed", "**open and not closed"),
        ("a **** b |||| c", "a **** b |||| c"),
        ("# h\n-# s\n> q\n> ## both\n- list\n1. one", "h\ns\nq\nboth\n- list\n1. one"),
        ("```rs\nlet **a**;\n``` `` a`b `` `` `c` ``", "let **a**;  a`b  `c`"),
        ("[**tides**](https://a.b) <https://a.b/_c_> <:a_b:7> <@7>", "tides <https://a.b/_c_> <:a_b:7> <@7>"),
        (r"\*not\* \_this\_ \# a\\", r"*not* _this_ # a\"),
    ] {
        assert_eq!(strip_markdown(text), plain, "{text}");
    }
}

#[test]
fn removing_markdown_reverts_the_escapes() {
    let mut random = fastrand::Rng::with_seed(5);
    for round in 0..60_000 {
        let text: String = (0..random.usize(1..10)).map(|_| PARTS[random.usize(..PARTS.len())]).collect();
        let escaped = escape_markdown(&text);
        assert_eq!(strip_markdown(&escaped), text, "round {round}: {escaped:?}");
    }
}

#[test]
fn no_text_breaks_the_markdown_around_it() {
    type Builder = fn(&str) -> Markdown;
    let builders: [Builder; 9] = [
        |text| bold(text),
        |text| italic(text),
        |text| underline(text),
        |text| strikethrough(text),
        |text| spoiler(text),
        |text| quote(text),
        |text| bold(italic(text)),
        |text| underline(strikethrough(spoiler(text))),
        |text| italic(bold(text)),
    ];
    // In an address, an asterisk after it would belong to it.
    let parts: Vec<_> =
        PARTS.iter().filter(|part| !part.contains(['/', ':']) && !part.contains("\u{2028}")).collect();
    let mut random = fastrand::Rng::with_seed(6);
    for round in 0..20_000 {
        let text: String = (0..random.usize(1..8)).map(|_| *parts[random.usize(..parts.len())]).collect();
        let number = random.usize(..builders.len());
        let built = builders[number](&text).to_string();
        assert_eq!(strip_markdown(&built), text, "round {round}, builder {number}: {built:?}");
    }
}

#[test]
fn markdown_is_built_as_discord_reads_it() {
    for (built, text) in [
        (bold("a"), "**a**"),
        (bold(" "), " "),
        (bold(""), ""),
        (italic(" a "), " *a* "),
        (italic(bold("a")), "_**a**_"),
        (quote("a\n> b"), "> a\n> \\> b"),
        (heading(2, "a\nb"), "## a b"),
        (heading(9, "# a"), "### \\# a"),
        (subtext("a"), "-# a"),
        (code("a"), "`a`"),
        (code("`a`"), "`` `a` ``"),
        (code("a```b"), "``a`\u{200b}`\u{200b}`b``"),
        (code_block("rust", "a"), "```rust\na\n```"),
        (code_block("no lang", "a```b\n"), "```\na``\u{200b}`b\n```"),
        (masked_link("a", "javascript:x"), "a"),
        (masked_link("a", "https://a)**b**"), "[a](https://a%29**b**)"),
        (masked_link(bold("a"), "https://a"), "[**a**](https://a)"),
    ] {
        assert_eq!(built.as_str(), text);
    }
}
