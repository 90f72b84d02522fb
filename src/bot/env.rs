//! Settings from the environment.

use std::env::{self, VarError};
#[cfg(feature = "sim")]
use std::ffi::OsString;

use crate::error::Error;
use crate::rest::{ClientEnv, address_from_env};
use crate::token::Token;

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
        let ClientEnv { token, api_url } = ClientEnv::read(&variable)?;
        Ok(EnvConfig { token, api_url, gateway_url: address_from_env(&variable, GATEWAY_URL)? })
    }

    /// The file that keeps the world of the playground, if the environment names one.
    #[cfg(feature = "sim")]
    pub(super) fn kept_world() -> Option<OsString> {
        env::var_os(WORLD).filter(|path| !path.is_empty())
    }

    /// The error of a program that has neither a token nor the simulated Discord.
    #[cfg(any(test, not(feature = "sim")))]
    pub(super) fn no_playground() -> Error {
        Error::token(
            "no bot token, and this program was built without the simulated Discord: set the environment variable \
             DISCORD_TOKEN, or build with the feature `sim` (cargo run --features syncord/sim, or once \
             cargo add syncord --features sim)",
        )
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
    fn without_a_token_and_the_simulation_the_error_names_both() {
        let error = EnvConfig::no_playground().to_string();
        for part in ["DISCORD_TOKEN", "--features syncord/sim", "cargo add syncord --features sim"] {
            assert!(error.contains(part), "{error}");
        }
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
