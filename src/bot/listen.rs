//! What a bot listens to.

use std::panic::Location;
use std::sync::Arc;
use std::time::Duration;

use crate::bot::bot::Bot;
use crate::bot::context::Context;
use crate::bot::error::{HandlerError, HandlerId};
use crate::bot::handler::{Connected, ListenEvent};
use crate::bot::lanes::Lanes;
use crate::error::Result;
use crate::gateway::event::{Event, MessageCreate, Ready};
use crate::gateway::session::{Disconnected, Gap};

/// # What it hears
impl<'a> Bot<'a> {
    /// Has a closure called for each event of a type: a dispatch of Discord's ([list](crate::gateway::event)), or what
    /// happens to the connection ([`Connected`], [`Disconnected`], [`Gap`]).
    ///
    /// Several closures for one event are called in the order in which they were registered; the event is read once.
    /// What a closure returns or panics with is reported to [`on_error`](Bot::on_error), and the bot goes on.
    ///
    /// ```
    /// use syncord::gateway::event::{GuildMemberAdd, MessageCreate, MessageReactionAdd};
    /// use syncord::{Bot, Context, Result};
    ///
    /// fn greet(cx: &Context, joined: &GuildMemberAdd) -> Result {
    ///     println!("somebody joined {} on shard {}", joined.guild_id, cx.shard());
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
    #[track_caller]
    pub fn on<E: ListenEvent>(&mut self, f: impl FnMut(&Context, &E) -> Result + 'a) -> &mut Self {
        self.handlers.add(HandlerId::of::<E>(Location::caller()), f);
        self
    }

    /// Has a closure called in [lanes](Lanes) for each event of a type: beside the bot's thread, in order for the same
    /// guild, channel or person.
    ///
    /// It is called on several threads, so it cannot borrow, and shares what it changes by `Mutex` or atomics.
    #[track_caller]
    pub fn on_in<E: Event>(
        &mut self,
        lanes: &Lanes,
        f: impl Fn(&Context, &E) -> Result + Send + Sync + 'static,
    ) -> &mut Self {
        let mut label = HandlerId::of::<E>(Location::caller());
        label.what = label.what.replacen("on::", "on_in::", 1);
        self.handlers.add_in(label, lanes, Arc::new(f));
        self
    }

    /// Has a closure called for each new message, the bot's own ones too: `on::<MessageCreate>`.
    #[track_caller]
    pub fn on_message(&mut self, f: impl FnMut(&Context, &MessageCreate) -> Result + 'a) -> &mut Self {
        self.handlers.add(HandlerId::new("on_message", Location::caller()), f);
        self
    }

    /// Has a closure called when a shard has begun a new session: `on::<Ready>`.
    #[track_caller]
    pub fn on_ready(&mut self, f: impl FnMut(&Context, &Ready) -> Result + 'a) -> &mut Self {
        self.handlers.add(HandlerId::new("on_ready", Location::caller()), f);
        self
    }

    /// Has a closure called when a shard is connected, with a new session or back in its old one: `on::<Connected>`.
    #[track_caller]
    pub fn on_connected(&mut self, f: impl FnMut(&Context, &Connected) -> Result + 'a) -> &mut Self {
        self.handlers.add(HandlerId::new("on_connected", Location::caller()), f);
        self
    }

    /// Has a closure called when a shard's connection ended, with code, reason and what follows: `on::<Disconnected>`.
    #[track_caller]
    pub fn on_disconnected(&mut self, f: impl FnMut(&Context, &Disconnected) -> Result + 'a) -> &mut Self {
        self.handlers.add(HandlerId::new("on_disconnected", Location::caller()), f);
        self
    }

    /// Has a closure called where events were lost, or may have been, so that history can be fetched: `on::<Gap>`.
    ///
    /// It comes after the last event of the lost session and before the first one of the new.
    #[track_caller]
    pub fn on_gap(&mut self, f: impl FnMut(&Context, &Gap) -> Result + 'a) -> &mut Self {
        self.handlers.add(HandlerId::new("on_gap", Location::caller()), f);
        self
    }

    /// Has a closure called for every dispatch, unknown ones too, with its name and its JSON: before the typed closures.
    ///
    /// It asks for all intents that are not privileged; see [`intents`](Bot::intents) to change that. It looks on: a bot
    /// that answers interactions by calls of its own listens to [`InteractionCreate`] beside its nodes and tasks, lest
    /// the library tells their users that nothing does.
    #[track_caller]
    pub fn on_any(&mut self, f: impl FnMut(&Context, &str, &str) -> Result + 'a) -> &mut Self {
        self.handlers.add_any(HandlerId::new("on_any", Location::caller()), Box::new(f));
        self
    }

    /// Has errors and panics of closures, and events that could not be read, reported here instead of the log.
    pub fn on_error(&mut self, f: impl FnMut(&Context, &HandlerError) + 'a) -> &mut Self {
        self.handlers.on_error = Some(Box::new(f));
        self
    }

    /// Says that [tasks](Task) which the bot's own closures [spawn](Context::spawn) wait for events of a type.
    ///
    /// Intents follow from it. A node of a tree says it for itself.
    #[track_caller]
    pub fn waits_for<E: Event>(&mut self) -> &mut Self {
        self.handlers.add_wait::<E>(Location::caller());
        self
    }

    /// Has a closure called again and again, on the bot's thread between events, from the login on.
    ///
    /// Times that were missed while another closure took long are skipped.
    #[track_caller]
    pub fn every(&mut self, period: Duration, f: impl FnMut(&Context) -> Result + 'a) -> &mut Self {
        let label = HandlerId::new(format!("every({period:?})"), Location::caller());
        self.timers.add(label, period, Box::new(f));
        self
    }
}
