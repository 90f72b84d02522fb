//! Random frames, written in every way that JSON allows.

use fastrand::Rng;

/// A JSON object with some of `op`, `s`, `t` and `d`, and with unknown keys, in any order. No key appears twice.
pub(super) fn frame(rng: &mut Rng) -> String {
    let mut entries = Vec::new();
    if rng.u8(..20) > 0 {
        entries.push(("op".to_owned(), op(rng)));
    }
    if rng.u8(..6) > 0 {
        entries.push(("s".to_owned(), seq(rng)));
    }
    if rng.u8(..6) > 0 {
        entries.push(("t".to_owned(), name(rng)));
    }
    // Half of the frames are written as Discord does, so that the fast path is tested as often as the slow one.
    if rng.bool() {
        entries.reverse();
        entries.push(("d".to_owned(), value(rng, 5)));
        let members: Vec<_> = entries.iter().map(|(key, value)| format!("\"{key}\":{value}")).collect();
        return format!("{{{}}}", members.join(","));
    }
    for i in 0..rng.usize(..4) {
        entries
            .push((format!("{}{i}", pick(rng, &["_trace", "o", "tt", "é", "\"", "\\", ""])), value(rng, 3)));
    }
    rng.shuffle(&mut entries);
    if rng.u8(..10) > 0 {
        let at = rng.usize(..=entries.len());
        entries.insert(at, ("d".to_owned(), value(rng, 5)));
    }
    let members: Vec<_> = entries
        .iter()
        .map(|(key, value)| {
            format!("{}{}{}:{}{value}{}", space(rng), quoted(rng, key), space(rng), space(rng), space(rng))
        })
        .collect();
    format!("{}{{{}{}}}{}", space(rng), space(rng), members.join(","), space(rng))
}

fn op(rng: &mut Rng) -> String {
    if rng.u8(..10) > 0 { rng.u8(..50).to_string() } else { wrong_type(rng) }
}

fn seq(rng: &mut Rng) -> String {
    match rng.u8(..10) {
        0 => wrong_type(rng),
        1 | 2 => "null".to_owned(),
        3 => pick(rng, &["0", "4294967296", "9999999999999999999", "10000000000000000000"]).to_owned(),
        4 => rng.u64(..).to_string(),
        _ => rng.u32(..1_000_000).to_string(),
    }
}

fn name(rng: &mut Rng) -> String {
    match rng.u8(..10) {
        0 => wrong_type(rng),
        1 | 2 => "null".to_owned(),
        3 => string(rng),
        _ => format!(
            "\"{}\"",
            pick(rng, &["READY", "MESSAGE_CREATE", "PRESENCE_UPDATE", "GUILD_TIDE_TABLE", ""])
        ),
    }
}

/// A value of any type, mostly of a wrong type for `op`, `s` and `t`.
fn wrong_type(rng: &mut Rng) -> String {
    match rng.u8(..3) {
        0 => number(rng),
        1 => pick(rng, &["18446744073709551615", "18446744073709551616", "-0", "1e2", "1.0", "\"7\""])
            .to_owned(),
        _ => value(rng, 2),
    }
}

fn value(rng: &mut Rng, depth: u8) -> String {
    match rng.u8(..if depth > 0 { 8 } else { 6 }) {
        0 => "null".to_owned(),
        1 => pick(rng, &["true", "false"]).to_owned(),
        2 | 3 => number(rng),
        4 | 5 => string(rng),
        6 => {
            let items: Vec<_> = (0..rng.usize(..4))
                .map(|_| format!("{}{}{}", space(rng), value(rng, depth - 1), space(rng)))
                .collect();
            format!("[{}{}]", items.join(","), space(rng))
        }
        _ => {
            let members: Vec<_> = (0..rng.usize(..4))
                .map(|_| {
                    let known = pick(rng, &["op", "s", "t", "d"]);
                    let key = if rng.bool() { string(rng) } else { quoted(rng, known) };
                    format!("{}{key}{}:{}{}", space(rng), space(rng), space(rng), value(rng, depth - 1))
                })
                .collect();
            format!("{{{}{}}}", space(rng), members.join(","))
        }
    }
}

fn number(rng: &mut Rng) -> String {
    match rng.u8(..6) {
        0 => rng.u64(..).to_string(),
        1 => rng.i64(..).to_string(),
        2 => format!("{}", rng.f64() * 1e6),
        3 => format!("{}{}{}", rng.i16(..), pick(rng, &["e", "E", "e+", "E-"]), rng.u8(..30)),
        4 => format!("-{}.{}", rng.u8(..), rng.u32(..)),
        _ => rng.u8(..).to_string(),
    }
}

fn string(rng: &mut Rng) -> String {
    let pieces =
        ["a", "Z_", "é", "👍", "\u{2028}", "\"", "\\", "/", "\n", "\t", "\u{1}", "{", "}", ",\"d\":", "]"];
    let text: String = (0..rng.usize(..6)).map(|_| pick(rng, &pieces)).collect();
    quoted(rng, &text)
}

/// The text as a JSON string. Sometimes every character is escaped.
fn quoted(rng: &mut Rng, text: &str) -> String {
    if rng.u8(..8) > 0 {
        return serde_json::to_string(text).expect("a string becomes JSON");
    }
    let units: String = text.encode_utf16().map(|unit| format!("\\u{unit:04x}")).collect();
    format!("\"{units}\"")
}

fn space(rng: &mut Rng) -> &'static str {
    if rng.u8(..4) > 0 { "" } else { pick(rng, &[" ", "\n", "\t", "\r\n", "  \t "]) }
}

fn pick<'a>(rng: &mut Rng, list: &[&'a str]) -> &'a str {
    list[rng.usize(..list.len())]
}
