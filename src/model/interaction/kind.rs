use crate::model::open_enum::int_enum;

int_enum! {
    /// The [type of an interaction](https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-object-interaction-type).
    InteractionType {
    PING = 1,
    APPLICATION_COMMAND = 2,
    MESSAGE_COMPONENT = 3,
    APPLICATION_COMMAND_AUTOCOMPLETE = 4,
    MODAL_SUBMIT = 5,
    SOCIAL_LAYER_SKU_PURCHASE_ELIGIBILITY = 6,
    }
}

int_enum! {
    /// The [context of an interaction](https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-object-interaction-context-types): where a command can be used, or was used.
    InteractionContextType {
    GUILD = 0,
    BOT_DM = 1,
    PRIVATE_CHANNEL = 2,
    }
}
