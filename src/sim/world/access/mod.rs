//! Who may do what ([permissions](https://docs.discord.com/developers/topics/permissions)).
//!
//! `bits` names the permissions, `computed` finds out which ones a user has, `table` says which ones a route needs, `details` what the
//! content of a request needs, `check` compares them before a request is handled, and `hierarchy` compares the highest roles.

mod bits;
mod check;
mod computed;
mod details;
mod hierarchy;
mod table;

pub(super) use self::bits::*;
