//! Pages that a user turns with buttons, and a menu of choices.
//!
//! `cargo run --example paginator`, then type `/logbook` and `[›]`, or `/sail` and `[Bergen]`.

use syncord::prelude::*;

fn main() -> syncord::Result {
    let mut bot = Bot::from_env_or_playground()?;
    let logbook = command("logbook", "Shows the logbook").waits_for::<InteractionCreate>();
    bot.command(logbook.run(|cx| {
        cx.spawn(|task| {
            // A page is made when it is shown. Each could be an embed, or read from a database.
            let days = (1..=30).map(|day| format!("Day {day}: wind from the west."));
            task.pages(Prompt::default(), days)?;
            Ok(())
        })?;
        Ok(())
    }));

    let sail = command("sail", "Asks where to").waits_for::<InteractionCreate>();
    bot.command(sail.run(|cx| {
        cx.spawn(|task| {
            // Each choice has a label and a value of any type.
            let harbours = [("Bergen", 60.4), ("Kiel", 54.3), ("Brest", 48.4)];
            if let Some(latitude) = task.choose("Where to?", harbours)? {
                task.follow_up(format!("Course set for {latitude}° north."))?;
            }
            Ok(())
        })?;
        Ok(())
    }));
    bot.run()?;
    Ok(())
}
