//! The kinds of options, and how their values are read.

mod argument;
mod basic;
mod choice;
mod duration;
mod kind;

pub use argument::{Argument, ArgumentError, value_text};
pub(super) use argument::{resolved_member, same_value};
pub use basic::{
    BasicOption, Mentionable, NumberRange, Scalar, attachment, boolean, channel, integer, member,
    mentionable, number, role, string, user,
};
pub use choice::{Choice, ChoiceValue, IntoChoice, OneOf, autocomplete_choices, choices, one_of};
pub(super) use choice::{is_integer, is_number};
pub use duration::{DurationOption, duration};
pub use kind::{
    Autocompleted, IntoOptionKind, Localized, OptionKind, OptionSpec, Optional, WithAutocomplete,
};
