//! [Interactions](https://docs.discord.com/developers/interactions/receiving-and-responding) that a bot receives: commands, components and modals.

mod callback;
mod data;
mod interaction;
mod kind;
mod modal;
mod option_value;
mod owners;
mod resolved;

pub use callback::{
    ActivityInstanceResource, InteractionCallback, InteractionCallbackResource, InteractionCallbackResponse,
    InteractionCallbackType,
};
pub use data::{CommandData, CommandOption, ComponentData, InteractionData};
pub use interaction::Interaction;
pub use kind::{InteractionContextType, InteractionType};
pub use modal::{
    ModalActionRow, ModalCheckbox, ModalComponent, ModalData, ModalFileUpload, ModalLabel, ModalRadioGroup,
    ModalTextDisplay, ModalTextInput, ModalValues,
};
pub use option_value::OptionValue;
pub use owners::IntegrationOwners;
pub use resolved::Resolved;
pub(crate) use resolved::chosen;
