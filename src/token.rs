//! The bot token, hidden from logs and errors.

use std::fmt;
use std::str::FromStr;

use crate::error::Error;

/// A bot token. Its `Debug` output hides it, and it has no `Display`.
#[derive(Clone, PartialEq, Eq)]
pub struct Token(String);

impl Token {
    /// Creates a token from a text. Surrounding white space and the prefix `Bot ` are removed.
    ///
    /// # Errors
    ///
    /// [`Error::Token`] if the rest is empty, has quotes, or contains characters that are not valid in a token.
    pub fn new(text: &str) -> Result<Token, Error> {
        let text = text.trim();
        let text = match text.get(..4) {
            Some(prefix) if prefix.eq_ignore_ascii_case("bot ") => text[4..].trim_start(),
            _ => text,
        };
        if text.is_empty() || text.eq_ignore_ascii_case("bot") {
            return Err(Error::token(
                "the bot token is empty: copy it from the Bot page of your application at https://discord.com/developers/applications",
            ));
        }
        if text.contains(['"', '\'', '`']) {
            return Err(Error::token(
                "the bot token has quotes: remove them; in a .env file or in `docker run -e` they become part of the value",
            ));
        }
        if text.bytes().any(|b| !b.is_ascii_graphic()) {
            return Err(Error::token(
                "the bot token contains white space or characters that are not valid in a token: copy it again, without any other text",
            ));
        }
        Ok(Token(text.to_owned()))
    }

    /// Returns the token itself, for the two places that send it.
    pub(crate) fn reveal(&self) -> &str {
        &self.0
    }
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
        for text in ["abc.def", " abc.def\n", "Bot abc.def", "bot  abc.def\r\n"] {
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
    fn debug_hides_the_token() {
        let token = Token::new("abc.def").ok();
        assert_eq!(format!("{token:?}"), "Some(Token(hidden))");
    }
}
