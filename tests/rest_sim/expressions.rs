use syncord::rest::{
    CreateApplicationEmoji, CreateGuildEmoji, CreateGuildSoundboardSound, CreateGuildSticker, ImageData,
    ModifyApplicationEmoji, ModifyGuildEmoji, ModifyGuildSoundboardSound, ModifyGuildSticker,
    SendSoundboardSound, SoundData, Upload,
};

use crate::scene::{Scene, code};

#[test]
fn emojis_of_guild_and_application() {
    let scene = Scene::new();
    let (rest, guild, app) = (&scene.rest, scene.guild, scene.app);
    let image = || ImageData::new("GIF89a").unwrap();
    let made = rest.create_guild_emoji(guild, &CreateGuildEmoji::new("crab", image())).unwrap();
    let id = made.id.unwrap();
    rest.modify_guild_emoji(guild, id, &ModifyGuildEmoji::new().name("lobster")).unwrap();
    assert_eq!(rest.guild_emoji(guild, id).unwrap().name.as_deref(), Some("lobster"));
    assert_eq!(rest.guild_emojis(guild).unwrap().len(), 1);
    rest.delete_guild_emoji(guild, id).unwrap();
    assert_eq!(code(rest.guild_emoji(guild, id)), 10014);

    let made = rest.create_application_emoji(app, &CreateApplicationEmoji::new("crab", image())).unwrap();
    let id = made.id.unwrap();
    rest.modify_application_emoji(app, id, &ModifyApplicationEmoji::new().name("lobster")).unwrap();
    assert_eq!(rest.application_emojis(app).unwrap()[0].name.as_deref(), Some("lobster"));
    rest.delete_application_emoji(app, id).unwrap();
    assert_eq!(code(rest.application_emoji(app, id)), 10014);
}

#[test]
fn stickers() {
    let scene = Scene::new();
    let (rest, guild) = (&scene.rest, scene.guild);
    let ahoy =
        CreateGuildSticker::new("Ahoy", "ship", Upload::bytes("ahoy.png", "PNG")).description("A greeting");
    let made = rest.create_guild_sticker(guild, &ahoy).unwrap();
    assert_eq!((made.name.as_str(), made.tags.as_str()), ("Ahoy", "ship"));
    rest.modify_guild_sticker(guild, made.id, &ModifyGuildSticker::new().name("Avast")).unwrap();
    assert_eq!(rest.guild_sticker(guild, made.id).unwrap().name, "Avast");
    assert_eq!(rest.sticker(made.id).unwrap().name, "Avast");
    assert_eq!(rest.guild_stickers(guild).unwrap().len(), 1);
    rest.delete_guild_sticker(guild, made.id).unwrap();
    assert_eq!(code(rest.guild_sticker(guild, made.id)), 10060);
    let pack = &rest.sticker_packs().unwrap()[0];
    assert_eq!(rest.sticker_pack(pack.id).unwrap().name, pack.name);
}

#[test]
fn sounds() {
    let scene = Scene::new();
    let (rest, guild) = (&scene.rest, scene.guild);
    let gull = CreateGuildSoundboardSound::new("gull", SoundData::new("OggS...").unwrap()).volume(0.5);
    let made = rest.create_guild_soundboard_sound(guild, &gull).unwrap();
    let changes = ModifyGuildSoundboardSound::new().name("tern");
    rest.modify_guild_soundboard_sound(guild, made.sound_id, &changes).unwrap();
    assert_eq!(rest.guild_soundboard_sound(guild, made.sound_id).unwrap().name, "tern");
    assert_eq!(rest.guild_soundboard_sounds(guild).unwrap().len(), 1);
    rest.send_soundboard_sound(scene.here(), &SendSoundboardSound::new(made.sound_id)).unwrap();
    rest.delete_guild_soundboard_sound(guild, made.sound_id).unwrap();
    assert_eq!(code(rest.guild_soundboard_sound(guild, made.sound_id)), 10097);
    assert_eq!(rest.default_soundboard_sounds().unwrap()[0].name, "quack");
}
