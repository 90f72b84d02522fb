use serde::Serialize;

use crate::id::{AnyId, GuildId, UserId};
use crate::json::transparent;
use crate::model::{ApplicationIntegrationType, Map};

/// [For whom](https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-object-authorizing-integration-owners-object) the application was installed that an interaction is for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct IntegrationOwners(pub Map<ApplicationIntegrationType, AnyId>);

transparent!(IntegrationOwners);

impl IntegrationOwners {
    /// The guild, if it was installed for one and is used in it.
    pub fn guild_id(&self) -> Option<GuildId> {
        let id = self.0.get(&ApplicationIntegrationType::GUILD_INSTALL)?;
        // Discord writes 0 where it is used in a direct message to the bot.
        (id.get() != 0).then(|| id.get().into())
    }

    /// The user, if it was installed for one.
    pub fn user_id(&self) -> Option<UserId> {
        self.0.get(&ApplicationIntegrationType::USER_INSTALL).map(|id| id.get().into())
    }
}
