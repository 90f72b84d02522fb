//! Lists that Discord returns in pages.

use std::fmt;
use std::vec;

use crate::error::Error;
use crate::model::List;

/// An [`Iterator`] over a list that Discord returns in pages. It fetches the next page when it needs it.
///
/// It ends with the list, or with the first error. Elements that cannot be read are skipped and counted; see
/// [`unreadable_parts`](crate::model::unreadable_parts).
#[must_use = "nothing is fetched until it is iterated over"]
pub struct Pages<T> {
    page: vec::IntoIter<T>,
    fetch: Box<dyn FnMut() -> Result<Page<T>, Error> + Send>,
    /// Whether another page may follow.
    has_more: bool,
}

impl<T: 'static> Pages<T> {
    /// Iterates over the elements with IDs between `after` and `before`, in ascending order. `fetch` returns up to `limit`
    /// elements after an ID, in any order.
    pub(super) fn upward<I: Copy + Ord + Send + 'static>(
        (mut after, before): (I, Option<I>),
        limit: usize,
        id: fn(&T) -> I,
        mut fetch: impl FnMut(I) -> Result<List<T>, Error> + Send + 'static,
    ) -> Pages<T> {
        Pages::new(move || {
            let mut page = Page::of(fetch(after)?, limit);
            page.elements.sort_by_key(id);
            let last = page.elements.last().map_or(after, id);
            page.has_more &= last > after && before.is_none_or(|before| last < before);
            let within = |id| id > after && before.is_none_or(|before| id < before);
            page.elements.retain(|element| within(id(element)));
            after = last;
            Ok(page)
        })
    }
}

/// A page of a list.
pub(super) struct Page<T> {
    pub(super) elements: Vec<T>,
    /// Whether another page may follow.
    pub(super) has_more: bool,
}

impl<T> Pages<T> {
    /// Each call of `fetch` returns the next page.
    pub(super) fn new(fetch: impl FnMut() -> Result<Page<T>, Error> + Send + 'static) -> Pages<T> {
        Pages { page: Vec::new().into_iter(), fetch: Box::new(fetch), has_more: true }
    }
}

impl<T> Page<T> {
    /// A page of a list whose last page has fewer than `limit` elements.
    pub(super) fn of(list: List<T>, limit: usize) -> Page<T> {
        let sent = list.len() + list.unreadable().len();
        // Without a readable element there is no ID to continue from.
        Page { has_more: sent >= limit && !list.is_empty(), elements: list.into_vec() }
    }
}

impl<T> Iterator for Pages<T> {
    type Item = Result<T, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(element) = self.page.next() {
                return Some(Ok(element));
            }
            if !self.has_more {
                return None;
            }
            match (self.fetch)() {
                Ok(page) => {
                    self.has_more = page.has_more;
                    self.page = page.elements.into_iter();
                }
                Err(error) => {
                    self.has_more = false;
                    return Some(Err(error));
                }
            }
        }
    }
}

impl<T> std::iter::FusedIterator for Pages<T> {}

impl<T> fmt::Debug for Pages<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages").field("has_more", &self.has_more).finish_non_exhaustive()
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
    fn pages_are_fetched_on_demand_until_one_is_not_full() {
        let (fetched, count) = (std::sync::Arc::new(std::sync::atomic::AtomicUsize::new(0)), 3);
        let pages = ["[1,2,3]", r#"[4,"x",6]"#, "[7]"];
        let counter = fetched.clone();
        let mut all = Pages::new(move || {
            let number = counter.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
            Ok(Page::of(list(pages[number]), count))
        });
        let fetches = || fetched.load(std::sync::atomic::Ordering::Relaxed);
        assert_eq!(fetches(), 0);
        assert_eq!(all.by_ref().take(3).map(Result::unwrap).collect::<Vec<_>>(), [1, 2, 3]);
        assert_eq!(fetches(), 1);
        assert_eq!(all.by_ref().map(Result::unwrap).collect::<Vec<_>>(), [4, 6, 7]);
        assert_eq!(fetches(), 3);
        assert!(all.next().is_none());
    }

    #[test]
    fn pages_are_iterated_in_ascending_order_between_two_ids() {
        // Up to three numbers after `after`, from 1 to 9, in descending order.
        let fetch = |after: u8| {
            let page: List<u8> = (after + 1..=9).take(3).collect::<Vec<_>>().into_iter().rev().collect();
            Ok(page)
        };
        for ((after, before), expected) in [
            ((0, None), &[1, 2, 3, 4, 5, 6, 7, 8, 9][..]),
            ((2, Some(7)), &[3, 4, 5, 6]),
            ((2, Some(6)), &[3, 4, 5]),
            ((9, None), &[]),
        ] {
            let all = Pages::upward((after, before), 3, |number| *number, fetch);
            assert_eq!(all.map(Result::unwrap).collect::<Vec<_>>(), expected);
        }
        // A server that repeats a page is not called again.
        let all = Pages::upward((0, None), 3, |number| *number, |_| Ok(vec![1, 2, 3].into()));
        assert_eq!(all.map(Result::unwrap).collect::<Vec<_>>(), [1, 2, 3]);
    }

    #[test]
    fn an_error_ends_the_iterator() {
        let mut all: Pages<u8> = Pages::new(|| Err(Error::Stopped));
        assert!(matches!(all.next(), Some(Err(Error::Stopped))));
        assert!(all.next().is_none());
    }

    #[test]
    fn an_unreadable_page_ends_the_iterator() {
        let mut all = Pages::new(|| Ok(Page::of(list(r#"["x","y"]"#), 2)));
        assert!(all.next().is_none());
    }
}
