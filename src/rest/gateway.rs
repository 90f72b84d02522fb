use super::{Client, route};
use crate::error::Error;
use crate::model::GatewayBot;

impl Client {
    /// Where the gateway is and how many logins are left: [Get Gateway Bot](https://docs.discord.com/developers/events/gateway#get-gateway-bot).
    ///
    /// # Errors
    ///
    /// Those of [every call](Client#errors).
    pub fn gateway_bot(&self) -> Result<GatewayBot, Error> {
        self.fetch(route::GATEWAY_BOT.at(&[]))
    }
}
