//! Splits the help into pages.

/// The maximum of a page, in characters: a message has at most 2,000.
const MAX_CHARS: usize = 1_800;

/// The maximum number of lines of a page.
const MAX_LINES: usize = 15;

/// The lines, in pages that fit a message. There is at least one page.
pub(super) fn pages(lines: impl IntoIterator<Item = String>) -> Vec<String> {
    let mut pages = vec![String::new()];
    let (mut chars, mut count) = (0, 0);
    for line in lines {
        let length = line.chars().count();
        if count > 0 && (chars + length > MAX_CHARS || count >= MAX_LINES) {
            pages.push(String::new());
            (chars, count) = (0, 0);
        }
        if let Some(page) = pages.last_mut() {
            if count > 0 {
                page.push('\n');
            }
            *page += &line;
        }
        (chars, count) = (chars + length + 1, count + 1);
    }
    pages
}

#[cfg(test)]
mod tests {
    use super::{MAX_CHARS, pages};

    #[test]
    fn pages_are_limited_in_lines_and_characters() {
        assert_eq!(pages([]), [""]);
        let short = pages((0..31).map(|line| line.to_string()));
        assert_eq!(short.iter().map(|page| page.lines().count()).collect::<Vec<_>>(), [15, 15, 1]);
        let long = pages((0..10).map(|_| "é".repeat(700)));
        assert_eq!(long.len(), 5);
        assert!(long.iter().all(|page| page.chars().count() <= MAX_CHARS));
    }
}
