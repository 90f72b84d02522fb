use std::time::Duration;

use super::tag::{self, ForumTagOptions};
use crate::error::Error;
use crate::id::{ChannelId, TagId};
use crate::model::limits::{
    MAX_APPLIED_TAGS, MAX_AVAILABLE_TAGS, MAX_BITRATE, MAX_CHANNEL_NAME, MAX_CHANNEL_TOPIC, MAX_FORUM_TOPIC,
    MAX_OVERWRITES, MAX_STAGE_USERS, MAX_VOICE_USERS, MIN_BITRATE,
};
use crate::model::{
    Channel, ChannelFlags, ChannelType, DefaultReaction, ForumLayoutType, Overwrite, SortOrderType,
    ThreadSearchTagSetting, VideoQualityMode,
};
use crate::rest::check::{at_field, both, chars, count, each, number};
use crate::rest::options::options;
use crate::rest::{Client, ImageData, duration, route};

options! {
    /// The fields of a guild channel to change: [Modify Channel](https://docs.discord.com/developers/resources/channel#modify-channel-json-params-guild-channel).
    ///
    /// The type of the channel decides which fields are used.
    ModifyChannel {
        /// The name, 1-100 characters.
        name: String [into] => chars(1..=MAX_CHANNEL_NAME),
        /// The type. A text channel can become an announcement channel, and the reverse.
        kind "type": ChannelType,
        /// The position in the list. Channels with the same position are sorted by ID.
        position / no_position: u32,
        /// The topic, at most 1,024 characters, or 4,096 in a forum or media channel.
        topic / no_topic: String [into] => chars(0..=MAX_FORUM_TOPIC),
        /// Whether the channel is age-restricted.
        nsfw / no_nsfw: bool,
        /// The minimum time between two messages of a user (slow mode), at most 6 hours.
        rate_limit_per_user / no_rate_limit_per_user: Duration [seconds] => duration::slow_mode,
        /// The bitrate of a voice or stage channel in bits per second: 8,000-96,000, or up to 384,000 in a
        /// boosted guild.
        bitrate / no_bitrate: u32 => number(MIN_BITRATE..=MAX_BITRATE),
        /// Maximum number of users in a voice channel (at most 99) or a stage channel (at most 10,000). 0 means
        /// no limit.
        user_limit / no_user_limit: u32 => number(0..=MAX_STAGE_USERS),
        /// The permission overwrites of roles and members, at most 100.
        permission_overwrites / no_permission_overwrites: Vec<Overwrite> [into] => count(0..=MAX_OVERWRITES),
        /// The category of the channel.
        parent_id / no_parent_id: ChannelId,
        /// The voice region. With none, Discord chooses it.
        rtc_region / no_rtc_region: String [into],
        /// The video quality.
        video_quality_mode / no_video_quality_mode: VideoQualityMode,
        /// The default time of inactivity until new threads are archived: 1 hour, or 1, 3 or 7 days.
        default_auto_archive_duration / no_default_auto_archive_duration: Duration [minutes] => duration::auto_archive,
        /// The flags.
        flags: ChannelFlags,
        /// The tags available in a forum or media channel, at most 20.
        available_tags: Vec<ForumTagOptions> [into] => both(count(0..=MAX_AVAILABLE_TAGS), each(ForumTagOptions::check)),
        /// The emoji of the default reaction button of posts.
        default_reaction_emoji / no_default_reaction_emoji: DefaultReaction [into] => tag::one_emoji,
        /// The initial `rate_limit_per_user` of new threads.
        default_thread_rate_limit_per_user: Duration [seconds] => duration::slow_mode,
        /// The default sort order of the posts of a forum.
        default_sort_order / no_default_sort_order: SortOrderType,
        /// The default layout of the posts of a forum.
        default_forum_layout: ForumLayoutType,
        /// Whether a search for several tags matches all or any of them.
        default_tag_setting / no_default_tag_setting: ThreadSearchTagSetting,
    } and Self::check_combination
}

impl ModifyChannel {
    fn check_combination(&self) -> Result<(), Error> {
        let kind = self.kind.value();
        let short_topic = [ChannelType::GUILD_TEXT, ChannelType::GUILD_ANNOUNCEMENT];
        match self.topic.value() {
            Some(topic) if kind.is_some_and(|kind| short_topic.contains(kind)) => {
                at_field(chars(0..=MAX_CHANNEL_TOPIC)(topic), || "topic".to_owned())
            }
            _ => Ok(()),
        }
    }
}

