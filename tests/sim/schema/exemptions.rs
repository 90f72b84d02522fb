//! Where the simulated Discord departs from the specification on purpose, and what the scene leaves out.

/// One departure.
#[derive(Debug)]
pub(super) struct Exemption {
    /// The route or the event, or `*` for all.
    place: &'static str,
    /// The path of the field without places in lists, as `embeds[].title`, or `*.title` for all that end so.
    field: &'static str,
    /// The problem, or how it begins.
    problem: &'static str,
    #[allow(dead_code, reason = "for the reader, and shown when the exemption is not needed")]
    why: &'static str,
}

impl Exemption {
    pub(super) const fn new(
        place: &'static str,
        field: &'static str,
        problem: &'static str,
        why: &'static str,
    ) -> Exemption {
        Exemption { place, field, problem, why }
    }

    /// Whether it allows a problem, as `embeds[].title: is required`.
    pub(super) fn covers(&self, place: &str, problem: &str) -> bool {
        let (path, what) = problem.split_once(": ").unwrap_or((problem, ""));
        let is_field = match self.field.strip_prefix("*.") {
            Some(end) => path == end || path.strip_suffix(end).is_some_and(|before| before.ends_with('.')),
            None => path == self.field,
        };
        (self.place == "*" || self.place == place) && is_field && what.starts_with(self.problem)
    }
}

const DOCUMENTED: &str = "documented, and missing in the specification, which is a preview";
const UNDOCUMENTED: &str = "in the specification, and missing in the documentation";
const SEEN: &str = "Discord sends it, and documents it nowhere";
const ERROR: &str = "the specification describes errors as one object; they are lists";
const ACKNOWLEDGED: &str = "the specification has only responses that make or change something";

const OF_GUILD: &str = "documented: an entitlement of a guild has no user";

const CALLBACK: &str = "POST /interactions/{interaction_id}/{interaction_token}/callback";
const MEDIA_CHANNEL: &str = "is 16, and none of";

const fn exempt(
    place: &'static str,
    field: &'static str,
    problem: &'static str,
    why: &'static str,
) -> Exemption {
    Exemption::new(place, field, problem, why)
}

/// Each is needed at least once.
pub(super) const EXEMPTIONS: &[Exemption] = &[
    exempt("*", "*._errors", "is array", ERROR),
    exempt("*", "*.message_reference.type", "is 1, and not 0", DOCUMENTED),
    exempt("*", "*.options[].description", "is null", DOCUMENTED),
    exempt("*", "type", MEDIA_CHANNEL, DOCUMENTED),
    exempt("*", "[].type", MEDIA_CHANNEL, DOCUMENTED),
    exempt("DELETE /channels/{channel_id}", "type", "is 16, and not 1", "a channel is no thread"),
    exempt("GET /guilds/{guild_id}/channels", "[].type", "is 16, and not 1", "a channel is no thread"),
    exempt("POST /guilds/{guild_id}/channels", "type", "is 16, and not 1", "a channel is no thread"),
    exempt("GET /applications/{application_id}/entitlements", "[].user_id", "is required", OF_GUILD),
    exempt("POST /applications/{application_id}/entitlements", "user_id", "is required", OF_GUILD),
    exempt("INVITE_CREATE", "target_application.type", "is unknown", UNDOCUMENTED),
    exempt("POST /channels/{channel_id}/threads", "message", "is unknown", DOCUMENTED),
    exempt(
        "POST /webhooks/{webhook_id}/{webhook_token}/slack",
        "(body)",
        "is required",
        "the text ok is not JSON",
    ),
    exempt(CALLBACK, "resource.type", "is ", ACKNOWLEDGED),
    exempt(CALLBACK, "resource.message", "is ", ACKNOWLEDGED),
    exempt("GUILD_CREATE", "home_header", "is unknown", UNDOCUMENTED),
    exempt("GUILD_CREATE", "nsfw", "is unknown", UNDOCUMENTED),
    exempt("GUILD_UPDATE", "home_header", "is unknown", UNDOCUMENTED),
    exempt("GUILD_UPDATE", "nsfw", "is unknown", UNDOCUMENTED),
    exempt(
        "GUILD_MEMBERS_CHUNK",
        "presences[].guild_id",
        "is required",
        "the chunk has it, as GUILD_CREATE has it for its presences",
    ),
    exempt("GUILD_MEMBER_UPDATE", "flags", "is unknown", SEEN),
    exempt("GUILD_SCHEDULED_EVENT_CREATE", "guild_scheduled_event_exceptions", "is unknown", UNDOCUMENTED),
    exempt("GUILD_SCHEDULED_EVENT_UPDATE", "guild_scheduled_event_exceptions", "is unknown", UNDOCUMENTED),
    exempt("GUILD_SCHEDULED_EVENT_DELETE", "guild_scheduled_event_exceptions", "is unknown", UNDOCUMENTED),
    exempt(
        "INTERACTION_CREATE",
        "*.component.component_type",
        "is required",
        "only in interactions of messages; those of modals have type",
    ),
    exempt(
        "INTERACTION_CREATE",
        "*.component.resolved",
        "is required",
        "modals have it once, for all their components",
    ),
    exempt(
        "INTERACTION_CREATE",
        "data.components[]",
        "type 1 has no table",
        "the older form of a text input, which is no longer documented",
    ),
    exempt("INTERACTION_CREATE", "data.id", "is unknown", SEEN),
    exempt("INTERACTION_CREATE", "guild.locale", "is unknown", SEEN),
    exempt("MESSAGE_CREATE", "*.media.id", "is unknown", UNDOCUMENTED),
    exempt("MESSAGE_CREATE", "*.file.id", "is unknown", UNDOCUMENTED),
    exempt("MESSAGE_CREATE", "embeds[].type", "\"auto_moderation_message\" is no", SEEN),
    exempt("READY", "_trace", "is unknown", SEEN),
    exempt("READY", "guild_join_requests", "is unknown", SEEN),
    exempt("READY", "presences", "is unknown", SEEN),
    exempt("READY", "private_channels", "is unknown", SEEN),
    exempt("READY", "relationships", "is unknown", SEEN),
    exempt("READY", "session_type", "is unknown", SEEN),
    exempt("READY", "user_settings", "is unknown", SEEN),
    exempt("RESUMED", "_trace", "is unknown", SEEN),
    exempt("THREAD_CREATE", "newly_created", "is unknown", "documented in the text of the event"),
];

