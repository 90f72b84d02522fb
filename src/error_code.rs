//! The error codes of Discord's REST API, with what they mean and what to do about them.

use std::fmt;

/// One row per code, in ascending order: the code, its name, its meaning.
macro_rules! codes {
    ($($code:literal $name:ident: $meaning:literal,)+) => {
        impl JsonErrorCode {
            $(
                #[doc = concat!($meaning, " (", $code, ").")]
                pub const $name: JsonErrorCode = JsonErrorCode($code);
            )+
        }

        const TABLE: &[Row] = &[$(Row { code: $code, name: stringify!($name), meaning: $meaning },)+];
    };
}

/// An error code of Discord's REST API, as in the `code` field of an error response.
///
/// Every number is a code. The constants are the codes that Discord documents. Discord gives them a meaning but no
/// name, so the names are made from the meaning.
///
/// See [JSON error codes](https://docs.discord.com/developers/topics/opcodes-and-status-codes#json-json-error-codes). A few
/// codes of provisional accounts are only in
/// [their own pages](https://docs.discord.com/developers/discord-social-sdk/development-guides/provisional-accounts/overview).
///
/// ```
/// use syncord::JsonErrorCode;
///
/// let code = JsonErrorCode(50013);
/// assert_eq!(code, JsonErrorCode::MISSING_PERMISSIONS);
/// assert_eq!(code.meaning(), Some("You lack permissions to perform that action"));
/// assert!(code.hint().is_some_and(|hint| hint.contains("role")));
/// ```
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct JsonErrorCode(pub u32);

struct Row {
    code: u32,
    name: &'static str,
    meaning: &'static str,
}

impl JsonErrorCode {
    /// All codes that Discord documents, in ascending order.
    pub fn all() -> impl Iterator<Item = JsonErrorCode> {
        TABLE.iter().map(|row| JsonErrorCode(row.code))
    }

