use serde::Serialize;

use super::MessageActivityType;
use crate::id::{SkuId, UserId};
use crate::json::object;
use crate::model::open_enum::number;
use crate::model::{List, Timestamp};

/// An [activity that a message invites to](https://docs.discord.com/developers/resources/message#message-object-message-activity-structure).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct MessageActivity {
    /// What one may do; `type` in Discord's words.
    #[serde(rename = "type")]
    pub kind: MessageActivityType,
    /// The party.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub party_id: Option<String>,
}

object! { MessageActivity {
    kind = "type", party_id,
} }

/// A [call in a direct channel](https://docs.discord.com/developers/resources/message#message-call-object).
#[derive(Clone, Debug, Default, Serialize)]
#[non_exhaustive]
pub struct MessageCall {
    /// Who took part.
    pub participants: List<UserId>,
    /// When it ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ended_timestamp: Option<Timestamp>,
}

object! { MessageCall {
    participants, ended_timestamp,
} }

/// A [role subscription](https://docs.discord.com/developers/resources/message#role-subscription-data-object) that a message announces.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct RoleSubscriptionData {
    /// What was subscribed to.
    pub role_subscription_listing_id: SkuId,
    /// The tier's name.
    pub tier_name: String,
    /// For how many months already.
    pub total_months_subscribed: u32,
    /// Whether it goes on rather than begins.
    pub is_renewal: bool,
}

object! { RoleSubscriptionData {
    role_subscription_listing_id: required, tier_name, total_months_subscribed, is_renewal,
} }

/// The [colours of a client](https://docs.discord.com/developers/resources/message#shared-client-theme-object), to be tried by others.
#[derive(Clone, Debug, Default, Serialize)]
#[non_exhaustive]
pub struct SharedClientTheme {
    /// The colours, such as `5865F2`.
    pub colors: List<String>,
    /// The direction of the gradient, in degrees.
    pub gradient_angle: u32,
    /// How strong the colours are, in percent.
    pub base_mix: u32,
    /// What they lie on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub base_theme: Option<BaseTheme>,
}

object! { SharedClientTheme {
    colors, gradient_angle, base_mix, base_theme,
} }

number! {
    /// What the colours of a [client's theme](https://docs.discord.com/developers/resources/message#base-theme-types) lie on.
    BaseTheme {
    UNSET = 0,
    DARK = 1,
    LIGHT = 2,
    DARKER = 3,
    MIDNIGHT = 4,
    }
}
