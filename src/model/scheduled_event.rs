//! [Scheduled events](https://docs.discord.com/developers/resources/guild-scheduled-event) of guilds.

use serde::Serialize;

use super::open_enum::int_enum;
use super::{List, Map, Member, Timestamp, User};
use crate::id::{ChannelId, GuildId, ScheduledEventExceptionId, ScheduledEventId, StageInstanceId, UserId};
use crate::json::object;

/// A [scheduled event](https://docs.discord.com/developers/resources/guild-scheduled-event#guild-scheduled-event-object) of a guild.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct ScheduledEvent {
    /// The ID of the event.
    pub id: ScheduledEventId,
    /// The ID of the guild.
    pub guild_id: GuildId,
    /// The ID of the channel; `None` for an external event.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub channel_id: Option<ChannelId>,
    /// The ID of the creator; unknown for events created before 25 October 2021.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub creator_id: Option<UserId>,
    /// The name, 1-100 characters.
    pub name: String,
    /// The description, 1-1000 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// When the event starts.
    pub scheduled_start_time: Timestamp,
    /// When the event ends; always set for an external event.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scheduled_end_time: Option<Timestamp>,
    /// The privacy level.
    pub privacy_level: ScheduledEventPrivacyLevel,
    /// The status.
    pub status: ScheduledEventStatus,
    /// The type of location.
    pub entity_type: ScheduledEventEntityType,
    /// The ID of the stage instance of the event.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub entity_id: Option<StageInstanceId>,
    /// The location of an external event.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub entity_metadata: Option<ScheduledEventMetadata>,
    /// The creator.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub creator: Option<Box<User>>,
    /// The number of subscribed users; only if requested.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user_count: Option<u64>,
    /// The hash of the cover image.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image: Option<String>,
    /// The recurrence rule.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recurrence_rule: Option<Box<RecurrenceRule>>,
    /// The occurrences that differ from the recurrence rule.
    #[serde(skip_serializing_if = "List::was_empty")]
    pub guild_scheduled_event_exceptions: List<ScheduledEventException>,
}

object! { ScheduledEvent {
    id: required, guild_id, channel_id, creator_id, name, description,
    scheduled_start_time, scheduled_end_time, privacy_level, status, entity_type, entity_id,
    entity_metadata, creator, user_count, image, recurrence_rule, guild_scheduled_event_exceptions,
} }

/// An occurrence of a recurring event that differs from the others: it is moved or canceled.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct ScheduledEventException {
    /// The ID of the event.
    pub event_id: ScheduledEventId,
    /// The ID of the exception.
    pub event_exception_id: ScheduledEventExceptionId,
    /// When the occurrence starts instead.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scheduled_start_time: Option<Timestamp>,
    /// When the occurrence ends instead.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scheduled_end_time: Option<Timestamp>,
    /// Whether the occurrence is canceled.
    pub is_canceled: bool,
}

object! { ScheduledEventException {
    event_id, event_exception_id: required, scheduled_start_time, scheduled_end_time, is_canceled,
} }

/// The numbers of users subscribed to a scheduled event.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct ScheduledEventUserCounts {
    /// The number of users subscribed to the event.
    pub guild_scheduled_event_count: u64,
    /// The numbers of users subscribed to its exceptions.
    pub guild_scheduled_event_exception_counts: Map<ScheduledEventExceptionId, u64>,
}

object! { ScheduledEventUserCounts {
    guild_scheduled_event_count, guild_scheduled_event_exception_counts,
} }

/// The [metadata of a scheduled event](https://docs.discord.com/developers/resources/guild-scheduled-event#guild-scheduled-event-object-guild-scheduled-event-entity-metadata).
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct ScheduledEventMetadata {
    /// The location of an external event, 1-100 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub location: Option<String>,
}

object! { ScheduledEventMetadata {
    location,
} }

impl ScheduledEventMetadata {
    /// Creates metadata with the location of an external event, 1-100 characters.
    pub fn with_location(location: impl Into<String>) -> Self {
        ScheduledEventMetadata { location: Some(location.into()) }
    }
}

/// A user who is [subscribed to a scheduled event](https://docs.discord.com/developers/resources/guild-scheduled-event#guild-scheduled-event-user-object).
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct ScheduledEventUser {
    /// The ID of the event.
    pub guild_scheduled_event_id: ScheduledEventId,
    /// The user.
    pub user: User,
    /// The user as a member of the guild.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub member: Option<Box<Member>>,
    /// The ID of the exception that the user is subscribed to, if it is not the whole event.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub guild_scheduled_event_exception_id: Option<ScheduledEventExceptionId>,
    /// Whether the user is interested.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub response: Option<ScheduledEventUserResponse>,
}

object! { ScheduledEventUser {
    guild_scheduled_event_id, user: required, member, guild_scheduled_event_exception_id, response,
} }

int_enum! {
    /// Whether a user is interested in a scheduled event.
    ScheduledEventUserResponse {
    UNINTERESTED = 0,
    INTERESTED = 1,
    }
}

