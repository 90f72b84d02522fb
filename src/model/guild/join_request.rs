use serde::Serialize;

use crate::id::{GuildId, JoinRequestId, UserId};
use crate::json::object;
use crate::model::open_enum::string_enum;
use crate::model::{List, Raw, Timestamp, User};

/// A page of the requests to [join a guild](https://docs.discord.com/developers/resources/guild#membership-screening-object).
#[derive(Clone, Debug, Default, Serialize)]
#[non_exhaustive]
pub struct JoinRequests {
    /// How many there are on all pages.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub total: Option<u64>,
    /// Those of this page.
    pub guild_join_requests: List<JoinRequest>,
}

object! { JoinRequests {
    total, guild_join_requests,
} }

/// Somebody's request to [join a guild](https://docs.discord.com/developers/resources/guild#membership-screening-object) that has its members approved.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct JoinRequest {
    /// Its id.
    pub id: JoinRequestId,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was decided.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reviewed_at: Option<Timestamp>,
    /// How far it has come.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub application_status: Option<JoinRequestStatus>,
    /// Why it was rejected.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rejection_reason: Option<String>,
    /// The guild.
    pub guild_id: GuildId,
    /// Who made it.
    pub user_id: UserId,
    /// Who made it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user: Option<Box<User>>,
    /// The form, filled in.
    #[serde(skip_serializing_if = "List::was_empty")]
    pub form_responses: List<JoinRequestField>,
    /// Who decided.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub actioned_by_user: Option<Box<User>>,
}

object! { JoinRequest {
    id: required, created_at: required, reviewed_at, application_status, rejection_reason,
    guild_id: required, user_id: required, user, form_responses, actioned_by_user,
} }

/// A field of the form that whoever wants to join fills in.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct JoinRequestField {
    /// What kind of field it is.
    pub field_type: JoinRequestFieldType,
    /// What stands above it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// What stands below that.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Whether it must be filled in.
    pub required: bool,
    /// What there is to choose from.
    #[serde(skip_serializing_if = "List::was_empty")]
    pub choices: List<String>,
    /// What there is to accept.
    #[serde(skip_serializing_if = "List::was_empty")]
    pub values: List<String>,
    /// What stands in it while it is empty.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub placeholder: Option<String>,
    /// The answer: whether the terms were accepted, the place of the choice in the list, or a text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub response: Option<Raw>,
}

object! { JoinRequestField {
    field_type: required, label, description, required, choices, values, placeholder, response,
} }

string_enum! {
    /// How far a request to join has come.
    JoinRequestStatus {
    STARTED = "STARTED",
    SUBMITTED = "SUBMITTED",
    REJECTED = "REJECTED",
    APPROVED = "APPROVED",
    }
}

string_enum! {
    /// What kind of field of a request to join it is.
    JoinRequestFieldType {
    MULTIPLE_CHOICE = "MULTIPLE_CHOICE",
    PARAGRAPH = "PARAGRAPH",
    TERMS = "TERMS",
    TEXT_INPUT = "TEXT_INPUT",
    }
}
