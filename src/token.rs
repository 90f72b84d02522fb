//! The bot token, hidden from logs and errors.

mod shape;

use std::fmt;
use std::str::FromStr;

use crate::error::Error;
use crate::id::ApplicationId;
pub(crate) use shape::TokenShape;
use shape::{WHERE, application_id, is_id};

/// A bot token. Its `Debug` output hides it, and it has no `Display`.
#[derive(Clone, PartialEq, Eq)]
pub struct Token(String);

impl Token {
    /// Creates a token from a text. Surrounding white space, invisible characters of editors and web pages, and the prefix `Bot `
    /// are removed.
    ///
    /// What has no dots is no token of Discord: a bot and a [client](crate::rest::Client) that call Discord refuse it before
    /// they send anything, and say what it looks like. Another server, such as a simulated Discord, may have tokens of any form.
    ///
    /// # Errors
    ///
    /// [`Error::Token`] if the rest is empty, an ID, or a web address, has quotes, or contains characters that are not valid in
    /// a token.
    pub fn new(text: &str) -> Result<Token, Error> {
        let text = text.trim_matches(is_space);
        let text = match text.get(..3) {
            Some(prefix) if prefix.eq_ignore_ascii_case("bot") && text[3..].starts_with(is_space) => {
                text[3..].trim_start_matches(is_space)
            }
            _ => text,
        };
        if text.is_empty() || text.eq_ignore_ascii_case("bot") {
            return Err(Error::token(format!("the bot token is empty: {WHERE}")));
        }
        if text.contains(['"', '\'', '`']) {
            return Err(Error::token(
                "the bot token has quotes: remove them; in a .env file or in `docker run -e` they become part of the value",
            ));
        }
        if text.get(..7).is_some_and(|prefix| prefix.eq_ignore_ascii_case("bearer ")) {
            return Err(Error::token(format!("the bot token is one of a user, of OAuth2: {WHERE}")));
        }
        if is_id(text) {
            return Err(Error::token(format!(
                "the bot token is an ID, such as the Application ID of the General Information page: {WHERE}"
            )));
        }
        if text.contains("://") {
            return Err(Error::token(format!("the bot token is a web address: {WHERE}")));
        }
        if text.bytes().any(|b| !b.is_ascii_graphic()) {
            return Err(Error::token(
                "the bot token contains white space or characters that are not valid in a token: copy it again, without any other text",
            ));
        }
        Ok(Token(text.to_owned()))
    }

    pub(crate) fn shape(&self) -> TokenShape {
        TokenShape::of(&self.0)
    }

    /// The ID in the first part, which is the ID of the bot's user and its application.
    pub(crate) fn application_id(&self) -> Option<ApplicationId> {
        application_id(&self.0)
    }

    /// Refuses what Discord certainly refuses. Another server than Discord may have tokens of any form.
    pub(crate) fn check_for_discord(&self) -> Result<(), Error> {
        let shape = self.shape();
        match shape.looks_like().filter(|_| shape.is_impossible()) {
            Some(what) => Err(Error::token(format!("the bot token looks like {what}: {WHERE}"))),
            None => Ok(()),
        }
    }

    /// Returns the token itself, for the two places that send it.
    pub(crate) fn reveal(&self) -> &str {
        &self.0
    }
}

/// White space, or a character that is as invisible: some editors begin a file with a byte order mark, and some web pages put a
/// zero-width space next to what is copied.
fn is_space(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}')
}

/// The same as [`Token::new`].
impl FromStr for Token {
    type Err = Error;

    fn from_str(text: &str) -> Result<Token, Error> {
        Token::new(text)
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(hidden)")
    }
}

#[cfg(test)]
mod tests {
    use super::Token;

    #[test]
    fn white_space_and_the_prefix_are_removed() {
        for text in [
            "abc.def",
            " abc.def\n",
            "Bot abc.def",
            "bot  abc.def\r\n",
            "BOT\tabc.def",
            "\u{feff}abc.def",
            "\u{feff}Bot abc.def\u{200b}\n",
        ] {
            assert_eq!(
                Token::new(text).map(|t| t.reveal().to_owned()).ok().as_deref(),
                Some("abc.def"),
                "{text:?}"
            );
        }
    }

    #[test]
    fn the_error_for_an_invalid_token_does_not_contain_it() {
        for text in ["", " \n", "Bot ", "bot", "abc def", "abc\u{e9}def"] {
            let error = Token::new(text).err().map(|e| e.to_string()).unwrap_or_default();
            assert!(error.contains("token"), "{text:?}: {error}");
            assert!(!error.contains("abc"), "{error}");
        }
    }

    #[test]
    fn a_token_in_quotes_is_refused_with_what_to_do() {
        for text in ["\"abc\"", "'abc'", "Bot \"abc\"", "`abc`", "\"abc"] {
            let error = text.parse::<Token>().err().map(|e| e.to_string()).unwrap_or_default();
            assert!(error.contains("has quotes: remove them"), "{text:?}: {error}");
            assert!(!error.contains("abc"), "{error}");
        }
    }

    #[test]
    fn what_can_never_be_a_token_is_refused_with_where_the_right_one_is() {
        for (text, part) in [
            ("80351110224678912", "is an ID"),
            ("Bot 80351110224678912", "is an ID"),
            ("https://discord.com/api/webhooks/1/x", "a web address"),
            ("Bearer 6qrZcUqja7812RVdnEKjpzOL4CvHBFG", "OAuth2"),
        ] {
            let error = Token::new(text).err().map(|e| e.to_string()).unwrap_or_default();
            assert!(error.contains(part) && error.contains("Bot page"), "{text:?}: {error}");
        }
    }

    #[test]
    fn a_token_without_dots_is_refused_for_discord_with_what_it_looks_like() {
        let check = |text: &str| Token::new(text).and_then(|token| token.check_for_discord());
        for (text, part) in [
            ("b1UBVd2mNvdW-_yLwT3PAMEWmYqN4Rj9", "the client secret of the OAuth2 page"),
            (&"0123456789abcdef".repeat(4), "the public key"),
            ("your-token-here", "without dots"),
        ] {
            let error = check(text).err().map(|e| e.to_string()).unwrap_or_default();
            assert!(error.contains(part) && error.contains("Bot page"), "{text:?}: {error}");
            assert!(!error.contains(text), "{error}");
        }
        for text in ["ODAzNTExMTAyMjQ2Nzg5MTI.GhXyZ1.abc", "a.token", "simulated.bot.token"] {
            assert!(check(text).is_ok(), "{text}");
        }
    }

    #[test]
    fn debug_hides_the_token() {
        let token = Token::new("abc.def").ok();
        assert_eq!(format!("{token:?}"), "Some(Token(hidden))");
    }
}
