//! Where the [gateway](https://docs.discord.com/developers/events/gateway) is.

use crate::error::Error;
use crate::model::{Gateway, GatewayBot};
use crate::rest::{Client, route};

impl Client {
    /// Where the gateway is: [Get Gateway](https://docs.discord.com/developers/events/gateway#get-gateway).
    pub fn gateway(&self) -> Result<Gateway, Error> {
        self.fetch(route::GATEWAY.at(&[]))
    }

    /// Where the gateway is and how many logins are left: [Get Gateway Bot](https://docs.discord.com/developers/events/gateway#get-gateway-bot).
    pub fn gateway_bot(&self) -> Result<GatewayBot, Error> {
        self.fetch(route::GATEWAY_BOT.at(&[]))
    }
}
