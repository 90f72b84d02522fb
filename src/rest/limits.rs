//! What the clients of one process share their limits by.

use ureq::http::Uri;

use super::limiter::Owner;
use crate::fingerprint::Fingerprint;
use crate::token::Token;

/// The address of all hosts of Discord.
const DISCORD: &str = "discord.com";

/// A token at an address of the API.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct LimitKey {
    address: String,
    is_loopback: bool,
    /// `None` for requests without a bot's token.
    token: Option<Fingerprint>,
}

impl LimitKey {
    pub(super) fn new(api_url: &str, is_loopback: bool, token: Option<&Token>) -> LimitKey {
        let token = token.map(|token| Fingerprint::of(token.reveal()));
        LimitKey { address: address(api_url), is_loopback, token }
    }

    pub(super) fn address(&self) -> &str {
        &self.address
    }

    pub(super) fn owner(&self) -> Owner {
        self.token.map_or(Owner::Address, Owner::Bot)
    }

    /// Whether the API is Discord's own.
    pub(crate) fn is_discord(&self) -> bool {
        self.address == DISCORD
    }

    /// Whether the API is on this machine: a simulated Discord or a proxy.
    pub(crate) fn is_loopback(&self) -> bool {
        self.is_loopback
    }
}

/// Whether the API at this URL is Discord's own.
pub(crate) fn is_discord(api_url: &str) -> bool {
    address(api_url) == DISCORD
}

/// The part of an API's URL that decides who counts the requests: host and port, regardless of the API version. All hosts
/// of Discord are one.
fn address(api_url: &str) -> String {
    let uri: Uri = api_url.parse().unwrap_or_default();
    let host = uri.host().unwrap_or_default().to_ascii_lowercase();
    let is_discord = |domain: &str| host == domain || host.ends_with(&format!(".{domain}"));
    if is_discord("discord.com") || is_discord("discordapp.com") {
        return DISCORD.to_owned();
    }
    let default_port = if uri.scheme_str() == Some("http") { 80 } else { 443 };
    format!("{host}:{}", uri.port_u16().unwrap_or(default_port))
}

#[cfg(test)]
mod tests {
    use super::{DISCORD, LimitKey, address};

    #[test]
    fn one_server_is_one_address_however_its_url_is_written() {
        for same in [
            ["https://discord.com/api/v10", "https://discord.com/api"],
            ["https://discord.com/api/v10", "https://canary.discord.com/api/v9"],
            ["https://discord.com/api/v10", "https://discordapp.com:443/api"],
            ["http://127.0.0.1:3001/api/v10", "http://127.0.0.1:3001"],
            ["https://Proxy.example/api", "https://proxy.example:443/api/v10"],
        ] {
            assert_eq!(address(same[0]), address(same[1]), "{same:?}");
        }
        for (url, expected) in
            [("https://ptb.discord.com/api/v10", true), ("https://proxy.example/api", false)]
        {
            assert_eq!(LimitKey::new(url, false, None).is_discord(), expected, "{url}");
        }
        assert_eq!(address("https://discord.com/api"), DISCORD);
        for different in [
            ["http://127.0.0.1:3001/api", "http://127.0.0.1:3002/api"],
            ["https://discord.com/api", "https://discord.com.evil.example/api"],
            ["https://discord.com/api", "https://notdiscord.com/api"],
            ["https://proxy.example", "http://proxy.example"],
        ] {
            assert_ne!(address(different[0]), address(different[1]), "{different:?}");
        }
    }
}
