//! The data types of Discord's API: one file per page of its documentation.
//!
//! They are plain data. Fields have Discord's names, except that `type` is `kind`. If absent and `null` differ, the field
//! is a [`Maybe`].
//!
//! # Reading
//!
//! Reading is tolerant. Unknown fields are ignored, unknown enum values and flags are kept. A field that is missing, or that
//! has a value which this version cannot read, is `None`, or the default of its type: `false`, 0, an empty text, list or
//! timestamp, an ID of 0, or a user with the ID 0. An unreadable element of a [`List`] does not affect the others. Only what
//! identifies an object, such as its own `id`, can make it unreadable.
//!
//! [`collect_unreadable`] returns the values that could not be read, and [`unreadable_counts`] their numbers. Each name is
//! logged once.
//!
//! Values without a type, and objects of an unknown type, are kept as [`Raw`] JSON.
//!
//! The types can be fields of your own types that `serde_json` reads, also with `#[serde(flatten)]` and in enums of every
//! representation. Where Serde copies a value before it reads it, as for these two, half of a surrogate pair in a text is an
//! error of `serde_json`.
//!
//! ```
//! #[derive(serde::Deserialize)]
//! struct Stored {
//!     stored_at: u64,
//!     #[serde(flatten)]
//!     user: syncord::model::User,
//! }
//!
//! # fn main() -> Result<(), serde_json::Error> {
//! let stored: Stored = serde_json::from_str(r#"{"stored_at": 7, "id": "80351110224678912", "username": "mira"}"#)?;
//! assert_eq!((stored.stored_at, stored.user.username.as_str()), (7, "mira"));
//! # Ok(())
//! # }
//! ```
//!
//! # Writing
//!
//! An object that is read and written again has the same meaning, but not always the same text:
//!
//! * an optional field that is `null`, `false` or an empty list may be missing, and vice versa;
//! * a missing string or number may be written as `""` or 0;
//! * an ID or permissions sent as an integer are written as a string;
//! * the discriminator `0000` of a webhook is written as `0`;
//! * a number may lose its `.0`, and the order of fields may change;
//! * unknown fields are lost.

pub mod activity;
pub mod application;
pub mod application_role_connection;
pub mod audit_log;
pub mod auto_moderation;
pub mod cdn;
pub mod channel;
mod color;
pub mod command;
pub mod component;
pub mod connection;
pub(crate) mod duration;
pub mod embed;
pub mod emoji;
pub mod entitlement;
pub(crate) mod extra_field;
mod formatting;
pub mod gateway;
pub mod guild;
pub mod guild_template;
mod images;
pub mod interaction;
pub mod invite;
pub mod limits;
mod list;
pub mod lobby;
mod locale;
mod map;
mod maybe;
pub mod message;
pub mod oauth2;
pub(crate) mod open_enum;
pub mod permissions;
pub mod poll;
pub mod presence;
mod raw;
pub mod role;
pub mod scheduled_event;
mod secret;
pub mod sku;
pub mod soundboard;
pub mod stage_instance;
pub mod sticker;
pub mod subscription;
mod tagged;
pub mod team;
mod timestamp;
mod unix;
pub mod user;
pub mod voice;
pub mod webhook;
pub mod webhook_event;

