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

/// The largest page of members.
const MAX_MEMBERS: u16 = 1000;

/// The longest nickname, in characters.
const MAX_NICK: usize = 32;

options! {
    /// Which members are wanted: [List Guild Members](https://docs.discord.com/developers/resources/guild#list-guild-members).
    ListGuildMembers {
        /// At most so many: 1 to 1,000 (1).
        limit: u16 => number(1..=MAX_MEMBERS),
        /// Only those with a greater id.
        after: UserId,
    }
}

options! {
    /// Whom to look for: [Search Guild Members](https://docs.discord.com/developers/resources/guild#search-guild-members).
    SearchGuildMembers(query: impl Into<String>) {
        /// Sets what their name or nickname begins with: 1 to 100 characters.
        query: String [into] => chars(1..=100),
        /// At most so many: 1 to 1,000 (1).
        limit: u16 => number(1..=MAX_MEMBERS),
    }
}

options! {
    /// Whom to add, and how: [Add Guild Member](https://docs.discord.com/developers/resources/guild#add-guild-member).
    AddGuildMember(access_token: impl Into<Secret>) {
        /// Sets the user's OAuth2 token, which the user gave this application with the scope `guilds.join`.
        access_token: Secret [into] => |token: &Secret| chars::<str>(1..=10_240)(token),
        /// Sets the nickname: at most 32 characters. Needs `MANAGE_NICKNAMES`.
        nick: String [into] => chars(0..=MAX_NICK),
        /// Sets the roles: at most 250. Needs `MANAGE_ROLES`.
        roles: Vec<RoleId> [into] => count(0..=250),
        /// Mutes in voice channels. Needs `MUTE_MEMBERS`.
        mute: bool,
        /// Deafens in voice channels. Needs `DEAFEN_MEMBERS`.
        deaf: bool,
        /// Sets flags.
        flags: MemberFlags,
    }
}

options! {
    /// What to change of a member: [Modify Guild Member](https://docs.discord.com/developers/resources/guild#modify-guild-member).
    ModifyGuildMember {
        /// Sets the nickname: at most 32 characters. Needs `MANAGE_NICKNAMES`.
        nick / no_nick: String [into] => chars(0..=MAX_NICK),
        /// Sets all roles: at most 350. Needs `MANAGE_ROLES`; see also [`Client::add_guild_member_role`].
        roles: Vec<RoleId> [into] => count(0..=350),
        /// Mutes in voice channels, or no more; only somebody who is in one. Needs `MUTE_MEMBERS`.
        mute: bool,
        /// Deafens in voice channels, or no more; only somebody who is in one. Needs `DEAFEN_MEMBERS`.
        deaf: bool,
        /// Moves to another voice channel, or with [`no_channel_id`](Self::no_channel_id) out of the one that it
        /// is in. Needs `MOVE_MEMBERS`.
        channel_id / no_channel_id: ChannelId,
        /// Sets until when the member is timed out: at most 28 days ahead. Needs `MODERATE_MEMBERS`;
        /// administrators cannot be.
        communication_disabled_until / no_communication_disabled_until: Timestamp [into],
        /// Sets flags; only [`BYPASSES_VERIFICATION`](MemberFlags::BYPASSES_VERIFICATION) can be changed. Needs
        /// `MANAGE_GUILD`, or `MANAGE_ROLES`, or `MODERATE_MEMBERS` with `KICK_MEMBERS` and `BAN_MEMBERS`.
        flags: MemberFlags,
    }
}

impl ModifyGuildMember {
    /// Whether Discord's limits are kept if it is sent at this time, that on the timeout too. Sending checks it.
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
    /// What to change of the bot as a member: [Modify Current Member](https://docs.discord.com/developers/resources/guild#modify-current-member).
    ModifyCurrentMember {
        /// Sets its nickname: at most 32 characters. Needs `CHANGE_NICKNAME`.
        nick / no_nick: String [into] => chars(0..=MAX_NICK),
        /// Sets its banner in this guild.
        banner / no_banner: ImageData,
        /// Sets its avatar in this guild.
        avatar / no_avatar: ImageData,
        /// Sets what it says about itself in this guild: at most 190 characters.
        bio / no_bio: String [into] => chars(0..=190),
    }
}

impl Client {
    /// A member: [Get Guild Member](https://docs.discord.com/developers/resources/guild#get-guild-member).
    pub fn guild_member(&self, guild: GuildId, user: UserId) -> Result<Member, Error> {
        self.fetch(route::GUILD_MEMBER.at(&[&guild, &user]))
    }

    /// A page of members: [List Guild Members](https://docs.discord.com/developers/resources/guild#list-guild-members).
    ///
    /// Needs the privileged intent `GUILD_MEMBERS` to be switched on in the developer portal.
    pub fn guild_members(&self, guild: GuildId, which: &ListGuildMembers) -> Result<List<Member>, Error> {
        self.fetch(route::GUILD_MEMBERS.at(&[&guild]).query(which)?)
    }

    /// All members, by their ids, fetched by the thousand. It needs what [`guild_members`](Client::guild_members) needs.
    ///
    /// ```no_run
    /// # use syncord::id::GuildId;
    /// # let client = syncord::rest::Client::new(syncord::Token::new("…")?);
    /// # let guild = GuildId::new(197038439483310086);
    /// let mut newcomers = 0;
    /// for member in client.guild_members_iter(guild) {
    ///     newcomers += u32::from(member?.roles.is_empty());
    /// }
    /// # Ok::<(), syncord::Error>(())
    /// ```
    pub fn guild_members_iter(&self, guild: GuildId) -> Pages<Member> {
        let (client, mut which) = (self.clone(), ListGuildMembers::new().limit(MAX_MEMBERS));
        Pages::new(move || {
            let members = client.guild_members(guild, &which)?;
            let last = members.iter().rev().find_map(|member| member.user.as_ref());
            let last = last.map(|user| user.id);
            let page = Page::of(members, MAX_MEMBERS.into());
            let Some(last) = last else { return Ok(Page { has_more: false, ..page }) };
            which = which.clone().after(last);
            Ok(page)
        })
    }