    /// The name of the constant, if the code is documented.
    pub fn name(self) -> Option<&'static str> {
        self.row().map(|row| row.name)
    }

    /// What the code means in Discord's words, if it is documented.
    pub fn meaning(self) -> Option<&'static str> {
        self.row().map(|row| row.meaning)
    }

    /// What to do about the error, for the codes that bots meet most.
    pub fn hint(self) -> Option<&'static str> {
        Some(match self {
            Self::UNKNOWN_CHANNEL => "the channel was deleted, or the ID is not that of a channel",
            Self::UNKNOWN_GUILD => "the bot is not in this guild, or the ID is not that of a guild",
            Self::UNKNOWN_MEMBER => "the user is not in this guild",
            Self::UNKNOWN_MESSAGE => "the message was deleted, or it is in another channel",
            Self::UNKNOWN_ROLE => "the role was deleted, or it belongs to another guild",
            Self::UNKNOWN_USER => "the ID is not that of a user",
            Self::UNKNOWN_EMOJI => {
                "the emoji was deleted, or the bot may not use it: it must belong to the bot's application or to a \
                 guild that the bot is in"
            }
            Self::UNKNOWN_WEBHOOK => {
                "the webhook was deleted: create another one; for an interaction: it has no response yet, or its token \
                 has expired"
            }
            Self::INVALID_WEBHOOK_TOKEN => {
                "the webhook's token is wrong; the token of an interaction expires after 15 minutes"
            }
            Self::UNKNOWN_INTERACTION => {
                "the first response to an interaction must arrive within 3 seconds: respond or defer earlier"
            }
            Self::INTERACTION_ALREADY_ACKNOWLEDGED => {
                "an interaction takes one first response: edit that, or send a follow-up message; if the program sent \
                 none, another process with the same token did"
            }
            Self::MAX_FOLLOW_UP_MESSAGES => "edit an earlier response, or send an ordinary message",
            Self::UNKNOWN_APPLICATION_COMMAND => "the command was deleted: register it again",
            Self::MAX_APPLICATION_COMMANDS => "delete commands that are not used any more",
            Self::MAX_DAILY_APPLICATION_COMMAND_CREATES => {
                "wait until tomorrow, and change existing commands instead of creating them again"
            }
            Self::MISSING_ACCESS => {
                "the bot must be in the guild and see the channel (VIEW_CHANNEL); commands of a guild need the scope \
                 applications.commands in the bot's invite"
            }
            Self::MISSING_PERMISSIONS => {
                "give the bot's role the permission that this call needs, and check the channel's overwrites; roles and \
                 members can be changed only below the bot's highest role"
            }
            Self::CANNOT_SEND_MESSAGES_TO_THIS_USER => {
                "the user does not accept direct messages from the bot: write in a channel of the guild instead"
            }
            Self::NO_MUTUAL_GUILDS => "the bot can send direct messages only to users of its guilds",
            Self::OPENING_DIRECT_MESSAGES_TOO_FAST => {
                "wait before opening more direct messages, and keep the channel of those that are open"
            }
            Self::CANNOT_SEND_EMPTY_MESSAGE => {
                "set a text, an embed, a component, a sticker, a poll or a file"
            }
            Self::CANNOT_EDIT_MESSAGE_OF_ANOTHER_USER => "a bot can edit only its own messages",
            Self::MESSAGE_TOO_OLD_TO_BULK_DELETE => "delete messages older than 14 days one by one",
            Self::MESSAGE_BLOCKED_BY_AUTO_MODERATION | Self::TITLE_BLOCKED_BY_AUTO_MODERATION => {
                "change the text, or exempt a role of the bot from the guild's AutoMod rule"
            }
            Self::MESSAGE_BLOCKED_BY_HARMFUL_LINKS_FILTER => "remove the link",
            Self::REQUEST_ENTITY_TOO_LARGE | Self::FILE_TOO_LARGE => {
                "send smaller files: the limit is 10 MiB, and higher in boosted guilds"
            }
            Self::UNAUTHORIZED | Self::INVALID_AUTHENTICATION_TOKEN => {
                "copy the token again from the Bot page of https://discord.com/developers/applications"
            }
            Self::ACCOUNT_VERIFICATION_REQUIRED => {
                "the account is restricted: its owner must verify it (email or phone) or contact Discord's support"
            }
            Self::TWO_FACTOR_REQUIRED => {
                "the guild requires two-factor authentication of moderators: the owner of the bot must enable it"
            }
            Self::THREAD_ARCHIVED => "unarchive the thread first",
            Self::THREAD_LOCKED => "unlock the thread first, which needs MANAGE_THREADS",
            Self::CANNOT_REPLY_WITHOUT_MESSAGE_HISTORY => {
                "give the bot READ_MESSAGE_HISTORY in the channel, or send the message without a reply"
            }
            Self::INDEX_NOT_YET_AVAILABLE => {
                "Discord is still building the search index: try again a few seconds later"
            }
            Self::BLOCKED_BY_CLOUDFLARE => {
                "Cloudflare blocked the request: check the proxy, if there is one, or try from another address"
            }
            _ => return None,
        })
    }

    /// Whether the same call may work later with nothing changed, whatever its HTTP status.
    pub fn is_temporary(self) -> bool {
        matches!(
            self,
            Self::INDEX_NOT_YET_AVAILABLE
                | Self::APPLICATION_NOT_YET_AVAILABLE
                | Self::API_RESOURCE_OVERLOADED
                | Self::SERVICE_RESOURCE_RATE_LIMITED
                | Self::SENDING_MESSAGES_TEMPORARILY_DISABLED
                | Self::FEATURE_TEMPORARILY_DISABLED
                | Self::FAILED_TO_GENERATE_USERNAME
        )
    }

    fn row(self) -> Option<&'static Row> {
        let place = TABLE.binary_search_by_key(&self.0, |row| row.code).ok()?;
        TABLE.get(place)
    }
}

impl fmt::Display for JsonErrorCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)?;
        match self.row() {
            Some(row) => write!(f, " {}: {}", row.name, row.meaning),
            None => Ok(()),
        }
    }
}

impl fmt::Debug for JsonErrorCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.name() {
            Some(name) => f.write_str(name),
            None => write!(f, "JsonErrorCode({})", self.0),
        }
    }
}

