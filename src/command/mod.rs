//! [Application commands](https://docs.discord.com/developers/interactions/application-commands) as plain values.
//!
//! Nothing here sends a request, waits or reads a clock:
//!
//! * [`CommandBuilder`] builds a [`CommandDefinition`], and an [`ArgumentReader`] that turns the data of an interaction
//!   into the values that a handler takes.
//! * [`integer`], [`string`], [`user`] and the other functions give the kind of an option. Implement [`OptionKind`] to
//!   parse a type of your own.
//! * [`check()`] reports everything that Discord would reject, with its path.
//! * [`plan()`] compares the declared commands with the registered ones.
//! * [`CustomId`] writes and parses the custom IDs of components and modals.
//!
//! ```
//! use syncord::command::{self, CommandBuilder, integer, string};
//!
//! let roll = CommandBuilder::<_, ()>::slash("roll", "Rolls dice")
//!     .option("sides", "Faces of a die", integer(2..=1000))
//!     .option("note", "Shown with the result", string().max_length(80).optional());
//! assert!(command::check([roll.definition()]).is_empty());
//! ```

mod arity;
mod builder;
mod check;
mod custom_id;
mod definition;
mod diff;
mod kinds;
mod localize;
mod problems;
mod reader;
#[cfg(test)]
mod tests;
pub(crate) mod text;

pub(crate) use arity::{arities, shorter_arities};
pub use builder::{CommandBuilder, CommandTarget, ContextMenu, Group, GroupMember, IntoNode};
pub use check::check;
pub(crate) use check::check_in_trees;
pub use custom_id::{Ambiguity, CustomId, CustomIdValue, CustomIdValues, Template, Templates};
pub use definition::CommandDefinition;
pub(crate) use definition::CommandTitle;
pub use diff::{Plan, PlanStep, Scope, SyncRules, WithheldCommand, WithheldReason, plan};
pub use kinds::{
    Argument, ArgumentError, Autocompleted, BasicOption, Choice, ChoiceValue, DurationOption, IntoChoice,
    IntoOptionKind, Localized, Mentionable, NumberRange, OneOf, OptionKind, OptionSpec, Optional, Scalar,
    WithAutocomplete, attachment, autocomplete_choices, boolean, channel, choices, duration, integer, member,
    mentionable, number, one_of, role, string, user, value_text,
};
pub(crate) use localize::{Localizable, visit as visit_texts, visit_text_command};
pub(crate) use problems::join_path;
pub use problems::{CommandProblem, Problems};
pub use reader::{AddOption, ArgumentList, ArgumentReader, Arguments};
