//! Text commands: commands of the tree that are called by messages.
//!
//! ```text
//! MESSAGE_CREATE ── table ──► call ──────────────► tree: checks, arguments, handler
//!   content         prefix     lookup               cx.reply(..) answers the message
//!                   and path   permissions
//! ```
//!
//! A call becomes the interaction that Discord would have sent for the slash command, so that one handler does for both.

pub(in crate::bot) mod call;
mod follow;
mod lookup;
pub(in crate::bot) mod prefix;
pub(in crate::bot) mod source;
pub(in crate::bot) mod table;
