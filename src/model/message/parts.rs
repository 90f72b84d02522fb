use serde::Serialize;

use super::MessageActivityType;
use crate::id::{SkuId, UserId};
use crate::json::object;
use crate::model::open_enum::int_enum;
use crate::model::{List, Timestamp};

/// The [activity](https://docs.discord.com/developers/resources/message#message-object-message-activity-structure) of a message with a Rich Presence chat embed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct MessageActivity {
    /// The type of activity; `type` in JSON.
    #[serde(rename = "type")]
    pub kind: MessageActivityType,
    /// The ID of the party.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub party_id: Option<String>,
}

object! { MessageActivity {
    kind = "type", party_id,
} }

/// A [call](https://docs.discord.com/developers/resources/message#message-call-object) in a direct message channel.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct MessageCall {
    /// The IDs of the participants.
    pub participants: List<UserId>,
    /// When the call ended; `None` if it has not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ended_timestamp: Option<Timestamp>,
}

object! { MessageCall {
    participants, ended_timestamp,
} }

/// The [role subscription](https://docs.discord.com/developers/resources/message#role-subscription-data-object) that a message announces.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct RoleSubscriptionData {
    /// The ID of the SKU and listing.
    pub role_subscription_listing_id: SkuId,
    /// The name of the tier.
    pub tier_name: String,
    /// The total number of months that the user has subscribed.
    pub total_months_subscribed: u32,
    /// Whether this is a renewal and not a new subscription.
    pub is_renewal: bool,
}

object! { RoleSubscriptionData {
    role_subscription_listing_id, tier_name, total_months_subscribed, is_renewal,
} }

/// A [client theme](https://docs.discord.com/developers/resources/message#shared-client-theme-object) that a user shares in a message.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct SharedClientTheme {
    /// The colors in hexadecimal, such as `5865F2`; up to five.
    pub colors: List<String>,
    /// The direction of the gradient in degrees, 0-360.
    pub gradient_angle: u32,
    /// The intensity of the colors in percent, 0-100.
    pub base_mix: u32,
    /// The mode of the theme.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub base_theme: Option<BaseTheme>,
}

object! { SharedClientTheme {
    colors, gradient_angle, base_mix, base_theme,
} }

int_enum! {
    /// The [mode of a client theme](https://docs.discord.com/developers/resources/message#base-theme-types).
    BaseTheme {
    UNSET = 0,
    DARK = 1,
    LIGHT = 2,
    DARKER = 3,
    MIDNIGHT = 4,
    }
}
