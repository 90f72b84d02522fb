//! The bot's calls of [OAuth2](https://docs.discord.com/developers/topics/oauth2).

use crate::error::Error;
use crate::model::{Application, PublicKeys};
use crate::rest::{Client, route};

impl Client {
    /// Returns the bot's application: [Get Current Bot Application Information](https://docs.discord.com/developers/topics/oauth2#get-current-bot-application-information).
    pub fn current_bot_application(&self) -> Result<Application, Error> {
        self.fetch(route::CURRENT_BOT_APPLICATION.at(&[]))
    }

    /// Returns the public keys that verify Discord's [OpenID Connect](https://docs.discord.com/developers/topics/oauth2)
    /// ID tokens.
    pub fn public_keys(&self) -> Result<PublicKeys, Error> {
        self.fetch(route::PUBLIC_KEYS.at(&[]))
    }
}
