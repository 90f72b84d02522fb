//! What an app can show: every kind of component, a modal, an embed, a poll, autocomplete. Made for the playground.
//!
//! `cargo run --example showcase`, and open the printed address in a browser.

use std::time::Duration;

use syncord::model::component::{
    CheckboxGroup, Container, EntitySelect, FileDisplay, GroupOption, MediaGallery, MediaGalleryItem,
    RadioGroup, Section, SelectOption, Separator, StringSelect, TextDisplay, Thumbnail,
};
use syncord::model::{ChannelType, Color};
use syncord::prelude::*;
use syncord::rest::CreatePoll;
use syncord::sim::playground::log_to_page;

const CHOICE: CustomId<(String,)> = CustomId::new("choice/{what}");
const FORM: CustomId<()> = CustomId::new("form");
const PORTS: [&str; 6] = ["Bergen", "Bremen", "Brest", "Bristol", "Lisbon", "Lübeck"];
const TIDE: &[u8] = include_bytes!("tide.png");

fn tide() -> Upload {
    Upload::bytes("tide.png", TIDE)
}

fn classic() -> InteractionMessage {
    let selects = [
        Component::StringSelect(
            StringSelect::new("choice/fruit").placeholder("Fruit").max_values(2).options([
                SelectOption::new("Apple", "apple").description("From the orchard"),
                SelectOption::new("Pear", "pear"),
                SelectOption::new("Plum", "plum"),
            ]),
        ),
        Component::UserSelect(EntitySelect::new("choice/user").placeholder("A user")),
        Component::ChannelSelect(
            EntitySelect::new("choice/channel").channel_types([ChannelType::GUILD_TEXT]),
        ),
    ];
    let buttons = [
        Button::primary("choice/primary", "Primary"),
        Button::secondary("choice/secondary", "Secondary"),
        Button::success("choice/success", "Success"),
        Button::danger("choice/danger", "Danger"),
        Button::link("https://example.com", "Link"),
    ];
    let message = InteractionMessage::text("Buttons and selects").component(ActionRow::new(buttons));
    selects.into_iter().fold(message, |message, select| message.component(ActionRow::new([select])))
}

fn layout() -> InteractionMessage {
    let picture = "attachment://tide.png";
    InteractionMessage::new().components_v2().file(tide()).component(
        Container::new()
            .accent_color(Color::from_rgb(0x2a, 0x6f, 0x77))
            .component(Section::new(
                [TextDisplay::new("## High water\nAt **12:40** in the harbour.")],
                Thumbnail::new(picture),
            ))
            .component(Separator::new())
            .component(MediaGallery::new([
                MediaGalleryItem::new(picture),
                MediaGalleryItem::new(picture).spoiler(true),
            ]))
            .component(FileDisplay::new("tide.png"))
            .component(ActionRow::new([Button::primary("choice/layout", "Understood")])),
    )
}

fn form() -> Result<Modal, Error> {
    let fruit = [
        GroupOption::new("Apple", "apple").preselected(true),
        GroupOption::new("Pear", "pear").description("Ripe"),
    ];
    Ok(Modal::new(FORM.with()?, "Voyage")
        .component(Label::new("Ship", TextInput::short("ship").min_length(2)))
        .component(
            Label::new("Log", TextInput::paragraph("log").required(false))
                .description("What happened on the way"),
        )
        .component(Label::new("Fruit", RadioGroup::new("fruit", fruit.clone())))
        .component(Label::new("Cargo", CheckboxGroup::new("cargo", fruit).required(false)))
        .component(Label::new(
            "Captain",
            Component::UserSelect(EntitySelect::new("captain").required(false)),
        )))
}

fn embed() -> Embed {
    Embed::new()
        .title("Harbour")
        .description("Ships *in port* today, <t:1700000000:R>.")
        .color(Color::from_rgb(0xb0, 0x4b, 0x8f))
        .inline_field("Berth", "3")
        .inline_field("Depth", "9 m")
        .footer("Harbour office")
}

fn poll() -> CreatePoll {
    CreatePoll::new("When do we sail?").answer("Today").answer("Tomorrow").duration(Duration::from_secs(3600))
}

fn main() -> syncord::Result {
    let log = env_logger::Env::default().default_filter_or("warn,syncord::commands=info");
    // At the trace level the websocket crate would log private messages.
    let logger = env_logger::Builder::from_env(log).parse_filters("tungstenite=warn").build();
    let level = logger.filter();
    log_to_page(logger, level)?;

    let mut bot = Bot::from_env_or_playground()?;
    let port = string().autocomplete(|_, typed| {
        let typed = typed.to_lowercase();
        PORTS.into_iter().filter(|port| port.to_lowercase().starts_with(&typed)).collect::<Vec<_>>()
    });
    bot.command(
        command("sail", "Sails to a port")
            .option("port", "Where to", port)
            .option("knots", "How fast", integer(1..=40).optional())
            .run(|cx, port, knots| {
                cx.reply(format!("Course set for **{port}** at {} knots.", knots.unwrap_or(6)))
            }),
    );
    bot.command(command("components", "Buttons and selects").run(|cx| cx.reply(classic())));
    bot.command(command("layout", "Components of the second generation").run(|cx| cx.reply(layout())));
    bot.command(command("form", "A modal with all kinds of fields").run(|cx| cx.modal(&form()?)));
    bot.command(
        command("secret", "Only you see the answer")
            .ephemeral()
            .run(|cx| cx.reply("The treasure is ||under the stone||.")),
    );
    bot.command(command("think", "Takes a second").run(|cx| {
        std::thread::sleep(Duration::from_secs(1));
        cx.reply("42")
    }));
    bot.command(command("embed", "An embed").run(|cx| cx.reply(InteractionMessage::new().embed(embed()))));
    bot.command(command("poll", "A poll").run(|cx| cx.reply(InteractionMessage::new().poll(poll()))));
    bot.component(CHOICE.run(|cx, what| {
        let values = cx.values().join(", ");
        cx.reply_ephemeral(if values.is_empty() { what } else { format!("{what}: {values}") })
    }));
    bot.modal(FORM.run_modal(|cx| {
        cx.reply(format!(
            "The *{}* sails with {}.",
            cx.value("ship").unwrap_or_default(),
            cx.value("fruit").unwrap_or_default()
        ))
    }));
    bot.on_message(|cx, message| {
        if !message.author.bot {
            cx.reply(message, &message.content)?;
        }
        Ok(())
    });
    bot.run()?;
    Ok(())
}
