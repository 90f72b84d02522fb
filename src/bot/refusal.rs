//! A refusal: why a user may not do something, in words for the user.

use std::fmt;

use crate::error::{BoxError, Error};
use crate::model::truncate_message;
use crate::texts::{LibraryText, Wording};

/// Why a user may not do something: the text that the user receives, as an ephemeral reply. It is cut at the length of a
/// message.
///
/// A check returns it. A handler of a command, component or modal can return it too, with `?` from any function that it
/// calls. This is no failure: the [error handler](crate::Bot::on_error) does not receive it, but
/// [`on_command_error`](crate::Bot::on_command_error) does.
///
/// ```
/// use syncord::tree::{Refusal, command, integer};
///
/// fn pay(purse: &mut i64, coins: i64) -> Result<i64, Refusal> {
///     *purse = purse.checked_sub(coins).filter(|left| *left >= 0).ok_or(Refusal::new("You have too few coins."))?;
///     Ok(*purse)
/// }
///
/// let mut purse = 10;
/// let buy = command("buy", "Buys a rope").option("coins", "How many", integer(1..)).run(|cx, coins| {
///     let left = pay(&mut purse, coins)?;
///     cx.reply(format!("{left} coins are left."))
/// });
/// ```
#[doc(alias = "user error")]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal(Wording);

impl Refusal {
    /// Creates a refusal with a text for the user. Any text can also be converted into one.
    pub fn new(text: impl Into<String>) -> Refusal {
        Refusal(Wording::Own(truncate_message(text.into())))
    }

    /// The reason, if the library refuses: a check of it such as [`cooldown`](crate::tree::cooldown), or
    /// [`cx.guild()`](crate::bot::InteractionContext::guild) in a direct message.
    ///
    /// ```
    /// use syncord::texts::LibraryText;
    /// use syncord::tree::Refusal;
    ///
    /// fn is_too_fast(refusal: &Refusal) -> bool {
    ///     matches!(refusal.library_text(), Some(LibraryText::Cooldown { .. }))
    /// }
    /// assert!(!is_too_fast(&Refusal::new("Not on Sundays.")));
    /// ```
    pub fn library_text(&self) -> Option<&LibraryText> {
        self.0.library()
    }

    /// A refusal that the library words.
    pub(in crate::bot) fn of_library(text: LibraryText) -> Refusal {
        Refusal(text.into())
    }

    /// The text, before it is worded in a language.
    pub(in crate::bot) fn wording(&self) -> &Wording {
        &self.0
    }

    /// The refusal that an error is, or that it holds.
    pub(in crate::bot) fn in_error(error: &BoxError) -> Option<&Refusal> {
        error.downcast_ref().or_else(|| match error.downcast_ref()? {
            Error::Other(inner) => inner.downcast_ref(),
            _ => None,
        })
    }
}

impl<T: Into<String>> From<T> for Refusal {
    fn from(text: T) -> Self {
        Refusal::new(text)
    }
}

impl std::error::Error for Refusal {}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Error {
        Error::Other(refusal.into())
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::Refusal;
    use crate::error::{BoxError, Error};

    #[test]
    fn a_refusal_fits_a_message() {
        assert_eq!(Refusal::from("é".repeat(2001)).to_string().chars().count(), 2000);
    }

    #[test]
    fn a_refusal_is_found_in_every_error_that_holds_it() {
        let refusal = Refusal::new("No.");
        let boxed = BoxError::from(refusal.clone());
        assert_eq!(Refusal::in_error(&boxed), Some(&refusal));
        let error = BoxError::from(Error::from(boxed));
        assert_eq!(Refusal::in_error(&error), Some(&refusal));
        let error = BoxError::from(Error::from(refusal.clone()));
        assert_eq!(Refusal::in_error(&error), Some(&refusal));
        for other in ["No.".into(), BoxError::from(Error::Stopped), Error::Other("No.".into()).into()] {
            assert_eq!(Refusal::in_error(&other), None);
        }
    }
}
