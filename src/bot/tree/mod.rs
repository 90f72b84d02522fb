//! A bot, or a part of one, as a tree of nodes: commands, groups of commands, components, modals, events.
//!
//! A tree is a value, so a feature of a bot is a function that returns one. [`Bot::mount`](crate::bot::Bot::mount) adds it
//! to the bot:
//!
//! ```no_run
//! use syncord::events::MessageCreate;
//! use syncord::model::{Permissions, User};
//! use syncord::tree::{CommandContext, CustomId, Tree, command, group, integer, on, user};
//! use syncord::{Bot, Result};
//!
//! const VOTE: CustomId<(u64, String)> = CustomId::new("vote/{poll}/{choice}");
//!
//! fn dice() -> Tree<'static> {
//!     Tree::new("dice")
//!         .add(
//!             command("roll", "Rolls dice")
//!                 .option("sides", "Faces of a die", integer(2..=1000))
//!                 .option("times", "How many dice", integer(1..=20).optional())
//!                 .run(|cx, sides, times| cx.reply(format!("{}", sides * times.unwrap_or(1)))),
//!         )
//!         .add(
//!             group("admin", "Moderation")
//!                 .default_member_permissions(Permissions::BAN_MEMBERS)
//!                 .add(command("ban", "Bans a member").option("who", "The member", user()).run(ban)),
//!         )
//!         .add(VOTE.run(|cx, poll, choice| cx.reply_ephemeral(format!("{choice} in {poll}"))))
//!         .add(on::<MessageCreate>(|_, message| Ok(println!("{}", message.content))))
//! }
//!
//! fn ban(cx: &CommandContext, who: User) -> Result {
//!     cx.reply(format!("{} has to leave.", who.username))
//! }
//!
//! fn main() -> syncord::Result {
//!     let mut bot = Bot::from_env()?;
//!     bot.mount(dice());
//!     println!("{bot}"); // draws it
//!     bot.run()?;
//!     Ok(())
//! }
//! ```
//!
//! Commands are registered when the bot starts, if something has changed. [`run`](crate::bot::Bot::run),
//! [`start`](crate::bot::Bot::start) and [`plan_commands`](crate::bot::Bot::plan_commands) report everything that
//! Discord would refuse, all at once.

mod autocomplete;
mod checks;
pub(in crate::bot) mod dispatch;
pub(in crate::bot) mod node;
pub(in crate::bot) mod options;
pub(in crate::bot) mod outline;
pub(in crate::bot) mod router;
mod run;
mod tree;

pub use autocomplete::{Autocomplete, AutocompleteContext, with_autocomplete};
pub use checks::{Check, Cooldown, bot_has_permissions, cooldown, guild_only, has_permissions, owner_only};
pub use node::{AnyNode, CommandNode, ComponentNode, EventNode, GroupBuilder, ModalNode, Node, on, on_in};
pub use options::NodeOptions;
pub use run::CommandNodeBuilder;
pub use tree::{Tree, command, group, member_command, message_command, user_command};

pub use crate::bot::refusal::Refusal;
pub(crate) use router::Router;