pub use crate::json::{Unreadable, collect_unreadable, unreadable_counts, unreadable_parts};
pub use activity::{
    Activity, ActivityAssets, ActivityButton, ActivityFlags, ActivityParty, ActivitySecrets,
    ActivityTimestamps, ActivityType, StatusDisplayType,
};
pub use application::{
    ActivityInstance, ActivityLocation, ActivityLocationKind, Application, ApplicationFlags,
    ApplicationIntegrationType, EventWebhooksStatus, InstallParams, IntegrationTypeConfig,
    PartialApplication, WebhookEventType,
};
pub use application_role_connection::{RoleConnectionMetadata, RoleConnectionMetadataType};
pub use audit_log::{
    AuditLog, AuditLogChange, AuditLogEntry, AuditLogEvent, AuditLogOptions, AuditLogRole, AuditLogValue,
};
pub use auto_moderation::{
    AutoModerationAction, AutoModerationActionMetadata, AutoModerationActionType, AutoModerationEventType,
    AutoModerationKeywordPresetType, AutoModerationRule, AutoModerationTriggerMetadata,
    AutoModerationTriggerType,
};
pub use cdn::ImageUrl;
pub use channel::{
    Channel, ChannelFlags, ChannelType, DefaultReaction, FollowedChannel, ForumLayoutType, ForumTag,
    Overwrite, OverwriteType, SortOrderType, ThreadList, ThreadMember, ThreadMemberFlags, ThreadMetadata,
    ThreadSearchTagSetting, ThreadSortingMode, ThreadSortingOrder, VideoQualityMode,
};
pub use color::Color;
pub use command::{
    Command, CommandChoice, CommandOptionDefinition, CommandOptionType, CommandPermission,
    CommandPermissionType, CommandPermissions, CommandType, EntryPointHandlerType,
};
pub use component::{Component, ComponentType};
pub use connection::{Connection, ConnectionService, ConnectionVisibility};
pub use embed::{
    Embed, EmbedAuthor, EmbedField, EmbedFlags, EmbedFooter, EmbedMedia, EmbedMediaFlags, EmbedProvider,
    EmbedType,
};
pub use emoji::{Emoji, ReactionEmoji};
pub use entitlement::{Entitlement, EntitlementType};
pub(crate) use formatting::truncate_message;
pub use formatting::{
    DurationError, GuildNavigation, Mention, MessageLink, ReferenceError, TimestampStyle, escape_markdown,
    escape_mentions, find_mentions, find_message_links, find_timestamps, format_duration, format_timestamp,
    invite_code, markdown, message_link, parse_duration, parse_timestamp, split_message, split_text,
    strip_markdown,
};
pub use gateway::{Gateway, GatewayBot, SessionStartLimit};
pub use guild::{
    ActiveThreads, Ban, BulkBan, DefaultMessageNotificationLevel, ExplicitContentFilterLevel, Guild,
    GuildFeature, GuildPreview, GuildWidget, GuildWidgetSettings, IncidentsData, Integration,
    IntegrationAccount, IntegrationApplication, IntegrationExpireBehavior, JoinRequest, JoinRequestField,
    JoinRequestFieldType, JoinRequestStatus, JoinRequests, Member, MemberFlags, MfaLevel, NewMemberAction,
    NewMemberActionType, NewMemberWelcome, NsfwLevel, Onboarding, OnboardingMode, OnboardingPrompt,
    OnboardingPromptType, PartialGuild, PartialMember, PremiumTier, PromptOption, ResourceChannel,
    SystemChannelFlags, UnavailableGuild, VanityUrl, VanityUrlError, VerificationLevel, WelcomeMessage,
    WelcomeScreen, WelcomeScreenChannel, WidgetActivity, WidgetChannel, WidgetMember, WidgetStyle,
};
pub use guild_template::{GuildTemplate, TemplateGuild};
pub use interaction::{
    CommandData, CommandOption, ComponentData, IntegrationOwners, Interaction, InteractionCallback,
    InteractionCallbackResource, InteractionCallbackResponse, InteractionCallbackType,
    InteractionContextType, InteractionData, InteractionType, ModalComponent, ModalData, OptionValue,
    Resolved,
};
pub use invite::{
    GuildInviteFlags, Invite, InviteStageInstance, InviteTargetType, InviteTargetUsersJob,
    InviteTargetUsersJobStatus, InviteType,
};
pub use list::List;
pub use lobby::{Lobby, LobbyInvite, LobbyMember, LobbyMemberFlags, LobbyMessage};
pub use locale::Locale;
pub use map::Map;
pub use maybe::Maybe;
pub use message::{
    Attachment, AttachmentFlags, BaseTheme, ChannelMention, InteractionMetadata, Message, MessageActivity,
    MessageActivityType, MessageCall, MessageFlags, MessageInteraction, MessagePin, MessagePins,
    MessageReference, MessageReferenceType, MessageSearch, MessageSnapshot, MessageType, Nonce, Reaction,
    ReactionCountDetails, ReactionType, RoleSubscriptionData, SearchAuthorType, SearchEmbedType, SearchHas,
    SearchSortMode, SearchSortOrder, SharedClientTheme, SnapshotMessage, UserMention,
};
pub use oauth2::{ProvisionalToken, PublicKey, PublicKeys};
pub use permissions::Permissions;
pub use poll::{
    Poll, PollAnswer, PollAnswerCount, PollLayoutType, PollMedia, PollResult, PollResults, PollVoters,
};
pub use presence::{ClientStatus, Presence, Status};
pub use raw::Raw;
pub use role::{Role, RoleColors, RoleFlags, RoleMemberCounts, RoleTags};
pub use scheduled_event::{
    RecurrenceFrequency, RecurrenceMonth, RecurrenceNWeekday, RecurrenceRule, RecurrenceWeekday,
    ScheduledEvent, ScheduledEventEntityType, ScheduledEventException, ScheduledEventMetadata,
    ScheduledEventPrivacyLevel, ScheduledEventStatus, ScheduledEventUser, ScheduledEventUserCounts,
    ScheduledEventUserResponse,
};
pub use secret::Secret;
pub use sku::{Sku, SkuFlags, SkuType};
pub use soundboard::SoundboardSound;
pub use stage_instance::{StageInstance, StagePrivacyLevel};
pub use sticker::{Sticker, StickerFormatType, StickerItem, StickerPack, StickerType};
pub use subscription::{Subscription, SubscriptionStatus};
pub use team::{Team, TeamMember, TeamMemberRole, TeamMembershipState};
pub(crate) use timestamp::ExactTime;
pub use timestamp::Timestamp;
pub use unix::{UnixMillis, UnixSeconds};
pub use user::{AvatarDecorationData, Collectibles, Nameplate, PremiumType, PrimaryGuild, User, UserFlags};
pub use voice::{VoiceRegion, VoiceState};
pub use webhook::{Webhook, WebhookChannel, WebhookType};
pub use webhook_event::{
    ApplicationAuthorized, ApplicationDeauthorized, GameDirectMessage, LobbyMessageDelete, WebhookEvent,
    WebhookEventData, WebhookEventPayload, WebhookEventPayloadType,
};
