//! The address of the [gateway](https://docs.discord.com/developers/events/gateway).

use crate::error::Error;
use crate::json::{self, object};
use crate::model::{Gateway, GatewayBot, Raw};
use crate::rest::{Client, route};

/// Whether the response has the address.
struct Address {
    url: Option<Raw>,
}

object! { Address {
    url,
} }

impl Client {
    /// Returns the URL of the gateway: [Get Gateway](https://docs.discord.com/developers/events/gateway#get-gateway).
    pub fn gateway(&self) -> Result<Gateway, Error> {
        self.fetch(route::GATEWAY.at(&[]))
    }

    /// Returns the URL of the gateway, the recommended number of shards and the session start limit: [Get Gateway Bot](https://docs.discord.com/developers/events/gateway#get-gateway-bot).
    pub fn gateway_bot(&self) -> Result<GatewayBot, Error> {
        self.fetch(route::GATEWAY_BOT.at(&[]))
    }

    /// The same, and whether the response has the URL.
    pub(crate) fn gateway_bot_and_has_url(&self) -> Result<(GatewayBot, bool), Error> {
        let response: Raw = self.fetch(route::GATEWAY_BOT.at(&[]))?;
        let read = || Ok((json::read::<GatewayBot>(response.get())?, json::read::<Address>(response.get())?));
        let (gateway, address) = read()
            .map_err(|error: serde_json::Error| Error::decode("a response to GET /gateway/bot", error))?;
        Ok((gateway, address.url.is_some()))
    }
}
