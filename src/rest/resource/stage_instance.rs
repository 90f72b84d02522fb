//! [Stage instances](https://docs.discord.com/developers/resources/stage-instance).

use crate::error::Error;
use crate::id::{ChannelId, ScheduledEventId};
use crate::model::{StageInstance, StagePrivacyLevel};
use crate::rest::check::chars;
use crate::rest::options::options;
use crate::rest::{Client, route};

/// Maximum length of the topic of a stage, in characters.
const MAX_TOPIC: usize = 120;

options! {
    /// Options to create a stage instance: [Create Stage Instance](https://docs.discord.com/developers/resources/stage-instance#create-stage-instance).
    CreateStageInstance(channel_id: ChannelId, topic: impl Into<String>) {
        /// The stage channel.
        channel_id: ChannelId,
        /// The topic, 1-120 characters.
        topic: String [into] => chars(1..=MAX_TOPIC),
        /// Who can see the stage. Default: `GUILD_ONLY`.
        privacy_level: StagePrivacyLevel,
        /// Whether to notify `@everyone` of the start. Needs `MENTION_EVERYONE`.
        send_start_notification: bool,
        /// The scheduled event of the stage.
        guild_scheduled_event_id: ScheduledEventId,
    }
}

options! {
    /// Changes to a stage instance: [Modify Stage Instance](https://docs.discord.com/developers/resources/stage-instance#modify-stage-instance).
    ModifyStageInstance {
        /// The topic, 1-120 characters.
        topic: String [into] => chars(1..=MAX_TOPIC),
        /// Who can see the stage.
        privacy_level: StagePrivacyLevel,
    }
}

impl Client {
    /// Creates a stage instance: [Create Stage Instance](https://docs.discord.com/developers/resources/stage-instance#create-stage-instance).
    ///
    /// The bot must be a moderator of the stage: `MANAGE_CHANNELS`, `MUTE_MEMBERS` and `MOVE_MEMBERS`.
    pub fn create_stage_instance(&self, stage: &CreateStageInstance) -> Result<StageInstance, Error> {
        self.change(route::CREATE_STAGE_INSTANCE.at(&[]), stage)
    }

    /// Returns the stage instance of a channel: [Get Stage Instance](https://docs.discord.com/developers/resources/stage-instance#get-stage-instance).
    pub fn stage_instance(&self, channel: ChannelId) -> Result<StageInstance, Error> {
        self.fetch(route::STAGE_INSTANCE.at(&[&channel]))
    }

    /// Changes a stage instance: [Modify Stage Instance](https://docs.discord.com/developers/resources/stage-instance#modify-stage-instance).
    ///
    /// The bot must be a moderator of the stage.
    pub fn modify_stage_instance(
        &self,
        channel: ChannelId,
        changes: &ModifyStageInstance,
    ) -> Result<StageInstance, Error> {
        self.change(route::MODIFY_STAGE_INSTANCE.at(&[&channel]), changes)
    }

    /// Deletes a stage instance: [Delete Stage Instance](https://docs.discord.com/developers/resources/stage-instance#delete-stage-instance).
    ///
    /// The bot must be a moderator of the stage.
    pub fn delete_stage_instance(&self, channel: ChannelId) -> Result<(), Error> {
        self.perform(route::DELETE_STAGE_INSTANCE.at(&[&channel]))
    }
}
