use std::time::Duration;

use serde::Serialize;

use crate::error::Error;
use crate::id::{ChannelId, GuildId};
use crate::model::limits::{
    MAX_AVAILABLE_TAGS, MAX_BITRATE, MAX_CHANNEL_NAME, MAX_CHANNEL_TOPIC, MAX_FORUM_TOPIC, MAX_OVERWRITES,
    MAX_STAGE_USERS, MAX_VOICE_USERS, MIN_BITRATE,
};
use crate::model::{
    ActiveThreads, Channel, ChannelFlags, ChannelType, DefaultReaction, ForumLayoutType, List, Overwrite,
    SortOrderType, ThreadSearchTagSetting, VideoQualityMode,
};
use crate::rest::check::{at_field, both, chars, count, each, invalid, number};
use crate::rest::duration::{auto_archive, slow_mode};
use crate::rest::options::{Options, options};
use crate::rest::resource::channel::one_emoji;
use crate::rest::{Client, ForumTagOptions, route};

/// Maximum bitrate of a stage channel, in bits per second.
const MAX_STAGE_BITRATE: u32 = 64_000;

/// Maximum position: Discord's positions are 32-bit integers.
const MAX_POSITION: i64 = i32::MAX as i64;

options! {
    /// A new channel: [Create Guild Channel](https://docs.discord.com/developers/resources/guild#create-guild-channel).
    ///
    /// Without a [`kind`](Self::kind) it is a text channel. The type decides which fields are used.
    ///
    /// ```
    /// use syncord::model::{ChannelType, Overwrite, Permissions};
    /// use syncord::rest::CreateGuildChannel;
    /// # let guild = syncord::id::GuildId::new(197038439483310086);
    ///
    /// let hidden = Overwrite::role(guild.get().into(), Permissions::empty(), Permissions::VIEW_CHANNEL);
    /// let channel = CreateGuildChannel::new("harbour")
    ///     .kind(ChannelType::GUILD_VOICE)
    ///     .user_limit(8)
    ///     .permission_overwrites([hidden]);
    /// assert!(channel.check().is_ok());
    /// ```
    CreateGuildChannel(name: impl Into<String>) {
        /// The name, 1-100 characters.
        name: String [into] => chars(1..=MAX_CHANNEL_NAME),
        /// The type of the channel. Discord calls this field `type`.
        kind "type": ChannelType,
        /// The topic, at most 1,024 characters, or 4,096 for a forum or media channel.
        topic: String [into],
        /// The bitrate in bits per second: 8,000-96,000 for a voice channel, or up to 384,000 with boosts, and at most
        /// 64,000 for a stage channel.
        bitrate: u32 => number(MIN_BITRATE..=MAX_BITRATE),
        /// Maximum number of users in a voice channel (at most 99) or a stage channel (at most 10,000). 0 means no limit.
        user_limit: u32,
        /// The minimum time between two messages of a user (slow mode), or between two posts in a forum, at most 6 hours.
        rate_limit_per_user: Duration [seconds] => slow_mode,
        /// The position in the list. Channels with the same position are sorted by ID.
        position: i64 => number(0..=MAX_POSITION),
        /// The permission overwrites of roles and members, at most 100. The bot can allow and deny only
        /// permissions that it has.
        permission_overwrites: Vec<Overwrite> [into] => count(0..=MAX_OVERWRITES),
        /// The category of the channel.
        parent_id: ChannelId,
        /// Whether the channel is age-restricted.
        nsfw: bool,
        /// The voice region. By default, Discord chooses it.
        rtc_region: String [into],
        /// The video quality.
        video_quality_mode: VideoQualityMode,
        /// The default time of inactivity until new threads are archived: 1 hour, or 1, 3 or 7 days.
        default_auto_archive_duration: Duration [minutes] => auto_archive,
        /// The emoji of the default reaction button of posts in a forum.
        default_reaction_emoji: DefaultReaction [into] => one_emoji,
        /// The tags available in a forum, at most 20.
        available_tags: Vec<ForumTagOptions> [into] => both(count(0..=MAX_AVAILABLE_TAGS), each(ForumTagOptions::check)),
        /// The default sort order of posts in a forum.
        default_sort_order: SortOrderType,
        /// The default layout of posts in a forum.
        default_forum_layout: ForumLayoutType,
        /// The initial `rate_limit_per_user` of new threads, at most 6 hours.
        default_thread_rate_limit_per_user: Duration [seconds] => slow_mode,
        /// Whether a search for several tags matches all or any of them.
        default_tag_setting: ThreadSearchTagSetting,
        /// The flags.
        flags: ChannelFlags,
    } and Self::check_combination
}

