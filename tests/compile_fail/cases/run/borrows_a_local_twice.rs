use syncord::prelude::*;

fn main() -> syncord::Result {
    let mut count = 0;
    let mut bot = Bot::from_env()?;
    bot.command(command("up", "Counts up").run(|cx| {
        count += 1;
        cx.reply("up")
    }));
    bot.on_message(|_, _| {
        count += 1;
        Ok(())
    });
    bot.run()?;
    Ok(())
}
