use syncord::prelude::*;

fn main() -> syncord::Result {
    let mut bot = Bot::from_env()?;
    bot.on_message(|cx, message| cx.reply(message, "aye"));
    bot.run()?;
    Ok(())
}
