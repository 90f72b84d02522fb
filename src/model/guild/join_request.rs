use serde::Serialize;

use crate::id::{GuildId, JoinRequestId, UserId};
use crate::json::object;
use crate::model::open_enum::string_enum;
use crate::model::{List, Raw, Timestamp, User};

/// A page of [join requests](https://docs.discord.com/developers/resources/guild#membership-screening-object) of a guild.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct JoinRequests {
    /// The total number of join requests.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub total: Option<u64>,
    /// The join requests on this page.
    pub guild_join_requests: List<JoinRequest>,
}

object! { JoinRequests {
    total, guild_join_requests,
} }

/// A [join request](https://docs.discord.com/developers/resources/guild#membership-screening-object) for a guild that approves its members.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct JoinRequest {
    /// The join request ID.
    pub id: JoinRequestId,
    /// When the request was created.
    pub created_at: Timestamp,
    /// When the request was approved or rejected.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reviewed_at: Option<Timestamp>,
    /// The status.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub application_status: Option<JoinRequestStatus>,
    /// The reason for the rejection.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rejection_reason: Option<String>,
    /// The ID of the guild.
    pub guild_id: GuildId,
    /// The ID of the user who asks to join.
    pub user_id: UserId,
    /// The user who asks to join.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user: Option<Box<User>>,
    /// The form with the responses.
    #[serde(skip_serializing_if = "List::was_empty")]
    pub form_responses: List<JoinRequestField>,
    /// The moderator who approved or rejected the request.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub actioned_by_user: Option<Box<User>>,
}

object! { JoinRequest {
    id: required, created_at, reviewed_at, application_status, rejection_reason,
    guild_id, user_id, user, form_responses, actioned_by_user,
} }

/// A field of the form for join requests.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct JoinRequestField {
    /// The type of the field.
    pub field_type: JoinRequestFieldType,
    /// The label.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// The description.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Whether the field is required.
    pub required: bool,
    /// The choices of a multiple choice field.
    #[serde(skip_serializing_if = "List::was_empty")]
    pub choices: List<String>,
    /// The terms to accept.
    #[serde(skip_serializing_if = "List::was_empty")]
    pub values: List<String>,
    /// The placeholder.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub placeholder: Option<String>,
    /// The response: whether the terms are accepted, the index of the choice, or a text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub response: Option<Raw>,
}

object! { JoinRequestField {
    field_type, label, description, required, choices, values, placeholder, response,
} }

string_enum! {
    /// The status of a join request.
    JoinRequestStatus {
    STARTED = "STARTED",
    SUBMITTED = "SUBMITTED",
    REJECTED = "REJECTED",
    APPROVED = "APPROVED",
    }
}

string_enum! {
    /// The type of a field of a join request.
    JoinRequestFieldType {
    MULTIPLE_CHOICE = "MULTIPLE_CHOICE",
    PARAGRAPH = "PARAGRAPH",
    TERMS = "TERMS",
    TEXT_INPUT = "TEXT_INPUT",
    }
}
