#![doc = include_str!("tour.md")]

mod answer;
mod application;
mod application_role_connection;
mod audit_log;
mod auto_moderation;
mod builder;
mod channel;
mod check;
mod command;
mod emoji;
mod entitlement;
mod form;
mod gateway;
mod guild;
mod guild_template;
mod http;
mod image;
mod interaction;
mod invite;
mod limiter;
mod lobby;
mod message;
mod oauth2;
mod options;
mod pages;
mod partner_sdk;
mod poll;
mod request;
mod route;
mod scheduled_event;
mod sku;
mod soundboard;
mod span;
mod stage_instance;
mod sticker;
mod subscription;
mod thread;
mod transport;
mod upload;
mod user;
mod voice;
mod webhook;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use serde::de::DeserializeOwned;

use crate::error::Error;
use crate::model::lenient;
use crate::token::Token;
use answer::Answer;
use http::Http;
use options::Options;
use request::Request;
use route::{Endpoint, Route};

pub use application::EditApplication;
pub use audit_log::GetGuildAuditLog;
pub use auto_moderation::{CreateAutoModerationRule, ModifyAutoModerationRule};
pub use builder::{Builder, Timeouts};
pub use channel::{
    AddGroupDmRecipient, CreateChannelInvite, ForumTagOptions, ModifyChannel, ModifyGroupDm, ModifyThread,
};
pub use command::{
    CommandBody, CommandChanges, CreateApplicationCommand, EditApplicationCommand, GetApplicationCommands,
};
pub use emoji::{CreateApplicationEmoji, CreateGuildEmoji, ModifyApplicationEmoji, ModifyGuildEmoji};
pub use entitlement::{EntitlementOwner, ListEntitlements};
pub use guild::{
    ActionGuildJoinRequest, AddGuildMember, BeginGuildPrune, BulkGuildBan, ChannelPosition, CreateGuildBan,
    CreateGuildChannel, CreateGuildRole, GetGuildBans, GetGuildJoinRequests, GetGuildPruneCount,
    ListGuildMembers, ModifyCurrentMember, ModifyGuild, ModifyGuildIncidentActions, ModifyGuildMember,
    ModifyGuildOnboarding, ModifyGuildRole, ModifyGuildWelcomeScreen, ModifyGuildWidget, SearchGuildMembers,
};
pub use guild_template::{CreateGuildTemplate, ModifyGuildTemplate};
pub use image::ImageData;
pub use interaction::{InteractionMessage, InteractionResponse, Modal};
pub use invite::GetInvite;
pub use lobby::{AddLobbyMember, CreateLobby, ModifyLobby, NewLobbyMember, UpdateLobbyMember};
pub use message::{
    AllowedMentions, CreateMessage, EditMessage, EditResponse, GetChannelMessages, GetChannelPins,
    GetReactions, KeptAttachment, SearchGuildMessages, ThreadMessage,
};
pub use pages::Pages;
pub use partner_sdk::PartnerSdkToken;
pub use poll::{CreatePoll, GetAnswerVoters};
pub use scheduled_event::{
    CountGuildScheduledEventUsers, CreateGuildScheduledEvent, CreateGuildScheduledEventException,
    GetGuildScheduledEvent, ListGuildScheduledEventUsers, ModifyGuildScheduledEvent,
    UpdateGuildScheduledEventException,
};
pub use soundboard::{
    CreateGuildSoundboardSound, ModifyGuildSoundboardSound, SendSoundboardSound, SoundData,
};
pub use stage_instance::{CreateStageInstance, ModifyStageInstance};
pub use sticker::{CreateGuildSticker, ModifyGuildSticker};
pub use subscription::ListSkuSubscriptions;
pub use thread::{
    GetThreadMember, ListArchivedThreads, ListJoinedArchivedThreads, ListThreadMembers, SearchThreads,
    StartThreadFromMessage, StartThreadInForum, StartThreadWithoutMessage,
};
pub use upload::Upload;
pub use user::{CreateGroupDm, GetCurrentUserGuilds, ModifyCurrentUser};
pub use voice::{ModifyCurrentUserVoiceState, ModifyUserVoiceState};
pub use webhook::{CreateWebhook, ExecuteWebhook, ModifyWebhook, ModifyWebhookWithToken, Webhook};

/// Discord's REST API, for one token. Clones share their connections and what is known of rate limits.
///
/// # Errors
///
/// What any call may return:
///
/// * [`Error::Input`]: a value is outside Discord's limits; nothing was sent.
/// * [`Error::Http`]: Discord answered with an error.
/// * [`Error::RateLimited`]: it could not be sent before the deadline, so it was not.
/// * [`Error::InvalidRequests`]: so many calls were refused that Discord would soon lock this address out.
/// * [`Error::Network`]: no answer came.
/// * [`Error::Decode`]: an answer came that this version cannot read.
/// * [`Error::Token`]: Discord refused the token; from then on nothing more is sent.
#[derive(Clone)]
pub struct Client {
    http: Arc<Http>,
    deadline: Duration,
    /// Why things are done, for the audit log.
    reason: Option<Arc<str>>,
    /// Whether it has a bot's token.
    is_bot: bool,
}

