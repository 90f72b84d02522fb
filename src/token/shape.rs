//! What a token looks like, and what was copied in its place.

use base64::Engine;
use base64::engine::general_purpose::STANDARD_NO_PAD;

use crate::id::ApplicationId;

/// What a token looks like. It says nothing about its validity.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum TokenShape {
    /// It begins with an ID, as Discord's tokens of bots do.
    OfBot(ApplicationId),
    /// It begins with an ID, and has two parts.
    Cut(ApplicationId),
    /// The secret of OAuth2.
    ClientSecret,
    /// The key that verifies interactions over HTTP.
    PublicKey,
    /// It has no dots, and no token of Discord is like that.
    NoDots,
    #[default]
    Other,
}

impl TokenShape {
    pub(super) fn of(token: &str) -> TokenShape {
        let parts = token.split('.').count();
        if let Some(id) = application_id(token) {
            return if parts == 2 { TokenShape::Cut(id) } else { TokenShape::OfBot(id) };
        }
        let is_hex = token.bytes().all(|byte| byte.is_ascii_hexdigit());
        let is_word = token.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
        match (token.len(), parts) {
            (32, 1) if is_word => TokenShape::ClientSecret,
            (64, 1) if is_hex => TokenShape::PublicKey,
            (_, 1) => TokenShape::NoDots,
            _ => TokenShape::Other,
        }
    }

    /// Whether Discord certainly refuses it.
    pub(super) fn is_impossible(self) -> bool {
        matches!(self, TokenShape::ClientSecret | TokenShape::PublicKey | TokenShape::NoDots)
    }

    /// What it looks like, if that is no bot's token of Discord.
    pub(crate) fn looks_like(self) -> Option<&'static str> {
        match self {
            TokenShape::ClientSecret => Some("the client secret of the OAuth2 page"),
            TokenShape::PublicKey => Some("the public key of the General Information page"),
            TokenShape::NoDots => {
                Some("a word without dots, and a token has three parts with dots in between")
            }
            TokenShape::Cut(_) => {
                Some("a token that was not copied whole: it has three parts with dots in between")
            }
            TokenShape::OfBot(_) | TokenShape::Other => None,
        }
    }
}

/// Where the right token is.
pub(super) const WHERE: &str =
    "copy it from the Bot page of your application at https://discord.com/developers/applications";

/// The ID in the first part, which is the ID of the bot's user and its application.
pub(super) fn application_id(token: &str) -> Option<ApplicationId> {
    let (first, _) = token.split_once('.')?;
    let digits = STANDARD_NO_PAD.decode(first.trim_end_matches('=')).ok()?;
    std::str::from_utf8(&digits).ok()?.parse().ok()
}

/// Whether a text is an ID of Discord.
pub(super) fn is_id(text: &str) -> bool {
    (17..=20).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::TokenShape;

    #[test]
    fn what_is_copied_instead_of_the_token_is_recognized() {
        let id = 80_351_110_224_678_912.into();
        assert_eq!(TokenShape::of("ODAzNTExMTAyMjQ2Nzg5MTI.GhXyZ1.abc"), TokenShape::OfBot(id));
        assert_eq!(TokenShape::of("ODAzNTExMTAyMjQ2Nzg5MTI.GhXyZ1"), TokenShape::Cut(id));
        assert_eq!(TokenShape::of("b1UBVd2mNvdW-_yLwT3PAMEWmYqN4Rj9"), TokenShape::ClientSecret);
        assert_eq!(TokenShape::of(&"0123456789abcdef".repeat(4)), TokenShape::PublicKey);
        assert_eq!(TokenShape::of("your-token-here"), TokenShape::NoDots);
        assert_eq!(TokenShape::of("simulated.bot.token"), TokenShape::Other);
    }
}
