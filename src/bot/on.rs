//! Registers the handlers of a bot: [`Bot::on`] and the like.

use std::panic::Location;
use std::sync::Arc;

use crate::bot::bot::Bot;
use crate::bot::context::Context;
use crate::bot::error::{HandlerError, HandlerId};
use crate::bot::handler::{Connected, HandledEvent};
use crate::bot::lanes::{LaneSafe, Lanes};
use crate::error::Result;
use crate::gateway::event::{Event, MessageCreate, Ready};
use crate::gateway::session::{Disconnected, Gap};

/// # Handlers
impl<'a> Bot<'a> {
    /// Registers a handler for an event: one of [Discord's](crate::gateway::event), or one of the connection
    /// ([`Connected`], [`Disconnected`], [`Gap`]).
    ///
    /// Several handlers of one event are called in the order in which they were registered; the event is parsed once.
    /// Errors and panics of a handler are reported to [`on_error`](Bot::on_error), and the bot continues.
    ///
    /// ```
    /// use syncord::gateway::event::{GuildMemberAdd, MessageCreate, MessageReactionAdd};
    /// use syncord::{Bot, Context, Result};
    ///
    /// fn greet(cx: &Context, joined: &GuildMemberAdd) -> Result {
    ///     println!("a member joined {} on shard {}", joined.guild_id, cx.shard());
    ///     Ok(())
    /// }
    ///
    /// # fn main() -> Result<(), syncord::Error> {
    /// let mut bot = Bot::new("token")?;
    /// bot.on::<MessageReactionAdd>(|_, reaction| Ok(println!("{} likes it", reaction.user_id)))
    ///     .on(|_, message: &MessageCreate| Ok(println!("{}", message.content)))
    ///     .on(greet);
    /// # Ok(())
    /// # }
    /// ```
    #[doc(alias = "event listener")]
    #[doc(alias = "listener")]
    #[doc(alias = "event handler")]
    #[track_caller]
    pub fn on<E: HandledEvent>(&mut self, f: impl FnMut(&Context, &E) -> Result + 'a) -> &mut Self {
        self.handlers.add(HandlerId::of::<E>(Location::caller()), f);
        self
    }

    /// Registers a handler for an event that runs in [lanes](Lanes): on other threads, in order for the same guild, channel
    /// or user.
    ///
    /// It is called on several threads, so it cannot borrow, and it shares what it changes by `Mutex` or atomics.
    #[track_caller]
    pub fn on_in<E: Event>(
        &mut self,
        lanes: &Lanes,
        f: impl Fn(&Context, &E) -> Result + LaneSafe + 'static,
    ) -> &mut Self {
        let mut id = HandlerId::of::<E>(Location::caller());
        id.what = id.what.replacen("on::", "on_in::", 1);
        self.handlers.add_in(id, lanes, Arc::new(f));
        self
    }

    /// Registers a handler for new messages, including the bot's own: `on::<MessageCreate>`.
    #[doc(alias = "prefix")]
    #[doc(alias = "prefix command")]
    #[doc(alias = "text command")]
    #[track_caller]
    pub fn on_message(&mut self, f: impl FnMut(&Context, &MessageCreate) -> Result + 'a) -> &mut Self {
        self.handlers.add(HandlerId::new("on_message", Location::caller()), f);
        self
    }

    /// Registers a handler for the start of a new session of a shard: `on::<Ready>`.
    #[doc(alias = "setup hook")]
    #[track_caller]
    pub fn on_ready(&mut self, f: impl FnMut(&Context, &Ready) -> Result + 'a) -> &mut Self {
        self.handlers.add(HandlerId::new("on_ready", Location::caller()), f);
        self
    }

    /// Registers a handler for a connected shard, with a new session or a resumed one: `on::<Connected>`.
    #[track_caller]
    pub fn on_connected(&mut self, f: impl FnMut(&Context, &Connected) -> Result + 'a) -> &mut Self {
        self.handlers.add(HandlerId::new("on_connected", Location::caller()), f);
        self
    }

    /// Registers a handler for the end of a shard's connection, with code, reason and what follows: `on::<Disconnected>`.
    #[track_caller]
    pub fn on_disconnected(&mut self, f: impl FnMut(&Context, &Disconnected) -> Result + 'a) -> &mut Self {
        self.handlers.add(HandlerId::new("on_disconnected", Location::caller()), f);
        self
    }

    /// Registers a handler for lost events, or events that may be lost, so that history can be fetched: `on::<Gap>`.
    ///
    /// It is called after the last event of the lost session and before the first event of the new one.
    #[track_caller]
    pub fn on_gap(&mut self, f: impl FnMut(&Context, &Gap) -> Result + 'a) -> &mut Self {
        self.handlers.add(HandlerId::new("on_gap", Location::caller()), f);
        self
    }

    /// Registers a handler for every dispatch, including unknown ones. It receives the name and the JSON, and is called before
    /// the typed handlers.
    ///
    /// It requests all intents that are not privileged; [`intents`](Bot::intents) changes that. It does not count as a handler
    /// of interactions: a bot that responds to them by its own REST calls also handles
    /// [`InteractionCreate`](crate::events::InteractionCreate). Otherwise
    /// the library tells their users that nothing handles them.
    #[doc(alias = "raw event")]
    #[track_caller]
    pub fn on_any(&mut self, f: impl FnMut(&Context, &str, &str) -> Result + 'a) -> &mut Self {
        self.handlers.add_any(HandlerId::new("on_any", Location::caller()), Box::new(f));
        self
    }

    /// Registers a handler for errors: errors and panics of all handlers, and events that could not be parsed. Without it they are
    /// logged.
    ///
    /// It is for what is broken, and does not answer users: [`on_command_error`](Bot::on_command_error) does that for commands,
    /// and sees refusals and wrong input too.
    #[doc(alias = "error handler")]
    #[track_caller]
    pub fn on_error(&mut self, f: impl FnMut(&Context, &HandlerError) + 'a) -> &mut Self {
        let id = HandlerId::new("on_error", Location::caller());
        self.handlers.on_error = Some((id, Box::new(f)));
        self
    }

    /// Declares that [tasks](crate::bot::Task) which the bot's own handlers [spawn](Context::spawn) wait for this event.
    ///
    /// The bot then requests its intents. A node of a tree declares it for its own tasks.
    #[track_caller]
    pub fn waits_for<E: Event>(&mut self) -> &mut Self {
        self.handlers.add_wait::<E>(Location::caller());
        self
    }
}