    /// Members whose name or nickname begins with something: [Search Guild Members](https://docs.discord.com/developers/resources/guild#search-guild-members).
    pub fn search_guild_members(
        &self,
        guild: GuildId,
        whom: &SearchGuildMembers,
    ) -> Result<List<Member>, Error> {
        self.fetch(route::SEARCH_GUILD_MEMBERS.at(&[&guild]).query(whom)?)
    }

    /// Adds a user who agreed to it: [Add Guild Member](https://docs.discord.com/developers/resources/guild#add-guild-member).
    ///
    /// It gives `None` where the user is a member already. Needs `CREATE_INSTANT_INVITE`.
    pub fn add_guild_member(
        &self,
        guild: GuildId,
        user: UserId,
        how: &AddGuildMember,
    ) -> Result<Option<Member>, Error> {
        self.read_if_any(Request::new(route::ADD_GUILD_MEMBER.at(&[&guild, &user])).json(how)?)
    }

    /// Changes a member: [Modify Guild Member](https://docs.discord.com/developers/resources/guild#modify-guild-member).
    ///
    /// What is needed depends on what is changed. It is [noted with a reason](Client::reason).
    ///
    /// ```no_run
    /// use std::time::{Duration, SystemTime};
    /// use syncord::rest::ModifyGuildMember;
    /// # use syncord::id::{GuildId, UserId};
    /// # let client = syncord::rest::Client::new(syncord::Token::new("…")?);
    /// # let (guild, user) = (GuildId::new(197038439483310086), UserId::new(80351110224678912));
    ///
    /// let in_an_hour = SystemTime::now() + Duration::from_secs(60 * 60);
    /// let timeout = ModifyGuildMember::new().communication_disabled_until(in_an_hour);
    /// client.reason("shouts at gulls").modify_guild_member(guild, user, &timeout)?;
    /// # Ok::<(), syncord::Error>(())
    /// ```
    pub fn modify_guild_member(
        &self,
        guild: GuildId,
        user: UserId,
        changes: &ModifyGuildMember,
    ) -> Result<Member, Error> {
        changes.check_at(SystemTime::now())?;
        self.change(route::MODIFY_GUILD_MEMBER.at(&[&guild, &user]), changes)
    }

    /// Changes the bot as a member: [Modify Current Member](https://docs.discord.com/developers/resources/guild#modify-current-member).
    ///
    /// It is [noted with a reason](Client::reason).
    pub fn modify_current_member(
        &self,
        guild: GuildId,
        changes: &ModifyCurrentMember,
    ) -> Result<Member, Error> {
        self.change(route::MODIFY_CURRENT_MEMBER.at(&[&guild]), changes)
    }

    /// Gives a member a role: [Add Guild Member Role](https://docs.discord.com/developers/resources/guild#add-guild-member-role).
    ///
    /// Needs `MANAGE_ROLES`. It is [noted with a reason](Client::reason).
    pub fn add_guild_member_role(&self, guild: GuildId, user: UserId, role: RoleId) -> Result<(), Error> {
        self.perform(route::ADD_GUILD_MEMBER_ROLE.at(&[&guild, &user, &role]))
    }

    /// Takes a role from a member: [Remove Guild Member Role](https://docs.discord.com/developers/resources/guild#remove-guild-member-role).
    ///
    /// Needs `MANAGE_ROLES`. It is [noted with a reason](Client::reason).
    pub fn remove_guild_member_role(&self, guild: GuildId, user: UserId, role: RoleId) -> Result<(), Error> {
        self.perform(route::REMOVE_GUILD_MEMBER_ROLE.at(&[&guild, &user, &role]))
    }

    /// Removes a member, who may come back: [Remove Guild Member](https://docs.discord.com/developers/resources/guild#remove-guild-member).
    ///
    /// Needs `KICK_MEMBERS`. It is [noted with a reason](Client::reason).
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
    fn a_timeout_reaches_28_days_ahead_at_most() {
        let now = SystemTime::UNIX_EPOCH + Duration::from_secs(1_777_713_277);
        let most = Duration::from_secs(28 * 86_400);
        let until = |time: SystemTime| ModifyGuildMember::new().communication_disabled_until(time);
        assert_eq!(problem(until(now + most).check_at(now)), "fine");
        assert_eq!(
            problem(until(now + most + Duration::from_millis(1)).check_at(now)),
            "communication_disabled_until: at most 28 days ahead, and this is 2026-05-30T09:14:37.001000+00:00 (nothing was sent)"
        );
        let nonsense = ModifyGuildMember::new().communication_disabled_until(Timestamp::new("tomorrow"));
        assert!(problem(nonsense.check_at(now)).starts_with("communication_disabled_until: a time such as"));
        assert_eq!(problem(ModifyGuildMember::new().no_communication_disabled_until().check_at(now)), "fine");
    }

    #[test]
    fn a_users_token_is_not_shown() {
        let how = AddGuildMember::new("6qrZcUqja7812RVdnEKjpzOL4CvHBFG");
        assert!(!format!("{how:?}").contains("6qrZ"), "{how:?}");
    }
}
