//! What an option takes, and what becomes of it.

mod argument;
mod basic;
mod choice;
mod kind;

pub use argument::{Argument, ArgumentError, value_text};
pub(super) use argument::{same, whole_member};
pub use basic::{
    BasicOption, Mentionable, NumberRange, Scalar, attachment, boolean, channel, integer, member,
    mentionable, number, role, string, user,
};
pub use choice::{Choice, ChoiceValue, IntoChoice, OneOf, autocomplete_choices, choices, one_of};
pub(super) use choice::{is_integer, is_number};
pub(super) use kind::IntoOptionKind;
pub use kind::{Autocompleted, Localized, OptionKind, OptionSpec, Optional, WithAutocomplete};
