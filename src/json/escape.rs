//! Strings with escapes that are not characters.

/// Decodes a string whose syntax was checked, quotes included. Half of a surrogate pair becomes U+FFFD.
///
/// Discord's clients cut texts between the halves of an emoji, and JavaScript sends the half as `\ud83d`.
#[cold]
#[inline(never)]
pub(super) fn decode(quoted: &str) -> String {
    let mut units = Vec::with_capacity(quoted.len());
    let mut chars = quoted[1..quoted.len() - 1].chars();
    while let Some(char) = chars.next() {
        let char = match char {
            '\\' => match chars.next() {
                Some('u') => {
                    let (digits, rest) = chars.as_str().split_at(4);
                    // The digits were checked.
                    units.push(u16::from_str_radix(digits, 16).unwrap_or_default());
                    chars = rest.chars();
                    continue;
                }
                Some('b') => '\u{8}',
                Some('f') => '\u{c}',
                Some('n') => '\n',
                Some('r') => '\r',
                Some('t') => '\t',
                Some(other) => other,
                None => break,
            },
            other => other,
        };
        units.extend_from_slice(char.encode_utf16(&mut [0; 2]));
    }
    String::from_utf16_lossy(&units)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::decode;
    use crate::json::read;

    #[test]
    fn half_of_a_surrogate_pair_is_replaced() {
        for (json, expected) in [
            (r#""a\ud83d b""#, "a\u{fffd} b"),
            (r#""\ud83d""#, "\u{fffd}"),
            (r#""\ude00x""#, "\u{fffd}x"),
            (r#""\ud83d\ud83d\ude00""#, "\u{fffd}😀"),
            (r#""\ud83d\n\u0041\\ü😀\/\b\f\r\t\"""#, "\u{fffd}\nA\\ü😀/\u{8}\u{c}\r\t\""),
            (r#""\ud83dü""#, "\u{fffd}ü"),
        ] {
            assert_eq!(read::<String>(json).unwrap(), expected, "{json}");
        }
    }

    #[test]
    fn whole_characters_are_decoded_as_serde_json_does() {
        let json = r#""\u0041\ud83d\ude00\n\t\r\b\f\/\\\" ü 🌊""#;
        assert_eq!(decode(json), serde_json::from_str::<String>(json).unwrap());
    }
}
