use serde::Serialize;

use crate::json::object;
use crate::model::open_enum::number;
use crate::model::{Emoji, List};

/// What people [reacted with](https://docs.discord.com/developers/resources/message#reaction-object), and how many.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct Reaction {
    /// How many reacted with it.
    pub count: u64,
    /// How many of them in which way.
    pub count_details: ReactionCountDetails,
    /// Whether the bot did.
    pub me: bool,
    /// Whether the bot did with a super reaction.
    pub me_burst: bool,
    /// With what.
    pub emoji: Emoji,
    /// The colours of a super reaction, such as `#1abc9c`.
    pub burst_colors: List<String>,
}

object! { Reaction {
    count, count_details, me, me_burst, emoji: required, burst_colors,
} }

/// How many reacted [in which way](https://docs.discord.com/developers/resources/message#reaction-count-details-object).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct ReactionCountDetails {
    /// How many with a super reaction.
    pub burst: u64,
    /// How many with an ordinary one.
    pub normal: u64,
}

object! { ReactionCountDetails {
    burst, normal,
} }

number! {
    /// In which [way](https://docs.discord.com/developers/resources/message#get-reactions-reaction-types) somebody reacted.
    ReactionType {
    NORMAL = 0,
    BURST = 1,
    }
}
