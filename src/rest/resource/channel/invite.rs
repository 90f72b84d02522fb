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

/// Maximum age of an invite, in seconds: seven days.
const MAX_AGE: u64 = 604_800;

options! {
    /// A new invite: [Create Channel Invite](https://docs.discord.com/developers/resources/channel#create-channel-invite).
    CreateChannelInvite {
        /// The time until the invite expires, at most 7 days. With 0 it never expires. Default: 1 day.
        max_age: Duration [seconds] => duration::seconds_in(0..=MAX_AGE),
        /// Maximum number of uses, 0-100. 0 means no limit. Default: 0.
        max_uses: u32 => number(0..=100),
        /// Whether members who joined with it are removed when they disconnect without a role.
        temporary: bool,
        /// Whether to create a new invite even if a similar one exists.
        unique: bool,
        /// The target type, for an invite to a voice channel.
        target_type: InviteTargetType,
        /// The user whose stream the invite shows. The user must be streaming in the channel.
        target_user_id: UserId,
        /// The application whose activity the invite opens. It must have the flag `EMBEDDED`.
        target_application_id: ApplicationId,
        /// The roles that the invite assigns, at most 250. Needs `MANAGE_ROLES`.
        role_ids: Vec<RoleId> [into] => count(0..=250),
        /// The only users who can see and accept the invite.
        target_users: Vec<UserId> [file],
    } and Self::check_combination
}

impl CreateChannelInvite {
    fn check_combination(&self) -> Result<(), Error> {
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
    /// Returns the invites to a channel: [Get Channel Invites](https://docs.discord.com/developers/resources/channel#get-channel-invites).
    ///
    /// Needs `MANAGE_CHANNELS`.
    pub fn channel_invites(&self, channel: ChannelId) -> Result<List<Invite>, Error> {
        self.fetch(route::CHANNEL_INVITES.at(&[&channel]))
    }

    /// Creates an invite to a channel: [Create Channel Invite](https://docs.discord.com/developers/resources/channel#create-channel-invite).
    ///
    /// Needs `CREATE_INSTANT_INVITE`.
    ///
    /// ```
    /// # let discord = syncord::sim::Discord::start()?;
    /// # let client = syncord::rest::Client::builder(syncord::Token::new(&discord.token())?).api_url(discord.api_url()).build()?;
    /// # let channel = discord.channel("general").id();
    /// use syncord::rest::CreateChannelInvite;
    ///
    /// let once = CreateChannelInvite::new().max_uses(1).unique(true);
    /// let invite = client.create_channel_invite(channel, &once)?;
    /// println!("https://discord.gg/{}", invite.code);
    /// # assert_eq!(client.channel_invites(channel)?[0].code, invite.code);
    /// # Ok::<(), syncord::Error>(())
    /// ```
    #[doc(alias = "create invite")]
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
