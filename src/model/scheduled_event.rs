//! [Scheduled events](https://docs.discord.com/developers/resources/guild-scheduled-event) of guilds.

use serde::Serialize;

use super::open_enum::int_enum;
use super::{List, Map, Member, Timestamp, User};
use crate::id::{ChannelId, GuildId, ScheduledEventExceptionId, ScheduledEventId, StageInstanceId, UserId};
use crate::json::object;

/// Something [planned](https://docs.discord.com/developers/resources/guild-scheduled-event#guild-scheduled-event-object) in a guild.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct ScheduledEvent {
    /// Its id.
    pub id: ScheduledEventId,
    /// The guild.
    pub guild_id: GuildId,
    /// Where; `None` when it is elsewhere.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub channel_id: Option<ChannelId>,
    /// Who planned it; unknown of old ones.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub creator_id: Option<UserId>,
    /// What it is called.
    pub name: String,
    /// What it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// When it begins.
    pub scheduled_start_time: Timestamp,
    /// When it ends.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scheduled_end_time: Option<Timestamp>,
    /// Who may see it.
    pub privacy_level: ScheduledEventPrivacyLevel,
    /// How far it is.
    pub status: ScheduledEventStatus,
    /// In what kind of place it is.
    pub entity_type: ScheduledEventEntityType,
    /// The stage that belongs to it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub entity_id: Option<StageInstanceId>,
    /// More about the place.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub entity_metadata: Option<ScheduledEventMetadata>,
    /// Who planned it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub creator: Option<Box<User>>,
    /// How many are interested, where that was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user_count: Option<u64>,
    /// The hash of its picture.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image: Option<String>,
    /// When it is repeated.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recurrence_rule: Option<Box<RecurrenceRule>>,
    /// The occurrences that are not as the others.
    #[serde(skip_serializing_if = "List::was_empty")]
    pub guild_scheduled_event_exceptions: List<ScheduledEventException>,
}

object! { ScheduledEvent {
    id: required, guild_id: required, channel_id, creator_id, name, description,
    scheduled_start_time: required, scheduled_end_time, privacy_level, status, entity_type, entity_id,
    entity_metadata, creator, user_count, image, recurrence_rule, guild_scheduled_event_exceptions,
} }

/// An occurrence of something that is repeated, which is not as the others: moved, or called off.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct ScheduledEventException {
    /// Of what.
    pub event_id: ScheduledEventId,
    /// Its id.
    pub event_exception_id: ScheduledEventExceptionId,
    /// When it begins instead.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scheduled_start_time: Option<Timestamp>,
    /// When it ends instead.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scheduled_end_time: Option<Timestamp>,
    /// Whether it is called off.
    pub is_canceled: bool,
}

object! { ScheduledEventException {
    event_id: required, event_exception_id: required, scheduled_start_time, scheduled_end_time, is_canceled,
} }

/// How many are interested.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct ScheduledEventUserCounts {
    /// In the whole.
    pub guild_scheduled_event_count: u64,
    /// In those occurrences that are not as the others.
    pub guild_scheduled_event_exception_counts: Map<ScheduledEventExceptionId, u64>,
}

object! { ScheduledEventUserCounts {
    guild_scheduled_event_count, guild_scheduled_event_exception_counts,
} }

/// [More about the place](https://docs.discord.com/developers/resources/guild-scheduled-event#guild-scheduled-event-object-guild-scheduled-event-entity-metadata).
#[derive(Clone, Debug, Default, Serialize)]
#[non_exhaustive]
pub struct ScheduledEventMetadata {
    /// Where, of an event that is in no channel.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub location: Option<String>,
}

object! { ScheduledEventMetadata {
    location,
} }

impl ScheduledEventMetadata {
    /// A place that is no channel: 1 to 100 characters.
    pub fn with_location(location: impl Into<String>) -> Self {
        ScheduledEventMetadata { location: Some(location.into()) }
    }
}

/// Somebody [interested](https://docs.discord.com/developers/resources/guild-scheduled-event#guild-scheduled-event-user-object) in it.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct ScheduledEventUser {
    /// In what.
    pub guild_scheduled_event_id: ScheduledEventId,
    /// Who.
    pub user: User,
    /// Who, as a member of the guild.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub member: Option<Box<Member>>,
    /// In which occurrence, where it is not as the others.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub guild_scheduled_event_exception_id: Option<ScheduledEventExceptionId>,
    /// Whether it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub response: Option<ScheduledEventUserResponse>,
}

object! { ScheduledEventUser {
    guild_scheduled_event_id: required, user: required, member, guild_scheduled_event_exception_id, response,
} }

int_enum! {
    /// Whether somebody is interested.
    ScheduledEventUserResponse {
    UNINTERESTED = 0,
    INTERESTED = 1,
    }
}

/// When something is [repeated](https://docs.discord.com/developers/resources/guild-scheduled-event#guild-scheduled-event-recurrence-rule-object).
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct RecurrenceRule {
    /// When the interval begins.
    pub start: Timestamp,
    /// When it ends.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end: Option<Timestamp>,
    /// How often.
    pub frequency: RecurrenceFrequency,
    /// Every so many of them: 2 with `WEEKLY` is every other week.
    pub interval: u32,
    /// On which days of the week.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by_weekday: Option<List<RecurrenceWeekday>>,
    /// On which weeks of the month, and days.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by_n_weekday: Option<List<RecurrenceNWeekday>>,
    /// In which months.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by_month: Option<List<RecurrenceMonth>>,
    /// On which days of the month.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by_month_day: Option<List<u32>>,
    /// On which days of the year.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by_year_day: Option<List<u32>>,
    /// How often until it ends.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub count: Option<u32>,
}

