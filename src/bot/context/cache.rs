//! The cache, for handlers and other threads.

use std::sync::LazyLock;

use super::context::{Context, Shared};
use super::handles::Handle;
use crate::cache::{Cache, HasBefore};

/// The cache of a bot that has none.
static EMPTY: LazyLock<Cache> = LazyLock::new(Cache::new);

impl Shared {
    /// The cache, which is empty if the bot has none.
    pub(crate) fn cache(&self) -> &Cache {
        self.cache.get().map_or_else(|| &*EMPTY, |cached| &cached.cache)
    }
}

impl Context {
    /// The [cache](crate::cache) of the bot. It knows nothing if the bot has [none](crate::Bot::cache).
    ///
    /// A clone of it works on any thread. For what it does not know, [`find_guild`](Context::find_guild) and the other `find_`
    /// methods ask Discord.
    pub fn cache(&self) -> &Cache {
        self.shared().cache()
    }

    /// What the event has changed or removed, as it was before: the [message](crate::model::Message) for a
    /// [`MessageUpdate`](crate::events::MessageUpdate) or [`MessageDelete`](crate::events::MessageDelete), the member for a
    /// [`GuildMemberUpdate`](crate::events::GuildMemberUpdate) or [`GuildMemberRemove`](crate::events::GuildMemberRemove), and so
    /// on: [all of them](HasBefore#implementors).
    ///
    /// `None` if the [cache](crate::Bot::cache) did not know it. It is never fetched: Discord keeps no earlier versions.
    ///
    /// ```
    /// use syncord::Cache;
    /// use syncord::events::MessageUpdate;
    ///
    /// # fn main() -> syncord::Result {
    /// # let discord = syncord::sim::Discord::start()?;
    /// # let (ann, general) = (discord.member("ann"), discord.channel("general"));
    /// # let mut bot = discord.bot();
    /// bot.cache(Cache::new().messages(100));
    /// bot.on::<MessageUpdate>(|cx, edited| {
    ///     if let Some(before) = cx.before(edited) {
    ///         cx.reply(edited, format!("{:?} was {:?}", edited.content, before.content))?;
    ///     }
    ///     Ok(())
    /// });
    /// # bot.during(|| {
    /// #     let message = ann.says(&general, "I knew it");
    /// #     ann.edits(message, "I did not know");
    /// #     assert_eq!(general.next_message()?.content, "\"I did not know\" was \"I knew it\"");
    /// #     Ok(())
    /// # })
    /// # }
    /// ```
    #[doc(alias = "old")]
    #[doc(alias = "message_before")]
    pub fn before<E: HasBefore>(&self, event: &E) -> Option<E::Before> {
        event.before(&*self.replaced()?)
    }
}

impl Handle {
    /// The [cache](crate::cache) of the bot. It knows nothing before the bot is run, or if the bot has [none](crate::Bot::cache).
    pub fn cache(&self) -> &Cache {
        self.shared().cache()
    }
}
