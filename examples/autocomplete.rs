//! Autocomplete: suggestions for an option, which depend on what was typed and on the other options.
//!
//! `cargo run --example autocomplete`, then type `/sail country:Norway port:Bergen`. The web page shows the suggestions.

use syncord::model::OptionValue;
use syncord::prelude::*;

const PORTS: [(&str, &str); 5] = [
    ("Norway", "Bergen"),
    ("Norway", "Bodø"),
    ("Germany", "Bremen"),
    ("Germany", "Kiel"),
    ("France", "Brest"),
];

fn main() -> syncord::Result {
    let mut bot = Bot::from_env_or_playground()?;
    let port = string().autocomplete(|cx, typed| {
        let typed = typed.to_lowercase();
        let country = match cx.value("country") {
            Some(OptionValue::String(country)) => country.as_str(),
            _ => "",
        };
        PORTS
            .into_iter()
            .filter(|(of, name)| *of == country && name.to_lowercase().starts_with(&typed))
            .map(|(_, name)| name)
            .collect::<Vec<_>>()
    });
    bot.command(
        command("sail", "Sails to a port")
            .option("country", "The country", choices(["Norway", "Germany", "France"]))
            .option("port", "The port", port)
            .run(|cx, country, port| {
                // A user can send another value than the suggested ones.
                if !PORTS.contains(&(country.as_str(), port.as_str())) {
                    return Err(Refusal::new(format!("{country} has no port {port}.")).into());
                }
                cx.reply(format!("Course set for {port}."))
            }),
    );
    bot.run()?;
    Ok(())
}
