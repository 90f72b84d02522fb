//! [Webhook events](https://docs.discord.com/developers/events/webhook-events): what Discord sends to the web server of an application.
//!
//! With the feature `http-interactions`, a bot receives them with `Bot::on_webhook_event`. Another web server verifies the
//! [signature](https://docs.discord.com/developers/events/webhook-events#setting-up-an-endpoint-validating-security-request-headers)
//! of a request, reads the body into a [`WebhookEventPayload`], and responds with status 204 within 3 seconds, also to a ping.
//!
//! ```
//! use syncord::model::{WebhookEventData, WebhookEventPayload};
//!
//! fn handle(body: &str) -> Result<(), serde_json::Error> {
//!     let payload: WebhookEventPayload = serde_json::from_str(body)?;
//!     match payload.event.and_then(|event| event.data) {
//!         Some(WebhookEventData::ApplicationAuthorized(authorized)) => {
//!             println!("{} added the app", authorized.user.username);
//!         }
//!         Some(WebhookEventData::EntitlementCreate(entitlement)) => println!("{} was bought", entitlement.sku_id),
//!         _ => {}
//!     }
//!     Ok(())
//! }
//! # let body = r#"{"version":1,"application_id":"5","type":1,"event":{"type":"APPLICATION_AUTHORIZED",
//! #     "timestamp":"2024-10-18T14:42:53.064834","data":{"user":{"id":"7","username":"mira"},"scopes":["bot"]}}}"#;
//! # assert!(handle(body).is_ok());
//! ```

use serde::{Serialize, Serializer};

use super::open_enum::int_enum;
use super::{
    ApplicationIntegrationType, Channel, Entitlement, Guild, List, LobbyMessage, Message, Raw, Timestamp,
    User, WebhookEventType,
};
use crate::id::{ApplicationId, LobbyId, MessageId};
use crate::json::{self, Object, Read, Reader, object};

/// The [body of a request](https://docs.discord.com/developers/events/webhook-events#webhook-event-payloads) to the webhook events URL.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct WebhookEventPayload {
    /// The version: 1.
    pub version: u32,
    /// The ID of the application.
    pub application_id: ApplicationId,
    /// Whether it is an event, or only tests the URL; `type` in JSON.
    #[serde(rename = "type")]
    pub kind: WebhookEventPayloadType,
    /// The event; missing in pings.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub event: Option<WebhookEvent>,
}

object! { WebhookEventPayload {
    version, application_id: required, kind = "type", event,
} }

int_enum! {
    /// The [type of a request](https://docs.discord.com/developers/events/webhook-events#webhook-types) to the webhook events URL.
    WebhookEventPayloadType {
    PING = 0,
    EVENT = 1,
    }
}

/// A [webhook event](https://docs.discord.com/developers/events/webhook-events#event-body-object).
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct WebhookEvent {
    /// The type of event; `type` in JSON.
    #[serde(rename = "type")]
    pub kind: WebhookEventType,
    /// When the event occurred.
    pub timestamp: Timestamp,
    /// The data of the event.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub data: Option<WebhookEventData>,
}

object! { WebhookEvent {
    kind = "type", timestamp, data: elsewhere,
} => read_event }

/// Reads an event. Its data is read by its type, which may follow the data.
fn read_event(reader: &mut Reader<'_>) -> json::Result<WebhookEvent> {
    let kind: WebhookEventType = reader.look_up("type")?.unwrap_or_default();
    let mut data = None;
    let mut event = WebhookEvent::read_object(reader, &mut |name, reader| {
        let is_data = name == "data";
        if is_data {
            reader.field(&mut data, "data", |reader| WebhookEventData::read_kind(&kind, reader))?;
        }
        Ok(is_data)
    })?;
    event.data = data;
    Ok(event)
}

/// The data of a [webhook event](https://docs.discord.com/developers/events/webhook-events#event-types). Its variant follows from the type of event.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum WebhookEventData {
    /// A user added the application to a guild or to their account.
    ApplicationAuthorized(Box<ApplicationAuthorized>),
    /// A user removed the application.
    ApplicationDeauthorized(Box<ApplicationDeauthorized>),
    /// An entitlement was created.
    EntitlementCreate(Box<Entitlement>),
    /// An entitlement was updated.
    EntitlementUpdate(Box<Entitlement>),
    /// An entitlement was deleted.
    EntitlementDelete(Box<Entitlement>),
    /// A message was sent in a lobby.
    LobbyMessageCreate(Box<LobbyMessage>),
    /// A message in a lobby was edited.
    LobbyMessageUpdate(Box<LobbyMessage>),
    /// A message in a lobby was deleted.
    LobbyMessageDelete(Box<LobbyMessageDelete>),
    /// A direct message was sent while one of its users played the game.
    GameDirectMessageCreate(Box<GameDirectMessage>),
    /// A direct message was edited while one of its users played the game.
    GameDirectMessageUpdate(Box<GameDirectMessage>),
    /// A direct message was deleted while one of its users played the game.
    GameDirectMessageDelete(Box<GameDirectMessage>),
    /// The data of an unknown type of event, or data that cannot be read.
    Unknown(Raw),
}

