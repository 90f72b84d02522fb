//! Escapes that are not characters.

/// Replaces each half of a surrogate pair in a JSON text by U+FFFD. `serde_json` refuses a text with such a half.
///
/// Discord's clients cut texts between the halves of an emoji, and JavaScript sends the half as `\ud83d`.
#[cold]
#[inline(never)]
pub(crate) fn repair(json: &str) -> String {
    let mut repaired = String::with_capacity(json.len());
    let mut rest = json;
    // In JSON, backslashes occur only in strings.
    while let Some(at) = rest.find('\\') {
        let (before, escape) = rest.split_at(at);
        repaired.push_str(before);
        let length = match (unit(escape), escape.get(6..).and_then(unit)) {
            (Some(0xd800..=0xdbff), Some(0xdc00..=0xdfff)) => 12,
            (Some(0xd800..=0xdfff), _) => {
                repaired.push('\u{fffd}');
                rest = &escape[6..];
                continue;
            }
            // The backslash and the character after it, which may be another backslash.
            _ => escape.chars().take(2).map(char::len_utf8).sum(),
        };
        repaired.push_str(&escape[..length]);
        rest = &escape[length..];
    }
    repaired + rest
}

/// The UTF-16 unit of an escape such as `\u0041` at the start of a text.
fn unit(text: &str) -> Option<u16> {
    u16::from_str_radix(text.strip_prefix("\\u")?.get(..4)?, 16).ok()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::repair;
    use crate::json::read;

    #[test]
    fn half_of_a_surrogate_pair_is_replaced() {
        for (json, expected) in [
            (r#""a\ud83d b""#, "a\u{fffd} b"),
            (r#""\ud83d""#, "\u{fffd}"),
            (r#""\ude00x""#, "\u{fffd}x"),
            (r#""\ud83d\ud83d\ude00""#, "\u{fffd}😀"),
            (r#""\ud83d\n\u0041\\ü😀\/\b\f\r\t\"""#, "\u{fffd}\nA\\ü😀/\u{8}\u{c}\r\t\""),
            (r#""\ud83dü\\ud83d\\\ud83d""#, "\u{fffd}ü\\ud83d\\\u{fffd}"),
        ] {
            assert_eq!(read::<String>(json).unwrap(), expected, "{json}");
        }
    }

    #[test]
    fn a_text_without_half_a_pair_is_not_changed() {
        for json in
            [r#"{"\u0041\ud83d\ude00":"\n\t\\\" ü 🌊"}"#, "", "\\", "\\ü", "\\u12", "\\u12ü4\\ud8", "\\u+800"]
        {
            assert_eq!(repair(json), json);
        }
    }
}