codes! {
    0 GENERAL_ERROR: "General error (such as a malformed request body, amongst other things)",
    10001 UNKNOWN_ACCOUNT: "Unknown account",
    10002 UNKNOWN_APPLICATION: "Unknown application",
    10003 UNKNOWN_CHANNEL: "Unknown channel",
    10004 UNKNOWN_GUILD: "Unknown guild",
    10005 UNKNOWN_INTEGRATION: "Unknown integration",
    10006 UNKNOWN_INVITE: "Unknown invite",
    10007 UNKNOWN_MEMBER: "Unknown member",
    10008 UNKNOWN_MESSAGE: "Unknown message",
    10009 UNKNOWN_PERMISSION_OVERWRITE: "Unknown permission overwrite",
    10010 UNKNOWN_PROVIDER: "Unknown provider",
    10011 UNKNOWN_ROLE: "Unknown role",
    10012 UNKNOWN_TOKEN: "Unknown token",
    10013 UNKNOWN_USER: "Unknown user",
    10014 UNKNOWN_EMOJI: "Unknown emoji",
    10015 UNKNOWN_WEBHOOK: "Unknown webhook",
    10016 UNKNOWN_WEBHOOK_SERVICE: "Unknown webhook service",
    10020 UNKNOWN_SESSION: "Unknown session",
    10021 UNKNOWN_ASSET: "Unknown Asset",
    10026 UNKNOWN_BAN: "Unknown ban",
    10027 UNKNOWN_SKU: "Unknown SKU",
    10028 UNKNOWN_STORE_LISTING: "Unknown Store Listing",
    10029 UNKNOWN_ENTITLEMENT: "Unknown entitlement",
    10030 UNKNOWN_BUILD: "Unknown build",
    10031 UNKNOWN_LOBBY: "Unknown lobby",
    10032 UNKNOWN_BRANCH: "Unknown branch",
    10033 UNKNOWN_STORE_DIRECTORY_LAYOUT: "Unknown store directory layout",
    10036 UNKNOWN_REDISTRIBUTABLE: "Unknown redistributable",
    10038 UNKNOWN_GIFT_CODE: "Unknown gift code",
    10049 UNKNOWN_STREAM: "Unknown stream",
    10050 UNKNOWN_PREMIUM_SERVER_SUBSCRIBE_COOLDOWN: "Unknown premium server subscribe cooldown",
    10057 UNKNOWN_GUILD_TEMPLATE: "Unknown guild template",
    10059 UNKNOWN_DISCOVERABLE_SERVER_CATEGORY: "Unknown discoverable server category",
    10060 UNKNOWN_STICKER: "Unknown sticker",
    10061 UNKNOWN_STICKER_PACK: "Unknown sticker pack",
    10062 UNKNOWN_INTERACTION: "Unknown interaction",
    10063 UNKNOWN_APPLICATION_COMMAND: "Unknown application command",
    10065 UNKNOWN_VOICE_STATE: "Unknown voice state",
    10066 UNKNOWN_APPLICATION_COMMAND_PERMISSIONS: "Unknown application command permissions",
    10067 UNKNOWN_STAGE_INSTANCE: "Unknown Stage Instance",
    10068 UNKNOWN_GUILD_MEMBER_VERIFICATION_FORM: "Unknown Guild Member Verification Form",
    10069 UNKNOWN_GUILD_WELCOME_SCREEN: "Unknown Guild Welcome Screen",
    10070 UNKNOWN_GUILD_SCHEDULED_EVENT: "Unknown Guild Scheduled Event",
    10071 UNKNOWN_GUILD_SCHEDULED_EVENT_USER: "Unknown Guild Scheduled Event User",
    10087 UNKNOWN_TAG: "Unknown Tag",
    10097 UNKNOWN_SOUND: "Unknown sound",
    10124 UNKNOWN_INVITE_TARGET_USERS_JOB: "Unknown invite target users job (invite exists but has no target users)",
    10129 UNKNOWN_INVITE_TARGET_USERS: "Unknown invite target users (invite exists but has no target users)",
    20001 BOTS_CANNOT_USE_THIS_ENDPOINT: "Bots cannot use this endpoint",
    20002 ONLY_BOTS_CAN_USE_THIS_ENDPOINT: "Only bots can use this endpoint",
    20009 EXPLICIT_CONTENT_CANNOT_BE_SENT: "Explicit content cannot be sent to the desired recipient(s)",
    20012 NOT_AUTHORIZED_ON_APPLICATION: "You are not authorized to perform this action on this application",
    20015 PREMIUM_SUBSCRIPTION_REQUIRED: "This action requires a premium subscription",
    20016 SLOWMODE_RATE_LIMIT: "This action cannot be performed due to slowmode rate limit",
    20018 ONLY_ACCOUNT_OWNER: "Only the owner of this account can perform this action",
    20022 ANNOUNCEMENT_EDIT_RATE_LIMIT: "This message cannot be edited due to announcement rate limits",
    20024 UNDER_MINIMUM_AGE: "Under minimum age",
    20028 CHANNEL_WRITE_RATE_LIMIT: "The write rate limit of the channel is reached",
    20029 GUILD_WRITE_RATE_LIMIT: "The write rate limit of the server is reached",
    20031 STAGE_TOPIC_OR_NAME_NOT_ALLOWED: "The stage topic, server name, server description or a channel name contains words that are not allowed",
    20035 GUILD_PREMIUM_LEVEL_TOO_LOW: "Guild premium subscription level too low",
    30001 MAX_GUILDS: "Maximum number of guilds reached (100)",
    30002 MAX_FRIENDS: "Maximum number of friends reached (1000)",
    30003 MAX_PINS: "Maximum number of pins reached for the channel (250)",
    30004 MAX_RECIPIENTS: "Maximum number of recipients reached (10)",
    30005 MAX_ROLES: "Maximum number of guild roles reached (250)",
    30007 MAX_WEBHOOKS: "Maximum number of webhooks reached (15)",
    30008 MAX_EMOJIS: "Maximum number of emojis reached",
    30010 MAX_REACTIONS: "Maximum number of reactions reached (20)",
    30011 MAX_GROUP_DMS: "Maximum number of group DMs reached (10)",
    30013 MAX_CHANNELS: "Maximum number of guild channels reached (500)",
    30015 MAX_ATTACHMENTS: "Maximum number of attachments in a message reached (10)",
    30016 MAX_INVITES: "Maximum number of invites reached (1000)",
    30018 MAX_ANIMATED_EMOJIS: "Maximum number of animated emojis reached",
    30019 MAX_MEMBERS: "Maximum number of server members reached",
    30030 MAX_CATEGORIES: "Maximum number of server categories has been reached (5)",
    30031 GUILD_ALREADY_HAS_TEMPLATE: "Guild already has a template",
    30032 MAX_APPLICATION_COMMANDS: "Maximum number of application commands reached",
    30033 MAX_THREAD_PARTICIPANTS: "Maximum number of thread participants has been reached (1000)",
    30034 MAX_DAILY_APPLICATION_COMMAND_CREATES: "Maximum number of daily application command creates has been reached (200)",
    30035 MAX_NON_MEMBER_BANS: "Maximum number of bans for non-guild members have been exceeded",
    30037 MAX_BAN_FETCHES: "Maximum number of bans fetches has been reached",
    30038 MAX_GUILD_SCHEDULED_EVENTS: "Maximum number of uncompleted guild scheduled events reached (100)",
    30039 MAX_STICKERS: "Maximum number of stickers reached",
    30040 MAX_PRUNE_REQUESTS: "Maximum number of prune requests has been reached. Try again later",
    30042 MAX_WIDGET_SETTINGS_UPDATES: "Maximum number of guild widget settings updates has been reached. Try again later",
    30045 MAX_SOUNDBOARD_SOUNDS: "Maximum number of soundboard sounds reached",
    30046 MAX_OLD_MESSAGE_EDITS: "Maximum number of edits to messages older than 1 hour reached. Try again later",
    30047 MAX_PINNED_FORUM_THREADS: "Maximum number of pinned threads in a forum channel has been reached",
    30048 MAX_FORUM_TAGS: "Maximum number of tags in a forum channel has been reached",
    30052 BITRATE_TOO_HIGH: "Bitrate is too high for channel of this type",
    30056 MAX_PREMIUM_EMOJIS: "Maximum number of premium emojis reached (25)",
    30058 MAX_WEBHOOKS_PER_GUILD: "Maximum number of webhooks per guild reached (1000)",
    30060 MAX_PERMISSION_OVERWRITES: "Maximum number of channel permission overwrites reached (1000)",
    30061 GUILD_CHANNELS_TOO_LARGE: "The channels for this guild are too large",
    40001 UNAUTHORIZED: "Unauthorized. Provide a valid token and try again",
    40002 ACCOUNT_VERIFICATION_REQUIRED: "You need to verify your account in order to perform this action",
    40003 OPENING_DIRECT_MESSAGES_TOO_FAST: "You are opening direct messages too fast",
    40004 SENDING_MESSAGES_TEMPORARILY_DISABLED: "Send messages has been temporarily disabled",
    40005 REQUEST_ENTITY_TOO_LARGE: "Request entity too large. Try sending something smaller in size",
    40006 FEATURE_TEMPORARILY_DISABLED: "This feature has been temporarily disabled server-side",
    40007 USER_BANNED_FROM_GUILD: "The user is banned from this guild",
    40009 ONLY_ONE_PARENT_ID_CHANGE: "Only one channel can have a parent_id modified at a time",
    40012 CONNECTION_REVOKED: "Connection has been revoked",
    40018 ONLY_CONSUMABLE_SKUS: "Only consumable SKUs can be consumed",
    40019 ONLY_SANDBOX_ENTITLEMENTS_CAN_BE_DELETED: "You can only delete sandbox entitlements",
    40032 USER_NOT_CONNECTED_TO_VOICE: "Target user is not connected to voice",
    40033 MESSAGE_ALREADY_CROSSPOSTED: "This message has already been crossposted",
    40041 APPLICATION_COMMAND_NAME_EXISTS: "An application command with that name already exists",
    40043 APPLICATION_INTERACTION_FAILED: "Application interaction failed to send",
    40058 CANNOT_SEND_MESSAGE_IN_FORUM_CHANNEL: "Cannot send a message in a forum channel",
    40060 INTERACTION_ALREADY_ACKNOWLEDGED: "Interaction has already been acknowledged",
    40061 TAG_NAMES_MUST_BE_UNIQUE: "Tag names must be unique",
    40062 SERVICE_RESOURCE_RATE_LIMITED: "Service resource is being rate limited",
    40066 NO_TAGS_FOR_NON_MODERATORS: "There are no tags available that can be set by non-moderators",
    40067 FORUM_TAG_REQUIRED: "A tag is required to create a forum post in this channel",
    40074 ENTITLEMENT_ALREADY_GRANTED: "An entitlement has already been granted for this resource",
    40094 MAX_FOLLOW_UP_MESSAGES: "This interaction has hit the maximum number of follow up messages",
    40333 BLOCKED_BY_CLOUDFLARE: "Cloudflare blocks the request, often because of the `User-Agent` header",
    50001 MISSING_ACCESS: "Missing access",
    50002 INVALID_ACCOUNT_TYPE: "Invalid account type",
    50003 CANNOT_EXECUTE_ON_DM_CHANNEL: "Cannot execute action on a DM channel",
    50004 GUILD_WIDGET_DISABLED: "Guild widget disabled",
    50005 CANNOT_EDIT_MESSAGE_OF_ANOTHER_USER: "Cannot edit a message authored by another user",
    50006 CANNOT_SEND_EMPTY_MESSAGE: "Cannot send an empty message",
    50007 CANNOT_SEND_MESSAGES_TO_THIS_USER: "Cannot send messages to this user",
    50008 CANNOT_SEND_MESSAGES_IN_NON_TEXT_CHANNEL: "Cannot send messages in a non-text channel",
    50009 CHANNEL_VERIFICATION_LEVEL_TOO_HIGH: "Channel verification level is too high for you to gain access",
    50010 APPLICATION_HAS_NO_BOT: "OAuth2 application does not have a bot",
    50011 OAUTH2_APPLICATION_LIMIT: "OAuth2 application limit reached",
    50012 INVALID_OAUTH2_STATE: "Invalid OAuth2 state",
    50013 MISSING_PERMISSIONS: "You lack permissions to perform that action",
    50014 INVALID_AUTHENTICATION_TOKEN: "Invalid authentication token provided",
    50015 NOTE_TOO_LONG: "Note was too long",
    50016 INVALID_BULK_DELETE_COUNT: "Too few or too many messages to delete: at least 2 and fewer than 100",
    50017 INVALID_MFA_LEVEL: "Invalid MFA Level",
    50019 PIN_ONLY_IN_ORIGINAL_CHANNEL: "A message can only be pinned to the channel it was sent in",
    50020 INVALID_OR_TAKEN_INVITE_CODE: "Invite code was either invalid or taken",
    50021 CANNOT_EXECUTE_ON_SYSTEM_MESSAGE: "Cannot execute action on a system message",
    50024 CANNOT_EXECUTE_ON_THIS_CHANNEL_TYPE: "Cannot execute action on this channel type",
    50025 INVALID_OAUTH2_ACCESS_TOKEN: "Invalid OAuth2 access token provided",
    50026 MISSING_OAUTH2_SCOPE: "Missing required OAuth2 scope",
    50027 INVALID_WEBHOOK_TOKEN: "Invalid webhook token provided",
    50028 INVALID_ROLE: "Invalid role",
    50033 INVALID_RECIPIENTS: "Invalid Recipient(s)",
    50034 MESSAGE_TOO_OLD_TO_BULK_DELETE: "A message provided was too old to bulk delete",
    50035 INVALID_FORM_BODY: "Invalid form body (JSON or multipart), or invalid `Content-Type`",
    50036 INVITE_TO_GUILD_WITHOUT_BOT: "An invite was accepted to a guild the application's bot is not in",
    50039 INVALID_ACTIVITY_ACTION: "Invalid Activity Action",
    50041 INVALID_API_VERSION: "Invalid API version provided",
    50045 FILE_TOO_LARGE: "File uploaded exceeds the maximum size",
    50046 INVALID_FILE: "Invalid file uploaded",
    50054 CANNOT_SELF_REDEEM_GIFT: "Cannot self-redeem this gift",
    50055 INVALID_GUILD: "Invalid Guild",
    50057 INVALID_SKU: "Invalid SKU",
    50067 INVALID_REQUEST_ORIGIN: "Invalid request origin",
    50068 INVALID_MESSAGE_TYPE: "Invalid message type",
    50070 PAYMENT_SOURCE_REQUIRED: "Payment source required to redeem gift",
    50073 CANNOT_MODIFY_A_SYSTEM_WEBHOOK: "Cannot modify a system webhook",
    50074 CANNOT_DELETE_COMMUNITY_CHANNEL: "Cannot delete a channel required for Community guilds",
    50080 CANNOT_EDIT_STICKERS_IN_MESSAGE: "Cannot edit stickers within a message",
    50081 INVALID_STICKER: "Invalid sticker sent",
    50083 THREAD_ARCHIVED: "The thread is archived, so its messages and members cannot be changed",
    50084 INVALID_THREAD_NOTIFICATION_SETTINGS: "Invalid thread notification settings",
    50085 BEFORE_EARLIER_THAN_THREAD_CREATION: "`before` value is earlier than the thread creation date",
    50086 COMMUNITY_CHANNELS_MUST_BE_TEXT: "Community server channels must be text channels",
    50091 EVENT_ENTITY_TYPE_MISMATCH: "The entity type of the event differs from the entity the event is started for",
    50095 GUILD_NOT_AVAILABLE_IN_LOCATION: "This server is not available in your location",
    50097 GUILD_MONETIZATION_REQUIRED: "This server needs monetization enabled in order to perform this action",
    50101 GUILD_BOOSTS_REQUIRED: "This server needs more boosts to perform this action",
    50109 INVALID_JSON: "The request body contains invalid JSON",
    50110 PROVIDED_FILE_INVALID: "The provided file is invalid",
    50123 PROVIDED_FILE_TYPE_INVALID: "The provided file type is invalid",
    50124 PROVIDED_FILE_TOO_LONG: "The provided file duration exceeds maximum of 5.2 seconds",
    50131 OWNER_CANNOT_BE_PENDING: "Owner cannot be pending member",
    50132 OWNERSHIP_CANNOT_BE_TRANSFERRED_TO_BOT: "Ownership cannot be transferred to a bot user",
    50138 FAILED_TO_RESIZE_ASSET: "Failed to resize asset below the maximum size: 262144",
    50144 CANNOT_MIX_SUBSCRIPTION_ROLES_FOR_EMOJI: "Cannot mix subscription and non subscription roles for an emoji",
    50145 CANNOT_CONVERT_PREMIUM_EMOJI: "Cannot convert between premium emoji and normal emoji",
    50146 UPLOADED_FILE_NOT_FOUND: "Uploaded file not found",
    50151 INVALID_EMOJI: "The specified emoji is invalid",
    50159 VOICE_MESSAGE_WITH_OTHER_CONTENT: "Voice messages do not support additional content",
    50160 VOICE_MESSAGE_NEEDS_ONE_AUDIO_ATTACHMENT: "Voice messages must have a single audio attachment",
    50161 VOICE_MESSAGE_NEEDS_METADATA: "Voice messages must have supporting metadata",
    50162 VOICE_MESSAGE_CANNOT_BE_EDITED: "Voice messages cannot be edited",
    50163 CANNOT_DELETE_GUILD_SUBSCRIPTION_INTEGRATION: "Cannot delete guild subscription integration",
    50167 CANNOT_SEND_VOICE_EFFECT: "Cannot send voice effect when user is server muted, deafened, or suppressed",
    50173 CANNOT_SEND_VOICE_MESSAGES: "You cannot send voice messages in this channel",
    50178 USER_ACCOUNT_NOT_VERIFIED: "The user account must first be verified",
    50192 PROVIDED_FILE_HAS_NO_VALID_DURATION: "The provided file does not have a valid duration",
    50229 INVALID_USER_TYPE: "The user account is provisional and cannot be unmerged",
    50278 NO_MUTUAL_GUILDS: "Cannot send messages to this user due to having no mutual guilds",
    50600 CANNOT_SEND_THIS_STICKER: "You do not have permission to send this sticker",
    60003 TWO_FACTOR_REQUIRED: "Two factor is required for this operation",
    80004 NO_USERS_WITH_DISCORD_TAG: "No users with DiscordTag exist",
    90001 REACTION_WAS_BLOCKED: "Reaction was blocked",
    90002 CANNOT_USE_BURST_REACTIONS: "User cannot use burst reactions",
    110000 INDEX_NOT_YET_AVAILABLE: "Index not yet available. Try again later",
    110001 APPLICATION_NOT_YET_AVAILABLE: "Application not yet available. Try again later",
    130000 API_RESOURCE_OVERLOADED: "API resource is currently overloaded. Try again a little later",
    150006 STAGE_ALREADY_OPEN: "The Stage is already open",
    160002 CANNOT_REPLY_WITHOUT_MESSAGE_HISTORY: "Cannot reply without permission to read message history",
    160004 THREAD_ALREADY_CREATED_FOR_MESSAGE: "A thread has already been created for this message",
    160005 THREAD_LOCKED: "Thread is locked",
    160006 MAX_ACTIVE_THREADS: "Maximum number of active threads reached",
    160007 MAX_ACTIVE_ANNOUNCEMENT_THREADS: "Maximum number of active announcement threads reached",
    160014 CANNOT_FORWARD_UNREADABLE_MESSAGE: "You cannot forward a message whose content you cannot read",
    170001 INVALID_LOTTIE_JSON: "Invalid JSON for uploaded Lottie file",
    170002 LOTTIE_CONTAINS_RASTERIZED_IMAGES: "Uploaded Lotties cannot contain rasterized images such as PNG or JPEG",
    170003 STICKER_MAX_FRAMERATE_EXCEEDED: "Sticker maximum framerate exceeded",
    170004 STICKER_MAX_FRAMES_EXCEEDED: "Sticker frame count exceeds maximum of 1000 frames",
    170005 LOTTIE_MAX_DIMENSIONS_EXCEEDED: "Lottie animation maximum dimensions exceeded",
    170006 STICKER_FRAME_RATE_OUT_OF_RANGE: "Sticker frame rate is either too small or too large",
    170007 STICKER_ANIMATION_TOO_LONG: "Sticker animation duration exceeds maximum of 5 seconds",
    180000 CANNOT_UPDATE_FINISHED_EVENT: "Cannot update a finished event",
    180002 FAILED_TO_CREATE_STAGE_FOR_EVENT: "Failed to create stage needed for stage event",
    200000 MESSAGE_BLOCKED_BY_AUTO_MODERATION: "Message was blocked by automatic moderation",
    200001 TITLE_BLOCKED_BY_AUTO_MODERATION: "Title was blocked by automatic moderation",
    220001 WEBHOOK_FORUM_NEEDS_THREAD: "Webhooks posted to forum channels must have a thread_name or thread_id",
    220002 WEBHOOK_FORUM_HAS_THREAD_NAME_AND_ID: "Webhooks posted to forum channels cannot have both a thread_name and thread_id",
    220003 WEBHOOK_THREADS_ONLY_IN_FORUMS: "Webhooks can only create threads in forum channels",
    220004 WEBHOOK_SERVICES_NOT_IN_FORUMS: "Webhook services cannot be used in forum channels",
    240000 MESSAGE_BLOCKED_BY_HARMFUL_LINKS_FILTER: "Message blocked by harmful links filter",
    340015 JOINING_NEW_GUILDS_LIMITED: "Access to joining new servers has been limited for the user",
    350000 CANNOT_ENABLE_ONBOARDING: "Cannot enable onboarding, requirements are not met",
    350001 CANNOT_UPDATE_ONBOARDING: "Cannot update onboarding while below requirements",
    400001 FILE_UPLOADS_LIMITED_FOR_GUILD: "Access to file uploads has been limited for this guild",
    500000 FAILED_TO_BAN_USERS: "Failed to ban users",
    520000 POLL_VOTING_BLOCKED: "Poll voting blocked",
    520001 POLL_EXPIRED: "Poll expired",
    520002 INVALID_CHANNEL_TYPE_FOR_POLL: "Invalid channel type for poll creation",
    520003 CANNOT_EDIT_POLL_MESSAGE: "Cannot edit a poll message",
    520004 CANNOT_USE_POLL_EMOJI: "Cannot use an emoji included with the poll",
    520006 CANNOT_EXPIRE_NON_POLL_MESSAGE: "Cannot expire a non-poll message",
    530000 PROVISIONAL_ACCOUNTS_NOT_GRANTED: "The application has no permission to use provisional accounts",
    530001 ID_TOKEN_EXPIRED: "The ID token (JWT) is expired",
    530002 ID_TOKEN_ISSUER_MISMATCH: "The issuer of the ID token (JWT) does not match the configured one",
    530003 ID_TOKEN_AUDIENCE_MISMATCH: "The audience of the ID token (JWT) does not match the one in the OIDC configuration",
    530004 ID_TOKEN_TOO_OLD: "The ID token was issued more than a week ago",
    530006 FAILED_TO_GENERATE_USERNAME: "Discord failed to generate a unique username in time; a retry should succeed",
    530007 INVALID_CLIENT_SECRET: "The client secret is invalid",
    530008 OIDC_CONFIGURATION_NOT_FOUND: "The OIDC configuration was not found",
    530009 OIDC_KEYS_NOT_FOUND: "The keys (JWKS) of the OIDC configuration were not found",
    530010 USER_NOT_PROVISIONAL: "The user account is not provisional and must be authorized with OAuth2",
    530014 INVALID_MERGE_SOURCE: "The account to merge is not provisional",
    530016 INVALID_MERGE_DESTINATION: "The account to merge into is provisional",
    530017 MERGE_SOURCE_BANNED: "The provisional account to merge is banned",
    530020 INVALID_ID_TOKEN: "The ID token (JWT) is invalid",
    530023 TOO_MANY_APPLICATION_IDENTITIES: "The user already has an external identity for the application",
    530027 ID_TOKEN_WITHOUT_KEY_ID: "The header of the ID token (JWT) has no `kid`",
}
