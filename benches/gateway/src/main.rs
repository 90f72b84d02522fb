//! The benchmark's client. The variant picks what it handles (`filter`, `any`, `typed`, `cache`) and the compression.

use std::cell::RefCell;

use bench_common::{Ask, Meter};
use syncord::cache::Members;
use syncord::gateway::socket::Compression;
use syncord::{Bot, Cache, Intents, Result};

mod typed;

fn main() -> Result {
    let (variant, port) = bench_common::args();
    let meter = RefCell::new(Meter::new());
    let mut bot = Bot::new("bench")?;
    bot.api_url(format!("http://127.0.0.1:{port}/api/v10"));
    bot.gateway_url(format!("ws://127.0.0.1:{port}"));
    bot.intents(Intents::all());
    // The benchmark's server has no limit, and asks faster than Discord lets a bot answer.
    bot.requests_per_second(u32::MAX);
    bot.on_message(|cx, message| {
        let ask = meter.borrow_mut().message(&message.content);
        match ask {
            Ask::Nothing | Ask::Begin => {}
            Ask::Reply(text) => {
                cx.send(message.channel_id, text)?;
            }
            Ask::End => {
                meter.borrow().finish();
                std::process::exit(0);
            }
        }
        Ok(())
    });
    match variant.split_once('-') {
        Some(("zlib", _)) => bot.compression(Compression::Zlib),
        Some(("zstd", _)) => bot.compression(Compression::Zstd),
        _ => &mut bot,
    };
    if variant.ends_with("typed") || variant == "cache" {
        typed::handle_all(&mut bot, &meter);
    }
    if variant == "cache" {
        // Everything that the cache of the library next to it keeps by default, and no limit that would make it smaller.
        let everything = Cache::new().guilds().channels().emojis().members(Members::Seen);
        bot.cache(everything.messages(100).voice_states().presences().limit_bytes(usize::MAX));
    }
    if variant == "any" {
        bot.on_any(|_, name, _| {
            if name != "MESSAGE_CREATE" {
                meter.borrow_mut().event();
            }
            Ok(())
        });
    }
    bot.run()?;
    Ok(())
}
