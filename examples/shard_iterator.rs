//! The gateway without a bot: a shard is an iterator of events, with their JSON as Discord sent it.
//!
//! `cargo run --example shard_iterator` does it in a simulated Discord, `DISCORD_TOKEN=... cargo run --example
//! shard_iterator` on the real one.

use std::sync::Arc;
use std::{env, thread};

use syncord::gateway::session::Stop;
use syncord::gateway::shard::{Shard, ShardConfig, ShardEvent};
use syncord::prelude::*;
use syncord::sim::Discord;
use syncord::{InMemoryQueue, Token};

fn main() -> syncord::Result {
    let discord = Discord::start()?; // used only without a token
    let (token, client) = match env::var("DISCORD_TOKEN") {
        Ok(token) => (Token::new(&token)?, Client::new(Token::new(&token)?)),
        Err(_) => (Token::new(&discord.token())?, discord.rest()),
    };
    // The queue asks Discord where the gateway is, and waits as long as Discord demands before a login.
    let queue = InMemoryQueue::new(client);
    let shard = Shard::new(ShardConfig::new(token, Intents::GUILD_MESSAGES), Arc::new(queue));

    let sender = shard.sender(); // works from any thread
    let (ann, general) = (discord.member("ann"), discord.channel("general"));
    thread::scope(|scope| {
        scope.spawn(|| discord.wait_until_ready().map(|()| ann.says(&general, "hello")));
        for event in shard {
            if let ShardEvent::Dispatch { name, data, .. } = event? {
                println!("{name}: {} bytes of JSON", data.len());
                if name == "MESSAGE_CREATE" {
                    sender.stop(Stop::EndSession);
                }
            }
        }
        Ok(())
    })
}
