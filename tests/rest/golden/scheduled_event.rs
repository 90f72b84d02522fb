use syncord::id::{ChannelId, GuildId, ScheduledEventExceptionId, ScheduledEventId, UserId};
use syncord::model::{
    RecurrenceRule, RecurrenceWeekday, ScheduledEventEntityType, ScheduledEventMetadata,
    ScheduledEventPrivacyLevel, ScheduledEventStatus, ScheduledEventUserResponse, Timestamp,
};
use syncord::rest::{
    CountGuildScheduledEventUsers, CreateGuildScheduledEvent, CreateGuildScheduledEventException,
    GetGuildScheduledEvent, ImageData, ListGuildScheduledEventUsers, ModifyGuildScheduledEvent,
    UpdateGuildScheduledEventException,
};

use super::book::Book;
use crate::server::{Server, ok};

const EVENT: &str = r#"{"id":"1495755918200143878","guild_id":"555088666830176256","channel_id":"845013055443173376","creator_id":"481314156901957663","name":"Shanties","description":"Sing along","scheduled_start_time":"2026-05-09T18:00:00+00:00","scheduled_end_time":null,"privacy_level":2,"status":1,"entity_type":1,"entity_id":null,"entity_metadata":null,"user_count":12,"recurrence_rule":null,"guild_scheduled_event_exceptions":[{"event_id":"1495755918200143878","event_exception_id":"1495755918200143900","scheduled_start_time":null,"scheduled_end_time":null,"is_canceled":true}]}"#;
const EXCEPTION: &str = r#"{"event_id":"1495755918200143878","event_exception_id":"1495755918200143900","scheduled_start_time":"2026-05-16T19:00:00+00:00","scheduled_end_time":null,"is_canceled":false}"#;
const USER: &str = r#"{"guild_scheduled_event_id":"1495755918200143878","guild_scheduled_event_exception_id":null,"user_id":"481314156901957663","user":{"id":"481314156901957663","username":"tobias_k"},"response":1}"#;

const GUILD: GuildId = GuildId::new(555088666830176256);
const EVENT_ID: ScheduledEventId = ScheduledEventId::new(1495755918200143878);
const EXCEPTION_ID: ScheduledEventExceptionId = ScheduledEventExceptionId::new(1495755918200143900);

fn at(hour: u8) -> Timestamp {
    Timestamp::new(format!("2026-05-09T{hour:02}:00:00+00:00"))
}

#[test]
fn scheduled_events() {
    let mut book = Book::open("scheduled_event");
    let counted = GetGuildScheduledEvent::new().with_user_count(true);
    let all = format!("[{EVENT}]");
    let events =
        book.call("guild_scheduled_events", &all, |rest| rest.guild_scheduled_events(GUILD, &counted));
    assert_eq!(events[0].user_count, Some(12));
    let sparse = GetGuildScheduledEvent::new();
    let event = book
        .call("guild_scheduled_event", EVENT, |rest| rest.guild_scheduled_event(GUILD, EVENT_ID, &sparse));
    assert!(event.guild_scheduled_event_exceptions[0].is_canceled);
    book.call("guild_scheduled_event with its count", EVENT, |rest| {
        rest.guild_scheduled_event(GUILD, EVENT_ID, &counted)
    });
    planning(&mut book);
    exceptions(&mut book);
    users(&mut book);
    book.close();
}

fn planning(book: &mut Book) {
    let stage = ChannelId::new(845013055443173376);
    let sparse = CreateGuildScheduledEvent::on_stage("Shanties", stage, at(18));
    book.call("create_guild_scheduled_event on a stage", EVENT, |rest| {
        rest.create_guild_scheduled_event(GUILD, &sparse)
    });
    let voice = CreateGuildScheduledEvent::in_voice("Shanties", stage, at(18))
        .recurrence_rule(RecurrenceRule::monthly(at(18), 4, RecurrenceWeekday::WEDNESDAY));
    book.call("create_guild_scheduled_event in voice", EVENT, |rest| {
        rest.create_guild_scheduled_event(GUILD, &voice)
    });
    let elsewhere = CreateGuildScheduledEvent::elsewhere("Walk", "The north beach", at(18), at(20))
        .description("Bring boots")
        .image(ImageData::new("GIF89a").unwrap())
        .recurrence_rule(RecurrenceRule::weekly(at(18), 2, RecurrenceWeekday::SATURDAY));
    let event = book.call("create_guild_scheduled_event elsewhere", EVENT, |rest| {
        rest.reason("spring tide").create_guild_scheduled_event(GUILD, &elsewhere)
    });
    assert_eq!(event.entity_type, ScheduledEventEntityType::STAGE_INSTANCE);

    let moved = ModifyGuildScheduledEvent::new()
        .no_channel_id()
        .entity_metadata(ScheduledEventMetadata::with_location("The north beach"))
        .name("Walk")
        .privacy_level(ScheduledEventPrivacyLevel::GUILD_ONLY)
        .scheduled_start_time(at(18))
        .scheduled_end_time(at(20))
        .description("Bring boots")
        .entity_type(ScheduledEventEntityType::EXTERNAL)
        .status(ScheduledEventStatus::ACTIVE)
        .image(ImageData::new("GIF89a").unwrap())
        .recurrence_rule(RecurrenceRule::daily(at(18)));
    book.call("modify_guild_scheduled_event", EVENT, |rest| {
        rest.reason("the stage is wet").modify_guild_scheduled_event(GUILD, EVENT_ID, &moved)
    });
    let back = ModifyGuildScheduledEvent::new()
        .channel_id(stage)
        .no_entity_metadata()
        .no_scheduled_end_time()
        .no_description()
        .no_image()
        .no_recurrence_rule();
    book.call("modify_guild_scheduled_event with nulls", EVENT, |rest| {
        rest.modify_guild_scheduled_event(GUILD, EVENT_ID, &back)
    });
    book.perform("delete_guild_scheduled_event", |rest| rest.delete_guild_scheduled_event(GUILD, EVENT_ID));
}

