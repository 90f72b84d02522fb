use syncord::id::{ChannelId, EmojiId, GuildId, SoundId};
use syncord::rest::{
    Client, CreateGuildSoundboardSound, ModifyGuildSoundboardSound, SendSoundboardSound, SoundData,
};

use super::book::Book;

const DEFAULT: &str =
    r#"{"name":"quack","sound_id":"1","volume":1.0,"emoji_id":null,"emoji_name":"🦆","available":true}"#;
const SOUND: &str = r#"{"name":"Yay","sound_id":"1106714396018884649","volume":0.5,"emoji_id":"989193655938064464","emoji_name":null,"guild_id":"613425648685547541","available":true}"#;

#[test]
fn soundboards() {
    let (guild, sound) = (GuildId::new(613425648685547541), SoundId::new(1106714396018884649));
    let mut book = Book::open("soundboard");
    let play = SendSoundboardSound::new(sound).source_guild_id(guild);
    let here = ChannelId::new(555088666876313603);
    book.perform("send_soundboard_sound", |rest| rest.send_soundboard_sound(here, &play));
    let play = SendSoundboardSound::new(SoundId::new(1));
    book.perform("send_soundboard_sound, sparse", |rest| rest.send_soundboard_sound(here, &play));
    let all = format!("[{DEFAULT}]");
    let sounds = book.call("default_soundboard_sounds", &all, Client::default_soundboard_sounds);
    assert_eq!(sounds[0].emoji_name.as_deref(), Some("🦆"));
    let all = format!(r#"{{"items":[{SOUND}]}}"#);
    let sounds = book.call("guild_soundboard_sounds", &all, |rest| rest.guild_soundboard_sounds(guild));
    assert_eq!(sounds[0].sound_id, sound);
    let one = book.call("guild_soundboard_sound", SOUND, |rest| rest.guild_soundboard_sound(guild, sound));
    assert!((one.volume - 0.5).abs() < f64::EPSILON);

    let data = || SoundData::new("OggS...").unwrap();
    let gull = CreateGuildSoundboardSound::new("gull", data()).volume(0.5).emoji("🐦");
    book.call("create_guild_soundboard_sound", SOUND, |rest| {
        rest.reason("more birds").create_guild_soundboard_sound(guild, &gull)
    });
    let gull = CreateGuildSoundboardSound::new("gull", data())
        .no_volume()
        .emoji_id(EmojiId::new(989193655938064464))
        .no_emoji_name();
    book.call("create_guild_soundboard_sound with nulls", SOUND, |rest| {
        rest.create_guild_soundboard_sound(guild, &gull)
    });
    let changes = ModifyGuildSoundboardSound::new().name("Yay").volume(1.0).emoji("lul:41771983429993937");
    book.call("modify_guild_soundboard_sound", SOUND, |rest| {
        rest.modify_guild_soundboard_sound(guild, sound, &changes)
    });
    let changes = ModifyGuildSoundboardSound::new().no_volume().no_emoji_id().emoji_name("🐦");
    book.call("modify_guild_soundboard_sound with nulls", SOUND, |rest| {
        rest.reason("louder").modify_guild_soundboard_sound(guild, sound, &changes)
    });
    book.perform("delete_guild_soundboard_sound", |rest| {
        rest.reason("fewer birds").delete_guild_soundboard_sound(guild, sound)
    });
    book.close();
}

#[test]
fn the_limits_of_sounds_are_kept() {
    let data = |size: usize| SoundData::new([b"OggS".to_vec(), vec![0; size - 4]].concat()).unwrap();
    let sound = |name: &str| CreateGuildSoundboardSound::new(name, data(4));
    assert!(CreateGuildSoundboardSound::new("yo", data(512 * 1024)).volume(0.0).check().is_ok());
    let table = [
        (sound("x").check(), "name: 2 to 32 characters, and this has 1"),
        (sound("yo").volume(1.1).check(), "volume: from 0 to 1, and this is 1.1"),
        (sound("yo").volume(f64::NAN).check(), "volume: from 0 to 1, and this is NaN"),
        (sound("yo").emoji_name("").check(), "emoji_name: 1 to 32 characters, and this has 0"),
        (
            CreateGuildSoundboardSound::new("yo", data(512 * 1024 + 1)).check(),
            "sound: at most 524288 bytes, and this has 524289",
        ),
        (
            ModifyGuildSoundboardSound::new().name("x".repeat(33)).check(),
            "name: 2 to 32 characters, and this has 33",
        ),
    ];
    for (result, expected) in table {
        assert_eq!(result.unwrap_err().to_string(), format!("{expected} (nothing was sent)"));
    }
}
