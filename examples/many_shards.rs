//! Several shards in one process: a thread for each connection, and still one place for the handlers.
//!
//! `cargo run --example many_shards`. Discord demands shards from 2,500 guilds on; without `bot.shards(..)` a bot has as
//! many as Discord recommends.

use std::cell::RefCell;
use std::collections::BTreeMap;

use syncord::prelude::*;

fn main() -> syncord::Result {
    let guilds: RefCell<BTreeMap<u32, u32>> = RefCell::default(); // guilds by shard: no lock, although it is shared
    let mut bot = Bot::from_env_or_playground()?;
    bot.shards(3);
    // Several processes share the shards of a bot like this: Shards::Range { shards: 0..16, total: 64 }.
    bot.on_connected(|cx, _| {
        println!("shard {} is connected", cx.shard());
        Ok(())
    });
    bot.on::<GuildCreate>(|cx, _| {
        *guilds.borrow_mut().entry(cx.shard().index).or_default() += 1;
        Ok(())
    });
    bot.on_message(|cx, message| {
        if message.content == "shards" {
            let health = cx.health();
            let counts: Vec<_> = guilds
                .borrow()
                .iter()
                .map(|(shard, count)| format!("shard {shard}: {count} guilds"))
                .collect();
            cx.reply(
                message,
                format!("{} shards are connected.\n{}", health.shards.len(), counts.join("\n")),
            )?;
        }
        Ok(())
    });
    bot.run()?;
    Ok(())
}
