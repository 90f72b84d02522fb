use std::fmt;

/// Who answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum By {
    Handler,
    Watchdog,
}

/// What kind of interaction is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Command,
    Component,
    Modal {
        /// Whether a component of a message opened it.
        of_message: bool,
    },
    /// An option is being typed.
    Suggestions,
}

/// Who sees a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Privacy {
    Public,
    Private,
}

/// The first answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum First {
    Reply(Privacy),
    Defer(Privacy),
    DeferUpdate,
    Update,
    Modal,
    Suggest,
}

/// What a handler wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wish {
    Reply(Privacy),
    Defer(Privacy),
    DeferUpdate,
    Update,
    Modal,
    Suggest,
    Edit,
    FollowUp(Privacy),
    Show,
    Delete,
}

impl Privacy {
    pub(crate) fn of(private: bool) -> Privacy {
        if private { Privacy::Private } else { Privacy::Public }
    }

    pub(crate) fn is_private(self) -> bool {
        self == Privacy::Private
    }
}

impl Kind {
    /// What an interaction that takes long is [answered with](https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-response-object-interaction-callback-type).
    pub(super) fn deferral(self, private: bool) -> First {
        match self {
            Kind::Component | Kind::Modal { of_message: true } => First::DeferUpdate,
            Kind::Command | Kind::Modal { of_message: false } => First::Defer(Privacy::of(private)),
            Kind::Suggestions => First::Suggest,
        }
    }

    pub(super) fn takes(self, wish: Wish) -> bool {
        match (self, wish) {
            (Kind::Suggestions, wish) => wish == Wish::Suggest,
            (_, Wish::Suggest) | (Kind::Modal { .. }, Wish::Modal) => false,
            (Kind::Command | Kind::Modal { of_message: false }, Wish::Update | Wish::DeferUpdate) => false,
            _ => true,
        }
    }
}

impl First {
    /// Who sees the message that it shows.
    pub(super) fn privacy(self) -> Option<Privacy> {
        match self {
            First::Reply(privacy) | First::Defer(privacy) => Some(privacy),
            First::DeferUpdate | First::Update | First::Modal | First::Suggest => None,
        }
    }
}

impl Wish {
    /// As a first answer, if it can be one.
    pub(crate) fn first(self) -> Option<First> {
        match self {
            Wish::Reply(privacy) => Some(First::Reply(privacy)),
            Wish::Defer(privacy) => Some(First::Defer(privacy)),
            Wish::DeferUpdate => Some(First::DeferUpdate),
            Wish::Update => Some(First::Update),
            Wish::Modal => Some(First::Modal),
            Wish::Suggest => Some(First::Suggest),
            Wish::Edit | Wish::FollowUp(_) | Wish::Show | Wish::Delete => None,
        }
    }
}

/// The method's name.
impl fmt::Display for Wish {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Wish::Reply(Privacy::Public) => "reply",
            Wish::Reply(Privacy::Private) => "reply_ephemeral",
            Wish::Defer(Privacy::Public) => "defer",
            Wish::Defer(Privacy::Private) => "defer_ephemeral",
            Wish::DeferUpdate => "defer_update",
            Wish::Update => "update",
            Wish::Modal => "modal",
            Wish::Suggest => "the suggestions",
            Wish::Edit => "edit",
            Wish::FollowUp(Privacy::Public) => "follow_up",
            Wish::FollowUp(Privacy::Private) => "follow_up_ephemeral",
            Wish::Show => "reply_message",
            Wish::Delete => "delete_reply",
        })
    }
}

/// What was done.
impl fmt::Display for First {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            First::Reply(Privacy::Public) => "replied to",
            First::Reply(Privacy::Private) => "replied to privately",
            First::Defer(Privacy::Public) => "deferred",
            First::Defer(Privacy::Private) => "deferred privately",
            First::DeferUpdate => "deferred without a message",
            First::Update => "answered by an update of its message",
            First::Modal => "answered with a modal",
            First::Suggest => "answered with suggestions",
        })
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Kind::Command => "a command",
            Kind::Component => "a component",
            Kind::Modal { of_message: true } => "a modal",
            Kind::Modal { of_message: false } => "a modal that no component has opened",
            Kind::Suggestions => "an option that is being typed",
        })
    }
}
