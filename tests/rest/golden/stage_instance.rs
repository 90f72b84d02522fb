use syncord::id::{ChannelId, ScheduledEventId};
use syncord::model::StagePrivacyLevel;
use syncord::rest::{CreateStageInstance, ModifyStageInstance};

use super::book::Book;

const STAGE: &str = r#"{"id":"840647391636226060","guild_id":"197038439483310086","channel_id":"733488538393510049","topic":"Testing Testing, 123","privacy_level":2,"discoverable_disabled":false,"guild_scheduled_event_id":"947656305244532806"}"#;
const HERE: ChannelId = ChannelId::new(733488538393510049);

#[test]
fn stage_instances() {
    let mut book = Book::open("stage_instance");
    let all = CreateStageInstance::new(HERE, "Testing Testing, 123")
        .privacy_level(StagePrivacyLevel::GUILD_ONLY)
        .send_start_notification(true)
        .guild_scheduled_event_id(ScheduledEventId::new(947656305244532806));
    let stage =
        book.call("create_stage_instance", STAGE, |rest| rest.reason("open mic").create_stage_instance(&all));
    assert_eq!(stage.privacy_level, StagePrivacyLevel::GUILD_ONLY);
    let sparse = CreateStageInstance::new(HERE, "Testing");
    book.call("create_stage_instance, sparse", STAGE, |rest| rest.create_stage_instance(&sparse));
    let stage = book.call("stage_instance", STAGE, |rest| rest.stage_instance(HERE));
    assert_eq!(stage.channel_id, HERE);
    let changes = ModifyStageInstance::new().topic("Shanties").privacy_level(StagePrivacyLevel::GUILD_ONLY);
    book.call("modify_stage_instance", STAGE, |rest| {
        rest.reason("louder").modify_stage_instance(HERE, &changes)
    });
    book.perform("delete_stage_instance", |rest| rest.reason("good night").delete_stage_instance(HERE));
    book.close();
}

#[test]
fn the_topic_of_a_stage_has_1_to_120_characters() {
    assert!(CreateStageInstance::new(HERE, "é".repeat(120)).check().is_ok());
    for (result, expected) in [
        (CreateStageInstance::new(HERE, "").check(), "topic: 1 to 120 characters, and this has 0"),
        (
            ModifyStageInstance::new().topic("x".repeat(121)).check(),
            "topic: 1 to 120 characters, and this has 121",
        ),
    ] {
        assert_eq!(result.unwrap_err().to_string(), format!("{expected} (nothing was sent)"));
    }
}
