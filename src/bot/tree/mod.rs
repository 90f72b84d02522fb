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
//! # Text commands
//!
//! A message can call a command too: `!roll 6`. [`text`](Tree::text) on a command, a group or a tree allows it besides the
//! slash command, [`text_only`](Tree::text_only) instead of it. The handler, its options and its checks are the same, and
//! `cx.reply` replies to the message. The bot needs a [prefix](crate::Bot::text_prefix).
//!
//! ```
//! use syncord::tree::{Tree, command, group, integer, string, user};
//! # fn main() -> syncord::Result {
//! # let discord = syncord::sim::Discord::start()?;
//! # let (ann, general) = (discord.member("ann"), discord.channel("general"));
//! # let mut bot = discord.bot();
//! bot.text_prefix("!").mount(
//!     Tree::new("bank").text().add(
//!         group("coins", "The coins of users").alias("c").add(
//!             command("give", "Gives coins to a user")
//!                 .option("whom", "Who gets them", user())
//!                 .option("coins", "How many", integer(1..=500))
//!                 .option("note", "Why", string().optional())
//!                 .run(|cx, whom, coins, note| {
//!                     cx.reply(format!("{coins} coins for {}: {}", whom.username, note.unwrap_or_default()))
//!                 }),
//!         ),
//!     ),
//! );
//! # bot.during(|| {
//! for text in ["!coins give @ann 5 well done", "!c give coins:5 note:\"well done\" ann"] {
//!     ann.says(&general, text);
//!     assert_eq!(general.next_message()?.content, "5 coins for ann: well done");
//! }
//! ann.says(&general, "!c give ann many");
//! assert_eq!(
//!     general.next_message()?.content,
//!     "`coins`: Expected an integer from 1 to 500, not \"many\".\n\
//!      ```\n!c give ann many\n            ^^^^\n```\
//!      Usage: `!c give <whom> <coins> [note…]`"
//! );
//! # Ok(())
//! # })
//! # }
//! ```
//!
//! | in the message | read as |
//! |---|---|
//! | `5`, `ann`, `yes` | the next option, in the order of their declaration; an optional one before others is left out if the word cannot be its value, and a user, a channel or a role is then named with its mark: `@ann`, `#general` |
//! | `"two words"` | one value; quotes of other languages too, and `\"` for a quote in it |
//! | `note:text`, `note:"a text"`, `--note text`, `--note=text` | the value of the option `note` |
//! | `--loud` | yes, for the option `loud` |
//! | the rest of the line | the last option, if it is a text |
//! | `<@7>`, an ID, `ann` or `@ann` | a user; by name the member with this username, or the only one with this display name or nickname |
//! | `<@&7>`, an ID, `pilots`; `<#7>`, an ID, `general` | a role or a channel of the guild |
//! | attached files | the options for files |
//!
//! Names of commands are read without regard to upper and lower case. Messages of bots and webhooks call nothing, nor do
//! messages that begin with a prefix but name no command.
//!
//! What Discord enforces for the slash command holds for the message: the permissions that members need by default, the
//! contexts, the age restriction. If these or a [`Check`] may look at permissions, they are fetched before the handler runs,
//! which takes up to four requests; otherwise the member has none. An ephemeral reply is a direct message. A modal is
//! not possible.
//!
//! Commands are registered when the bot starts, if something has changed. [`run`](crate::bot::Bot::run),
//! [`start`](crate::bot::Bot::start) and [`plan_commands`](crate::bot::Bot::plan_commands) report everything that
//! Discord would refuse, all at once.

mod autocomplete;
pub(in crate::bot) mod checks;
pub(in crate::bot) mod dispatch;
pub(in crate::bot) mod node;
pub(in crate::bot) mod options;
pub(in crate::bot) mod outline;
pub(in crate::bot) mod router;
mod run;
mod tree;

pub use autocomplete::{Autocomplete, AutocompleteContext, with_autocomplete};
pub use checks::{
    Check, Cooldown, MaxConcurrency, bot_has_permissions, cooldown, guild_only, has_permissions,
    max_concurrency, owner_only, premium,
};
pub use node::{AnyNode, CommandNode, ComponentNode, EventNode, GroupBuilder, ModalNode, Node, on, on_in};
pub use options::NodeOptions;
pub use run::CommandNodeBuilder;
pub use tree::{Tree, command, group, member_command, message_command, user_command};

pub use crate::bot::refusal::Refusal;
pub(crate) use router::Router;
