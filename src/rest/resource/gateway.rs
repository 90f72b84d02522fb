//! The address of the [gateway](https://docs.discord.com/developers/events/gateway).

use crate::error::Error;
use crate::model::{Gateway, GatewayBot};
use crate::rest::{Client, route};

impl Client {
    /// Returns the URL of the gateway: [Get Gateway](https://docs.discord.com/developers/events/gateway#get-gateway).
    pub fn gateway(&self) -> Result<Gateway, Error> {
        self.fetch(route::GATEWAY.at(&[]))
    }

    /// Returns the URL of the gateway, the recommended number of shards and the session start limit: [Get Gateway Bot](https://docs.discord.com/developers/events/gateway#get-gateway-bot).
    pub fn gateway_bot(&self) -> Result<GatewayBot, Error> {
        self.fetch(route::GATEWAY_BOT.at(&[]))
    }
}