options! {
    /// The fields of a thread to change: [Modify Channel](https://docs.discord.com/developers/resources/channel#modify-channel-json-params-thread).
    ModifyThread {
        /// The name, 1-100 characters.
        name: String [into] => chars(1..=MAX_CHANNEL_NAME),
        /// Whether the thread is archived.
        archived: bool,
        /// The time of inactivity until the thread is archived: 1 hour, or 1, 3 or 7 days.
        auto_archive_duration: Duration [minutes] => duration::auto_archive,
        /// Whether only members with `MANAGE_THREADS` can unarchive the thread.
        locked: bool,
        /// Whether members without `MANAGE_THREADS` can add other members. Only for private threads.
        invitable: bool,
        /// The minimum time between two messages of a user (slow mode), at most 6 hours.
        rate_limit_per_user / no_rate_limit_per_user: Duration [seconds] => duration::slow_mode,
        /// The flags. `PINNED` is only for posts in a forum or media channel.
        flags: ChannelFlags,
        /// The tags of a post, at most 5.
        applied_tags: Vec<TagId> [into] => count(0..=MAX_APPLIED_TAGS),
        /// The bitrate of voice in bits per second, at least 8,000.
        bitrate / no_bitrate: u32 => number(MIN_BITRATE..=MAX_BITRATE),
        /// Maximum number of users in voice, at most 99. 0 means no limit.
        user_limit / no_user_limit: u32 => number(0..=MAX_VOICE_USERS),
        /// The voice region. With none, Discord chooses it.
        rtc_region / no_rtc_region: String [into],
        /// The video quality.
        video_quality_mode / no_video_quality_mode: VideoQualityMode,
    }
}

options! {
    /// The fields of a group DM to change: [Modify Channel](https://docs.discord.com/developers/resources/channel#modify-channel-json-params-group-dm).
    ModifyGroupDm {
        /// The name, 1-100 characters.
        name / no_name: String [into] => chars(1..=MAX_CHANNEL_NAME),
        /// The icon.
        icon / no_icon: ImageData,
    }
}

impl Client {
    /// Changes a guild channel: [Modify Channel](https://docs.discord.com/developers/resources/channel#modify-channel).
    ///
    /// Needs `MANAGE_CHANNELS`, and `MANAGE_ROLES` for permission overwrites.
    ///
    /// ```
    /// # let discord = syncord::sim::Discord::start()?;
    /// # let client = syncord::rest::Client::builder(syncord::Token::new(&discord.token())?).api_url(discord.api_url()).build()?;
    /// # let general = discord.channel("general").id();
    /// use std::time::Duration;
    /// use syncord::rest::ModifyChannel;
    ///
    /// let changes = ModifyChannel::new().topic("Low tide at noon").rate_limit_per_user(Duration::from_secs(5));
    /// let channel = client.modify_channel(general, &changes)?;
    /// assert_eq!(channel.topic.as_deref(), Some("Low tide at noon"));
    /// # Ok::<(), syncord::Error>(())
    /// ```
    pub fn modify_channel(&self, channel: ChannelId, changes: &ModifyChannel) -> Result<Channel, Error> {
        self.change(route::MODIFY_CHANNEL.at(&[&channel]), changes)
    }

    /// Changes a thread: [Modify Channel](https://docs.discord.com/developers/resources/channel#modify-channel).
    ///
    /// Needs `MANAGE_THREADS`, but only `SEND_MESSAGES` to unarchive a thread that is not locked. Discord
    /// refuses all other changes of an archived thread.
    pub fn modify_thread(&self, thread: ChannelId, changes: &ModifyThread) -> Result<Channel, Error> {
        self.change(route::MODIFY_CHANNEL.at(&[&thread]), changes)
    }

    /// Changes a group DM: [Modify Channel](https://docs.discord.com/developers/resources/channel#modify-channel).
    pub fn modify_group_dm(&self, channel: ChannelId, changes: &ModifyGroupDm) -> Result<Channel, Error> {
        self.change(route::MODIFY_CHANNEL.at(&[&channel]), changes)
    }
}
