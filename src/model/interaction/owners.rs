use serde::Serialize;

use crate::id::{AnyId, GuildId, UserId};
use crate::json::transparent;
use crate::model::{ApplicationIntegrationType, Map};

/// The [installation owners](https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-object-authorizing-integration-owners-object) of an interaction: the guild and user that authorized the application.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct IntegrationOwners(pub Map<ApplicationIntegrationType, AnyId>);

transparent!(IntegrationOwners);

impl IntegrationOwners {
    /// Returns the guild ID, if the application is installed in the guild of the interaction.
    pub fn guild_id(&self) -> Option<GuildId> {
        let id = self.0.get(&ApplicationIntegrationType::GUILD_INSTALL)?;
        // In a direct message with the bot, Discord sends 0.
        (id.get() != 0).then(|| id.get().into())
    }

    /// Returns the user ID, if the application is installed for the user.
    pub fn user_id(&self) -> Option<UserId> {
        self.0.get(&ApplicationIntegrationType::USER_INSTALL).map(|id| id.get().into())
    }
}
