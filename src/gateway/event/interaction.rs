use super::wraps;
use crate::model::Interaction;

wraps! {
    /// Somebody used a command, a component or a modal: [INTERACTION_CREATE](https://docs.discord.com/developers/events/gateway-events#interaction-create).
    InteractionCreate(Interaction);
}
