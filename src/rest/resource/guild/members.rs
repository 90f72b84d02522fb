use std::time::SystemTime;

use super::at_most_ahead;
use crate::error::Error;
use crate::id::{ChannelId, GuildId, RoleId, UserId};
use crate::model::limits::MAX_MEMBER_TIMEOUT;
use crate::model::{List, Member, MemberFlags, Secret, Timestamp};
use crate::rest::check::{at_field, chars, count, number};
use crate::rest::options::options;
use crate::rest::pages::Page;
use crate::rest::request::Request;
use crate::rest::{Client, ImageData, Pages, route};

/// Maximum number of members of a page.
const MAX_MEMBERS: u16 = 1000;

/// Maximum length of a nickname, in characters.
const MAX_NICK: usize = 32;

options! {
    /// The page of members to return: [List Guild Members](https://docs.discord.com/developers/resources/guild#list-guild-members).
    ListGuildMembers {
        /// Maximum number of members to return, 1-1000. Default: 1.
        limit: u16 => number(1..=MAX_MEMBERS),
        /// Returns only members with a higher ID.
        after: UserId,
    }
}

options! {
    /// A search for members: [Search Guild Members](https://docs.discord.com/developers/resources/guild#search-guild-members).
    SearchGuildMembers(query: impl Into<String>) {
        /// The start of the name or nickname, 1-100 characters.
        query: String [into] => chars(1..=100),
        /// Maximum number of members to return, 1-1000. Default: 1.
        limit: u16 => number(1..=MAX_MEMBERS),
    }
}

options! {
    /// Options for adding a member: [Add Guild Member](https://docs.discord.com/developers/resources/guild#add-guild-member).
    AddGuildMember(access_token: impl Into<Secret>) {
        /// The user's OAuth2 access token, granted to this application with the scope `guilds.join`.
        access_token: Secret [into] => |token: &Secret| chars::<str>(1..=10_240)(token),
        /// The nickname, at most 32 characters. Needs `MANAGE_NICKNAMES`.
        nick: String [into] => chars(0..=MAX_NICK),
        /// The roles, at most 250. Needs `MANAGE_ROLES`.
        roles: Vec<RoleId> [into] => count(0..=250),
        /// Whether the member is muted in voice channels. Needs `MUTE_MEMBERS`.
        mute: bool,
        /// Whether the member is deafened in voice channels. Needs `DEAFEN_MEMBERS`.
        deaf: bool,
        /// The flags.
        flags: MemberFlags,
    }
}

options! {
    /// The fields of a member to change: [Modify Guild Member](https://docs.discord.com/developers/resources/guild#modify-guild-member).
    ModifyGuildMember {
        /// The nickname, at most 32 characters. Needs `MANAGE_NICKNAMES`.
        nick / no_nick: String [into] => chars(0..=MAX_NICK),
        /// All roles of the member, at most 350. Needs `MANAGE_ROLES`; see also [`Client::add_guild_member_role`].
        roles: Vec<RoleId> [into] => count(0..=350),
        /// Whether the member is muted in voice channels. The member must be in one. Needs `MUTE_MEMBERS`.
        mute: bool,
        /// Whether the member is deafened in voice channels. The member must be in one. Needs `DEAFEN_MEMBERS`.
        deaf: bool,
        /// The voice channel to move the member to. [`no_channel_id`](Self::no_channel_id) disconnects the member.
        /// Needs `MOVE_MEMBERS`.
        channel_id / no_channel_id: ChannelId,
        /// When the timeout of the member expires, at most 28 days from now. Needs `MODERATE_MEMBERS`.
        /// Administrators cannot be timed out.
        communication_disabled_until / no_communication_disabled_until: Timestamp [into],
        /// The flags. Only [`BYPASSES_VERIFICATION`](MemberFlags::BYPASSES_VERIFICATION) can be changed. Needs
        /// `MANAGE_GUILD`, or `MANAGE_ROLES`, or `MODERATE_MEMBERS` with `KICK_MEMBERS` and `BAN_MEMBERS`.
        flags: MemberFlags,
    }
}

impl ModifyGuildMember {
    /// Checks the values against Discord's limits, including the limit on the timeout, as if sent at `now`. Sending
    /// also checks them.
    ///
    /// # Errors
    ///
    /// [`Error::Invalid`], with the field and its limit.
    pub fn check_at(&self, now: SystemTime) -> Result<(), Error> {
        self.check()?;
        match self.communication_disabled_until.value() {
            Some(until) => at_field(at_most_ahead(until, now, MAX_MEMBER_TIMEOUT, "28 days"), || {
                "communication_disabled_until".to_owned()
            }),
            None => Ok(()),
        }
    }
}

options! {
    /// The fields of the bot's own member to change: [Modify Current Member](https://docs.discord.com/developers/resources/guild#modify-current-member).
    ModifyCurrentMember {
        /// The nickname, at most 32 characters. Needs `CHANGE_NICKNAME`.
        nick / no_nick: String [into] => chars(0..=MAX_NICK),
        /// The banner in this guild.
        banner / no_banner: ImageData,
        /// The avatar in this guild.
        avatar / no_avatar: ImageData,
        /// The bio in this guild, at most 190 characters.
        bio / no_bio: String [into] => chars(0..=190),
    }
}

