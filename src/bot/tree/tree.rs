//! A tree, and the functions that begin a node.

use std::fmt;

use super::node::{GroupBuilder, Node};
use super::options::{NodeOptions, settings};
use super::run::CommandNodeBuilder;
use crate::bot::context::ProvidedValue;
use crate::command::{CommandBuilder, ContextMenu, IntoNode};
use crate::model::{Member, Message, User};

/// Nodes under a label. The label names them in logs, errors and drawings. Commands are not prefixed with it.
///
/// See the [module](super). Its `Display` draws it.
#[doc(alias = "cog")]
#[doc(alias = "extension")]
#[doc(alias = "plugin")]
#[doc(alias = "module")]
#[doc(alias = "framework")]
#[must_use = "a tree does nothing until it is mounted"]
pub struct Tree<'a> {
    pub(in crate::bot) label: String,
    pub(in crate::bot) settings: NodeOptions,
    pub(in crate::bot) nodes: Vec<Node<'a>>,
    pub(in crate::bot) provided: Vec<ProvidedValue>,
}

impl<'a> Tree<'a> {
    /// Creates an empty tree.
    pub fn new(label: impl Into<String>) -> Tree<'a> {
        Tree {
            label: label.into(),
            settings: NodeOptions::default(),
            nodes: Vec::new(),
            provided: Vec::new(),
        }
    }

    /// Adds a node.
    #[expect(clippy::should_implement_trait, reason = "nothing is summed up")]
    #[track_caller]
    pub fn add(mut self, node: impl IntoNode<Node<'a>>) -> Tree<'a> {
        self.nodes.push(node.into_node());
        self
    }

    /// Brings a value along: mounting the tree [provides](crate::Bot::provide) it, so that a feature of a bot with its own state
    /// is still one function. The handlers of the tree read it with [`cx.get::<T>()`](crate::Context::get), also in lanes, tasks and
    /// checks; so do those of other trees.
    ///
    /// Without lanes and tasks a tree can also borrow its state: `fn deck(scores: &RefCell<Scores>) -> Tree<'_>`.
    ///
    /// ```
    /// use std::sync::atomic::{AtomicU32, Ordering};
    /// use syncord::tree::{Tree, command};
    ///
    /// #[derive(Default)]
    /// struct Score(AtomicU32);
    ///
    /// fn game() -> Tree<'static> {
    ///     Tree::new("game").provide(Score::default()).add(command("score", "Scores").run(|cx| {
    ///         let before = cx.get::<Score>()?.0.fetch_add(1, Ordering::Relaxed);
    ///         cx.reply(format!("{} points", before + 1))
    ///     }))
    /// }
    ///
    /// # fn main() -> syncord::Result {
    /// # let discord = syncord::sim::Discord::start()?;
    /// # let (ann, general) = (discord.member("ann"), discord.channel("general"));
    /// # let mut bot = discord.bot();
    /// bot.mount(game());
    /// # bot.during(|| {
    /// #     ann.uses(&general, "/score")?.reply()?;
    /// #     assert_eq!(ann.uses(&general, "/score")?.reply()?.content, "2 points");
    /// #     Ok(())
    /// # })
    /// # }
    /// ```
    #[doc(alias = "with_state")]
    #[doc(alias = "state")]
    pub fn provide<T: Send + Sync + 'static>(mut self, value: T) -> Tree<'a> {
        self.provided.push(ProvidedValue::new(value));
        self
    }

    fn settings(&mut self) -> &mut NodeOptions {
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
/// `.option(…)` adds an option. `.run(…)` finishes the command with a handler that receives a value for each option.
///
/// ```
/// use syncord::tree::{command, integer, user};
///
/// let gift = command("gift", "Gives coins to a user")
///     .option("whom", "Who gets them", user())
///     .option("coins", "How many", integer(1..=500).optional())
///     .run(|cx, whom, coins| {
///         let coins = coins.unwrap_or(10);
///         cx.reply(format!("{} now has {coins} more.", whom.username))
///     });
/// ```
#[doc(alias = "slash command")]
#[doc(alias = "application command")]
pub fn command<'a>(name: &str, description: &str) -> CommandNodeBuilder<'a, ()> {
    CommandBuilder::slash(name, description).with(NodeOptions::default())
}

/// A [user command](https://docs.discord.com/developers/interactions/application-commands#user-commands), in the context menu of users.
///
/// ```
/// use syncord::tree::user_command;
///
/// let wave = user_command("Wave").run(|cx, user| cx.reply(format!("Hello, {}!", user.username)));
/// ```
#[doc(alias = "context menu")]
pub fn user_command<'a>(name: &str) -> CommandNodeBuilder<'a, ContextMenu<User>> {
    CommandBuilder::context_menu(name).with(NodeOptions::default())
}

/// A [user command](https://docs.discord.com/developers/interactions/application-commands#user-commands) for members of
/// the guild only.
#[doc(alias = "context menu")]
pub fn member_command<'a>(name: &str) -> CommandNodeBuilder<'a, ContextMenu<Member>> {
    CommandBuilder::context_menu(name).with(NodeOptions::default())
}

/// A [message command](https://docs.discord.com/developers/interactions/application-commands#message-commands), in the context menu of messages.
#[doc(alias = "context menu")]
pub fn message_command<'a>(name: &str) -> CommandNodeBuilder<'a, ContextMenu<Message>> {
    CommandBuilder::context_menu(name).with(NodeOptions::default())
}

/// A command that holds [subcommands](https://docs.discord.com/developers/interactions/application-commands#subcommands-and-subcommand-groups),
/// or groups of them: `/admin ban`. Its options apply to everything in it.
///
/// ```
/// use syncord::model::Permissions;
/// use syncord::tree::{command, group, guild_only, user};
///
/// let admin = group("admin", "Moderation")
///     .default_member_permissions(Permissions::BAN_MEMBERS)
///     .check(guild_only())
///     .add(command("ban", "Bans a user").option("who", "The user", user()).run(|cx, who| cx.reply(who.username)))
///     .add(group("role", "Roles").add(command("list", "Lists them").run(|cx| cx.reply("None."))));
/// ```
#[doc(alias = "subcommand group")]
#[doc(alias = "subcommand")]
pub fn group<'a>(name: &str, description: &str) -> GroupBuilder<'a> {
    CommandBuilder::group(name, description).with(NodeOptions::default())
}
