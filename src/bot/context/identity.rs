//! Who the bot is at Discord.

use std::ops::Range;
use std::sync::Arc;

use crate::bot::application::OwnApplication;
use crate::gateway::intents::Intents;
use crate::id::ApplicationId;
use crate::model::User;
use crate::rest::Client;

/// What is known once Discord has accepted the token.
pub(crate) struct Identity {
    pub(crate) client: Client,
    /// The same client, whose calls end with the bot.
    pub(crate) ending_client: Client,
    pub(crate) me: Arc<User>,
    /// The application, if Discord sent it.
    pub(crate) application: Option<Arc<OwnApplication>>,
    /// The shards of this process.
    pub(crate) shards: Range<u32>,
    /// The number of shards of all processes.
    pub(crate) total: u32,
    /// The intents that the bot asks for.
    pub(crate) intents: Intents,
}

impl Identity {
    /// The ID of the bot's application.
    pub(crate) fn application_id(&self) -> ApplicationId {
        match &self.application {
            Some(application) => application.id,
            // The application of a bot has the ID of its user, unless it was created before 2016.
            None => ApplicationId::new(self.me.id.get()),
        }
    }
}