// Methods that take `impl Into<…>` hand on to others that do not: what is generic is compiled once more in every crate
// that calls it, and with it all the types that it reads.
impl Client {
    /// A client for Discord itself, with the default timeouts.
    pub fn new(token: Token) -> Client {
        Builder::new(Some(token)).for_discord()
    }

    /// A client that is set up otherwise.
    pub fn builder(token: Token) -> Builder {
        Builder::new(Some(token))
    }

    /// A client without a bot's token, for webhooks and interactions, which have tokens of their own.
    ///
    /// Every other call of it fails with [`Error::Token`].
    ///
    /// ```
    /// use syncord::Error;
    /// use syncord::rest::Client;
    ///
    /// let client = Client::without_token().build()?;
    /// assert!(matches!(client.current_user(), Err(Error::Token { .. })));
    /// # Ok::<(), Error>(())
    /// ```
    pub fn without_token() -> Builder {
        Builder::new(None)
    }

    /// The same client with another [deadline](Builder::deadline).
    ///
    /// ```no_run
    /// # use std::time::Duration;
    /// # let client = syncord::rest::Client::new(syncord::Token::new("…")?);
    /// let me = client.deadline(Duration::from_secs(2)).current_user()?;
    /// # Ok::<(), syncord::Error>(())
    /// ```
    pub fn deadline(&self, deadline: Duration) -> Client {
        Client { deadline, ..self.clone() }
    }

    /// The same client with a reason for what it does, 1 to 512 characters long, which the guild's
    /// [audit log](https://docs.discord.com/developers/resources/audit-log) keeps.
    ///
    /// It goes with those calls that Discord keeps a reason for, and is left out with the others.
    ///
    /// ```no_run
    /// # use syncord::id::ChannelId;
    /// # let client = syncord::rest::Client::new(syncord::Token::new("…")?);
    /// client.reason("the tide is out").delete_channel(ChannelId::new(555088666872119298))?;
    /// # Ok::<(), syncord::Error>(())
    /// ```
    pub fn reason(&self, reason: impl Into<String>) -> Client {
        Client { reason: Some(reason.into().into()), ..self.clone() }
    }

    /// Asks for something.
    fn fetch<T: DeserializeOwned>(&self, route: Route) -> Result<T, Error> {
        self.read(Request::new(route))
    }

    /// Has something done that is answered with nothing of interest.
    fn perform(&self, route: Route) -> Result<(), Error> {
        self.send(Request::new(route)).map(drop)
    }

    /// Has something done as the options say, that is answered with nothing of interest.
    fn perform_with(&self, route: Route, options: &impl Options) -> Result<(), Error> {
        self.send(Request::new(route).json(options)?).map(drop)
    }

    /// Has something done as the options say, and reads what came of it.
    fn change<T: DeserializeOwned>(&self, route: Route, options: &impl Options) -> Result<T, Error> {
        self.read(Request::new(route).json(options)?)
    }

    fn send(&self, mut request: Request) -> Result<Answer, Error> {
        if request.route.endpoint.needs_token() && !self.is_bot {
            return Err(Error::token(format!(
                "{} needs a bot's token, and this client has none (nothing was sent)",
                request.route.endpoint
            )));
        }
        if let (Some(text), true) = (&self.reason, request.route.endpoint.takes_reason) {
            request.reason = Some(request::reason(text)?);
        }
        self.http.send(&request, self.deadline)
    }

    fn read<T: DeserializeOwned>(&self, request: Request) -> Result<T, Error> {
        let endpoint = request.route.endpoint;
        decode(endpoint, &self.send(request)?)
    }

    /// Reads what came, where nothing may come.
    fn read_if_any<T: DeserializeOwned>(&self, request: Request) -> Result<Option<T>, Error> {
        let endpoint = request.route.endpoint;
        let answer = self.send(request)?;
        if answer.body().is_empty() {
            return Ok(None);
        }
        decode(endpoint, &answer).map(Some)
    }
}

/// Reads the JSON of an answer.
fn decode<T: DeserializeOwned>(endpoint: Endpoint, answer: &Answer) -> Result<T, Error> {
    if let Some(error) = answer::not_json(endpoint, answer) {
        return Err(error.into());
    }
    let what = || format!("an answer to {endpoint}");
    let text = std::str::from_utf8(answer.body()).map_err(|e| Error::decode(what(), e))?;
    lenient::decode(text).map_err(|e| Error::decode(what(), e))
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client").field("api_url", &self.http.base).finish_non_exhaustive()
    }
}