fn exceptions(book: &mut Book) {
    let moved = CreateGuildScheduledEventException::new(at(18))
        .scheduled_start_time(at(19))
        .no_scheduled_end_time()
        .is_canceled(false);
    let exception = book.call("create_guild_scheduled_event_exception", EXCEPTION, |rest| {
        rest.create_guild_scheduled_event_exception(GUILD, EVENT_ID, &moved)
    });
    assert_eq!(exception.event_exception_id, EXCEPTION_ID);
    let sparse = CreateGuildScheduledEventException::new(at(18));
    book.call("create_guild_scheduled_event_exception, sparse", EXCEPTION, |rest| {
        rest.create_guild_scheduled_event_exception(GUILD, EVENT_ID, &sparse)
    });
    let off = UpdateGuildScheduledEventException::new()
        .no_scheduled_start_time()
        .scheduled_end_time(at(21))
        .is_canceled(true);
    book.call("update_guild_scheduled_event_exception", EXCEPTION, |rest| {
        rest.update_guild_scheduled_event_exception(GUILD, EVENT_ID, EXCEPTION_ID, &off)
    });
    book.perform("delete_guild_scheduled_event_exception", |rest| {
        rest.delete_guild_scheduled_event_exception(GUILD, EVENT_ID, EXCEPTION_ID)
    });
}

fn users(book: &mut Book) {
    let all = format!("[{USER}]");
    let which = ListGuildScheduledEventUsers::new().limit(50).with_member(true).before(UserId::new(9));
    let users = book.call("guild_scheduled_event_users", &all, |rest| {
        rest.guild_scheduled_event_users(GUILD, EVENT_ID, &which)
    });
    assert_eq!(users[0].response, Some(ScheduledEventUserResponse::INTERESTED));
    let which = ListGuildScheduledEventUsers::new().after(UserId::new(7));
    book.call("guild_scheduled_event_exception_users", &all, |rest| {
        rest.guild_scheduled_event_exception_users(GUILD, EVENT_ID, EXCEPTION_ID, &which)
    });
    let counts = r#"{"guild_scheduled_event_count":12,"guild_scheduled_event_exception_counts":{"1495755918200143900":3}}"#;
    let which = CountGuildScheduledEventUsers::new()
        .guild_scheduled_event_exception_ids([EXCEPTION_ID, ScheduledEventExceptionId::new(7)]);
    let counts = book.call("guild_scheduled_event_user_counts", counts, |rest| {
        rest.guild_scheduled_event_user_counts(GUILD, EVENT_ID, &which)
    });
    assert_eq!(counts.guild_scheduled_event_exception_counts[&EXCEPTION_ID], 3);
    assert_eq!(counts.guild_scheduled_event_count, 12);
}

#[test]
fn interested_users_are_listed_by_their_ids() {
    let user = |id: u64| {
        format!(
            r#"{{"guild_scheduled_event_id":"1495755918200143878","user":{{"id":"{id}","username":"tide"}}}}"#
        )
    };
    let full: Vec<String> = (1..=100).map(user).collect();
    let pages = [ok(&format!("[{}]", full.join(","))), ok(&format!("[{}]", user(101)))];
    let server = Server::that(&pages);
    assert_eq!(server.client().guild_scheduled_event_users_iter(GUILD, EVENT_ID).count(), 101);
    let path = "GET /api/v10/guilds/555088666830176256/scheduled-events/1495755918200143878";
    let query = "limit=100&with_member=true";
    assert_eq!(server.lines(), [format!("{path}/users?{query}"), format!("{path}/users?after=100&{query}")]);
    let server = Server::that(&pages);
    let all = server.client().guild_scheduled_event_exception_users_iter(GUILD, EVENT_ID, EXCEPTION_ID);
    assert_eq!(all.count(), 101);
    assert_eq!(server.lines()[1], format!("{path}/1495755918200143900/users?after=100&{query}"));
}
