#![doc = include_str!("tour.md")]

mod address;
mod builder;
mod check;
mod client;
mod cut;
mod download;
mod duration;
mod env;
mod file;
mod form;
mod http;
mod image;
mod limiter;
mod limits;
mod message;
mod meter;
mod options;
mod pages;
mod probe;
mod request;
mod resource;
mod response;
mod route;
mod timeouts;
mod transport;
mod upload;

pub(crate) use address::{ApiAddress, DISCORD, with_version};
pub use builder::ClientBuilder;
pub use client::Client;
pub(crate) use cut::CutSwitch;
pub use download::{Download, DownloadReader, FileUrl};
pub(crate) use env::{ClientEnv, address_from_env};
pub(crate) use http::OnRefused;
#[cfg(feature = "__counts")]
#[doc(hidden)]
pub use http::counts::LimitedCall;
pub use image::ImageData;
pub(crate) use limits::{LimitKey, is_discord};
pub use message::{
    AllowedMentions, CreateMessage, CreatePoll, EditMessage, EditResponse, KeptAttachment, ThreadMessage,
};
pub use meter::{RateLimitHits, RestFailure, RestHealth, RouteHealth};
pub use pages::Pages;
pub(crate) use probe::NetworkFailure;
pub use resource::application::EditApplication;
pub use resource::audit_log::GetGuildAuditLog;
pub use resource::auto_moderation::{CreateAutoModerationRule, ModifyAutoModerationRule};
pub use resource::channel::{
    AddGroupDmRecipient, CreateChannelInvite, ForumTagOptions, ModifyChannel, ModifyGroupDm, ModifyThread,
};
pub use resource::command::{
    CommandBody, CommandChanges, CreateApplicationCommand, EditApplicationCommand, GetApplicationCommands,
};
pub use resource::emoji::{
    CreateApplicationEmoji, CreateGuildEmoji, ModifyApplicationEmoji, ModifyGuildEmoji,
};
pub use resource::entitlement::{EntitlementOwner, ListEntitlements};
pub use resource::guild::{
    ActionGuildJoinRequest, AddGuildMember, BeginGuildPrune, BulkGuildBan, ChannelPosition, CreateGuildBan,
    CreateGuildChannel, CreateGuildRole, GetGuildBans, GetGuildJoinRequests, GetGuildPruneCount,
    ListGuildMembers, ModifyCurrentMember, ModifyGuild, ModifyGuildIncidentActions, ModifyGuildMember,
    ModifyGuildOnboarding, ModifyGuildRole, ModifyGuildWelcomeScreen, ModifyGuildWidget, SearchGuildMembers,
};
pub use resource::guild_template::{CreateGuildTemplate, ModifyGuildTemplate};
pub use resource::interaction::{InteractionMessage, InteractionResponse, Modal};
pub use resource::invite::GetInvite;
pub use resource::lobby::{AddLobbyMember, CreateLobby, ModifyLobby, NewLobbyMember, UpdateLobbyMember};
pub use resource::partner_sdk::PartnerSdkToken;
pub use resource::poll::GetAnswerVoters;
pub use resource::scheduled_event::{
    CountGuildScheduledEventUsers, CreateGuildScheduledEvent, CreateGuildScheduledEventException,
    GetGuildScheduledEvent, ListGuildScheduledEventUsers, ModifyGuildScheduledEvent,
    UpdateGuildScheduledEventException,
};
pub use resource::soundboard::{
    CreateGuildSoundboardSound, ModifyGuildSoundboardSound, SendSoundboardSound, SoundData,
};
pub use resource::stage_instance::{CreateStageInstance, ModifyStageInstance};
pub use resource::sticker::{CreateGuildSticker, ModifyGuildSticker};
pub use resource::subscription::ListSkuSubscriptions;
pub use resource::thread::{
    GetThreadMember, ListArchivedThreads, ListJoinedArchivedThreads, ListThreadMembers, SearchThreads,
    StartThreadFromMessage, StartThreadInForum, StartThreadWithoutMessage,
};
pub use resource::user::{CreateGroupDm, GetCurrentUserGuilds, ModifyCurrentUser};
pub use resource::voice::{ModifyCurrentUserVoiceState, ModifyUserVoiceState};
pub use resource::webhook::{
    CreateWebhook, ExecuteWebhook, ModifyWebhook, ModifyWebhookWithToken, WebhookClient,
};
pub use timeouts::Timeouts;
pub use upload::Upload;

pub use resource::message::{
    GetChannelMessages, GetChannelPins, GetReactions, Purge, PurgeCounts, SearchGuildMessages,
};
