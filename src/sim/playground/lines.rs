//! Lines of the input.

use std::io::{self, BufRead};

/// A line as it was typed.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Typed {
    Text(String),
    /// The bytes are not UTF-8.
    NotText,
}

/// Reads the lines of an input. A line that ends with a backslash goes on in the next one.
pub(super) struct Lines<I>(I);

impl<I: BufRead> Lines<I> {
    pub(super) fn new(input: I) -> Lines<I> {
        Lines(input)
    }

    /// Reads a line. `continued` is called before the next part of a line is read. `None` at the end of the input.
    ///
    /// # Errors
    ///
    /// If the input cannot be read.
    pub(super) fn next(&mut self, mut continued: impl FnMut()) -> io::Result<Option<Typed>> {
        let mut bytes = Vec::new();
        loop {
            let before = bytes.len();
            if self.0.read_until(b'\n', &mut bytes)? == 0 {
                break;
            }
            while let Some(b'\n' | b'\r') = bytes[before..].last() {
                bytes.pop();
            }
            if bytes[before..].last() != Some(&b'\\') {
                return Ok(Some(typed(bytes)));
            }
            bytes.pop();
            bytes.push(b'\n');
            continued();
        }
        Ok((!bytes.is_empty()).then(|| typed(bytes)))
    }
}

fn typed(bytes: Vec<u8>) -> Typed {
    String::from_utf8(bytes).map_or(Typed::NotText, Typed::Text)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::{Lines, Typed};

    #[test]
    fn lines_are_joined_and_other_bytes_do_not_end_the_input() {
        let mut lines = Lines::new(&b"a\r\n\xff\xfe\none \\\ntwo\\\n\\\nthree\n\nlast\\"[..]);
        let mut next = || lines.next(|| {}).unwrap();
        let text = |text: &str| Some(Typed::Text(text.to_owned()));
        assert_eq!(next(), text("a"));
        assert_eq!(next(), Some(Typed::NotText));
        assert_eq!(next(), text("one \ntwo\n\nthree"));
        assert_eq!(next(), text(""));
        assert_eq!(next(), text("last\n"));
        assert_eq!(next(), None);
    }
}