impl Client {
    /// Returns a member: [Get Guild Member](https://docs.discord.com/developers/resources/guild#get-guild-member).
    pub fn guild_member(&self, guild: GuildId, user: UserId) -> Result<Member, Error> {
        self.fetch(route::GUILD_MEMBER.at(&[&guild, &user]))
    }

    /// Returns a page of members: [List Guild Members](https://docs.discord.com/developers/resources/guild#list-guild-members).
    ///
    /// Needs the privileged intent `GUILD_MEMBERS` to be enabled in the developer portal.
    pub fn guild_members(&self, guild: GuildId, options: &ListGuildMembers) -> Result<List<Member>, Error> {
        self.fetch(route::GUILD_MEMBERS.at(&[&guild]).query(options)?)
    }

    /// Iterates over all members, sorted by ID, and fetches further pages when needed.
    ///
    /// It has the same requirements as [`guild_members`](Client::guild_members).
    ///
    /// ```
    /// # let discord = syncord::sim::Discord::start()?;
    /// # let client = syncord::rest::Client::builder(syncord::Token::new(&discord.token())?).api_url(discord.api_url()).build()?;
    /// # let guild = discord.guild_id();
    /// # discord.member("ann");
    /// let mut without_roles = 0;
    /// for member in client.guild_members_iter(guild) {
    ///     without_roles += u32::from(member?.roles.is_empty());
    /// }
    /// assert_eq!(without_roles, 1); // ann: the bot has the role of its application
    /// # Ok::<(), syncord::Error>(())
    /// ```
    pub fn guild_members_iter(&self, guild: GuildId) -> Pages<Member> {
        let (client, mut options) = (self.clone(), ListGuildMembers::new().limit(MAX_MEMBERS));
        Pages::new(move || {
            let members = client.guild_members(guild, &options)?;
            let last = members.iter().next_back().map(|member| member.user.id);
            let page = Page::of(members, MAX_MEMBERS.into());
            let Some(last) = last else { return Ok(Page { has_more: false, ..page }) };
            options = options.clone().after(last);
            Ok(page)
        })
    }

    /// Returns members whose name or nickname starts with a text: [Search Guild Members](https://docs.discord.com/developers/resources/guild#search-guild-members).
    pub fn search_guild_members(
        &self,
        guild: GuildId,
        search: &SearchGuildMembers,
    ) -> Result<List<Member>, Error> {
        self.fetch(route::SEARCH_GUILD_MEMBERS.at(&[&guild]).query(search)?)
    }

    /// Adds a user to the guild with the user's access token: [Add Guild Member](https://docs.discord.com/developers/resources/guild#add-guild-member).
    ///
    /// It returns `None` if the user is already a member. Needs `CREATE_INSTANT_INVITE`.
    pub fn add_guild_member(
        &self,
        guild: GuildId,
        user: UserId,
        options: &AddGuildMember,
    ) -> Result<Option<Member>, Error> {
        self.read_if_any(Request::new(route::ADD_GUILD_MEMBER.at(&[&guild, &user])).json(options)?)
    }

    /// Changes a member: [Modify Guild Member](https://docs.discord.com/developers/resources/guild#modify-guild-member).
    ///
    /// The needed permissions depend on the changes. The audit log entry can have a [reason](Client::reason).
    ///
    /// ```
    /// # let discord = syncord::sim::Discord::start()?;
    /// # let client = syncord::rest::Client::builder(syncord::Token::new(&discord.token())?).api_url(discord.api_url()).build()?;
    /// # let (guild, user) = (discord.guild_id(), discord.member("ann").id());
    /// use std::time::{Duration, SystemTime};
    /// use syncord::rest::ModifyGuildMember;
    ///
    /// let in_an_hour = SystemTime::now() + Duration::from_secs(60 * 60);
    /// let timeout = ModifyGuildMember::new().communication_disabled_until(in_an_hour);
    /// let member = client.reason("spam").modify_guild_member(guild, user, &timeout)?;
    /// assert!(member.communication_disabled_until.is_some());
    /// # Ok::<(), syncord::Error>(())
    /// ```
    #[doc(alias = "deafen")]
    #[doc(alias = "move member")]
    #[doc(alias = "set nickname")]
    #[doc(alias = "timeout")]
    #[doc(alias = "mute")]
    #[doc(alias = "nickname")]
    pub fn modify_guild_member(
        &self,
        guild: GuildId,
        user: UserId,
        changes: &ModifyGuildMember,
    ) -> Result<Member, Error> {
        changes.check_at(SystemTime::now())?;
        self.change(route::MODIFY_GUILD_MEMBER.at(&[&guild, &user]), changes)
    }

