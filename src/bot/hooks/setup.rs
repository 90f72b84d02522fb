//! Adding closures around handlers to a bot.

use std::panic::Location;

use super::public::{CommandError, CommandOutcome};
use crate::bot::bot::Bot;
use crate::bot::context::InteractionContext;
use crate::bot::error::HandlerId;
use crate::error::Result;

/// # Around its commands
impl<'a> Bot<'a> {
    /// Registers a closure that is called before each command, component and modal of the bot's trees, by slash command or by
    /// text. It may refuse the user with a [`Refusal`](crate::tree::Refusal).
    ///
    /// Several closures are called in the order in which they were registered, until one refuses or fails; then the handler is
    /// not called. For one command or group there is [`check`](crate::tree::Node::check).
    ///
    /// ```
    /// use std::cell::RefCell;
    /// use std::collections::BTreeSet;
    /// use syncord::tree::{Refusal, command};
    ///
    /// # fn main() -> syncord::Result {
    /// # let discord = syncord::sim::Discord::start()?;
    /// # let (ann, bob, general) = (discord.member("ann"), discord.member("bob"), discord.channel("general"));
    /// let blocked = RefCell::new(BTreeSet::new());
    /// # let mut bot = discord.bot();
    /// # blocked.borrow_mut().insert(bob.id());
    /// bot.before_command(|cx| match blocked.borrow().contains(&cx.user().id) {
    ///     true => Err(Refusal::new("You cannot use this bot.").into()),
    ///     false => Ok(println!("{} uses {}", cx.user().username, cx.name())),
    /// });
    /// bot.command(command("ping", "Answers").run(|cx| cx.reply("pong")));
    /// # bot.during(|| {
    /// #     assert_eq!(bob.uses(&general, "/ping")?.reply()?.content, "You cannot use this bot.");
    /// #     assert_eq!(ann.uses(&general, "/ping")?.reply()?.content, "pong");
    /// #     Ok(())
    /// # })
    /// # }
    /// ```
    ///
    /// # Order
    ///
    /// 1. The closures of `before_command`.
    /// 2. The options, or the values in the custom ID, are read.
    /// 3. The [checks](crate::tree::Check) of the node, which count cooldowns.
    /// 4. The handler.
    /// 5. If one of these refused or failed: the closure of [`on_command_error`](Bot::on_command_error).
    /// 6. The closures of [`after_command`](Bot::after_command).
    /// 7. The library's own text to the user, unless 5 has answered.
    /// 8. [`on_error`](Bot::on_error), for errors and panics.
    ///
    /// All closures run on the bot's thread and may borrow, also for handlers in [lanes](crate::Lanes): 1 before the handler gets in
    /// line, 5 to 8 between other events, when it has ended. Only 2 to 4 run in the lane. What a closure of
    /// `before_command` sees of a text command has no options and no permissions yet. Autocomplete calls neither `before_command` nor `after_command`.
    /// Handlers of events and interactions that a [task](crate::bot::Task) has waited for call none of them.
    ///
    /// A bot without such closures does nothing for them.
    #[doc(alias = "pre_command")]
    #[doc(alias = "middleware")]
    #[doc(alias = "hook")]
    #[doc(alias = "interaction_check")]
    #[track_caller]
    pub fn before_command(&mut self, f: impl FnMut(&InteractionContext) -> Result + 'a) -> &mut Self {
        let id = HandlerId::new("before_command", Location::caller());
        self.router.hooks.get_or_insert_default().before.push((id, Box::new(f)));
        self
    }

