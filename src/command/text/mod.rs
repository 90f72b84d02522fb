//! Text commands: the options of a command, read from the text of a message. Pure.
//!
//! ```text
//! !gift @ann 20 for:"the tide table"      the text after the prefix and the path
//!       └──┘ └┘ └──────────────────┘      words; a name before `:` or after `--` names an option
//! ```
//!
//! Words are [assigned](assign) to the declared options in their order. The values of texts and numbers are then
//! [read](scalar); users, roles and channels are [named](Entity) by mention, ID or name, and looked up elsewhere.

mod arguments;
mod problem;
#[cfg(test)]
mod tests;
mod usage;
mod values;
mod words;

pub(crate) use arguments::{TextArgument, assign};
pub(crate) use problem::{TextProblem, point_out};
pub(crate) use usage::{expected, usage};
pub(crate) use values::{Entity, entity, scalar};
