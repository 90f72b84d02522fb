use crate::model::open_enum::{flags, int_enum};

int_enum! {
    /// The [type of a channel](https://docs.discord.com/developers/resources/channel#channel-object-channel-types).
    ChannelType {
    GUILD_TEXT = 0,
    DM = 1,
    GUILD_VOICE = 2,
    GROUP_DM = 3,
    GUILD_CATEGORY = 4,
    GUILD_ANNOUNCEMENT = 5,
    ANNOUNCEMENT_THREAD = 10,
    PUBLIC_THREAD = 11,
    PRIVATE_THREAD = 12,
    GUILD_STAGE_VOICE = 13,
    GUILD_DIRECTORY = 14,
    GUILD_FORUM = 15,
    GUILD_MEDIA = 16,
    }
}

impl ChannelType {
    /// Whether this is a thread.
    pub const fn is_thread(self) -> bool {
        matches!(self, Self::ANNOUNCEMENT_THREAD | Self::PUBLIC_THREAD | Self::PRIVATE_THREAD)
    }

    /// Whether this is a voice or stage channel.
    pub const fn is_voice(self) -> bool {
        matches!(self, Self::GUILD_VOICE | Self::GUILD_STAGE_VOICE)
    }
}

flags! {
    /// The [channel flags](https://docs.discord.com/developers/resources/channel#channel-object-channel-flags).
    ChannelFlags {
    PINNED = 1,
    REQUIRE_TAG = 4,
    HIDE_MEDIA_DOWNLOAD_OPTIONS = 15,
    IS_SPOILER_CHANNEL = 21,
    }
}

int_enum! {
    /// The [camera video quality](https://docs.discord.com/developers/resources/channel#channel-object-video-quality-modes) of a voice channel.
    VideoQualityMode {
    AUTO = 1,
    FULL = 2,
    }
}
