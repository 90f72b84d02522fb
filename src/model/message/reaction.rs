use serde::Serialize;

use crate::json::object;
use crate::model::open_enum::int_enum;
use crate::model::{Emoji, List};

/// A [reaction](https://docs.discord.com/developers/resources/message#reaction-object) to a message: an emoji and how often it was used.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Reaction {
    /// The total number of reactions with this emoji, super reactions included.
    pub count: u64,
    /// The numbers of normal and super reactions.
    pub count_details: ReactionCountDetails,
    /// Whether the bot reacted with this emoji.
    pub me: bool,
    /// Whether the bot used a super reaction with this emoji.
    pub me_burst: bool,
    /// The emoji.
    pub emoji: Emoji,
    /// The colors of the super reaction, such as `#1abc9c`.
    pub burst_colors: List<String>,
}

object! { Reaction {
    count, count_details, me, me_burst, emoji: required, burst_colors,
} }

/// The numbers of [normal and super reactions](https://docs.discord.com/developers/resources/message#reaction-count-details-object).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct ReactionCountDetails {
    /// The number of super reactions.
    pub burst: u64,
    /// The number of normal reactions.
    pub normal: u64,
}

object! { ReactionCountDetails {
    burst, normal,
} }

int_enum! {
    /// The [type of a reaction](https://docs.discord.com/developers/resources/message#get-reactions-reaction-types). `BURST` is a super reaction.
    ReactionType {
    NORMAL = 0,
    BURST = 1,
    }
}
