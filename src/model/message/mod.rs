//! [Messages](https://docs.discord.com/developers/resources/message).

mod attachment;
mod interaction;
mod kind;
mod mention;
mod message;
mod nonce;
mod parts;
mod pin;
mod reaction;
mod reference;
mod search;

pub use attachment::{Attachment, AttachmentFlags};
pub use interaction::{InteractionMetadata, MessageInteraction};
pub use kind::{MessageActivityType, MessageFlags, MessageType};
pub use mention::{ChannelMention, UserMention};
pub use message::Message;
pub use nonce::Nonce;
pub use parts::{BaseTheme, MessageActivity, MessageCall, RoleSubscriptionData, SharedClientTheme};
pub use pin::{MessagePin, MessagePins};
pub use reaction::{Reaction, ReactionCountDetails, ReactionType};
pub use reference::{MessageReference, MessageReferenceType, MessageSnapshot, SnapshotMessage};
pub use search::{
    MessageSearch, SearchAuthorType, SearchEmbedType, SearchHas, SearchSortMode, SearchSortOrder,
};
