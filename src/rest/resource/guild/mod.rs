//! [Guilds](https://docs.discord.com/developers/resources/guild) and their members, roles, channels, bans and settings.

mod bans;
mod channels;
mod incidents;
mod join_requests;
mod members;
mod onboarding;
mod prune;
mod roles;
mod widget;

use std::time::{Duration, SystemTime};

use crate::error::Error;
use crate::id::{ChannelId, GuildId, IntegrationId};
use crate::model::{
    DefaultMessageNotificationLevel, ExplicitContentFilterLevel, Guild, GuildFeature, GuildPreview,
    Integration, Invite, List, Locale, SystemChannelFlags, Timestamp, VanityUrl, VerificationLevel,
    VoiceRegion,
};
use crate::rest::check::{chars, invalid};
use crate::rest::options::options;
use crate::rest::{Client, ImageData, route};

pub use bans::{BulkGuildBan, CreateGuildBan, GetGuildBans};
pub use channels::{ChannelPosition, CreateGuildChannel};
pub use incidents::ModifyGuildIncidentActions;
pub use join_requests::{ActionGuildJoinRequest, GetGuildJoinRequests};
pub use members::{
    AddGuildMember, ListGuildMembers, ModifyCurrentMember, ModifyGuildMember, SearchGuildMembers,
};
pub use onboarding::{ModifyGuildOnboarding, ModifyGuildWelcomeScreen};
pub use prune::{BeginGuildPrune, GetGuildPruneCount};
pub use roles::{CreateGuildRole, ModifyGuildRole};
pub use widget::ModifyGuildWidget;

/// The allowed AFK timeouts, in seconds.
const AFK_TIMEOUTS: [u64; 5] = [60, 300, 900, 1800, 3600];

options! {
    /// The fields of a guild to change: [Modify Guild](https://docs.discord.com/developers/resources/guild#modify-guild).
    ModifyGuild {
        /// The name, 2-100 characters without leading and trailing white space.
        name: String [into] => |name: &String| chars(2..=100)(name.trim()),
        /// The voice region.
        #[deprecated = "Discord uses the region of each channel instead"]
        region / no_region: String [into],
        /// The verification level that new members need before they can write.
        verification_level / no_verification_level: VerificationLevel,
        /// The default notification level of members.
        default_message_notifications / no_default_message_notifications: DefaultMessageNotificationLevel,
        /// The filter level for explicit media.
        explicit_content_filter / no_explicit_content_filter: ExplicitContentFilterLevel,
        /// The voice channel that inactive members are moved to.
        afk_channel_id / no_afk_channel_id: ChannelId,
        /// The time of inactivity until members are moved: 1, 5, 15, 30 or 60 minutes.
        afk_timeout: Duration [seconds] => afk_timeout,
        /// The icon: square, the recommended width is 1024 pixels. A GIF needs the feature
        /// [`ANIMATED_ICON`](GuildFeature::ANIMATED_ICON).
        icon / no_icon: ImageData,
        /// The background image of invites: PNG or JPEG, 16:9. Needs the feature
        /// [`INVITE_SPLASH`](GuildFeature::INVITE_SPLASH).
        splash / no_splash: ImageData,
        /// The image in Discord's server directory: PNG or JPEG, 16:9. Needs the feature
        /// [`DISCOVERABLE`](GuildFeature::DISCOVERABLE).
        discovery_splash / no_discovery_splash: ImageData,
        /// The banner: 16:9. Needs the feature [`BANNER`](GuildFeature::BANNER), and a GIF needs
        /// [`ANIMATED_BANNER`](GuildFeature::ANIMATED_BANNER).
        banner / no_banner: ImageData,
        /// The header image of the Server Guide.
        home_header / no_home_header: ImageData,
        /// The channel where Discord announces joins and boosts.
        system_channel_id / no_system_channel_id: ChannelId,
        /// Flags that suppress kinds of announcements.
        system_channel_flags: SystemChannelFlags,
        /// The channel with the rules of a community.
        rules_channel_id / no_rules_channel_id: ChannelId,
        /// The channel where the moderators of a community receive notices from Discord.
        public_updates_channel_id / no_public_updates_channel_id: ChannelId,
        /// The language of a community. Default: `en-US`.
        preferred_locale / no_preferred_locale: Locale,
        /// All features of the guild.
        /// [Only some](https://docs.discord.com/developers/resources/guild#guild-object-mutable-guild-features)
        /// can be added or removed. `COMMUNITY` needs `ADMINISTRATOR`.
        features: Vec<GuildFeature> [into],
        /// The description, at most 300 characters.
        description / no_description: String [into] => chars(0..=300),
        /// Whether the progress bar of boosts is shown.
        premium_progress_bar_enabled: bool,
        /// The channel where the moderators of a community receive safety alerts from Discord.
        safety_alerts_channel_id / no_safety_alerts_channel_id: ChannelId,
    }
}

