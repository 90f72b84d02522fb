//! What an option takes, and what becomes of it.

mod basic;
mod choice;
mod given;
mod own;

pub use basic::{
    Basic, Mentionable, Scalar, Span, attachment, boolean, channel, choices, integer, member, mentionable,
    number, one_of, role, string, user,
};
pub(super) use choice::{CHOICE_LENGTH, is_integer, is_number};
pub use choice::{Choice, ChoiceValue, IntoChoice, OneOf, autocomplete_choices};
pub(crate) use given::fit_message;
pub use given::{Given, Unresolved, typed};
pub(super) use given::{same, whole_member};
pub use own::{Autocompleted, Kind, Localized, Offer, Optional, Shape, WithAutocomplete};
