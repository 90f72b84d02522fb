use std::time::{Duration, SystemTime};

use syncord::id::{ChannelId, GuildId, UserId};
use syncord::rest::{Client, ModifyCurrentUserVoiceState, ModifyUserVoiceState};

use super::book::Book;

const STATE: &str = r#"{"channel_id":"157733188964188161","user_id":"80351110224678912","session_id":"90326bd25d71d39b9ef95b299e3872ff","deaf":false,"mute":false,"self_deaf":false,"self_mute":true,"suppress":false,"request_to_speak_timestamp":"2021-03-31T18:45:31.297561+00:00"}"#;

#[test]
fn voice() {
    let (guild, user) = (GuildId::new(197038439483310086), UserId::new(80351110224678912));
    let stage = ChannelId::new(157733188964188161);
    let mut book = Book::open("voice");
    let regions =
        r#"[{"id":"rotterdam","name":"Rotterdam","optimal":true,"deprecated":false,"custom":false}]"#;
    let regions = book.call("voice_regions", regions, Client::voice_regions);
    assert!(regions[0].optimal && regions[0].id == "rotterdam");
    let state = book.call("current_user_voice_state", STATE, |rest| rest.current_user_voice_state(guild));
    assert_eq!(state.channel_id, Some(stage));
    let state = book.call("user_voice_state", STATE, |rest| rest.user_voice_state(guild, user));
    assert!(state.self_mute && !state.suppress);
    let speak = ModifyCurrentUserVoiceState::new()
        .channel_id(stage)
        .suppress(false)
        .request_to_speak_timestamp(SystemTime::UNIX_EPOCH + Duration::from_secs(1_777_713_277));
    book.perform("modify_current_user_voice_state", |rest| {
        rest.modify_current_user_voice_state(guild, &speak)
    });
    let listen = ModifyCurrentUserVoiceState::new().no_request_to_speak_timestamp();
    book.perform("modify_current_user_voice_state with null", |rest| {
        rest.modify_current_user_voice_state(guild, &listen)
    });
    let hush = ModifyUserVoiceState::new().channel_id(stage).suppress(true);
    book.perform("modify_user_voice_state", |rest| rest.modify_user_voice_state(guild, user, &hush));
    book.close();
}
