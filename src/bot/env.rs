//! Settings from the environment.

use std::env::{self, VarError};
#[cfg(feature = "sim")]
use std::ffi::OsString;

use crate::error::Error;
use crate::token::Token;

const TOKEN: &str = "DISCORD_TOKEN";
const API_URL: &str = "DISCORD_API_URL";
const GATEWAY_URL: &str = "DISCORD_GATEWAY_URL";
#[cfg(feature = "sim")]
const WORLD: &str = "SYNCORD_WORLD";

/// The settings of a bot that come from outside the program.
pub(super) struct EnvConfig {
    pub(super) token: Token,
    pub(super) api_url: Option<String>,
    pub(super) gateway_url: Option<String>,
}

impl EnvConfig {
    pub(super) fn from_env() -> Result<EnvConfig, Error> {
        EnvConfig::read(|name| env::var(name))
    }

    fn read(variable: impl Fn(&str) -> Result<String, VarError>) -> Result<EnvConfig, Error> {
        let token = match variable(TOKEN) {
            Ok(text) => Token::new(&text).map_err(|error| Error::token(format!("{TOKEN}: {error}")))?,
            Err(VarError::NotPresent) => {
                return Err(Error::token(format!(
                    "no bot token: set the environment variable {TOKEN} to the one on the Bot page of your application \
                     at https://discord.com/developers/applications, as in {TOKEN}=... cargo run"
                )));
            }
            // The error would show the value.
            Err(VarError::NotUnicode(_)) => {
                return Err(Error::token(format!(
                    "{TOKEN} holds characters that no token has: copy it again"
                )));
            }
        };
        // An empty variable counts as unset, as many tools leave one.
        let url = |name: &str| match variable(name) {
            Ok(url) => Ok(Some(url.trim().to_owned()).filter(|url| !url.is_empty())),
            Err(VarError::NotPresent) => Ok(None),
            Err(VarError::NotUnicode(_)) => {
                Err(Error::setup(format!("{name} is no address: it is not Unicode")))
            }
        };
        Ok(EnvConfig { token, api_url: url(API_URL)?, gateway_url: url(GATEWAY_URL)? })
    }

    /// Whether the environment has a token.
    pub(super) fn has_token() -> bool {
        env::var_os(TOKEN).is_some()
    }

    /// The file that keeps the world of the playground, if the environment names one.
    #[cfg(feature = "sim")]
    pub(super) fn kept_world() -> Option<OsString> {
        env::var_os(WORLD).filter(|path| !path.is_empty())
    }

    /// The error of a program that has neither a token nor the simulated Discord.
    #[cfg(any(test, not(feature = "sim")))]
    pub(super) fn no_playground() -> Error {
        Error::token(format!(
            "no bot token, and this program was built without the simulated Discord: set the environment variable \
             {TOKEN}, or build with the feature `sim` (cargo run --features syncord/sim, or once \
             cargo add syncord --features sim)"
        ))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use std::env::VarError;

    use super::EnvConfig;
    use crate::error::Error;

    fn read(variables: &[(&str, &str)]) -> Result<EnvConfig, Error> {
        EnvConfig::read(|name| {
            let found = variables.iter().find(|(known, _)| *known == name);
            found.map(|(_, value)| (*value).to_owned()).ok_or(VarError::NotPresent)
        })
    }

    #[test]
    fn a_missing_token_says_which_variable_to_set_and_where_to_get_it() {
        let error = read(&[]).err().unwrap();
        assert!(matches!(error, Error::Token { .. }), "{error:?}");
        for part in ["DISCORD_TOKEN", "https://discord.com/developers/applications"] {
            assert!(error.to_string().contains(part), "{error}");
        }
    }

    #[test]
    fn without_a_token_and_the_simulation_the_error_names_both() {
        let error = EnvConfig::no_playground().to_string();
        for part in ["DISCORD_TOKEN", "--features syncord/sim", "cargo add syncord --features sim"] {
            assert!(error.contains(part), "{error}");
        }
    }

    #[test]
    fn an_empty_token_names_its_variable() {
        let error = read(&[("DISCORD_TOKEN", " \n")]).err().unwrap();
        assert!(error.to_string().starts_with("DISCORD_TOKEN: the bot token is empty"), "{error}");
    }

    #[test]
    fn addresses_are_optional_and_empty_ones_count_as_unset() {
        let settings = read(&[
            ("DISCORD_TOKEN", "Bot abc"),
            ("DISCORD_API_URL", "http://127.0.0.1:3001/api/v10\n"),
            ("DISCORD_GATEWAY_URL", ""),
        ])
        .unwrap();
        assert_eq!(settings.token.reveal(), "abc");
        assert_eq!(settings.api_url.as_deref(), Some("http://127.0.0.1:3001/api/v10"));
        assert_eq!(settings.gateway_url, None);
    }
}
