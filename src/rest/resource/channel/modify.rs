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
    /// What to change of a guild's channel: [Modify Channel](https://docs.discord.com/developers/resources/channel#modify-channel-json-params-guild-channel).
    ///
    /// Which fields count depends on the kind of channel.
    ModifyChannel {
        /// Sets its name: 1 to 100 characters.
        name: String [into] => chars(1..=MAX_CHANNEL_NAME),
        /// Makes an announcement channel of a text channel, or the other way round.
        kind "type": ChannelType,
        /// Sets its place in the list; of equal ones the older is first.
        position / no_position: u32,
        /// Sets its topic: at most 1,024 characters, and 4,096 of a forum or media channel.
        topic / no_topic: String [into] => chars(0..=MAX_FORUM_TOPIC),
        /// Sets whether it is for adults only.
        nsfw / no_nsfw: bool,
        /// Sets how long a user has to wait between two messages: at most 6 hours.
        rate_limit_per_user / no_rate_limit_per_user: Duration [seconds] => duration::slow_mode,
        /// Sets the bits per second of a voice or stage channel: 8,000 to 96,000, in a boosted guild up to
        /// 384,000.
        bitrate / no_bitrate: u32 => number(MIN_BITRATE..=MAX_BITRATE),
        /// Sets how many may be in a voice channel (at most 99) or a stage channel (at most 10,000); 0 for
        /// any number.
        user_limit / no_user_limit: u32 => number(0..=MAX_STAGE_USERS),
        /// Sets what roles and members may do here and not elsewhere: at most 100.
        permission_overwrites / no_permission_overwrites: Vec<Overwrite> [into] => count(0..=MAX_OVERWRITES),
        /// Moves it to this category.
        parent_id / no_parent_id: ChannelId,
        /// Sets the voice region; with none it is chosen by itself.
        rtc_region / no_rtc_region: String [into],
        /// Sets the quality of cameras.
        video_quality_mode / no_video_quality_mode: VideoQualityMode,
        /// Sets after how long of silence clients suggest that its threads go: 1 hour, or 1, 3 or 7 days.
        default_auto_archive_duration / no_default_auto_archive_duration: Duration [minutes] => duration::auto_archive,
        /// Sets the flags.
        flags: ChannelFlags,
        /// Sets the tags of a forum or media channel: at most 20.
        available_tags: Vec<ForumTagOptions> [into] => both(count(0..=MAX_AVAILABLE_TAGS), each(ForumTagOptions::check)),
        /// Sets the emoji on the button that reacts to a post.
        default_reaction_emoji / no_default_reaction_emoji: DefaultReaction [into] => tag::one_emoji,
        /// Sets what new threads begin with as `rate_limit_per_user`.
        default_thread_rate_limit_per_user: Duration [seconds] => duration::slow_mode,
        /// Sets how the posts of a forum are sorted.
        default_sort_order / no_default_sort_order: SortOrderType,
        /// Sets how the posts of a forum are shown.
        default_forum_layout: ForumLayoutType,
        /// Sets which posts clients show for several tags.
        default_tag_setting / no_default_tag_setting: ThreadSearchTagSetting,
    } and Self::consistent
}

impl ModifyChannel {
    fn consistent(&self) -> Result<(), Error> {
        let kind = self.kind.value();
        let short = [ChannelType::GUILD_TEXT, ChannelType::GUILD_ANNOUNCEMENT];
        match self.topic.value() {
            Some(topic) if kind.is_some_and(|kind| short.contains(kind)) => {
                at_field(chars(0..=MAX_CHANNEL_TOPIC)(topic), || "topic".to_owned())
            }
            _ => Ok(()),
        }
    }
}

options! {
    /// What to change of a thread: [Modify Channel](https://docs.discord.com/developers/resources/channel#modify-channel-json-params-thread).
    ModifyThread {
        /// Sets its name: 1 to 100 characters.
        name: String [into] => chars(1..=MAX_CHANNEL_NAME),
        /// Archives it, or brings it back.
        archived: bool,
        /// Sets after how long of silence it is archived: 1 hour, or 1, 3 or 7 days.
        auto_archive_duration: Duration [minutes] => duration::auto_archive,
        /// Sets whether only those who manage threads may bring it back.
        locked: bool,
        /// Sets whether members who manage nothing may add others to it; only of a private thread.
        invitable: bool,
        /// Sets how long a user has to wait between two messages: at most 6 hours.
        rate_limit_per_user / no_rate_limit_per_user: Duration [seconds] => duration::slow_mode,
        /// Sets the flags; `PINNED` only of a post in a forum or media channel.
        flags: ChannelFlags,
        /// Sets the tags of a post: at most 5.
        applied_tags: Vec<TagId> [into] => count(0..=MAX_APPLIED_TAGS),
        /// Sets the bits per second of voice: at least 8,000.
        bitrate / no_bitrate: u32 => number(MIN_BITRATE..=MAX_BITRATE),
        /// Sets how many may be in voice: at most 99; 0 for any number.
        user_limit / no_user_limit: u32 => number(0..=MAX_VOICE_USERS),
        /// Sets the voice region; with none it is chosen by itself.
        rtc_region / no_rtc_region: String [into],
        /// Sets the quality of cameras.
        video_quality_mode / no_video_quality_mode: VideoQualityMode,
    }
}

options! {
    /// What to change of a group: [Modify Channel](https://docs.discord.com/developers/resources/channel#modify-channel-json-params-group-dm).
    ModifyGroupDm {
        /// Sets its name: 1 to 100 characters.
        name / no_name: String [into] => chars(1..=MAX_CHANNEL_NAME),
        /// Sets its icon.
        icon / no_icon: ImageData,
    }
}

impl Client {
    /// Changes a guild's channel: [Modify Channel](https://docs.discord.com/developers/resources/channel#modify-channel).
    ///
    /// Needs `MANAGE_CHANNELS`, and `MANAGE_ROLES` for permission overwrites.
    ///
    /// ```no_run
    /// # use syncord::id::ChannelId;
    /// use std::time::Duration;
    /// use syncord::rest::ModifyChannel;
    ///
    /// # let client = syncord::rest::Client::new(syncord::Token::new("…")?);
    /// let changes = ModifyChannel::new().topic("Low tide at noon").rate_limit_per_user(Duration::from_secs(5));
    /// client.modify_channel(ChannelId::new(555088666872119298), &changes)?;
    /// # Ok::<(), syncord::Error>(())
    /// ```
    pub fn modify_channel(&self, channel: ChannelId, changes: &ModifyChannel) -> Result<Channel, Error> {
        self.change(route::MODIFY_CHANNEL.at(&[&channel]), changes)
    }

    /// Changes a thread: [Modify Channel](https://docs.discord.com/developers/resources/channel#modify-channel).
    ///
    /// Needs `MANAGE_THREADS`, but only `SEND_MESSAGES` to bring back one that is not locked. All else is
    /// refused while it is archived.
    pub fn modify_thread(&self, thread: ChannelId, changes: &ModifyThread) -> Result<Channel, Error> {
        self.change(route::MODIFY_CHANNEL.at(&[&thread]), changes)
    }

    /// Changes a group: [Modify Channel](https://docs.discord.com/developers/resources/channel#modify-channel).
    pub fn modify_group_dm(&self, channel: ChannelId, changes: &ModifyGroupDm) -> Result<Channel, Error> {
        self.change(route::MODIFY_CHANNEL.at(&[&channel]), changes)
    }
}