object! { RecurrenceRule {
    start: required, end, frequency: required, interval: required, by_weekday, by_n_weekday, by_month,
    by_month_day, by_year_day, count,
} }

impl RecurrenceRule {
    /// Every so many years, months, weeks or days.
    pub fn new(start: Timestamp, frequency: RecurrenceFrequency, interval: u32) -> Self {
        RecurrenceRule {
            start,
            end: None,
            frequency,
            interval,
            by_weekday: None,
            by_n_weekday: None,
            by_month: None,
            by_month_day: None,
            by_year_day: None,
            count: None,
        }
    }

    /// Every day.
    pub fn daily(start: Timestamp) -> Self {
        RecurrenceRule::new(start, RecurrenceFrequency::DAILY, 1)
    }

    /// On several days of each week, of which Discord takes only
    /// [some sets](https://docs.discord.com/developers/resources/guild-scheduled-event#guild-scheduled-event-recurrence-rule-object):
    /// Monday, Tuesday or Sunday and the four days after it, Friday or Saturday or Sunday and the day after it.
    pub fn daily_on(start: Timestamp, days: impl IntoIterator<Item = RecurrenceWeekday>) -> Self {
        RecurrenceRule { by_weekday: Some(days.into_iter().collect()), ..RecurrenceRule::daily(start) }
    }

    /// On one day of every week, or with 2 of every other week.
    pub fn weekly(start: Timestamp, interval: u32, day: RecurrenceWeekday) -> Self {
        let rule = RecurrenceRule::new(start, RecurrenceFrequency::WEEKLY, interval);
        RecurrenceRule { by_weekday: Some([day].into_iter().collect()), ..rule }
    }

    /// On the day of the `n`th week of each month: `n` from 1 to 5.
    pub fn monthly(start: Timestamp, n: i32, day: RecurrenceWeekday) -> Self {
        let rule = RecurrenceRule::new(start, RecurrenceFrequency::MONTHLY, 1);
        RecurrenceRule { by_n_weekday: Some([RecurrenceNWeekday::new(n, day)].into_iter().collect()), ..rule }
    }

    /// On one date of each year.
    pub fn yearly(start: Timestamp, month: RecurrenceMonth, day: u32) -> Self {
        let rule = RecurrenceRule::new(start, RecurrenceFrequency::YEARLY, 1);
        let (month, day) = ([month].into_iter().collect(), [day].into_iter().collect());
        RecurrenceRule { by_month: Some(month), by_month_day: Some(day), ..rule }
    }
}

/// A [day of a certain week](https://docs.discord.com/developers/resources/guild-scheduled-event#guild-scheduled-event-recurrence-rule-object-guild-scheduled-event-recurrence-rule-nweekday-structure) of the month.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct RecurrenceNWeekday {
    /// Which week, from 1.
    pub n: i32,
    /// The day.
    pub day: RecurrenceWeekday,
}

object! { RecurrenceNWeekday {
    n: required, day: required,
} }

impl RecurrenceNWeekday {
    /// The day of the `n`th week of a month.
    pub fn new(n: i32, day: RecurrenceWeekday) -> Self {
        RecurrenceNWeekday { n, day }
    }
}

int_enum! {
    /// Who may [see](https://docs.discord.com/developers/resources/guild-scheduled-event#guild-scheduled-event-object-guild-scheduled-event-privacy-level) what is planned.
    ScheduledEventPrivacyLevel {
    GUILD_ONLY = 2,
    }
}

int_enum! {
    /// In what [kind of place](https://docs.discord.com/developers/resources/guild-scheduled-event#guild-scheduled-event-object-guild-scheduled-event-entity-types) it is.
    ScheduledEventEntityType {
    NONE = 0,
    STAGE_INSTANCE = 1,
    VOICE = 2,
    EXTERNAL = 3,
    }
}

int_enum! {
    /// How [far](https://docs.discord.com/developers/resources/guild-scheduled-event#guild-scheduled-event-object-guild-scheduled-event-status) it is.
    ScheduledEventStatus {
    SCHEDULED = 1,
    ACTIVE = 2,
    COMPLETED = 3,
    CANCELED = 4,
    }
}

int_enum! {
    /// How [often](https://docs.discord.com/developers/resources/guild-scheduled-event#guild-scheduled-event-recurrence-rule-object-guild-scheduled-event-recurrence-rule-frequency) it is repeated.
    RecurrenceFrequency {
    YEARLY = 0,
    MONTHLY = 1,
    WEEKLY = 2,
    DAILY = 3,
    }
}

int_enum! {
    /// A [day of the week](https://docs.discord.com/developers/resources/guild-scheduled-event#guild-scheduled-event-recurrence-rule-object-guild-scheduled-event-recurrence-rule-weekday).
    RecurrenceWeekday {
    MONDAY = 0,
    TUESDAY = 1,
    WEDNESDAY = 2,
    THURSDAY = 3,
    FRIDAY = 4,
    SATURDAY = 5,
    SUNDAY = 6,
    }
}

int_enum! {
    /// A [month](https://docs.discord.com/developers/resources/guild-scheduled-event#guild-scheduled-event-recurrence-rule-object-guild-scheduled-event-recurrence-rule-month).
    RecurrenceMonth {
    JANUARY = 1,
    FEBRUARY = 2,
    MARCH = 3,
    APRIL = 4,
    MAY = 5,
    JUNE = 6,
    JULY = 7,
    AUGUST = 8,
    SEPTEMBER = 9,
    OCTOBER = 10,
    NOVEMBER = 11,
    DECEMBER = 12,
    }
}