impl WebhookEventData {
    /// Reads the data of an event of this type; `None` for `null`. Data that cannot be read is kept as JSON.
    fn read_kind(kind: &WebhookEventType, reader: &mut Reader<'_>) -> json::Result<Option<Self>> {
        if reader.null()? {
            return Ok(None);
        }
        let mark = reader.mark();
        let data = match kind.as_str() {
            "APPLICATION_AUTHORIZED" => Read::read(reader).map(WebhookEventData::ApplicationAuthorized),
            "APPLICATION_DEAUTHORIZED" => Read::read(reader).map(WebhookEventData::ApplicationDeauthorized),
            "ENTITLEMENT_CREATE" => Read::read(reader).map(WebhookEventData::EntitlementCreate),
            "ENTITLEMENT_UPDATE" => Read::read(reader).map(WebhookEventData::EntitlementUpdate),
            "ENTITLEMENT_DELETE" => Read::read(reader).map(WebhookEventData::EntitlementDelete),
            "LOBBY_MESSAGE_CREATE" => Read::read(reader).map(WebhookEventData::LobbyMessageCreate),
            "LOBBY_MESSAGE_UPDATE" => Read::read(reader).map(WebhookEventData::LobbyMessageUpdate),
            "LOBBY_MESSAGE_DELETE" => Read::read(reader).map(WebhookEventData::LobbyMessageDelete),
            "GAME_DIRECT_MESSAGE_CREATE" => Read::read(reader).map(WebhookEventData::GameDirectMessageCreate),
            "GAME_DIRECT_MESSAGE_UPDATE" => Read::read(reader).map(WebhookEventData::GameDirectMessageUpdate),
            "GAME_DIRECT_MESSAGE_DELETE" => Read::read(reader).map(WebhookEventData::GameDirectMessageDelete),
            _ => Raw::read(reader).map(WebhookEventData::Unknown),
        };
        data.or_else(|error| {
            let text = reader.leave_out(mark, "data", error)?;
            Ok(WebhookEventData::Unknown(Raw::from_json(text)))
        })
        .map(Some)
    }
}

impl Serialize for WebhookEventData {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            WebhookEventData::ApplicationAuthorized(data) => data.serialize(serializer),
            WebhookEventData::ApplicationDeauthorized(data) => data.serialize(serializer),
            WebhookEventData::EntitlementCreate(data)
            | WebhookEventData::EntitlementUpdate(data)
            | WebhookEventData::EntitlementDelete(data) => data.serialize(serializer),
            WebhookEventData::LobbyMessageCreate(data) | WebhookEventData::LobbyMessageUpdate(data) => {
                data.serialize(serializer)
            }
            WebhookEventData::LobbyMessageDelete(data) => data.serialize(serializer),
            WebhookEventData::GameDirectMessageCreate(data)
            | WebhookEventData::GameDirectMessageUpdate(data)
            | WebhookEventData::GameDirectMessageDelete(data) => data.serialize(serializer),
            WebhookEventData::Unknown(raw) => raw.serialize(serializer),
        }
    }
}

/// A user [added the application](https://docs.discord.com/developers/events/webhook-events#application-authorized) to a guild or to their account.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct ApplicationAuthorized {
    /// Where the application was added: to a guild or to a user's account.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub integration_type: Option<ApplicationIntegrationType>,
    /// The user who added it.
    pub user: User,
    /// The OAuth2 scopes that the user authorized.
    pub scopes: List<String>,
    /// The guild that it was added to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub guild: Option<Box<Guild>>,
}

object! { ApplicationAuthorized {
    integration_type, user, scopes, guild,
} }

/// A user [removed the application](https://docs.discord.com/developers/events/webhook-events#application-deauthorized).
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct ApplicationDeauthorized {
    /// The user.
    pub user: User,
}

object! { ApplicationDeauthorized {
    user,
} }

/// A message in a lobby [was deleted](https://docs.discord.com/developers/events/webhook-events#lobby-message-delete).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct LobbyMessageDelete {
    /// The message ID.
    pub id: MessageId,
    /// The ID of the lobby.
    pub lobby_id: LobbyId,
}

object! { LobbyMessageDelete {
    id: required, lobby_id,
} }

/// A [direct message](https://docs.discord.com/developers/events/webhook-events#social-sdk-message-objects) of a user who plays a game.
///
/// A message between two [provisional accounts](https://docs.discord.com/developers/events/webhook-events#sdk-dm-message-object)
/// has fewer fields. Those that it does not have are empty, such as its `channel_id`, which is 0.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct GameDirectMessage {
    /// The message.
    #[serde(flatten)]
    pub message: Message,
    /// The ID of the lobby, for a message in its linked channel.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lobby_id: Option<LobbyId>,
    /// The channel, with its recipients.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub channel: Option<Box<Channel>>,
}

impl Read for GameDirectMessage {
    fn read(reader: &mut Reader<'_>) -> json::Result<Self> {
        let (mut lobby_id, mut channel) = (None, None);
        let message = Message::read_object(reader, &mut |name, reader| {
            match name {
                "lobby_id" => reader.field(&mut lobby_id, "lobby_id", Read::read)?,
                "channel" => reader.field(&mut channel, "channel", Read::read)?,
                _ => return Ok(false),
            }
            Ok(true)
        })?;
        Ok(GameDirectMessage { message, lobby_id, channel })
    }
}

impl<'de> serde::Deserialize<'de> for GameDirectMessage {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        json::deserialize(deserializer)
    }
}