impl CreateGuildChannel {
    fn check_combination(&self) -> Result<(), Error> {
        let kind = self.kind.value().copied().unwrap_or(ChannelType::GUILD_TEXT);
        let is_stage = kind == ChannelType::GUILD_STAGE_VOICE;
        let is_forum = matches!(kind, ChannelType::GUILD_FORUM | ChannelType::GUILD_MEDIA);
        if let Some(topic) = self.topic.value() {
            let max = if is_forum { MAX_FORUM_TOPIC } else { MAX_CHANNEL_TOPIC };
            at_field(chars(0..=max)(topic), || "topic".to_owned())?;
        }
        if let Some(limit) = self.user_limit.value() {
            let max = if is_stage { MAX_STAGE_USERS } else { MAX_VOICE_USERS };
            at_field(number(0..=max)(limit), || "user_limit".to_owned())?;
        }
        match self.bitrate.value() {
            Some(bitrate) if is_stage => {
                at_field(number(MIN_BITRATE..=MAX_STAGE_BITRATE)(bitrate), || "bitrate".to_owned())
            }
            _ => Ok(()),
        }
    }
}

options! {
    /// The new position of a channel: [Modify Guild Channel Positions](https://docs.discord.com/developers/resources/guild#modify-guild-channel-positions).
    ChannelPosition(id: ChannelId) {
        /// The ID of the channel.
        id: ChannelId,
        /// The position in the list. Channels with the same position are sorted by ID.
        position: i64 => number(0..=MAX_POSITION),
        /// Whether to copy the permission overwrites of the new category. Also needs `MANAGE_ROLES`.
        lock_permissions: bool,
        /// The new category. [`no_parent_id`](Self::no_parent_id) moves the channel out of its category.
        parent_id / no_parent_id: ChannelId,
        /// The flags.
        flags: ChannelFlags,
    }
}

/// The body of a request with a list of positions.
#[derive(Serialize)]
#[serde(transparent)]
struct Positions<'a>(&'a [ChannelPosition]);

impl Options for Positions<'_> {
    fn check(&self) -> Result<(), Error> {
        let mut category_changes = 0;
        for (index, channel) in self.0.iter().enumerate() {
            at_field(channel.check(), || format!("[{index}]"))?;
            category_changes += usize::from(!channel.parent_id.is_absent());
            if category_changes > 1 {
                return invalid(
                    &format!("[{index}].parent_id"),
                    "only one channel at a time can change its category",
                );
            }
        }
        Ok(())
    }
}

impl Client {
    /// Returns the guild's channels, without threads: [Get Guild Channels](https://docs.discord.com/developers/resources/guild#get-guild-channels).
    pub fn guild_channels(&self, guild: GuildId) -> Result<List<Channel>, Error> {
        self.fetch(route::GUILD_CHANNELS.at(&[&guild]))
    }

    /// Creates a channel: [Create Guild Channel](https://docs.discord.com/developers/resources/guild#create-guild-channel).
    ///
    /// Needs `MANAGE_CHANNELS`. The audit log entry can have a [reason](Client::reason).
    ///
    /// ```
    /// # let discord = syncord::sim::Discord::start()?;
    /// # let client = syncord::rest::Client::builder(syncord::Token::new(&discord.token())?).api_url(discord.api_url()).build()?;
    /// # let guild = discord.guild_id();
    /// use syncord::rest::CreateGuildChannel;
    ///
    /// let channel = CreateGuildChannel::new("tide-tables").topic("High water and low");
    /// let channel = client.create_guild_channel(guild, &channel)?;
    /// assert_eq!(channel.name.as_deref(), Some("tide-tables"));
    /// # Ok::<(), syncord::Error>(())
    /// ```
    pub fn create_guild_channel(
        &self,
        guild: GuildId,
        channel: &CreateGuildChannel,
    ) -> Result<Channel, Error> {
        self.change(route::CREATE_GUILD_CHANNEL.at(&[&guild]), channel)
    }

