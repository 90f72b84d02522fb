//! What an option takes, and what becomes of it.

mod argument;
mod basic;
mod choice;
mod kind;

pub(crate) use argument::fit_message;
pub use argument::{Given, Unresolved, typed};
pub(super) use argument::{same, whole_member};
pub use basic::{
    Basic, Mentionable, Scalar, Span, attachment, boolean, channel, choices, integer, member, mentionable,
    number, one_of, role, string, user,
};
pub(super) use choice::{CHOICE_LENGTH, is_integer, is_number};
pub use choice::{Choice, ChoiceValue, IntoChoice, OneOf, autocomplete_choices};
pub use kind::{Autocompleted, Kind, Localized, Offer, Optional, Shape, WithAutocomplete};
