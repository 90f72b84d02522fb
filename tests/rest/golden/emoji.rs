use syncord::id::{ApplicationId, EmojiId, GuildId, RoleId};
use syncord::rest::{
    CreateApplicationEmoji, CreateGuildEmoji, ImageData, ModifyApplicationEmoji, ModifyGuildEmoji,
};

use super::book::Book;

const EMOJI: &str = r#"{"id":"41771983429993937","name":"LUL","roles":["41771983423143936"],"user":{"username":"Luigi","discriminator":"0002","id":"96008815106887111"},"require_colons":true,"managed":false,"animated":false}"#;

#[test]
fn emojis() {
    let (guild, emoji) = (GuildId::new(197038439483310086), EmojiId::new(41771983429993937));
    let application = ApplicationId::new(755827207812677713);
    let mut book = Book::open("emoji");
    let all = format!("[{EMOJI}]");
    let emojis = book.call("guild_emojis", &all, |rest| rest.guild_emojis(guild));
    assert_eq!(emojis[0].to_string(), "<:LUL:41771983429993937>");
    let one = book.call("guild_emoji", EMOJI, |rest| rest.guild_emoji(guild, emoji));
    assert_eq!(one.user.unwrap().username, "Luigi");
    let image = || ImageData::new("GIF89a").unwrap();
    let crab = CreateGuildEmoji::new("crab", image()).roles([RoleId::new(41771983423143936)]);
    book.call("create_guild_emoji", EMOJI, |rest| {
        rest.reason("the tide is out").create_guild_emoji(guild, &crab)
    });
    let crab = CreateGuildEmoji::new("crab", image());
    book.call("create_guild_emoji, sparse", EMOJI, |rest| rest.create_guild_emoji(guild, &crab));
    let changes = ModifyGuildEmoji::new().name("LUL").roles([RoleId::new(41771983423143936)]);
    book.call("modify_guild_emoji", EMOJI, |rest| {
        rest.reason("louder").modify_guild_emoji(guild, emoji, &changes)
    });
    let changes = ModifyGuildEmoji::new().no_roles();
    book.call("modify_guild_emoji with null", EMOJI, |rest| rest.modify_guild_emoji(guild, emoji, &changes));
    book.perform("delete_guild_emoji", |rest| rest.reason("enough").delete_guild_emoji(guild, emoji));

    let all = format!(r#"{{"items":[{EMOJI}]}}"#);
    let emojis = book.call("application_emojis", &all, |rest| rest.application_emojis(application));
    assert_eq!(emojis[0].id, Some(emoji));
    book.call("application_emoji", EMOJI, |rest| rest.application_emoji(application, emoji));
    let crab = CreateApplicationEmoji::new("crab", image());
    book.call("create_application_emoji", EMOJI, |rest| rest.create_application_emoji(application, &crab));
    let changes = ModifyApplicationEmoji::new().name("LUL");
    book.call("modify_application_emoji", EMOJI, |rest| {
        rest.modify_application_emoji(application, emoji, &changes)
    });
    book.perform("delete_application_emoji", |rest| rest.delete_application_emoji(application, emoji));
    book.close();
}

#[test]
fn the_limits_of_emojis_are_kept() {
    let image = |size: usize| ImageData::new([b"GIF89a".to_vec(), vec![0; size - 6]].concat()).unwrap();
    assert!(CreateGuildEmoji::new("ab", image(256 * 1024)).check().is_ok());
    let table = [
        (CreateGuildEmoji::new("a", image(6)).check(), "name: 2 to 32 characters, and this has 1"),
        (
            CreateGuildEmoji::new("ab", image(256 * 1024 + 1)).check(),
            "image: at most 262144 bytes, and this has 262145",
        ),
        (
            CreateApplicationEmoji::new("ab", image(256 * 1024 + 1)).check(),
            "image: at most 262144 bytes, and this has 262145",
        ),
        (ModifyGuildEmoji::new().name("x".repeat(33)).check(), "name: 2 to 32 characters, and this has 33"),
        (ModifyApplicationEmoji::new().name("").check(), "name: 2 to 32 characters, and this has 0"),
    ];
    for (result, expected) in table {
        assert_eq!(result.unwrap_err().to_string(), format!("{expected} (nothing was sent)"));
    }
}
