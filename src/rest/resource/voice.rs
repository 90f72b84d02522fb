//! [Voice](https://docs.discord.com/developers/resources/voice): regions and voice states.

use crate::error::Error;
use crate::id::{ChannelId, GuildId, UserId};
use crate::model::{List, Timestamp, VoiceRegion, VoiceState};
use crate::rest::options::options;
use crate::rest::{Client, route};

options! {
    /// Changes to the bot's voice state on a stage: [Modify Current User Voice State](https://docs.discord.com/developers/resources/voice#modify-current-user-voice-state).
    ModifyCurrentUserVoiceState {
        /// The stage channel that the bot is in.
        channel_id: ChannelId,
        /// Whether the bot is in the audience and cannot speak. `false` needs `MUTE_MEMBERS`.
        suppress: bool,
        /// The time of a request to speak, now or later. Needs `REQUEST_TO_SPEAK`.
        request_to_speak_timestamp / no_request_to_speak_timestamp: Timestamp [into],
    }
}

options! {
    /// Changes to a user's voice state on a stage: [Modify User Voice State](https://docs.discord.com/developers/resources/voice#modify-user-voice-state).
    ModifyUserVoiceState {
        /// The stage channel that the user is in.
        channel_id: ChannelId,
        /// Whether the user is in the audience and cannot speak.
        suppress: bool,
    }
}

impl Client {
    /// Returns the voice regions: [List Voice Regions](https://docs.discord.com/developers/resources/voice#list-voice-regions).
    pub fn voice_regions(&self) -> Result<List<VoiceRegion>, Error> {
        self.fetch(route::VOICE_REGIONS.at(&[]))
    }

    /// Returns the bot's voice state: [Get Current User Voice State](https://docs.discord.com/developers/resources/voice#get-current-user-voice-state).
    ///
    /// # Errors
    ///
    /// [`Error::Http`] with status 404 if the bot is in no voice channel.
    pub fn current_user_voice_state(&self, guild: GuildId) -> Result<VoiceState, Error> {
        self.fetch(route::CURRENT_USER_VOICE_STATE.at(&[&guild]))
    }

    /// Returns a user's voice state: [Get User Voice State](https://docs.discord.com/developers/resources/voice#get-user-voice-state).
    ///
    /// The bot must have permission to connect to the channel.
    ///
    /// # Errors
    ///
    /// [`Error::Http`] with status 404 if the user is in no voice channel.
    pub fn user_voice_state(&self, guild: GuildId, user: UserId) -> Result<VoiceState, Error> {
        self.fetch(route::USER_VOICE_STATE.at(&[&guild, &user]))
    }

    /// Changes the bot's voice state on a stage: [Modify Current User Voice State](https://docs.discord.com/developers/resources/voice#modify-current-user-voice-state).
    pub fn modify_current_user_voice_state(
        &self,
        guild: GuildId,
        changes: &ModifyCurrentUserVoiceState,
    ) -> Result<(), Error> {
        self.perform_with(route::MODIFY_CURRENT_USER_VOICE_STATE.at(&[&guild]), changes)
    }

    /// Changes a user's voice state on a stage: [Modify User Voice State](https://docs.discord.com/developers/resources/voice#modify-user-voice-state).
    ///
    /// Needs `MUTE_MEMBERS`.
    pub fn modify_user_voice_state(
        &self,
        guild: GuildId,
        user: UserId,
        changes: &ModifyUserVoiceState,
    ) -> Result<(), Error> {
        self.perform_with(route::MODIFY_USER_VOICE_STATE.at(&[&guild, &user]), changes)
    }
}