impl Client {
    /// Returns a guild: [Get Guild](https://docs.discord.com/developers/resources/guild#get-guild).
    pub fn guild(&self, guild: GuildId) -> Result<Guild, Error> {
        self.fetch(route::GUILD.at(&[&guild]))
    }

    /// Returns a guild with the approximate number of members: [Get Guild](https://docs.discord.com/developers/resources/guild#get-guild)
    /// with `with_counts`.
    pub fn guild_with_counts(&self, guild: GuildId) -> Result<Guild, Error> {
        self.fetch(route::GUILD.at(&[&guild]).with("with_counts", &true))
    }

    /// Returns the preview of a guild, as shown to users who are not members: [Get Guild Preview](https://docs.discord.com/developers/resources/guild#get-guild-preview).
    ///
    /// The bot must be a member, unless the guild is discoverable.
    pub fn guild_preview(&self, guild: GuildId) -> Result<GuildPreview, Error> {
        self.fetch(route::GUILD_PREVIEW.at(&[&guild]))
    }

    /// Changes a guild: [Modify Guild](https://docs.discord.com/developers/resources/guild#modify-guild).
    ///
    /// Needs `MANAGE_GUILD`. The audit log entry can have a [reason](Client::reason).
    ///
    /// ```
    /// # let discord = syncord::sim::Discord::start()?;
    /// # let client = syncord::rest::Client::builder(syncord::Token::new(&discord.token())?).api_url(discord.api_url()).build()?;
    /// # let guild = discord.guild_id();
    /// use syncord::rest::ModifyGuild;
    ///
    /// let changes = ModifyGuild::new().name("Tide Watch").description("Tides and weather");
    /// let guild = client.modify_guild(guild, &changes)?;
    /// assert_eq!(guild.name, "Tide Watch");
    /// # Ok::<(), syncord::Error>(())
    /// ```
    pub fn modify_guild(&self, guild: GuildId, changes: &ModifyGuild) -> Result<Guild, Error> {
        self.change(route::MODIFY_GUILD.at(&[&guild]), changes)
    }

    /// Returns the voice regions available to a guild: [Get Guild Voice Regions](https://docs.discord.com/developers/resources/guild#get-guild-voice-regions).
    pub fn guild_voice_regions(&self, guild: GuildId) -> Result<List<VoiceRegion>, Error> {
        self.fetch(route::GUILD_VOICE_REGIONS.at(&[&guild]))
    }

    /// Returns the guild's invites: [Get Guild Invites](https://docs.discord.com/developers/resources/guild#get-guild-invites).
    ///
    /// Needs `MANAGE_GUILD` or `VIEW_AUDIT_LOG`; the number of uses is included only with `MANAGE_GUILD`.
    pub fn guild_invites(&self, guild: GuildId) -> Result<List<Invite>, Error> {
        self.fetch(route::GUILD_INVITES.at(&[&guild]))
    }

    /// Returns the guild's integrations, at most 50: [Get Guild Integrations](https://docs.discord.com/developers/resources/guild#get-guild-integrations).
    ///
    /// Needs `MANAGE_GUILD`.
    pub fn guild_integrations(&self, guild: GuildId) -> Result<List<Integration>, Error> {
        self.fetch(route::GUILD_INTEGRATIONS.at(&[&guild]))
    }

    /// Deletes an integration of the guild, with its bot and its webhooks: [Delete Guild Integration](https://docs.discord.com/developers/resources/guild#delete-guild-integration).
    ///
    /// Needs `MANAGE_GUILD`. The audit log entry can have a [reason](Client::reason).
    pub fn delete_guild_integration(&self, guild: GuildId, integration: IntegrationId) -> Result<(), Error> {
        self.perform(route::DELETE_GUILD_INTEGRATION.at(&[&guild, &integration]))
    }

    /// Returns the guild's vanity URL: [Get Guild Vanity URL](https://docs.discord.com/developers/resources/guild#get-guild-vanity-url).
    ///
    /// Needs `MANAGE_GUILD`; the code is also in [`Guild::vanity_url_code`].
    pub fn guild_vanity_url(&self, guild: GuildId) -> Result<VanityUrl, Error> {
        self.fetch(route::GUILD_VANITY_URL.at(&[&guild]))
    }
}

fn afk_timeout(timeout: &Duration) -> Result<(), Error> {
    if AFK_TIMEOUTS.iter().any(|seconds| *timeout == Duration::from_secs(*seconds)) {
        return Ok(());
    }
    let seconds = timeout.as_secs_f64();
    invalid("", format!("60, 300, 900, 1800 or 3600 seconds, and this is {seconds}"))
}

/// Checks that a time is at most `max` after `now`.
fn at_most_ahead(until: &Timestamp, now: SystemTime, max: Duration, max_text: &str) -> Result<(), Error> {
    let Some(time) = until.to_system_time() else {
        return invalid("", format!("a time such as 2026-05-02T09:14:37Z, and this is {until}"));
    };
    match now.checked_add(max) {
        Some(latest) if time > latest => {
            invalid("", format!("at most {max_text} ahead, and this is {until}"))
        }
        _ => Ok(()),
    }
}
