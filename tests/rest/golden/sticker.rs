use syncord::id::{GuildId, StickerId, StickerPackId};
use syncord::model::{StickerFormatType, StickerType};
use syncord::rest::{Client, CreateGuildSticker, ModifyGuildSticker, Upload};

use super::book::Book;

const STICKER: &str = r#"{"id":"885533011481853952","name":"Ahoy","description":null,"tags":"ship","type":2,"format_type":1,"available":true,"guild_id":"555088666830176256"}"#;
const STANDARD: &str = r#"{"id":"749054660769218631","name":"Wave","tags":"hello","type":1,"format_type":3,"description":"A wave","pack_id":"847199849233514549","sort_value":12}"#;

#[test]
fn stickers() {
    let (guild, sticker) = (GuildId::new(555088666830176256), StickerId::new(885533011481853952));
    let mut book = Book::open("sticker");
    let wave = book.call("sticker", STANDARD, |rest| rest.sticker(StickerId::new(749054660769218631)));
    assert_eq!((wave.kind, wave.format_type), (StickerType::STANDARD, StickerFormatType::LOTTIE));
    let pack = format!(
        r#"{{"id":"847199849233514549","stickers":[{STANDARD}],"name":"Wumpus Beyond","sku_id":"847199849233514547","description":"Say hello"}}"#
    );
    let packs = format!(r#"{{"sticker_packs":[{pack}]}}"#);
    let packs = book.call("sticker_packs", &packs, Client::sticker_packs);
    assert_eq!(packs[0].stickers[0].name, "Wave");
    let pack =
        book.call("sticker_pack", &pack, |rest| rest.sticker_pack(StickerPackId::new(847199849233514549)));
    assert_eq!(pack.name, "Wumpus Beyond");
    let all = format!("[{STICKER}]");
    let stickers = book.call("guild_stickers", &all, |rest| rest.guild_stickers(guild));
    assert_eq!(stickers[0].id, sticker);
    book.call("guild_sticker", STICKER, |rest| rest.guild_sticker(guild, sticker));

    let ahoy = CreateGuildSticker::new("Ahoy", "ship", Upload::bytes("ahoy.png", "PNG"))
        .description("A ship that greets");
    let made = book.call("create_guild_sticker", STICKER, |rest| {
        rest.reason("a greeting").create_guild_sticker(guild, &ahoy)
    });
    assert_eq!(made.kind, StickerType::GUILD);
    let plain = CreateGuildSticker::new("Ahoy", "ship", Upload::bytes("ahoy.JSON", "{}"));
    book.call("create_guild_sticker, sparse", STICKER, |rest| rest.create_guild_sticker(guild, &plain));
    let changes = ModifyGuildSticker::new().name("Ahoy").description("A ship").tags("boat");
    book.call("modify_guild_sticker", STICKER, |rest| {
        rest.reason("to be found").modify_guild_sticker(guild, sticker, &changes)
    });
    let changes = ModifyGuildSticker::new().no_description();
    book.call("modify_guild_sticker with null", STICKER, |rest| {
        rest.modify_guild_sticker(guild, sticker, &changes)
    });
    book.perform("delete_guild_sticker", |rest| rest.reason("it sank").delete_guild_sticker(guild, sticker));
    book.close();
}

#[test]
fn the_limits_of_stickers_are_kept() {
    let file = |size| Upload::bytes("ship.png", vec![0; size]);
    let sticker = || CreateGuildSticker::new("ship", "ship", file(512 * 1024));
    assert!(sticker().description("").check().is_ok());
    let table = [
        (sticker().name("x").check(), "name: 2 to 30 characters, and this has 1"),
        (sticker().tags("x".repeat(201)).check(), "tags: 1 to 200 characters, and this has 201"),
        (sticker().description("x").check(), "description: 2 to 100 characters, and this has 1"),
        (sticker().file(file(524_289)).check(), "file: at most 524288 bytes, and this has 524289"),
        (
            sticker().file(Upload::bytes("", "x")).check(),
            "file.filename: is empty: a file needs a name, preferably with an extension",
        ),
        (
            ModifyGuildSticker::new().description("").check(),
            "description: 2 to 100 characters, and this has 0",
        ),
    ];
    for (result, expected) in table {
        assert_eq!(result.unwrap_err().to_string(), format!("{expected} (nothing was sent)"));
    }
}
