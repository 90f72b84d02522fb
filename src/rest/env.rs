//! The settings of a client from the environment.

use std::env::{self, VarError};

use super::client::Client;
use crate::error::Error;
use crate::token::Token;

const TOKEN: &str = "DISCORD_TOKEN";
const API_URL: &str = "DISCORD_API_URL";

/// What the environment says about the calls of Discord's API.
pub(crate) struct ClientEnv {
    pub(crate) token: Token,
    pub(crate) api_url: Option<String>,
}

impl ClientEnv {
    /// Reads the settings. `variable` returns the value of an environment variable.
    pub(crate) fn read(variable: impl Fn(&str) -> Result<String, VarError>) -> Result<ClientEnv, Error> {
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
        Ok(ClientEnv { token, api_url: address_from_env(&variable, API_URL)? })
    }

    /// Whether the environment has a token.
    pub(crate) fn has_token() -> bool {
        env::var_os(TOKEN).is_some()
    }
}

/// Reads an address from an environment variable. An empty variable counts as unset, as many tools leave one.
pub(crate) fn address_from_env(
    variable: impl Fn(&str) -> Result<String, VarError>,
    name: &str,
) -> Result<Option<String>, Error> {
    match variable(name) {
        Ok(url) => Ok(Some(url.trim().to_owned()).filter(|url| !url.is_empty())),
        Err(VarError::NotPresent) => Ok(None),
        Err(VarError::NotUnicode(_)) => Err(Error::setup(format!("{name} is no address: it is not Unicode"))),
    }
}

impl Client {
    /// Creates a client with the token in the environment variable `DISCORD_TOKEN`, and the default settings.
    ///
    /// `DISCORD_API_URL` does what [`api_url`](crate::rest::ClientBuilder::api_url) does, for proxies and local servers. A
    /// [`Bot`](crate::Bot::from_env) reads the same variables.
    ///
    /// # Errors
    ///
    /// [`Error::Token`] when there is no token, [`Error::Setup`] when the address or the environment's proxy cannot be used.
    pub fn from_env() -> Result<Client, Error> {
        let ClientEnv { token, api_url } = ClientEnv::read(|name| env::var(name))?;
        let builder = Client::builder(token);
        match api_url {
            Some(url) => builder.api_url(url),
            None => builder,
        }
        .build()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use std::env::VarError;

    use super::ClientEnv;
    use crate::error::Error;

    fn read(variables: &[(&str, &str)]) -> Result<ClientEnv, Error> {
        ClientEnv::read(|name| {
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
    fn an_empty_token_names_its_variable() {
        let error = read(&[("DISCORD_TOKEN", " \n")]).err().unwrap();
        assert!(error.to_string().starts_with("DISCORD_TOKEN: the bot token is empty"), "{error}");
    }

    #[test]
    fn the_address_is_optional_and_an_empty_one_counts_as_unset() {
        let token = ("DISCORD_TOKEN", "Bot abc");
        let settings = read(&[token, ("DISCORD_API_URL", "http://127.0.0.1:3001/api/v10\n")]).unwrap();
        assert_eq!(settings.token.reveal(), "abc");
        assert_eq!(settings.api_url.as_deref(), Some("http://127.0.0.1:3001/api/v10"));
        for unset in [vec![token], vec![token, ("DISCORD_API_URL", " ")]] {
            assert_eq!(read(&unset).unwrap().api_url, None);
        }
    }
}
