// The pages of `docs/`, for rustdoc and its tests only. Their links hold in the repository: the definitions are at the end of
// a page. Those of `guide/links.md` come first, so they take precedence in rustdoc.

#![cfg_attr(not(doctest), doc = include_str!("guide/links.md"))]
#![cfg_attr(all(not(doctest), feature = "sim"), doc = include_str!("guide/links_with_sim.md"))]
#![cfg_attr(all(not(doctest), not(feature = "sim")), doc = include_str!("guide/links_without_sim.md"))]
#![doc = include_str!("../docs/guide.md")]

/// A module for each page.
macro_rules! pages {
    ($($name:ident $file:literal)*) => {$(
        #[cfg_attr(not(doctest), doc = include_str!("guide/links.md"))]
        #[cfg_attr(all(not(doctest), feature = "sim"), doc = include_str!("guide/links_with_sim.md"))]
        #[cfg_attr(all(not(doctest), not(feature = "sim")), doc = include_str!("guide/links_without_sim.md"))]
        #[doc = include_str!($file)]
        pub mod $name {}
    )*};
}

pages! {
    first_bot "../docs/first_bot.md"
    real_discord "../docs/real_discord.md"
    troubleshooting "../docs/troubleshooting.md"
    events_and_state "../docs/events_and_state.md"
    commands "../docs/commands.md"
    text_commands "../docs/text_commands.md"
    components "../docs/components.md"
    conversations "../docs/conversations.md"
    translations "../docs/translations.md"
    timers "../docs/timers.md"
    slow_work "../docs/slow_work.md"
    cache "../docs/cache.md"
    errors "../docs/errors.md"
    rest "../docs/rest.md"
    operations "../docs/operations.md"
    restarts "../docs/restarts.md"
    logging "../docs/logging.md"
    security "../docs/security.md"
    many_shards "../docs/many_shards.md"
    http_interactions "../docs/http_interactions.md"
    embedding "../docs/embedding.md"
    from_discord_py "../docs/from_discord_py.md"
    from_discord_js "../docs/from_discord_js.md"
    from_serenity "../docs/from_serenity.md"
    inside "../docs/inside.md"
    limits "../docs/limits.md"
}
