//! [Channels](https://docs.discord.com/developers/resources/channel); their threads are in a file of their own.

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

/// The longest status of a voice channel, in characters.
const MAX_STATUS: usize = 500;

impl Client {
    /// A channel or thread: [Get Channel](https://docs.discord.com/developers/resources/channel#get-channel).
    pub fn channel(&self, channel: ChannelId) -> Result<Channel, Error> {
        self.fetch(route::CHANNEL.at(&[&channel]))
    }

    /// Deletes a channel or thread, or closes a direct message: [Delete/Close Channel](https://docs.discord.com/developers/resources/channel#deleteclose-channel).
    ///
    /// Needs `MANAGE_CHANNELS`, or `MANAGE_THREADS` for a thread. What was deleted does not come back; the
    /// channels of a category stay.
    pub fn delete_channel(&self, channel: ChannelId) -> Result<Channel, Error> {
        self.fetch(route::DELETE_CHANNEL.at(&[&channel]))
    }

    /// Says what a role or member may do in a channel: [Edit Channel Permissions](https://docs.discord.com/developers/resources/channel#edit-channel-permissions).
    ///
    /// Needs `MANAGE_ROLES`; what the bot itself may not do it can neither allow nor deny.
    ///
    /// ```no_run
    /// # use syncord::id::{ChannelId, RoleId};
    /// use syncord::model::{Overwrite, Permissions};
    ///
    /// # let client = syncord::rest::Client::new(syncord::Token::new("…")?);
    /// let quiet = Overwrite::role(RoleId::new(41771983423143936), Permissions::empty(), Permissions::SEND_MESSAGES);
    /// client.edit_channel_permissions(ChannelId::new(555088666872119298), &quiet)?;
    /// # Ok::<(), syncord::Error>(())
    /// ```
    pub fn edit_channel_permissions(&self, channel: ChannelId, overwrite: &Overwrite) -> Result<(), Error> {
        let route = route::EDIT_CHANNEL_PERMISSIONS.at(&[&channel, &overwrite.id]);
        let Overwrite { allow, deny, kind, .. } = *overwrite;
        self.perform_with(route, &EditChannelPermissions { allow, deny, kind })
    }

    /// Forgets what a role or member may do in a channel and not elsewhere: [Delete Channel Permission](https://docs.discord.com/developers/resources/channel#delete-channel-permission).
    ///
    /// Needs `MANAGE_ROLES`.
    pub fn delete_channel_permission(
        &self,
        channel: ChannelId,
        role_or_member: impl Into<OverwriteId>,
    ) -> Result<(), Error> {
        self.perform(route::DELETE_CHANNEL_PERMISSION.at(&[&channel, &role_or_member.into()]))
    }

    /// Has the messages of an announcement channel brought to another one: [Follow Announcement Channel](https://docs.discord.com/developers/resources/channel#follow-announcement-channel).
    ///
    /// Needs `MANAGE_WEBHOOKS` in the channel that they are brought to.
    pub fn follow_announcement_channel(
        &self,
        channel: ChannelId,
        target: ChannelId,
    ) -> Result<FollowedChannel, Error> {
        let body = FollowAnnouncementChannel { webhook_channel_id: target };
        self.change(route::FOLLOW_ANNOUNCEMENT_CHANNEL.at(&[&channel]), &body)
    }

    /// Shows the bot as typing for ten seconds or until it writes: [Trigger Typing Indicator](https://docs.discord.com/developers/resources/channel#trigger-typing-indicator).
    pub fn trigger_typing(&self, channel: ChannelId) -> Result<(), Error> {
        // Typing twice is typing.
        self.send(Request::new(route::TRIGGER_TYPING_INDICATOR.at(&[&channel])).repeatable()).map(drop)
    }

    /// Sets the status of a voice channel, at most 500 characters, or takes it away: [Set Voice Channel Status](https://docs.discord.com/developers/resources/channel#set-voice-channel-status).
    ///
    /// Needs `SET_VOICE_CHANNEL_STATUS`, and `MANAGE_CHANNELS` while the bot is not connected to it.
    pub fn set_voice_channel_status(&self, channel: ChannelId, status: Option<&str>) -> Result<(), Error> {
        self.perform_with(route::SET_VOICE_CHANNEL_STATUS.at(&[&channel]), &SetVoiceChannelStatus { status })
    }
}

/// An overwrite without its id, which stands in the path.
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