    /// Changes the positions of channels: [Modify Guild Channel Positions](https://docs.discord.com/developers/resources/guild#modify-guild-channel-positions).
    ///
    /// Only one channel at a time can change its category. Needs `MANAGE_CHANNELS`.
    ///
    /// # Errors
    ///
    /// [`Error::Invalid`] if more than one channel changes its category.
    pub fn modify_guild_channel_positions(
        &self,
        guild: GuildId,
        positions: &[ChannelPosition],
    ) -> Result<(), Error> {
        self.perform_with(route::MODIFY_GUILD_CHANNEL_POSITIONS.at(&[&guild]), &Positions(positions))
    }

    /// Returns the active threads (those not archived), latest first: [List Active Guild Threads](https://docs.discord.com/developers/resources/guild#list-active-guild-threads).
    pub fn active_guild_threads(&self, guild: GuildId) -> Result<ActiveThreads, Error> {
        self.fetch(route::ACTIVE_GUILD_THREADS.at(&[&guild]))
    }
}

#[cfg(test)]
mod tests {
    use super::{ChannelPosition, CreateGuildChannel, ForumTagOptions, Options, Positions};
    use crate::model::ChannelType;
    use crate::rest::check::problem;

    #[test]
    fn the_limits_on_a_new_channel_depend_on_its_kind() {
        let new = |kind: ChannelType| CreateGuildChannel::new("a").kind(kind);
        let text = |length: usize| "é".repeat(length);
        let (forum, stage) = (ChannelType::GUILD_FORUM, ChannelType::GUILD_STAGE_VOICE);
        let voice = ChannelType::GUILD_VOICE;
        let table = [
            (problem(CreateGuildChannel::new("a").topic(text(1024)).check()), "fine"),
            (
                problem(CreateGuildChannel::new("a").topic(text(1025)).check()),
                "topic: at most 1024 characters, and this has 1025",
            ),
            (problem(new(forum).topic(text(4096)).check()), "fine"),
            (
                problem(new(forum).topic(text(4097)).check()),
                "topic: at most 4096 characters, and this has 4097",
            ),
            (problem(new(voice).bitrate(384_000).user_limit(99).check()), "fine"),
            (problem(new(voice).user_limit(100).check()), "user_limit: from 0 to 99, and this is 100"),
            (problem(new(voice).bitrate(7999).check()), "bitrate: from 8000 to 384000, and this is 7999"),
            (problem(new(stage).bitrate(64_000).user_limit(10_000).check()), "fine"),
            (problem(new(stage).bitrate(64_001).check()), "bitrate: from 8000 to 64000, and this is 64001"),
            (
                problem(
                    new(forum)
                        .available_tags([ForumTagOptions::new("a"), ForumTagOptions::new(text(21))])
                        .check(),
                ),
                "available_tags[1].name: at most 20 characters, and this has 21",
            ),
            (
                problem(
                    new(forum)
                        .available_tags([ForumTagOptions::new("a").emoji("⛵").emoji_id(7.into())])
                        .check(),
                ),
                "available_tags[0].emoji_name: cannot be combined with emoji_id",
            ),
            (problem(CreateGuildChannel::new("").check()), "name: 1 to 100 characters, and this has 0"),
        ];
        for (problem, expected) in table {
            assert_eq!(problem.trim_end_matches(" (nothing was sent)"), expected);
        }
    }

    #[test]
    fn one_channel_at_a_time_changes_its_category() {
        let at = |id: u64| ChannelPosition::new(id.into());
        let positions = [at(1).parent_id(7.into()), at(2).position(0), at(3).no_parent_id()];
        assert_eq!(problem(Positions(&positions[..2]).check()), "fine");
        assert_eq!(
            problem(Positions(&positions).check()),
            "[2].parent_id: only one channel at a time can change its category (nothing was sent)"
        );
        assert_eq!(
            problem(Positions(&[at(1).position(-1)]).check()),
            "[0].position: from 0 to 2147483647, and this is -1 (nothing was sent)"
        );
    }
}
