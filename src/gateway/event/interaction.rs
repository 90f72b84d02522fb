use super::macros::wraps;
use crate::model::Interaction;

wraps! {
    /// A user used a command, a component or a modal: [INTERACTION_CREATE](https://docs.discord.com/developers/events/gateway-events#interaction-create).
    InteractionCreate(Interaction);
}
