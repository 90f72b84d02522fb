//! [Guilds](https://docs.discord.com/developers/resources/guild) and what is in them.

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

/// How long one may be silent in voice before one is moved, in seconds.
const AFK_TIMEOUTS: [u64; 5] = [60, 300, 900, 1800, 3600];

options! {
    /// What to change of a guild: [Modify Guild](https://docs.discord.com/developers/resources/guild#modify-guild).
    ModifyGuild {
        /// Sets its name: 2 to 100 characters, white space around it not counted.
        name: String [into] => |name: &String| chars(2..=100)(name.trim()),
        /// Sets its voice region.
        #[deprecated = "Discord heeds the region of each channel instead"]
        region / no_region: String [into],
        /// Sets what is asked of new members before they may speak.
        verification_level / no_verification_level: VerificationLevel,
        /// Sets of what members are notified by default.
        default_message_notifications / no_default_message_notifications: DefaultMessageNotificationLevel,
        /// Sets whose pictures are filtered.
        explicit_content_filter / no_explicit_content_filter: ExplicitContentFilterLevel,
        /// Sets the voice channel that the silent are moved to.
        afk_channel_id / no_afk_channel_id: ChannelId,
        /// Sets after how long they are: 1, 5, 15, 30 or 60 minutes.
        afk_timeout: Duration [seconds] => afk_timeout,
        /// Sets its icon: square, best 1024 pixels wide; a GIF only where the guild has
        /// [`ANIMATED_ICON`](GuildFeature::ANIMATED_ICON).
        icon / no_icon: ImageData,
        /// Sets the picture behind invites: PNG or JPEG, 16 to 9, where the guild has
        /// [`INVITE_SPLASH`](GuildFeature::INVITE_SPLASH).
        splash / no_splash: ImageData,
        /// Sets the picture in Discord's directory: PNG or JPEG, 16 to 9, where the guild is
        /// [`DISCOVERABLE`](GuildFeature::DISCOVERABLE).
        discovery_splash / no_discovery_splash: ImageData,
        /// Sets its banner: 16 to 9, where the guild has [`BANNER`](GuildFeature::BANNER); a GIF only where it
        /// has [`ANIMATED_BANNER`](GuildFeature::ANIMATED_BANNER).
        banner / no_banner: ImageData,
        /// Sets the picture above its Server Guide.
        home_header / no_home_header: ImageData,
        /// Sets where Discord announces joins and boosts.
        system_channel_id / no_system_channel_id: ChannelId,
        /// Sets what it does not announce.
        system_channel_flags: SystemChannelFlags,
        /// Sets where a community shows its rules.
        rules_channel_id / no_rules_channel_id: ChannelId,
        /// Sets where the moderators of a community hear from Discord.
        public_updates_channel_id / no_public_updates_channel_id: ChannelId,
        /// Sets the language of a community (`en-US`).
        preferred_locale / no_preferred_locale: Locale,
        /// Sets all that it has, of which
        /// [only some](https://docs.discord.com/developers/resources/guild#guild-object-mutable-guild-features)
        /// can be added or taken away. `COMMUNITY` needs `ADMINISTRATOR`.
        features: Vec<GuildFeature> [into],
        /// Sets what it says about itself: at most 300 characters.
        description / no_description: String [into] => chars(0..=300),
        /// Sets whether it shows how far it is boosted.
        premium_progress_bar_enabled: bool,
        /// Sets where the moderators of a community are warned by Discord.
        safety_alerts_channel_id / no_safety_alerts_channel_id: ChannelId,
    }
}

impl Client {
    /// A guild: [Get Guild](https://docs.discord.com/developers/resources/guild#get-guild).
    pub fn guild(&self, guild: GuildId) -> Result<Guild, Error> {
        self.fetch(route::GUILD.at(&[&guild]))
    }

    /// A guild, and about how many members it has: [Get Guild](https://docs.discord.com/developers/resources/guild#get-guild)
    /// with `with_counts`.
    pub fn guild_with_counts(&self, guild: GuildId) -> Result<Guild, Error> {
        self.fetch(route::GUILD.at(&[&guild]).with("with_counts", &true))
    }