    /// Changes the bot's own member: [Modify Current Member](https://docs.discord.com/developers/resources/guild#modify-current-member).
    ///
    /// The audit log entry can have a [reason](Client::reason).
    pub fn modify_current_member(
        &self,
        guild: GuildId,
        changes: &ModifyCurrentMember,
    ) -> Result<Member, Error> {
        self.change(route::MODIFY_CURRENT_MEMBER.at(&[&guild]), changes)
    }

    /// Adds a role to a member: [Add Guild Member Role](https://docs.discord.com/developers/resources/guild#add-guild-member-role).
    ///
    /// Needs `MANAGE_ROLES`. The audit log entry can have a [reason](Client::reason).
    #[doc(alias = "add role")]
    pub fn add_guild_member_role(&self, guild: GuildId, user: UserId, role: RoleId) -> Result<(), Error> {
        self.perform(route::ADD_GUILD_MEMBER_ROLE.at(&[&guild, &user, &role]))
    }

    /// Removes a role from a member: [Remove Guild Member Role](https://docs.discord.com/developers/resources/guild#remove-guild-member-role).
    ///
    /// Needs `MANAGE_ROLES`. The audit log entry can have a [reason](Client::reason).
    #[doc(alias = "remove role")]
    pub fn remove_guild_member_role(&self, guild: GuildId, user: UserId, role: RoleId) -> Result<(), Error> {
        self.perform(route::REMOVE_GUILD_MEMBER_ROLE.at(&[&guild, &user, &role]))
    }

    /// Kicks a member, who can join again: [Remove Guild Member](https://docs.discord.com/developers/resources/guild#remove-guild-member).
    ///
    /// Needs `KICK_MEMBERS`. The audit log entry can have a [reason](Client::reason).
    #[doc(alias = "kick")]
    pub fn remove_guild_member(&self, guild: GuildId, user: UserId) -> Result<(), Error> {
        self.perform(route::REMOVE_GUILD_MEMBER.at(&[&guild, &user]))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use std::time::{Duration, SystemTime};

    use super::{
        AddGuildMember, ListGuildMembers, ModifyCurrentMember, ModifyGuildMember, SearchGuildMembers,
    };
    use crate::id::RoleId;
    use crate::model::Timestamp;
    use crate::rest::check::problem;

    #[test]
    fn the_limits_on_members_are_those_of_the_page() {
        let roles = |count: u64| (1..=count).map(RoleId::new).collect::<Vec<_>>();
        let table = [
            (problem(ListGuildMembers::new().limit(1000).check()), "fine"),
            (problem(ListGuildMembers::new().limit(1001).check()), "limit: from 1 to 1000, and this is 1001"),
            (problem(SearchGuildMembers::new("a").check()), "fine"),
            (problem(SearchGuildMembers::new("").check()), "query: 1 to 100 characters, and this has 0"),
            (problem(SearchGuildMembers::new("a").limit(0).check()), "limit: from 1 to 1000, and this is 0"),
            (problem(AddGuildMember::new("t").nick("é".repeat(32)).roles(roles(250)).check()), "fine"),
            (
                problem(AddGuildMember::new("t").roles(roles(251)).check()),
                "roles: at most 250 elements, and this has 251",
            ),
            (problem(AddGuildMember::new("").check()), "access_token: 1 to 10240 characters, and this has 0"),
            (
                problem(ModifyGuildMember::new().nick("é".repeat(33)).check()),
                "nick: at most 32 characters, and this has 33",
            ),
            (
                problem(ModifyCurrentMember::new().bio("x".repeat(191)).check()),
                "bio: at most 190 characters, and this has 191",
            ),
        ];
        for (problem, expected) in table {
            assert_eq!(problem.trim_end_matches(" (nothing was sent)"), expected);
        }
    }

    #[test]
    fn a_timeout_lasts_at_most_28_days() {
        let now = SystemTime::UNIX_EPOCH + Duration::from_secs(1_777_713_277);
        let max = Duration::from_secs(28 * 86_400);
        let until = |time: SystemTime| ModifyGuildMember::new().communication_disabled_until(time);
        assert_eq!(problem(until(now + max).check_at(now)), "fine");
        assert_eq!(
            problem(until(now + max + Duration::from_millis(1)).check_at(now)),
            "communication_disabled_until: at most 28 days ahead, and this is 2026-05-30T09:14:37.001000+00:00 (nothing was sent)"
        );
        let not_a_time = ModifyGuildMember::new().communication_disabled_until(Timestamp::new("tomorrow"));
        assert!(
            problem(not_a_time.check_at(now)).starts_with("communication_disabled_until: a time such as")
        );
        assert_eq!(problem(ModifyGuildMember::new().no_communication_disabled_until().check_at(now)), "fine");
    }

    #[test]
    fn a_users_token_is_not_shown() {
        let options = AddGuildMember::new("6qrZcUqja7812RVdnEKjpzOL4CvHBFG");
        assert!(!format!("{options:?}").contains("6qrZ"), "{options:?}");
    }
}
