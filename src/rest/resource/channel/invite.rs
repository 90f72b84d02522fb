use std::time::Duration;

use crate::error::Error;
use crate::id::{ApplicationId, ChannelId, RoleId, UserId};
use crate::model::{Invite, InviteTargetType, List};
use crate::rest::check::{count, invalid, number};
use crate::rest::form::Form;
use crate::rest::options::options;
use crate::rest::request::Request;
use crate::rest::resource::invite;
use crate::rest::{Client, duration, route};

/// A week: for so long an invite can be good, in seconds.
const MAX_AGE: u64 = 604_800;

options! {
    /// What an invite is like: [Create Channel Invite](https://docs.discord.com/developers/resources/channel#create-channel-invite).
    CreateChannelInvite {
        /// Sets for how long it is good: at most 7 days, and 0 for ever (1 day).
        max_age: Duration [seconds] => duration::seconds_in(0..=MAX_AGE),
        /// Sets how often it may be used: at most 100, and 0 for any number (0).
        max_uses: u32 => number(0..=100),
        /// Sets whether those who came by it leave the guild when they go offline without a role.
        temporary: bool,
        /// Sets whether it is a new one even where there is one alike.
        unique: bool,
        /// Sets what it leads to in a voice channel.
        target_type: InviteTargetType,
        /// Sets whose stream it leads to; the user must be streaming there.
        target_user_id: UserId,
        /// Sets which activity it leads to; the application must have the flag `EMBEDDED`.
        target_application_id: ApplicationId,
        /// Sets the roles that it gives: at most 250. Needs `MANAGE_ROLES`.
        role_ids: Vec<RoleId> [into] => count(0..=250),
        /// Says that only these users may see and accept it.
        target_users: Vec<UserId> [file],
    } and Self::consistent
}

impl CreateChannelInvite {
    fn consistent(&self) -> Result<(), Error> {
        match self.target_type.value() {
            Some(&InviteTargetType::STREAM) if self.target_user_id.is_absent() => {
                invalid("target_user_id", "is missing: an invite to a stream needs it")
            }
            Some(&InviteTargetType::EMBEDDED_APPLICATION) if self.target_application_id.is_absent() => {
                invalid("target_application_id", "is missing: an invite to an activity needs it")
            }
            _ => Ok(()),
        }
    }
}

impl Client {
    /// The invites to a channel: [Get Channel Invites](https://docs.discord.com/developers/resources/channel#get-channel-invites).
    ///
    /// Needs `MANAGE_CHANNELS`.
    pub fn channel_invites(&self, channel: ChannelId) -> Result<List<Invite>, Error> {
        self.fetch(route::CHANNEL_INVITES.at(&[&channel]))
    }

    /// Makes an invite to a channel: [Create Channel Invite](https://docs.discord.com/developers/resources/channel#create-channel-invite).
    ///
    /// Needs `CREATE_INSTANT_INVITE`.
    ///
    /// ```no_run
    /// # use syncord::id::ChannelId;
    /// use syncord::rest::CreateChannelInvite;
    ///
    /// # let client = syncord::rest::Client::new(syncord::Token::new("…")?);
    /// let once = CreateChannelInvite::new().max_uses(1).unique(true);
    /// let invite = client.create_channel_invite(ChannelId::new(555088666872119298), &once)?;
    /// println!("https://discord.gg/{}", invite.code);
    /// # Ok::<(), syncord::Error>(())
    /// ```
    pub fn create_channel_invite(
        &self,
        channel: ChannelId,
        invite: &CreateChannelInvite,
    ) -> Result<Invite, Error> {
        let request = Request::new(route::CREATE_CHANNEL_INVITE.at(&[&channel])).json(invite)?;
        let Some(users) = invite.target_users.value() else { return self.read(request) };
        let json = serde_json::to_vec(invite).map_err(|e| Error::invalid("(body)", e.to_string()))?;
        let mut form = Form::with_payload(json);
        invite::add_users(&mut form, users);
        self.read(request.form(form))
    }
}
