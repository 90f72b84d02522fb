//! A program whose main thread belongs to something else, such as a window: the bot runs on a second thread.
//!
//! `cargo run --example gui`, then type some messages. A window is only pretended: it prints what it would draw.

use std::sync::mpsc;
use std::thread;

use syncord::prelude::*;

/// What the bot sends to the window.
enum Update {
    Connected,
    Message { channel: ChannelId, author: String, text: String },
}

fn main() -> syncord::Result {
    let (updates, window) = mpsc::channel();
    let (controls, from_bot) = mpsc::channel();
    // The bot is built on its thread, so that its handlers may borrow what is there.
    let bot = thread::spawn(move || -> syncord::Result {
        let mut bot = Bot::from_env_or_playground()?;
        bot.on_connected(|_, _| Ok(updates.send(Update::Connected)?));
        bot.on_message(|_, message| {
            if !message.author.bot {
                let (channel, author) = (message.channel_id, message.author_name().to_owned());
                updates.send(Update::Message { channel, author, text: message.content.clone() })?;
            }
            Ok(())
        });
        // What is typed into the window. An inbox is Send and Clone: any thread can use it.
        let typed = bot.inbox(|cx, (channel, text): (ChannelId, &'static str)| {
            cx.send(channel, text)?;
            Ok(())
        });
        controls.send((bot.handle(), typed))?;
        bot.run()?;
        Ok(())
    });

    if let Ok((handle, typed)) = from_bot.recv() {
        // The loop of the window. It ends with the bot, whose side of the channel is gone then.
        while let Ok(update) = window.recv() {
            match update {
                Update::Connected => println!("window: connected"),
                Update::Message { text, .. } if text == "close" => handle.stop(), // the window was closed
                Update::Message { channel, author, text } => {
                    println!("window: {author} wrote {text:?}");
                    typed.send((channel, "Seen in the window."))?;
                }
            }
        }
    }
    bot.join().expect("the bot's thread does not panic")
}
