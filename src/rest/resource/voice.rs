//! [Voice](https://docs.discord.com/developers/resources/voice): where voice servers stand, and who is in voice.

use crate::error::Error;
use crate::id::{ChannelId, GuildId, UserId};
use crate::model::{List, Timestamp, VoiceRegion, VoiceState};
use crate::rest::options::options;
use crate::rest::{Client, route};

options! {
    /// What to change of the bot on a stage: [Modify Current User Voice State](https://docs.discord.com/developers/resources/voice#modify-current-user-voice-state).
    ModifyCurrentUserVoiceState {
        /// Says in which stage channel it is.
        channel_id: ChannelId,
        /// Makes it listen, or lets it speak; the latter needs `MUTE_MEMBERS`.
        suppress: bool,
        /// Has it ask to speak, now or at a time to come; needs `REQUEST_TO_SPEAK`.
        request_to_speak_timestamp / no_request_to_speak_timestamp: Timestamp [into],
    }
}

options! {
    /// What to change of somebody on a stage: [Modify User Voice State](https://docs.discord.com/developers/resources/voice#modify-user-voice-state).
    ModifyUserVoiceState {
        /// Says in which stage channel they are.
        channel_id: ChannelId,
        /// Makes them listen, or lets them speak.
        suppress: bool,
    }
}

impl Client {
    /// Where voice servers stand: [List Voice Regions](https://docs.discord.com/developers/resources/voice#list-voice-regions).
    pub fn voice_regions(&self) -> Result<List<VoiceRegion>, Error> {
        self.fetch(route::VOICE_REGIONS.at(&[]))
    }

    /// Where the bot is in voice: [Get Current User Voice State](https://docs.discord.com/developers/resources/voice#get-current-user-voice-state).
    ///
    /// # Errors
    ///
    /// [`Error::Http`] with status 404 if the bot is in no voice channel.
    pub fn current_user_voice_state(&self, guild: GuildId) -> Result<VoiceState, Error> {
        self.fetch(route::CURRENT_USER_VOICE_STATE.at(&[&guild]))
    }

    /// Where somebody is in voice: [Get User Voice State](https://docs.discord.com/developers/resources/voice#get-user-voice-state).
    ///
    /// The bot must be allowed to connect to the channel.
    ///
    /// # Errors
    ///
    /// [`Error::Http`] with status 404 if the user is in no voice channel.
    pub fn user_voice_state(&self, guild: GuildId, user: UserId) -> Result<VoiceState, Error> {
        self.fetch(route::USER_VOICE_STATE.at(&[&guild, &user]))
    }

    /// Has the bot speak, listen or ask to speak on the stage that it is in: [Modify Current User Voice State](https://docs.discord.com/developers/resources/voice#modify-current-user-voice-state).
    pub fn modify_current_user_voice_state(
        &self,
        guild: GuildId,
        changes: &ModifyCurrentUserVoiceState,
    ) -> Result<(), Error> {
        self.perform_with(route::MODIFY_CURRENT_USER_VOICE_STATE.at(&[&guild]), changes)
    }

    /// Lets somebody speak on the stage that they are in, or no longer: [Modify User Voice State](https://docs.discord.com/developers/resources/voice#modify-user-voice-state).
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
