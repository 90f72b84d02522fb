//! A bot with one command, one event and one test.

use std::cell::Cell;

use syncord::prelude::*;

/// The bot. `main` and the tests call it. Its handlers borrow what `main` owns.
fn features<'a>(bot: &mut Bot<'a>, greeted: &'a Cell<u32>) {
    bot.command(command("hello", "Greets a user").option("who", "Whom to greet", user().optional()).run(
        |cx, who| {
            greeted.set(greeted.get() + 1);
            let who = who.unwrap_or(cx.user().clone());
            cx.reply(format!("Hello, {}!", who.display_name()))
        },
    ));
    bot.on_message(|cx, message| {
        if message.content == "ping" {
            cx.reply(message, "pong")?;
        }
        Ok(())
    });
}

fn main() -> syncord::Result {
    let log = env_logger::Env::default().default_filter_or("warn");
    // At the trace level the websocket crate would log private messages.
    env_logger::Builder::from_env(log).parse_filters("tungstenite=warn").init();

    let greeted = Cell::new(0);
    let mut bot = Bot::from_env_or_playground()?; // DISCORD_TOKEN
    features(&mut bot, &greeted);
    bot.run()?;
    println!("greeted {} users", greeted.get());
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use syncord::sim::Discord;

    use super::features;

    #[test]
    fn a_user_is_greeted_by_name() -> syncord::Result {
        let discord = Discord::start()?;
        let (ann, general) = (discord.member("ann"), discord.channel("general"));
        let greeted = Cell::new(0);
        let mut bot = discord.bot();
        features(&mut bot, &greeted);
        bot.during(|| {
            assert_eq!(ann.uses(&general, "/hello")?.reply()?.content, "Hello, ann!");
            ann.says(&general, "ping");
            assert_eq!(general.next_message()?.content, "pong");
            Ok(())
        })?;
        assert_eq!(greeted.get(), 1);
        Ok(())
    }
}
