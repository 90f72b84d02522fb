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

/// Positions are 32 bits wide.
const MAX_POSITION: i64 = i32::MAX as i64;

options! {
    /// A new channel: [Create Guild Channel](https://docs.discord.com/developers/resources/guild#create-guild-channel).
    ///
    /// Without a [`kind`](Self::kind) it is a text channel. Which fields mean something depends on the kind.
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
        /// Sets its name: 1 to 100 characters.
        name: String [into] => chars(1..=MAX_CHANNEL_NAME),
        /// Sets what it is; `type` in Discord's words.
        kind "type": ChannelType,
        /// Sets what it is about: at most 1,024 characters, 4,096 for a forum.
        topic: String [into],
        /// Sets the bits per second of a voice channel: 8,000 to 96,000, more with boosts; on a stage at most 64,000.
        bitrate: u32 => number(MIN_BITRATE..=MAX_BITRATE),
        /// Sets how many may be in a voice channel: at most 99, on a stage 10,000; 0 for any number.
        user_limit: u32,
        /// Sets how long a user has to wait between two messages, or posts of a forum: at most 6 hours.
        rate_limit_per_user: Duration [seconds] => slow_mode,
        /// Sets its place in the list; of equal ones the older is first.
        position: i64 => number(0..=MAX_POSITION),
        /// Sets what roles and members may do here and not elsewhere: at most 100. The bot can allow and deny
        /// only what it may do itself.
        permission_overwrites: Vec<Overwrite> [into] => count(0..=MAX_OVERWRITES),
        /// Sets its category.
        parent_id: ChannelId,
        /// Makes it for adults only.
        nsfw: bool,
        /// Sets the voice region; by default Discord chooses.
        rtc_region: String [into],
        /// Sets the quality of cameras.
        video_quality_mode: VideoQualityMode,
        /// Sets after how long of silence clients have new threads archived: an hour, or 1, 3 or 7 days.
        default_auto_archive_duration: Duration [minutes] => auto_archive,
        /// Sets the emoji on the button that reacts to a post of a forum.
        default_reaction_emoji: DefaultReaction [into] => one_emoji,
        /// Sets the tags that posts of a forum can have: at most 20.
        available_tags: Vec<ForumTagOptions> [into] => both(count(0..=MAX_AVAILABLE_TAGS), each(ForumTagOptions::check)),
        /// Sets how posts of a forum are sorted.
        default_sort_order: SortOrderType,
        /// Sets how posts of a forum are shown.
        default_forum_layout: ForumLayoutType,
        /// Sets how long users have to wait between two messages in new threads: at most 6 hours.
        default_thread_rate_limit_per_user: Duration [seconds] => slow_mode,
        /// Sets which posts a search for several tags finds.
        default_tag_setting: ThreadSearchTagSetting,
        /// Sets flags.
        flags: ChannelFlags,
    } and Self::consistent
}

impl CreateGuildChannel {
    fn consistent(&self) -> Result<(), Error> {
        let kind = self.kind.value().copied().unwrap_or(ChannelType::GUILD_TEXT);
        let is_stage = kind == ChannelType::GUILD_STAGE_VOICE;
        let is_forum = matches!(kind, ChannelType::GUILD_FORUM | ChannelType::GUILD_MEDIA);
        if let Some(topic) = self.topic.value() {
            let most = if is_forum { MAX_FORUM_TOPIC } else { MAX_CHANNEL_TOPIC };
            at_field(chars(0..=most)(topic), || "topic".to_owned())?;
        }
        if let Some(limit) = self.user_limit.value() {
            let most = if is_stage { MAX_STAGE_USERS } else { MAX_VOICE_USERS };
            at_field(number(0..=most)(limit), || "user_limit".to_owned())?;
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
    /// Where a channel is to be: [Modify Guild Channel Positions](https://docs.discord.com/developers/resources/guild#modify-guild-channel-positions).
    ChannelPosition(id: ChannelId) {
        /// Sets which channel.
        id: ChannelId,
        /// Sets its place in the list; of equal ones the older is first.
        position: i64 => number(0..=MAX_POSITION),
        /// Gives it the permissions of its new category. Needs `MANAGE_ROLES` too.
        lock_permissions: bool,
        /// Moves it to this category, or with [`no_parent_id`](Self::no_parent_id) out of the one that it is in.
        parent_id / no_parent_id: ChannelId,
        /// Sets flags.
        flags: ChannelFlags,
    }
}

/// A body that is a list.
#[derive(Serialize)]
#[serde(transparent)]
struct Positions<'a>(&'a [ChannelPosition]);

impl Options for Positions<'_> {
    fn check(&self) -> Result<(), Error> {
        let mut moved = 0;
        for (place, channel) in self.0.iter().enumerate() {
            at_field(channel.check(), || format!("[{place}]"))?;
            moved += usize::from(!channel.parent_id.is_absent());
            if moved > 1 {
                return invalid(
                    &format!("[{place}].parent_id"),
                    "only one channel at a time can change its category",
                );
            }
        }
        Ok(())
    }
}

impl Client {
    /// The guild's channels, without its threads: [Get Guild Channels](https://docs.discord.com/developers/resources/guild#get-guild-channels).
    pub fn guild_channels(&self, guild: GuildId) -> Result<List<Channel>, Error> {
        self.fetch(route::GUILD_CHANNELS.at(&[&guild]))
    }

    /// Makes a channel: [Create Guild Channel](https://docs.discord.com/developers/resources/guild#create-guild-channel).
    ///
    /// Needs `MANAGE_CHANNELS`. The audit log entry can have a [reason](Client::reason).
    ///
    /// ```no_run
    /// use syncord::rest::CreateGuildChannel;
    /// # use syncord::id::GuildId;
    /// # let discord = syncord::sim::Discord::start()?;
    /// # let client = syncord::rest::Client::builder(syncord::Token::new(&discord.token())?).api_url(discord.api_url()).build()?;
    /// # let guild = discord.guild_id();
    ///
    /// let channel = CreateGuildChannel::new("tide-tables").topic("High water and low");
    /// println!("{}", client.create_guild_channel(guild, &channel)?.id);
    /// # Ok::<(), syncord::Error>(())
    /// ```
    pub fn create_guild_channel(
        &self,
        guild: GuildId,
        channel: &CreateGuildChannel,
    ) -> Result<Channel, Error> {
        self.change(route::CREATE_GUILD_CHANNEL.at(&[&guild]), channel)
    }

    /// Moves channels: [Modify Guild Channel Positions](https://docs.discord.com/developers/resources/guild#modify-guild-channel-positions).
    ///
    /// Only one of them can change its category. Needs `MANAGE_CHANNELS`.
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

    /// The threads that are not archived, latest first: [List Active Guild Threads](https://docs.discord.com/developers/resources/guild#list-active-guild-threads).
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
