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
    /// What a stage is about: [Create Stage Instance](https://docs.discord.com/developers/resources/stage-instance#create-stage-instance).
    CreateStageInstance(channel_id: ChannelId, topic: impl Into<String>) {
        /// Sets the stage channel.
        channel_id: ChannelId,
        /// Sets what it is about: 1 to 120 characters.
        topic: String [into] => chars(1..=MAX_TOPIC),
        /// Sets who may see it (`GUILD_ONLY`).
        privacy_level: StagePrivacyLevel,
        /// Sets whether `@everyone` is told that it begins; needs `MENTION_EVERYONE`.
        send_start_notification: bool,
        /// Sets the planned event that it belongs to.
        guild_scheduled_event_id: ScheduledEventId,
    }
}

options! {
    /// What to change of a stage: [Modify Stage Instance](https://docs.discord.com/developers/resources/stage-instance#modify-stage-instance).
    ModifyStageInstance {
        /// Sets what it is about: 1 to 120 characters.
        topic: String [into] => chars(1..=MAX_TOPIC),
        /// Sets who may see it.
        privacy_level: StagePrivacyLevel,
    }
}

impl Client {
    /// Opens a stage: [Create Stage Instance](https://docs.discord.com/developers/resources/stage-instance#create-stage-instance).
    ///
    /// Needs the bot to moderate the stage: `MANAGE_CHANNELS`, `MUTE_MEMBERS` and `MOVE_MEMBERS`.
    pub fn create_stage_instance(&self, stage: &CreateStageInstance) -> Result<StageInstance, Error> {
        self.change(route::CREATE_STAGE_INSTANCE.at(&[]), stage)
    }

    /// The stage that is live in a channel: [Get Stage Instance](https://docs.discord.com/developers/resources/stage-instance#get-stage-instance).
    pub fn stage_instance(&self, channel: ChannelId) -> Result<StageInstance, Error> {
        self.fetch(route::STAGE_INSTANCE.at(&[&channel]))
    }

    /// Changes a stage: [Modify Stage Instance](https://docs.discord.com/developers/resources/stage-instance#modify-stage-instance).
    ///
    /// Needs the bot to moderate the stage.
    pub fn modify_stage_instance(
        &self,
        channel: ChannelId,
        changes: &ModifyStageInstance,
    ) -> Result<StageInstance, Error> {
        self.change(route::MODIFY_STAGE_INSTANCE.at(&[&channel]), changes)
    }

    /// Closes a stage: [Delete Stage Instance](https://docs.discord.com/developers/resources/stage-instance#delete-stage-instance).
    ///
    /// Needs the bot to moderate the stage.
    pub fn delete_stage_instance(&self, channel: ChannelId) -> Result<(), Error> {
        self.perform(route::DELETE_STAGE_INSTANCE.at(&[&channel]))
    }
}