/// What recorded events have, and the simulated Discord does not send.
pub(super) const RECORDED: &[Exemption] = &[
    exempt("*", "*.public_flags", "4194368 is no UserFlags", SEEN),
    exempt(
        "THREAD_MEMBERS_UPDATE",
        "added_members[].presence",
        "is unknown",
        "documented in the text of the event",
    ),
];

const BEARER: &str = "needs a user's Bearer token";
const SECRET: &str = "needs a client secret and no bot token";
const NONE_THERE: &str = "the simulated Discord has none, so it is not found";
const GROUP_DM: &str = "bots are in no group DMs";

/// The routes that the scene does not call with success, and why.
pub(super) const NOT_ASKED: &[(&str, &str)] = &[
    ("DELETE /channels/{channel_id}/recipients/{user_id}", GROUP_DM),
    ("DELETE /guilds/{guild_id}/integrations/{integration_id}", NONE_THERE),
    ("DELETE /lobbies/{lobby_id}/members/@me", BEARER),
    ("DELETE /users/@me/applications/{application_id}/role-connection", BEARER),
    ("GET /applications/{application_id}/activity-instances/{instance_id}", NONE_THERE),
    ("GET /applications/{application_id}/guilds/{guild_id}/commands/{command_id}/permissions", NONE_THERE),
    ("GET /lobbies/{lobby_id}/messages", BEARER),
    ("GET /oauth2/@me", BEARER),
    ("GET /oauth2/userinfo", BEARER),
    ("GET /skus/{sku_id}/subscriptions/{subscription_id}", NONE_THERE),
    ("GET /users/@me/applications/{application_id}/entitlements", BEARER),
    ("GET /users/@me/applications/{application_id}/role-connection", BEARER),
    ("GET /users/@me/connections", BEARER),
    ("GET /users/@me/guilds/{guild_id}/member", BEARER),
    ("PATCH /guilds/{guild_id}/requests/{request_id}", NONE_THERE),
    ("PATCH /lobbies/{lobby_id}/channel-linking", BEARER),
    ("POST /lobbies/{lobby_id}/members/@me/invites", BEARER),
    ("POST /lobbies/{lobby_id}/messages", BEARER),
    ("POST /partner-sdk/provisional-accounts/unmerge", SECRET),
    ("POST /partner-sdk/token", SECRET),
    ("PUT /applications/{application_id}/guilds/{guild_id}/commands/{command_id}/permissions", BEARER),
    ("PUT /channels/{channel_id}/recipients/{user_id}", GROUP_DM),
    ("PUT /lobbies", BEARER),
    ("PUT /users/@me/applications/{application_id}/role-connection", BEARER),
];