    /// A guild as it shows itself to those outside: [Get Guild Preview](https://docs.discord.com/developers/resources/guild#get-guild-preview).
    ///
    /// The bot is in it, or it is discoverable.
    pub fn guild_preview(&self, guild: GuildId) -> Result<GuildPreview, Error> {
        self.fetch(route::GUILD_PREVIEW.at(&[&guild]))
    }

    /// Changes a guild: [Modify Guild](https://docs.discord.com/developers/resources/guild#modify-guild).
    ///
    /// Needs `MANAGE_GUILD`. It is [noted with a reason](Client::reason).
    ///
    /// ```no_run
    /// use syncord::rest::{ImageData, ModifyGuild};
    /// # use syncord::id::GuildId;
    /// # let client = syncord::rest::Client::new(syncord::Token::new("…")?);
    /// # let guild = GuildId::new(197038439483310086);
    ///
    /// let changes = ModifyGuild::new().name("Tide Watch").icon(ImageData::path("anchor.png")?);
    /// client.modify_guild(guild, &changes)?;
    /// # Ok::<(), syncord::Error>(())
    /// ```
    pub fn modify_guild(&self, guild: GuildId, changes: &ModifyGuild) -> Result<Guild, Error> {
        self.change(route::MODIFY_GUILD.at(&[&guild]), changes)
    }

    /// Where the guild's voice may go through: [Get Guild Voice Regions](https://docs.discord.com/developers/resources/guild#get-guild-voice-regions).
    pub fn guild_voice_regions(&self, guild: GuildId) -> Result<List<VoiceRegion>, Error> {
        self.fetch(route::GUILD_VOICE_REGIONS.at(&[&guild]))
    }

    /// The guild's invites: [Get Guild Invites](https://docs.discord.com/developers/resources/guild#get-guild-invites).
    ///
    /// Needs `MANAGE_GUILD` or `VIEW_AUDIT_LOG`; how often each was used is told only with the former.
    pub fn guild_invites(&self, guild: GuildId) -> Result<List<Invite>, Error> {
        self.fetch(route::GUILD_INVITES.at(&[&guild]))
    }

    /// What is linked to the guild, at most 50 of it: [Get Guild Integrations](https://docs.discord.com/developers/resources/guild#get-guild-integrations).
    ///
    /// Needs `MANAGE_GUILD`.
    pub fn guild_integrations(&self, guild: GuildId) -> Result<List<Integration>, Error> {
        self.fetch(route::GUILD_INTEGRATIONS.at(&[&guild]))
    }

    /// Unlinks something, and removes its bot and its webhooks: [Delete Guild Integration](https://docs.discord.com/developers/resources/guild#delete-guild-integration).
    ///
    /// Needs `MANAGE_GUILD`. It is [noted with a reason](Client::reason).
    pub fn delete_guild_integration(&self, guild: GuildId, integration: IntegrationId) -> Result<(), Error> {
        self.perform(route::DELETE_GUILD_INTEGRATION.at(&[&guild, &integration]))
    }

    /// The invite that the guild chose the code of: [Get Guild Vanity URL](https://docs.discord.com/developers/resources/guild#get-guild-vanity-url).
    ///
    /// Needs `MANAGE_GUILD`; the code alone is in [`Guild::vanity_url_code`].
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

/// Checks that a moment is no further ahead of `now` than so much.
fn ahead(until: &Timestamp, now: SystemTime, most: Duration, in_words: &str) -> Result<(), Error> {
    let Some(time) = until.to_system_time() else {
        return invalid("", format!("a time such as 2026-05-02T09:14:37Z, and this is {until}"));
    };
    match now.checked_add(most) {
        Some(latest) if time > latest => {
            invalid("", format!("at most {in_words} ahead, and this is {until}"))
        }
        _ => Ok(()),
    }
}
