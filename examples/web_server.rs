//! A web server in the same program: what is posted to it goes to a channel.
//!
//! `cargo run --example web_server`, type `here`, then `curl -d "High water at noon" http://127.0.0.1:8080`.

use std::cell::Cell;
use std::{env, thread};

use syncord::prelude::*;
use tiny_http::{Method, Response, Server};

fn main() -> syncord::Result {
    let latest = Cell::new(None); // where `here` was said last
    let mut bot = Bot::from_env_or_playground()?;
    bot.on_message(|cx, message| {
        if message.content == "here" {
            latest.set(Some(message.channel_id));
            cx.reply(message, "Reports come here.")?;
        }
        Ok(())
    });
    // Values from the server's thread. The closure runs on the bot's thread, so it may use the local above.
    let reports = bot.inbox(|cx, text: String| {
        match latest.get() {
            Some(channel) => drop(cx.send(channel, text)?),
            None => eprintln!("no channel yet: send `here` in one. This was not posted: {text}"),
        }
        Ok(())
    });

    let server = Server::http(env::var("ADDRESS").unwrap_or_else(|_| "127.0.0.1:8080".to_owned()))?;
    eprintln!("serving http://{}", server.server_addr());
    // It ends with the process.
    thread::spawn(move || {
        for mut request in server.incoming_requests() {
            let mut text = String::new();
            let is_text = request.as_reader().read_to_string(&mut text).is_ok();
            let status = match (request.method(), is_text && !text.is_empty()) {
                (Method::Post, true) if reports.send(text).is_ok() => 202,
                (Method::Post, true) => 503, // the bot has ended, or is far behind
                _ => 400,
            };
            // The client may have gone.
            let _ = request.respond(Response::empty(status));
        }
    });
    bot.run()?;
    Ok(())
}
