//! Giving a bot a cache.

use std::panic::Location;

use crate::bot::bot::Bot;
use crate::bot::error::HandlerId;
use crate::bot::intents::IntentRequest;
use crate::cache::Cache;

/// # Cache
impl Bot<'_> {
    /// Keeps Discord's objects in memory, as the [cache](crate::cache) says. A bot without a cache keeps nothing.
    ///
    /// The bot requests the intents that the cache needs to stay right. Say what it keeps before this call.
    ///
    /// ```
    /// use syncord::Cache;
    /// use syncord::events::MessageDelete;
    ///
    /// # fn main() -> syncord::Result {
    /// # let discord = syncord::sim::Discord::start()?;
    /// # let (ann, general) = (discord.member("ann"), discord.channel("general"));
    /// # let mut bot = discord.bot();
    /// bot.cache(Cache::new().messages(100));
    /// bot.on::<MessageDelete>(|cx, deleted| {
    ///     if let Some(message) = cx.before(deleted) {
    ///         cx.send(deleted.channel_id, format!("{} deleted: {}", message.author_name(), message.content))?;
    ///     }
    ///     Ok(())
    /// });
    /// # bot.during(|| {
    /// #     let message = ann.says(&general, "oops");
    /// #     ann.deletes(message);
    /// #     assert_eq!(general.next_message()?.content, "ann deleted: oops");
    /// #     Ok(())
    /// # })
    /// # }
    /// ```
    #[track_caller]
    pub fn cache(&mut self, cache: Cache) -> &mut Self {
        if self.config.cache.is_some() {
            self.problems
                .push("", "bot.cache(..) was called twice: give the bot one cache that keeps everything");
        }
        let at = Location::caller();
        for (part, intents) in cache.kept().needs() {
            let handler = HandlerId::new(format!("cache of {part}"), at);
            self.handlers.request_intents(IntentRequest { handler, event: None, intents });
        }
        self.config.cache = Some(cache);
        self
    }
}
