use syncord::prelude::*;

fn count(mut bot: Bot<'_>) -> syncord::Result {
    let mut count = 0;
    bot.on_message(|_, _| {
        count += 1;
        Ok(())
    });
    bot.run()?;
    Ok(())
}

fn main() -> syncord::Result {
    count(Bot::from_env()?)
}
