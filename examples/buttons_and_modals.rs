//! Buttons with values in their custom IDs, and a modal.
//!
//! `cargo run --example buttons_and_modals`, then type `/vote`, and `[Yes]` to click it; or `/report` and two lines for
//! its fields.

use std::collections::HashMap;

use syncord::prelude::*;

// The values in braces are parsed when a user clicks, even after a restart of the bot.
const VOTE: CustomId<(u32, String)> = CustomId::new("vote/{poll}/{choice}");
const REPORT: CustomId<()> = CustomId::new("report");

fn main() -> syncord::Result {
    // Also log which commands are created, edited and deleted at Discord.
    let log = env_logger::Env::default().default_filter_or("warn,syncord::commands=info");
    // At the trace level the websocket crate would log private messages.
    env_logger::Builder::from_env(log).parse_filters("tungstenite=warn").init();

    let mut votes: HashMap<(u32, String), u32> = HashMap::new();
    let mut bot = Bot::from_env_or_playground()?;
    bot.command(command("vote", "Starts a vote").run(|cx| {
        let yes = Button::success(VOTE.with(1_u32, "yes")?, "Yes");
        let no = Button::danger(VOTE.with(1_u32, "no")?, "No");
        cx.reply(InteractionMessage::text("Shall we sail?").component(ActionRow::new([yes, no])))
    }));
    bot.component(VOTE.run(|cx, poll, choice| {
        let count = votes.entry((poll, choice.clone())).or_default();
        *count += 1;
        cx.reply_ephemeral(format!("{choice}: {count}"))
    }));

    bot.command(command("report", "Reports the tide").run(|cx| {
        let place = Label::new("Where?", TextInput::short("where"));
        let words = Label::new("How is it?", TextInput::paragraph("words"));
        cx.modal(&Modal::new(REPORT.with()?, "Tide").component(place).component(words))
    }));
    bot.modal(REPORT.run_modal(|cx| {
        let field = |id| cx.value(id).unwrap_or_default();
        cx.reply(format!("{}: {}", field("where"), field("words")))
    }));
    bot.run()?;
    Ok(())
}
