//! What a bot may ask about [OAuth2](https://docs.discord.com/developers/topics/oauth2).

use crate::error::Error;
use crate::model::{Application, PublicKeys};
use crate::rest::{Client, route};

impl Client {
    /// The bot's application: [Get Current Bot Application Information](https://docs.discord.com/developers/topics/oauth2#get-current-bot-application-information).
    pub fn current_bot_application(&self) -> Result<Application, Error> {
        self.fetch(route::CURRENT_BOT_APPLICATION.at(&[]))
    }

    /// The keys by which the ID tokens of [OpenID Connect](https://docs.discord.com/developers/topics/oauth2) are
    /// known to be Discord's.
    pub fn public_keys(&self) -> Result<PublicKeys, Error> {
        self.fetch(route::PUBLIC_KEYS.at(&[]))
    }
}
