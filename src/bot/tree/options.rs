//! The options of every node: its checks, whether its messages are ephemeral, what its tasks wait for.

use std::time::Duration;

use super::checks::{Check, guild_only, has_permissions};
use crate::bot::error::HandlerId;
use crate::command::CommandDefinition;
use crate::gateway::event::Event;
use crate::gateway::intents::Intents;
use crate::interaction::{DeferMode, DeferPolicy};
use crate::model::{InteractionContextType, Permissions};

/// The options of a node, or of all nodes in a group or tree.
#[derive(Clone, Debug, Default)]
pub struct NodeOptions {
    pub(in crate::bot) checks: Vec<Check>,
    /// The permissions that the user must have.
    pub(in crate::bot) required: Permissions,
    pub(in crate::bot) is_guild_only: bool,
    pub(in crate::bot) is_ephemeral: bool,
    /// When its interactions are deferred, if that was set.
    pub(in crate::bot) defer_mode: Option<DeferMode>,
    pub(in crate::bot) waits: Vec<Wait>,
    /// How its commands are called, if that was set.
    pub(in crate::bot) calls: Option<Calls>,
    /// Prefixes in addition to those of the bot.
    pub(in crate::bot) text_prefixes: Vec<String>,
    /// Other names in texts. Not handed down.
    pub(in crate::bot) aliases: Vec<String>,
}

/// How a command can be called.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::bot) enum Calls {
    #[default]
    Slash,
    SlashAndText,
    Text,
}

/// Events that tasks wait for.
#[derive(Clone, Copy, Debug)]
pub(in crate::bot) struct Wait {
    /// The name of the event, as Discord writes it.
    pub(in crate::bot) name: &'static str,
    /// The event's type, without its path.
    pub(in crate::bot) type_name: &'static str,
    pub(in crate::bot) intents: Intents,
}

impl NodeOptions {
    pub(in crate::bot) fn check(&mut self, check: Check) {
        self.checks.push(check);
    }

    pub(in crate::bot) fn requires(&mut self, permissions: Permissions) {
        self.required |= permissions;
    }

    pub(in crate::bot) fn guild_only(&mut self) {
        self.is_guild_only = true;
    }

    /// All checks, in order.
    pub(in crate::bot) fn all_checks(&self) -> Vec<Check> {
        let required = (!self.required.is_empty()).then(|| has_permissions(self.required));
        let guild = self.is_guild_only.then(guild_only);
        guild.into_iter().chain(required).chain(self.checks.iter().cloned()).collect()
    }

    /// Hides a whole command from users that these options refuse, unless its definition says which users see it.
    pub(in crate::bot) fn restrict(&self, definition: &mut CommandDefinition) {
        if !self.required.is_empty() {
            definition.default_member_permissions.get_or_insert(self.required);
        }
        if self.is_guild_only || !self.required.is_empty() {
            definition.contexts.get_or_insert_with(|| vec![InteractionContextType::GUILD]);
        }
    }

    pub(in crate::bot) fn ephemeral(&mut self) {
        self.is_ephemeral = true;
    }

    pub(in crate::bot) fn defer_after(&mut self, time: Duration) {
        self.defer_mode = Some(DeferMode::After(time));
    }

    pub(in crate::bot) fn no_auto_defer(&mut self) {
        self.defer_mode = Some(DeferMode::Never);
    }

    pub(in crate::bot) fn waits_for<E: Event>(&mut self) {
        let wait = Wait { name: E::NAME, type_name: HandlerId::type_name::<E>(), intents: E::INTENTS };
        if !self.waits.iter().any(|known| known.name == wait.name) {
            self.waits.push(wait);
        }
    }

    /// Combines these options with those of the group or tree around them. The outer checks come first; a setting of the
    /// inner node replaces that of the outer one.
    pub(in crate::bot) fn within(&self, outer: &NodeOptions) -> NodeOptions {
        let mut all = outer.clone();
        all.checks.extend(self.checks.iter().cloned());
        all.required |= self.required;
        all.is_guild_only |= self.is_guild_only;
        all.is_ephemeral |= self.is_ephemeral;
        all.defer_mode = self.defer_mode.or(outer.defer_mode);
        all.calls = self.calls.or(outer.calls);
        all.text_prefixes.extend(self.text_prefixes.iter().cloned());
        all.aliases.clone_from(&self.aliases);
        for wait in &self.waits {
            if !all.waits.iter().any(|known| known.name == wait.name) {
                all.waits.push(*wait);
            }
        }
        all
    }

    /// Methods that are for interactions only, and what to use instead.
    pub(in crate::bot) fn for_interactions(&self) -> impl Iterator<Item = (&'static str, &'static str)> {
        [
            (!self.checks.is_empty(), ".check(..)", "look at the event in its closure"),
            (!self.required.is_empty(), ".requires(..)", "look at the event in its closure"),
            (self.is_guild_only, ".guild_only()", "look at the event in its closure"),
            (self.is_ephemeral, ".ephemeral()", "leave it out"),
            (matches!(self.defer_mode, Some(DeferMode::After(_))), ".defer_after(..)", "leave it out"),
            (matches!(self.defer_mode, Some(DeferMode::Never)), ".no_auto_defer()", "leave it out"),
        ]
        .into_iter()
        .filter_map(|(is_set, method, instead)| is_set.then_some((method, instead)))
    }

