//! A bot, or a part of one, declared as a tree of nodes: commands and groups of them, components, modals, events.
//!
//! A tree is a value, so that a feature of a bot is a function that returns one, and [`Bot::mount`](super::Bot::mount)
//! makes it a part of the bot:
//!
//! ```no_run
//! use syncord::events::MessageCreate;
//! use syncord::model::{Permissions, User};
//! use syncord::tree::{CommandContext, CustomId, Tree, command, group, integer, on, user};
//! use syncord::Bot;
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
//!                 .add(command("ban", "Bans a member").option("who", "Whom", user()).run(ban)),
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
//! Commands are registered when the bot starts, and only if something has changed. Everything that Discord would
//! refuse is said at once, by [`run`](super::Bot::run), [`start`](super::Bot::start) and
//! [`plan_commands`](super::Bot::plan_commands).

mod checks;
mod dispatch;
mod mount;
mod node;
mod router;
mod run;
mod settings;
mod sketch;
mod suggest;

use std::fmt;

pub use checks::{
    Check, Cooldown, Refusal, bot_has_permissions, cooldown, guild_only, has_permissions, owner_only,
};
pub use node::{Any, Command, Component, GroupBuilder, Modal, Node, OnEvent, on, on_in};
pub use run::CommandNodeBuilder;
pub use settings::Settings;
pub use suggest::{Autocomplete, AutocompleteContext, with_autocomplete};

pub(crate) use router::Router;
pub(crate) use sketch::Sketch;

use self::settings::settings;
use crate::command::{self, ContextMenu};
use crate::model::{Member, Message, User};

/// Nodes under a label, which names them in logs, errors and drawings; commands are not prefixed by it.
///
/// See the [module](self). Its `Display` draws it.
#[must_use = "a tree does nothing until it is mounted"]
pub struct Tree<'a> {
    label: String,
    settings: Settings,
    nodes: Vec<Node<'a>>,
}

impl<'a> Tree<'a> {
    /// A tree with nothing in it.
    pub fn new(label: impl Into<String>) -> Tree<'a> {
        Tree { label: label.into(), settings: Settings::default(), nodes: Vec::new() }
    }

    /// Adds a node.
    #[expect(clippy::should_implement_trait, reason = "nothing is summed up")]
    #[track_caller]
    pub fn add(mut self, node: impl Into<Node<'a>>) -> Tree<'a> {
        self.nodes.push(node.into());
        self
    }

    fn settings(&mut self) -> &mut Settings {
        &mut self.settings
    }

    settings!();
}

impl fmt::Debug for Tree<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tree")
            .field("label", &self.label)
            .field("nodes", &self.nodes.len())
            .finish_non_exhaustive()
    }
}

/// A [slash command](https://docs.discord.com/developers/interactions/application-commands#slash-commands): `/roll`.
///
/// `.option(…)` adds what it takes, `.run(…)` finishes it by a closure that is given as many values.
///
/// ```
/// use syncord::tree::{command, integer, user};
///
/// let gift = command("gift", "Gives somebody coins")
///     .option("whom", "Who gets them", user())
///     .option("coins", "How many", integer(1..=500).optional())
///     .run(|cx, whom, coins| {
///         let coins = coins.unwrap_or(10);
///         cx.reply(format!("{} now has {coins} more.", whom.username))
///     });
/// ```
pub fn command<'a>(name: impl Into<String>, about: impl Into<String>) -> CommandNodeBuilder<'a, ()> {
    command::command(name, about).with(Settings::default())
}

/// A [command in the menu of users](https://docs.discord.com/developers/interactions/application-commands#user-commands).
///
/// ```
/// use syncord::tree::user_command;
///
/// let wave = user_command("Wave").run(|cx, user| cx.reply(format!("Hello, {}!", user.username)));
/// ```
pub fn user_command<'a>(name: impl Into<String>) -> CommandNodeBuilder<'a, ContextMenu<User>> {
    command::user_command(name).with(Settings::default())
}

/// A [command in the menu of users](https://docs.discord.com/developers/interactions/application-commands#user-commands)
/// that needs them to be members of the guild.
pub fn member_command<'a>(name: impl Into<String>) -> CommandNodeBuilder<'a, ContextMenu<Member>> {
    command::member_command(name).with(Settings::default())
}

/// A [command in the menu of messages](https://docs.discord.com/developers/interactions/application-commands#message-commands).
pub fn message_command<'a>(name: impl Into<String>) -> CommandNodeBuilder<'a, ContextMenu<Message>> {
    command::message_command(name).with(Settings::default())
}

/// A command that holds [subcommands](https://docs.discord.com/developers/interactions/application-commands#subcommands-and-subcommand-groups),
/// or groups of them: `/admin ban`. What is said of it holds for all that is in it.
///
/// ```
/// use syncord::model::Permissions;
/// use syncord::tree::{command, group, guild_only, user};
///
/// let admin = group("admin", "Moderation")
///     .default_member_permissions(Permissions::BAN_MEMBERS)
///     .check(guild_only())
///     .add(command("ban", "Bans somebody").option("who", "Whom", user()).run(|cx, who| cx.reply(who.username)))
///     .add(group("role", "Roles").add(command("list", "Lists them").run(|cx| cx.reply("None."))));
/// ```
pub fn group<'a>(name: impl Into<String>, about: impl Into<String>) -> GroupBuilder<'a> {
    command::group(name, about).with(Settings::default())
}
