//! Embeds, files that the bot sends, and files that it receives.
//!
//! `cargo run --example embeds_and_files`, then type `/tide`, or `:file Cargo.toml` to have the lines of a file counted.

use std::fmt::Write;

use syncord::prelude::*;

/// The height of the tide in each hour, as a text file.
fn table() -> Upload {
    let mut table = "hour,metres\n".to_owned();
    for hour in 0..24_u32 {
        let metres = 2.0 + 1.5 * (f64::from(hour) * std::f64::consts::TAU / 12.4).cos();
        let _ = writeln!(table, "{hour},{metres:.1}"); // a String takes everything
    }
    Upload::bytes("tide.csv", table)
}

fn main() -> syncord::Result {
    let mut bot = Bot::from_env_or_playground()?;
    bot.command(command("tide", "Shows today's tide").run(|cx| {
        let embed = Embed::new()
            .title("Today's tide")
            .description("High water in the harbour.")
            .inline_field("Morning", "06:12")
            .inline_field("Evening", "18:40")
            .image("attachment://tide.png") // a file of the same message
            .color(Color::from_rgb(0x34, 0x76, 0xb0))
            .footer("Harbour office");
        let picture = Upload::bytes("tide.png", include_bytes!("tide.png")).description("A wave");
        cx.reply(InteractionMessage::new().embed(embed).file(picture).file(table()))
    }));
    bot.on_message(|cx, message| {
        if message.author.bot {
            return Ok(());
        }
        for file in &message.attachments {
            // Only from Discord's own addresses, without the token, and not more than this.
            let bytes = cx.rest().download(file).max_size(1 << 20).bytes()?;
            let lines = bytes.iter().filter(|byte| **byte == b'\n').count();
            cx.reply(message, format!("`{}` has {lines} lines.", file.filename))?;
        }
        Ok(())
    });
    bot.run()?;
    Ok(())
}
