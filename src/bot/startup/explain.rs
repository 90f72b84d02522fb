//! Adds instructions to the error that ended the bot.

use std::fmt;

use crate::bot::intents::IntentReport;
use crate::bot::trouble::HOW_TO_DIAGNOSE;
use crate::error::Error;
use crate::gateway::close_code::CloseCode;
use crate::gateway::intents::Intents;

// Close codes that the bot can explain better than the table, because it knows its settings.
const AUTHENTICATION_FAILED: u16 = CloseCode::AUTHENTICATION_FAILED.0;
const SHARDING_REQUIRED: u16 = CloseCode::SHARDING_REQUIRED.0;
const DISALLOWED_INTENTS: u16 = CloseCode::DISALLOWED_INTENTS.0;

const UNAUTHORIZED: u16 = 401;

/// Where the bot's token came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TokenSource {
    Argument,
    Environment,
    #[cfg(feature = "sim")]
    Local,
}

impl TokenSource {
    pub(crate) fn name(self) -> &'static str {
        match self {
            TokenSource::Argument => "the token given to Bot::new",
            TokenSource::Environment => "the token in the environment variable DISCORD_TOKEN",
            #[cfg(feature = "sim")]
            TokenSource::Local => "the token of the local Discord",
        }
    }
}

/// What the bot knows about itself when Discord refuses it.
#[derive(Clone, Debug)]
pub(crate) struct Explainer {
    pub(crate) token: TokenSource,
    /// What the token looks like, if it does not look like one.
    pub(crate) looks_like: Option<&'static str>,
    pub(crate) plan: IntentReport,
}

impl Explainer {
    /// Turns the error into one for the bot's author. `missing` are the privileged intents known to be off;
    /// `recommended` asks Discord how many shards the bot should have.
    pub(crate) fn explain(
        &self,
        error: Error,
        missing: Option<Intents>,
        recommended: impl FnOnce() -> Option<u32>,
    ) -> Error {
        match error {
            // The token was well-formed, or the bot would not run. So Discord refuses it.
            Error::Token { .. } | Error::Gateway { code: AUTHENTICATION_FAILED, .. } => self.refused_token(),
            Error::Http(e) if e.status == UNAUTHORIZED && e.is_from_discord => self.refused_token(),
            Error::Gateway { code: DISALLOWED_INTENTS, .. } => self.plan.refusal(missing),
            Error::Gateway { code: code @ SHARDING_REQUIRED, .. } => {
                let advice = match recommended() {
                    Some(count) => format!(
                        "Discord recommends bot.shards({count}); without bot.shards(..) the bot follows its advice"
                    ),
                    None => {
                        "leave out bot.shards(..), so that the bot asks Discord how many it needs".to_owned()
                    }
                };
                Error::Gateway {
                    code,
                    problem: format!(
                        "the bot is in too many guilds for its number of shards; {advice}; {HOW_TO_DIAGNOSE}"
                    ),
                }
            }
            Error::Gateway { code, problem } => {
                Error::Gateway { code, problem: format!("{problem}; {HOW_TO_DIAGNOSE}") }
            }
            other => other,
        }
    }

    /// The error of a bot whose token Discord refuses.
    pub(crate) fn refused_token(&self) -> Error {
        let looks_like = self.looks_like.map(|what| format!(", which looks like {what}")).unwrap_or_default();
        Error::token(format!(
            "Discord does not accept {}{looks_like}: copy it again from the Bot page of your application at \
             https://discord.com/developers/applications (resetting the token there makes older ones invalid); {HOW_TO_DIAGNOSE}",
            self.token.name()
        ))
    }
}

/// The error for an address that cannot be used, with the setting that it came from.
pub(crate) fn wrong_address(error: &dyn fmt::Display, set_by: &str) -> Error {
    Error::setup(format!("{error} (the address was set by {set_by})"))
}

#[cfg(test)]
mod tests {
    use std::panic::Location;

    use super::{Explainer, TokenSource};
    use crate::bot::error::HandlerId;
    use crate::bot::intents::{IntentOverrides, IntentReport, IntentRequest};
    use crate::error::{Error, HttpError};
    use crate::gateway::intents::Intents;

    fn explain(token: TokenSource, error: Error) -> Error {
        let ask = IntentRequest {
            handler: HandlerId::new("on_message", Location::caller()),
            event: Some("MESSAGE_CREATE"),
            intents: Intents::GUILD_MESSAGES | Intents::MESSAGE_CONTENT,
        };
        let explainer = Explainer {
            token,
            looks_like: None,
            plan: IntentReport::new(&[ask], IntentOverrides::default()),
        };
        explainer.explain(error, None, || Some(16))
    }

    fn closed(code: u16) -> Error {
        Error::Gateway { code, problem: "closed".to_owned() }
    }

    #[test]
    fn a_refused_token_is_named_by_where_it_came_from() {
        for error in [closed(4004), HttpError::new("GET /users/@me", 401, "401: Unauthorized").into()] {
            let error = explain(TokenSource::Environment, error);
            assert!(matches!(error, Error::Token { .. }), "{error:?}");
            assert!(error.to_string().contains("DISCORD_TOKEN"), "{error}");
            assert!(error.to_string().contains("bot.diagnose()"), "{error}");
        }
        let error = explain(TokenSource::Argument, closed(4004));
        assert!(error.to_string().contains("the token given to Bot::new"), "{error}");
    }

    #[test]
    fn disallowed_intents_name_the_handler() {
        let error = explain(TokenSource::Argument, closed(4014));
        assert!(matches!(error, Error::Intents { .. }), "{error:?}");
        assert!(error.to_string().contains("on_message at src"), "{error}");
        assert!(error.to_string().contains("MESSAGE_CONTENT"), "{error}");
    }

    #[test]
    fn too_few_shards_say_how_many_it_should_be() {
        let error = explain(TokenSource::Argument, closed(4011));
        assert!(matches!(error, Error::Gateway { code: 4011, .. }), "{error:?}");
        assert!(error.to_string().contains("Discord recommends bot.shards(16)"), "{error}");
    }

    #[test]
    fn every_code_that_ends_the_bot_points_to_the_doctor() {
        for code in [4004, 4010, 4011, 4012, 4013, 4014] {
            let error = explain(TokenSource::Argument, closed(code)).to_string();
            assert!(error.contains("print bot.diagnose() in place of bot.run()"), "{code}: {error}");
        }
        let error = explain(TokenSource::Argument, closed(4012)).to_string();
        assert!(error.starts_with("Discord closed the gateway connection with 4012: closed; "), "{error}");
    }

    #[test]
    fn other_errors_stay_as_they_are() {
        let error = explain(TokenSource::Argument, Error::Stopped);
        assert!(matches!(error, Error::Stopped), "{error}");
    }
}
