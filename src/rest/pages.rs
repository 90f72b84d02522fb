//! Lists that Discord hands out by the page.

use std::fmt;
use std::vec;

use crate::error::Error;
use crate::model::List;

/// All elements of a list that comes by the page: an [`Iterator`] that fetches the next page when it
/// needs it.
///
/// It ends with the list, or with the first error. What could not be read of a page is skipped and
/// counted, as everywhere; see [`unreadable_parts`](crate::model::unreadable_parts).
#[must_use = "nothing is fetched until it is iterated over"]
pub struct Pages<T> {
    page: vec::IntoIter<T>,
    fetch: Box<dyn FnMut() -> Result<Page<T>, Error> + Send>,
    /// Whether another page may follow.
    goes_on: bool,
}

/// A page of a list.
pub(super) struct Page<T> {
    pub(super) elements: Vec<T>,
    /// Whether another one may follow.
    pub(super) goes_on: bool,
}

impl<T> Pages<T> {
    /// Each call of `fetch` gives the page after the one before.
    pub(super) fn new(fetch: impl FnMut() -> Result<Page<T>, Error> + Send + 'static) -> Pages<T> {
        Pages { page: Vec::new().into_iter(), fetch: Box::new(fetch), goes_on: true }
    }
}

impl<T> Page<T> {
    /// A page of a list that ends where one has less than `limit` elements.
    pub(super) fn of(list: List<T>, limit: usize) -> Page<T> {
        let sent = list.len() + list.unreadable().len();
        // Where none can be read there is nothing to go on from.
        Page { goes_on: sent >= limit && !list.is_empty(), elements: list.into_vec() }
    }
}

impl<T> Iterator for Pages<T> {
    type Item = Result<T, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(element) = self.page.next() {
                return Some(Ok(element));
            }
            if !self.goes_on {
                return None;
            }
            match (self.fetch)() {
                Ok(page) => {
                    self.goes_on = page.goes_on;
                    self.page = page.elements.into_iter();
                }
                Err(error) => {
                    self.goes_on = false;
                    return Some(Err(error));
                }
            }
        }
    }
}

impl<T> std::iter::FusedIterator for Pages<T> {}

impl<T> fmt::Debug for Pages<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages").field("goes_on", &self.goes_on).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::{Page, Pages};
    use crate::error::Error;
    use crate::model::{List, Raw};

    fn list(json: &str) -> List<u8> {
        let raw: Raw = serde_json::from_str(json).unwrap();
        raw.parse().unwrap()
    }

    #[test]
    fn pages_are_fetched_when_they_are_needed_and_until_one_is_not_full() {
        let (asked, count) = (std::sync::Arc::new(std::sync::atomic::AtomicUsize::new(0)), 3);
        let pages = ["[1,2,3]", r#"[4,"x",6]"#, "[7]"];
        let counter = asked.clone();
        let mut all = Pages::new(move || {
            let number = counter.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
            Ok(Page::of(list(pages[number]), count))
        });
        let asked = || asked.load(std::sync::atomic::Ordering::Relaxed);
        assert_eq!(asked(), 0);
        assert_eq!(all.by_ref().take(3).map(Result::unwrap).collect::<Vec<_>>(), [1, 2, 3]);
        assert_eq!(asked(), 1);
        assert_eq!(all.by_ref().map(Result::unwrap).collect::<Vec<_>>(), [4, 6, 7]);
        assert_eq!(asked(), 3);
        assert!(all.next().is_none());
    }

    #[test]
    fn an_error_ends_it() {
        let mut all: Pages<u8> = Pages::new(|| Err(Error::Stopped));
        assert!(matches!(all.next(), Some(Err(Error::Stopped))));
        assert!(all.next().is_none());
    }

    #[test]
    fn a_page_that_cannot_be_read_does_not_ask_for_itself_again() {
        let mut all = Pages::new(|| Ok(Page::of(list(r#"["x","y"]"#), 2)));
        assert!(all.next().is_none());
    }
}