    /// Methods that are for commands only.
    pub(in crate::bot) fn for_commands(&self) -> impl Iterator<Item = &'static str> {
        self.calls.map(|_| ".text()").into_iter().chain(self.for_text())
    }

    /// Methods that are for text commands only.
    pub(in crate::bot) fn for_text(&self) -> impl Iterator<Item = &'static str> {
        [(!self.text_prefixes.is_empty(), ".text_prefix(..)"), (!self.aliases.is_empty(), ".alias(..)")]
            .into_iter()
            .filter_map(|(is_set, method)| is_set.then_some(method))
    }

    pub(in crate::bot) fn set_calls(&mut self, calls: Calls) {
        self.calls = Some(calls);
    }

    /// How its interactions are deferred.
    pub(in crate::bot) fn defer_policy(&self) -> DeferPolicy {
        DeferPolicy { ephemeral: self.is_ephemeral, mode: self.defer_mode.unwrap_or_default() }
    }
}

/// The methods that set these, on a type that has them in `self.settings()`.
macro_rules! settings {
    () => {
        /// Adds a [`Check`](crate::bot::tree::Check): the handler runs only if it lets the user pass. The first check that
        /// refuses tells the user why.
        pub fn check(mut self, check: impl Into<crate::bot::tree::Check>) -> Self {
            self.settings().check(check.into());
            self
        }

        /// Lets only members use it who have these permissions in the channel, and shows a command only to them.
        ///
        /// A guild can change which users see a command. It cannot change who may use it. On a subcommand this hides nothing,
        /// because Discord shows or hides a group as a whole.
        ///
        /// Implies [`guild_only`](Self::guild_only). See also the check
        /// [`bot_has_permissions`](crate::bot::tree::bot_has_permissions).
        ///
        /// ```
        /// use syncord::model::Permissions;
        /// use syncord::tree::{command, user};
        ///
        /// let kick = command("kick", "Kicks a user").requires(Permissions::KICK_MEMBERS).option("who", "The user", user()).run(
        ///     |cx, who| {
        ///         cx.rest().reason("by command").remove_guild_member(cx.guild()?.id, who.id)?;
        ///         cx.reply(format!("{} has left.", who.username))
        ///     },
        /// );
        /// ```
        pub fn requires(mut self, permissions: crate::model::Permissions) -> Self {
            self.settings().requires(permissions);
            self
        }

        /// Lets users use it in guilds only, and hides a command in direct messages.
        ///
        /// The handler can rely on [`cx.guild()?`](crate::bot::InteractionContext::guild).
        pub fn guild_only(mut self) -> Self {
            self.settings().guild_only();
            self
        }

        /// Makes the responses ephemeral: only the user sees what
        /// [`reply`](crate::bot::InteractionContext::reply), [`defer`](crate::bot::InteractionContext::defer),
        /// [`follow_up`](crate::bot::InteractionContext::follow_up) and the automatic deferral send. For a message that
        /// everyone sees there is [`reply_public`](crate::bot::InteractionContext::reply_public).
        ///
        /// Discord gives the first message after a deferral the visibility of that deferral. The library keeps the one that
        /// the method says: it deletes the deferred message first if it has another.
        ///
        /// ```
        /// use syncord::tree::command;
        ///
        /// let balance = command("balance", "Shows your balance").ephemeral().run(|cx| cx.reply("12 coins"));
        /// ```
        pub fn ephemeral(mut self) -> Self {
            self.settings().ephemeral();
            self
        }

        /// Sets how long after its arrival an interaction without a response is deferred automatically. Discord waits 3
        /// seconds for the first response; a longer time than that is shortened.
        pub fn defer_after(mut self, time: std::time::Duration) -> Self {
            self.settings().defer_after(time);
            self
        }

        /// Turns automatic deferral off. A modal must be the first response, so a handler that opens one after a
        /// long time needs this. [`Bot::no_auto_defer`](crate::Bot::no_auto_defer) does the same for all handlers.
        pub fn no_auto_defer(mut self) -> Self {
            self.settings().no_auto_defer();
            self
        }

        /// Lets messages call its commands too, besides slash commands: see [text commands](crate::tree#text-commands).
        pub fn text(mut self) -> Self {
            self.settings().set_calls(crate::bot::tree::options::Calls::SlashAndText);
            self
        }

        /// Lets only messages call its commands: they are no slash commands. See [text commands](crate::tree#text-commands).
        pub fn text_only(mut self) -> Self {
            self.settings().set_calls(crate::bot::tree::options::Calls::Text);
            self
        }

        /// Adds a prefix for its [text commands](crate::tree#text-commands), in addition to [those of the
        /// bot](crate::Bot::text_prefix).
        pub fn text_prefix(mut self, prefix: impl Into<String>) -> Self {
            self.settings().text_prefixes.push(prefix.into());
            self
        }

        /// Adds another name, by which [messages](crate::tree#text-commands) can call a command or a group. Slash commands
        /// have one name.
        pub fn alias(mut self, name: impl Into<String>) -> Self {
            self.settings().aliases.push(name.into());
            self
        }

        /// Declares that its [tasks](crate::bot::Task) wait for events of a type. The intents follow from it.
        pub fn waits_for<E: crate::gateway::event::Event>(mut self) -> Self {
            self.settings().waits_for::<E>();
            self
        }
    };
}

pub(super) use settings;
