//! What can be done with an interaction, as plain values.

use std::fmt;

/// The kind of an interaction. It decides which responses Discord accepts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum InteractionKind {
    /// A command was used.
    Command,
    /// A component of a message was used.
    Component,
    /// A modal was submitted.
    Modal {
        /// Whether a component of a message opened the modal. Only then is there a message to update.
        from_message: bool,
    },
    /// A user is typing the value of an option that has autocomplete.
    Autocomplete,
}

/// Who sees a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Visibility {
    /// Everyone in the channel.
    Public,
    /// Only the user of the interaction.
    Ephemeral,
}

/// What sent a response.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ResponseSource {
    /// A handler, or a task that it spawned.
    Handler,
    /// The automatic deferral, because no handler had responded in time.
    AutoDefer,
}

/// The first response to an interaction. There is only one.
///
/// See [interaction callback type](https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-response-object-interaction-callback-type).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum InitialResponse {
    /// A message.
    Reply(Visibility),
    /// A loading message: the bot is thinking.
    Defer(Visibility),
    /// Nothing visible; the message of the component can be updated later.
    DeferUpdate,
    /// A change of the message whose component was used.
    Update,
    /// A modal.
    Modal,
    /// Choices for the option that is being typed.
    Autocomplete,
}

/// Something that a handler does with an interaction. Each has a method of this name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ResponseAction {
    /// Sends a message as the response.
    Reply(Visibility),
    /// Announces a later message.
    Defer(Visibility),
    /// Acknowledges a component without a visible response.
    DeferUpdate,
    /// Changes the message whose component was used.
    Update,
    /// Opens a modal.
    Modal,
    /// Sends choices for the option that is being typed.
    Autocomplete,
    /// Changes the response.
    Edit,
    /// Sends another message.
    FollowUp(Visibility),
    /// Fetches the message of the response.
    FetchReply,
    /// Deletes the response.
    DeleteReply,
}

impl Visibility {
    pub(super) fn ephemeral(ephemeral: bool) -> Visibility {
        if ephemeral { Visibility::Ephemeral } else { Visibility::Public }
    }

    pub(super) fn is_ephemeral(self) -> bool {
        self == Visibility::Ephemeral
    }
}

impl InteractionKind {
    /// What automatic deferral sends.
    pub(super) fn deferral(self, visibility: Visibility) -> InitialResponse {
        match self {
            InteractionKind::Component | InteractionKind::Modal { from_message: true } => {
                InitialResponse::DeferUpdate
            }
            InteractionKind::Command | InteractionKind::Modal { from_message: false } => {
                InitialResponse::Defer(visibility)
            }
            // An empty list of choices: there is nothing to defer.
            InteractionKind::Autocomplete => InitialResponse::Autocomplete,
        }
    }

    /// Whether Discord accepts this action for this kind at all.
    pub(super) fn accepts(self, action: ResponseAction) -> bool {
        match (self, action) {
            (InteractionKind::Autocomplete, action) => action == ResponseAction::Autocomplete,
            (_, ResponseAction::Autocomplete) | (InteractionKind::Modal { .. }, ResponseAction::Modal) => {
                false
            }
            (
                InteractionKind::Command | InteractionKind::Modal { from_message: false },
                ResponseAction::Update | ResponseAction::DeferUpdate,
            ) => false,
            _ => true,
        }
    }
}

impl InitialResponse {
    /// Who sees the message of this response; `None` if the response has no visibility.
    pub(super) fn visibility(self) -> Option<Visibility> {
        match self {
            InitialResponse::Reply(visibility) | InitialResponse::Defer(visibility) => Some(visibility),
            InitialResponse::DeferUpdate
            | InitialResponse::Update
            | InitialResponse::Modal
            | InitialResponse::Autocomplete => None,
        }
    }
}

impl ResponseAction {
    /// The initial response that this action sends; `None` if it needs an earlier one.
    pub(super) fn initial(self) -> Option<InitialResponse> {
        match self {
            ResponseAction::Reply(visibility) => Some(InitialResponse::Reply(visibility)),
            ResponseAction::Defer(visibility) => Some(InitialResponse::Defer(visibility)),
            ResponseAction::DeferUpdate => Some(InitialResponse::DeferUpdate),
            ResponseAction::Update => Some(InitialResponse::Update),
            ResponseAction::Modal => Some(InitialResponse::Modal),
            ResponseAction::Autocomplete => Some(InitialResponse::Autocomplete),
            ResponseAction::Edit
            | ResponseAction::FollowUp(_)
            | ResponseAction::FetchReply
            | ResponseAction::DeleteReply => None,
        }
    }
}

/// The name of the method.
impl fmt::Display for ResponseAction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            ResponseAction::Reply(Visibility::Public) => "reply",
            ResponseAction::Reply(Visibility::Ephemeral) => "reply_ephemeral",
            ResponseAction::Defer(Visibility::Public) => "defer",
            ResponseAction::Defer(Visibility::Ephemeral) => "defer_ephemeral",
            ResponseAction::DeferUpdate => "defer_update",
            ResponseAction::Update => "update",
            ResponseAction::Modal => "modal",
            ResponseAction::Autocomplete => "autocomplete",
            ResponseAction::Edit => "edit",
            ResponseAction::FollowUp(Visibility::Public) => "follow_up",
            ResponseAction::FollowUp(Visibility::Ephemeral) => "follow_up_ephemeral",
            ResponseAction::FetchReply => "fetch_reply",
            ResponseAction::DeleteReply => "delete_reply",
        })
    }
}

/// A participle: the interaction was *replied to*.
impl fmt::Display for InitialResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            InitialResponse::Reply(Visibility::Public) => "replied to",
            InitialResponse::Reply(Visibility::Ephemeral) => "replied to with an ephemeral message",
            InitialResponse::Defer(Visibility::Public) => "deferred",
            InitialResponse::Defer(Visibility::Ephemeral) => "deferred with an ephemeral message",
            InitialResponse::DeferUpdate => "deferred without a message",
            InitialResponse::Update => "responded to with an update of its message",
            InitialResponse::Modal => "responded to with a modal",
            InitialResponse::Autocomplete => "responded to with choices",
        })
    }
}

impl fmt::Display for InteractionKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            InteractionKind::Command => "a command",
            InteractionKind::Component => "a component",
            InteractionKind::Modal { from_message: true } => "a modal",
            InteractionKind::Modal { from_message: false } => "a modal that no component opened",
            InteractionKind::Autocomplete => "an autocomplete request",
        })
    }
}