    /// Registers a closure that is called after each command, component and modal of the bot's trees, with how it ended and how long
    /// it took: for logs and statistics.
    ///
    /// It is called for those that were refused too, and for those whose options could not be read. A
    /// [task](crate::bot::Task) that the handler has spawned may still run. For one command, compare
    /// [`name`](CommandOutcome::name). See [`before_command`](Bot::before_command) for the order and the thread.
    ///
    /// ```
    /// use syncord::tree::command;
    ///
    /// # fn main() -> syncord::Result {
    /// # let discord = syncord::sim::Discord::start()?;
    /// # let (ann, general) = (discord.member("ann"), discord.channel("general"));
    /// let mut log = Vec::new();
    /// # let mut bot = discord.bot();
    /// bot.after_command(|cx, outcome| {
    ///     let how = outcome.failure.map_or("done".to_owned(), |failure| failure.to_string());
    ///     log.push(format!("{}: {} ({how})", cx.user().username, outcome.name));
    ///     println!("{} took {:?}", outcome.name, outcome.duration);
    /// #   cx.stop();
    ///     Ok(())
    /// });
    /// bot.command(command("ping", "Answers").run(|cx| cx.reply("pong")));
    /// # bot.on_ready(|_, _| Ok(drop(ann.uses(&general, "/ping")?)));
    /// bot.run()?;
    /// assert_eq!(log, ["ann: ping (done)"]);
    /// # Ok(())
    /// # }
    /// ```
    #[doc(alias = "post_command")]
    #[doc(alias = "hook")]
    #[track_caller]
    pub fn after_command(
        &mut self,
        f: impl FnMut(&InteractionContext, &CommandOutcome<'_>) -> Result + 'a,
    ) -> &mut Self {
        let id = HandlerId::new("after_command", Location::caller());
        self.router.hooks.get_or_insert_default().after.push((id, Box::new(f)));
        self
    }

    /// Registers a closure for commands, components, modals and autocomplete that did not do what their user wanted: refused by a
    /// check, options that cannot be read, an error or a panic of the handler, a response that was too late.
    ///
    /// If the closure answers the user, the library does not: [`notify`](InteractionContext::notify) is for that, because a handler
    /// may have responded before it failed. [`keep_silent`](CommandError::keep_silent) answers with nothing. In the other cases the
    /// library says its [text](crate::texts::LibraryText).
    ///
    /// [`on_error`](Bot::on_error) is for what is broken, in all handlers of the bot: it receives errors and panics, also
    /// those that this closure has seen, and without it they are logged. `on_command_error` is for users: it also sees refusals and
    /// wrong input, which are no errors of the program, and has the interaction. A failed [task](crate::bot::Task) of a command
    /// calls both. An interaction that this version cannot read at all goes to `on_error` only.
    ///
    /// ```
    /// use syncord::bot::CommandFailure;
    /// use syncord::tree::{command, owner_only};
    ///
    /// # fn main() -> syncord::Result {
    /// # let discord = syncord::sim::Discord::start()?;
    /// # let (bob, general) = (discord.member("bob"), discord.channel("general"));
    /// # discord.set_owner(&discord.member("ann"));
    /// # let mut bot = discord.bot();
    /// bot.on_command_error(|cx, error| match error.failure {
    ///     CommandFailure::Failed(cause) => Ok(cx.notify(format!("`/{}` does not work now: {cause}", error.name))?),
    ///     CommandFailure::Refused(refusal) => Ok(println!("{} was refused: {refusal}", cx.user().username)),
    ///     _ => Ok(()), // the library answers
    /// });
    /// bot.command(command("tide", "Shows the tide").run(|_| Err("the gauge is broken".into())));
    /// bot.command(command("quit", "Stops me").check(owner_only()).run(|cx| Ok(cx.stop())));
    /// # bot.during(|| {
    /// #     let replied = bob.uses(&general, "/tide")?.reply()?;
    /// #     assert_eq!(replied.content, "`/tide` does not work now: the gauge is broken");
    /// #     assert_eq!(bob.uses(&general, "/quit")?.reply()?.content, "Only my owner can use this.");
    /// #     Ok(())
    /// # })
    /// # }
    /// ```
    ///
    /// There is one such closure: a second call replaces it. An error of the closure itself is reported to `on_error`, and the
    /// library answers the user. See [`before_command`](Bot::before_command) for the order and the thread.
    #[doc(alias = "error handler")]
    #[doc(alias = "tree.error")]
    #[track_caller]
    pub fn on_command_error(
        &mut self,
        f: impl FnMut(&InteractionContext, &CommandError<'_>) -> Result + 'a,
    ) -> &mut Self {
        let id = HandlerId::new("on_command_error", Location::caller());
        self.router.hooks.get_or_insert_default().on_error = Some((id, Box::new(f)));
        self
    }
}
