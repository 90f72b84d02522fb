//! The bot's token, which shows nowhere.

use std::fmt;

use crate::error::Error;

/// A bot token. Its `Debug` hides it; it has no `Display`.
#[derive(Clone, PartialEq, Eq)]
pub struct Token(String);

impl Token {
    /// Takes a token as people paste it: surrounding white space and a leading `Bot ` are dropped.
    ///
    /// # Errors
    ///
    /// [`Error::Token`] when nothing is left, or when it holds characters that no token has.
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
        if text.bytes().any(|b| !b.is_ascii_graphic()) {
            return Err(Error::token(
                "the bot token holds white space or characters that no token has: copy it again, whole and alone",
            ));
        }
        Ok(Token(text.to_owned()))
    }

    /// The bare token, for the two places that send it.
    pub(crate) fn reveal(&self) -> &str {
        &self.0
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
    fn a_pasted_token_is_trimmed_and_loses_its_prefix() {
        for text in ["abc.def", " abc.def\n", "Bot abc.def", "bot  abc.def\r\n"] {
            assert_eq!(
                Token::new(text).map(|t| t.reveal().to_owned()).ok().as_deref(),
                Some("abc.def"),
                "{text:?}"
            );
        }
    }

    #[test]
    fn an_empty_or_broken_token_is_refused_without_showing_it() {
        for text in ["", " \n", "Bot ", "bot", "abc def", "abc\u{e9}def"] {
            let problem = Token::new(text).err().map(|e| e.to_string()).unwrap_or_default();
            assert!(problem.contains("token"), "{text:?}: {problem}");
            assert!(!problem.contains("abc"), "{problem}");
        }
    }

    #[test]
    fn debug_hides_the_token() {
        let token = Token::new("abc.def").ok();
        assert_eq!(format!("{token:?}"), "Some(Token(hidden))");
    }
}