/// The [recurrence rule of a scheduled event](https://docs.discord.com/developers/resources/guild-scheduled-event#guild-scheduled-event-recurrence-rule-object).
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct RecurrenceRule {
    /// When the recurrence interval starts.
    pub start: Timestamp,
    /// When the recurrence interval ends.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end: Option<Timestamp>,
    /// The frequency.
    pub frequency: RecurrenceFrequency,
    /// The interval between occurrences, in units of the frequency: 2 with `WEEKLY` means every other week.
    pub interval: u32,
    /// The days of the week.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by_weekday: Option<List<RecurrenceWeekday>>,
    /// The days of certain weeks of the month.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by_n_weekday: Option<List<RecurrenceNWeekday>>,
    /// The months of the year.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by_month: Option<List<RecurrenceMonth>>,
    /// The days of the month.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by_month_day: Option<List<u32>>,
    /// The days of the year.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by_year_day: Option<List<u32>>,
    /// The total number of occurrences.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub count: Option<u32>,
}

object! { RecurrenceRule {
    start, end, frequency, interval, by_weekday, by_n_weekday, by_month,
    by_month_day, by_year_day, count,
} }

impl RecurrenceRule {
    /// Creates a rule with a frequency and an interval, such as every two weeks.
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

    /// Creates a rule for every day.
    pub fn daily(start: Timestamp) -> Self {
        RecurrenceRule::new(start, RecurrenceFrequency::DAILY, 1)
    }

    /// Creates a rule for several days of every week. Discord only accepts
    /// [these sets of days](https://docs.discord.com/developers/resources/guild-scheduled-event#guild-scheduled-event-recurrence-rule-object):
    /// Monday-Friday, Tuesday-Saturday, Sunday-Thursday, Friday and Saturday, Saturday and Sunday, Sunday and Monday.
    pub fn daily_on(start: Timestamp, days: impl IntoIterator<Item = RecurrenceWeekday>) -> Self {
        RecurrenceRule { by_weekday: Some(days.into_iter().collect()), ..RecurrenceRule::daily(start) }
    }

    /// Creates a rule for one day of every week, or of every other week with an interval of 2.
    pub fn weekly(start: Timestamp, interval: u32, day: RecurrenceWeekday) -> Self {
        let rule = RecurrenceRule::new(start, RecurrenceFrequency::WEEKLY, interval);
        RecurrenceRule { by_weekday: Some([day].into_iter().collect()), ..rule }
    }

    /// Creates a rule for one day in the `n`th week of every month; `n` is 1-5.
    pub fn monthly(start: Timestamp, n: i32, day: RecurrenceWeekday) -> Self {
        let rule = RecurrenceRule::new(start, RecurrenceFrequency::MONTHLY, 1);
        RecurrenceRule { by_n_weekday: Some([RecurrenceNWeekday::new(n, day)].into_iter().collect()), ..rule }
    }

    /// Creates a rule for one date of every year.
    pub fn yearly(start: Timestamp, month: RecurrenceMonth, day: u32) -> Self {
        let rule = RecurrenceRule::new(start, RecurrenceFrequency::YEARLY, 1);
        let (month, day) = ([month].into_iter().collect(), [day].into_iter().collect());
        RecurrenceRule { by_month: Some(month), by_month_day: Some(day), ..rule }
    }
}

/// A [day in a certain week](https://docs.discord.com/developers/resources/guild-scheduled-event#guild-scheduled-event-recurrence-rule-object-guild-scheduled-event-recurrence-rule-nweekday-structure) of the month.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct RecurrenceNWeekday {
    /// The week, 1-5.
    pub n: i32,
    /// The day.
    pub day: RecurrenceWeekday,
}

object! { RecurrenceNWeekday {
    n: required, day: required,
} }

impl RecurrenceNWeekday {
    /// Creates a day in the `n`th week of the month.
    pub fn new(n: i32, day: RecurrenceWeekday) -> Self {
        RecurrenceNWeekday { n, day }
    }
}

int_enum! {
    /// The [privacy level of a scheduled event](https://docs.discord.com/developers/resources/guild-scheduled-event#guild-scheduled-event-object-guild-scheduled-event-privacy-level).
    ScheduledEventPrivacyLevel {
    GUILD_ONLY = 2,
    }
}

int_enum! {
    /// The [type of location of a scheduled event](https://docs.discord.com/developers/resources/guild-scheduled-event#guild-scheduled-event-object-guild-scheduled-event-entity-types).
    ScheduledEventEntityType {
    NONE = 0,
    STAGE_INSTANCE = 1,
    VOICE = 2,
    EXTERNAL = 3,
    }
}

int_enum! {
    /// The [status of a scheduled event](https://docs.discord.com/developers/resources/guild-scheduled-event#guild-scheduled-event-object-guild-scheduled-event-status).
    ScheduledEventStatus {
    SCHEDULED = 1,
    ACTIVE = 2,
    COMPLETED = 3,
    CANCELED = 4,
    }
}

int_enum! {
    /// The [frequency of a recurrence rule](https://docs.discord.com/developers/resources/guild-scheduled-event#guild-scheduled-event-recurrence-rule-object-guild-scheduled-event-recurrence-rule-frequency).
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
