//! [Channels](https://docs.discord.com/developers/resources/channel); threads are in another file.

mod invite;
mod modify;
mod recipient;
mod tag;

use serde::Serialize;

use crate::error::Error;
use crate::id::{ChannelId, OverwriteId};
use crate::model::{Channel, FollowedChannel, Overwrite, OverwriteType, Permissions};
use crate::rest::check::{at_field, chars};
use crate::rest::options::Options;
use crate::rest::request::Request;
use crate::rest::{Client, route};

pub use invite::CreateChannelInvite;
pub use modify::{ModifyChannel, ModifyGroupDm, ModifyThread};
pub use recipient::AddGroupDmRecipient;
pub use tag::ForumTagOptions;
pub(super) use tag::one_emoji;

/// Maximum length of the status of a voice channel, in characters.
const MAX_STATUS: usize = 500;

impl Client {
    /// Returns a channel or thread: [Get Channel](https://docs.discord.com/developers/resources/channel#get-channel).
    pub fn channel(&self, channel: ChannelId) -> Result<Channel, Error> {
        self.fetch(route::CHANNEL.at(&[&channel]))
    }

    /// Deletes a channel or thread, or closes a direct message: [Delete/Close Channel](https://docs.discord.com/developers/resources/channel#deleteclose-channel).
    ///
    /// Needs `MANAGE_CHANNELS`, or `MANAGE_THREADS` for a thread. A deleted channel
    /// cannot be restored. Deleting a category does not delete its channels.
    pub fn delete_channel(&self, channel: ChannelId) -> Result<Channel, Error> {
        self.fetch(route::DELETE_CHANNEL.at(&[&channel]))
    }

    /// Sets the permission overwrite of a role or member in a channel: [Edit Channel Permissions](https://docs.discord.com/developers/resources/channel#edit-channel-permissions).
    ///
    /// Needs `MANAGE_ROLES`. The bot can allow and deny only permissions that it has.
    ///
    /// ```
    /// # let discord = syncord::sim::Discord::start()?;
    /// # let client = syncord::rest::Client::builder(syncord::Token::new(&discord.token())?).api_url(discord.api_url()).build()?;
    /// # let (guild, channel) = (discord.guild_id(), discord.channel("general").id());
    /// use syncord::model::{Overwrite, Permissions};
    ///
    /// // The role `@everyone` has the ID of the guild.
    /// let read_only = Overwrite::role(guild.get().into(), Permissions::empty(), Permissions::SEND_MESSAGES);
    /// client.edit_channel_permissions(channel, &read_only)?;
    /// assert_eq!(client.channel(channel)?.permission_overwrites[0].deny, Permissions::SEND_MESSAGES);
    /// # Ok::<(), syncord::Error>(())
    /// ```
    pub fn edit_channel_permissions(&self, channel: ChannelId, overwrite: &Overwrite) -> Result<(), Error> {
        let route = route::EDIT_CHANNEL_PERMISSIONS.at(&[&channel, &overwrite.id]);
        let Overwrite { allow, deny, kind, .. } = *overwrite;
        self.perform_with(route, &EditChannelPermissions { allow, deny, kind })
    }

    /// Deletes the permission overwrite of a role or member in a channel: [Delete Channel Permission](https://docs.discord.com/developers/resources/channel#delete-channel-permission).
    ///
    /// Needs `MANAGE_ROLES`.
    pub fn delete_channel_permission(
        &self,
        channel: ChannelId,
        role_or_member: impl Into<OverwriteId>,
    ) -> Result<(), Error> {
        self.perform(route::DELETE_CHANNEL_PERMISSION.at(&[&channel, &role_or_member.into()]))
    }

    /// Follows an announcement channel, so that its messages are sent to another channel: [Follow Announcement Channel](https://docs.discord.com/developers/resources/channel#follow-announcement-channel).
    ///
    /// Needs `MANAGE_WEBHOOKS` in the target channel.
    pub fn follow_announcement_channel(
        &self,
        channel: ChannelId,
        target: ChannelId,
    ) -> Result<FollowedChannel, Error> {
        let body = FollowAnnouncementChannel { webhook_channel_id: target };
        self.change(route::FOLLOW_ANNOUNCEMENT_CHANNEL.at(&[&channel]), &body)
    }

    /// Shows the bot as typing for ten seconds, or until it sends a message: [Trigger Typing Indicator](https://docs.discord.com/developers/resources/channel#trigger-typing-indicator).
    pub fn trigger_typing(&self, channel: ChannelId) -> Result<(), Error> {
        // Repeating the request does no harm.
        self.perform_request(Request::new(route::TRIGGER_TYPING_INDICATOR.at(&[&channel])).repeatable())
    }

    /// Sets the status of a voice channel, at most 500 characters, or removes it: [Set Voice Channel Status](https://docs.discord.com/developers/resources/channel#set-voice-channel-status).
    ///
    /// Needs `SET_VOICE_CHANNEL_STATUS`, and `MANAGE_CHANNELS` if the bot is not connected to the channel.
    pub fn set_voice_channel_status(&self, channel: ChannelId, status: Option<&str>) -> Result<(), Error> {
        self.perform_with(route::SET_VOICE_CHANNEL_STATUS.at(&[&channel]), &SetVoiceChannelStatus { status })
    }
}

/// An overwrite without its ID, which is part of the path.
#[derive(Serialize)]
struct EditChannelPermissions {
    allow: Permissions,
    deny: Permissions,
    #[serde(rename = "type")]
    kind: OverwriteType,
}

impl Options for EditChannelPermissions {
    fn check(&self) -> Result<(), Error> {
        Ok(())
    }
}

#[derive(Serialize)]
struct FollowAnnouncementChannel {
    webhook_channel_id: ChannelId,
}

impl Options for FollowAnnouncementChannel {
    fn check(&self) -> Result<(), Error> {
        Ok(())
    }
}

#[derive(Serialize)]
struct SetVoiceChannelStatus<'a> {
    status: Option<&'a str>,
}

impl Options for SetVoiceChannelStatus<'_> {
    fn check(&self) -> Result<(), Error> {
        at_field(chars(0..=MAX_STATUS)(self.status.unwrap_or_default()), || "status".to_owned())
    }
}
