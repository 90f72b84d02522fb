use super::recurrence;
use crate::error::Error;
use crate::id::ChannelId;
use crate::model::{
    Maybe, RecurrenceRule, ScheduledEventEntityType, ScheduledEventMetadata, ScheduledEventPrivacyLevel,
    ScheduledEventStatus, Timestamp,
};
use crate::rest::ImageData;
use crate::rest::check::{at_field, chars, invalid};
use crate::rest::options::options;

/// Maximum length of the name, in characters.
const MAX_NAME: usize = 100;

/// Maximum length of the description, in characters.
const MAX_DESCRIPTION: usize = 1000;

/// Maximum length of the location, in characters.
const MAX_LOCATION: usize = 100;

options! {
    /// Options to create a scheduled event: [Create Guild Scheduled Event](https://docs.discord.com/developers/resources/guild-scheduled-event#create-guild-scheduled-event).
    ///
    /// An event in a channel needs the channel; an external event needs a location and an end time.
    /// [`in_voice`](Self::in_voice), [`on_stage`](Self::on_stage) and [`elsewhere`](Self::elsewhere) set these fields.
    CreateGuildScheduledEvent(
        name: impl Into<String>,
        entity_type: ScheduledEventEntityType,
        scheduled_start_time: impl Into<Timestamp>,
        privacy_level: ScheduledEventPrivacyLevel,
    ) {
        /// The channel.
        channel_id: ChannelId,
        /// The location of an external event.
        entity_metadata: ScheduledEventMetadata => check_metadata,
        /// The name, 1-100 characters.
        name: String [into] => chars(1..=MAX_NAME),
        /// Who can see the event.
        privacy_level: ScheduledEventPrivacyLevel,
        /// The start time.
        scheduled_start_time: Timestamp [into],
        /// The end time.
        scheduled_end_time: Timestamp [into],
        /// The description, 1-1,000 characters.
        description: String [into] => chars(1..=MAX_DESCRIPTION),
        /// The type of place: voice channel, stage channel or external.
        entity_type: ScheduledEventEntityType,
        /// The cover image.
        image: ImageData,
        /// The recurrence rule.
        recurrence_rule: RecurrenceRule => recurrence::check,
    } and Self::consistent
}

options! {
    /// Changes to a scheduled event: [Modify Guild Scheduled Event](https://docs.discord.com/developers/resources/guild-scheduled-event#modify-guild-scheduled-event).
    ///
    /// To make the event external, call `no_channel_id` and set the entity type, the location and the end time.
    ModifyGuildScheduledEvent {
        /// The channel.
        channel_id / no_channel_id: ChannelId,
        /// The location of an external event.
        entity_metadata / no_entity_metadata: ScheduledEventMetadata => check_metadata,
        /// The name, 1-100 characters.
        name: String [into] => chars(1..=MAX_NAME),
        /// Who can see the event.
        privacy_level: ScheduledEventPrivacyLevel,
        /// The start time.
        scheduled_start_time: Timestamp [into],
        /// The end time.
        scheduled_end_time / no_scheduled_end_time: Timestamp [into],
        /// The description, 1-1,000 characters.
        description / no_description: String [into] => chars(1..=MAX_DESCRIPTION),
        /// The type of place: voice channel, stage channel or external.
        entity_type: ScheduledEventEntityType,
        /// The status: starts (`ACTIVE`), ends (`COMPLETED`) or cancels (`CANCELED`) the event.
        status: ScheduledEventStatus,
        /// The cover image.
        image / no_image: ImageData,
        /// The recurrence rule.
        recurrence_rule / no_recurrence_rule: RecurrenceRule => recurrence::check,
    } and Self::consistent
}

impl CreateGuildScheduledEvent {
    /// Creates the options of an event in a voice channel.
    pub fn in_voice(name: impl Into<String>, channel: ChannelId, start: impl Into<Timestamp>) -> Self {
        Self::in_guild(name, ScheduledEventEntityType::VOICE, start).channel_id(channel)
    }

    /// Creates the options of an event in a stage channel.
    pub fn on_stage(name: impl Into<String>, channel: ChannelId, start: impl Into<Timestamp>) -> Self {
        Self::in_guild(name, ScheduledEventEntityType::STAGE_INSTANCE, start).channel_id(channel)
    }

    /// Creates the options of an external event.
    pub fn elsewhere(
        name: impl Into<String>,
        location: impl Into<String>,
        start: impl Into<Timestamp>,
        end: impl Into<Timestamp>,
    ) -> Self {
        Self::in_guild(name, ScheduledEventEntityType::EXTERNAL, start)
            .entity_metadata(ScheduledEventMetadata::with_location(location))
            .scheduled_end_time(end)
    }

    fn in_guild(
        name: impl Into<String>,
        kind: ScheduledEventEntityType,
        start: impl Into<Timestamp>,
    ) -> Self {
        Self::new(name, kind, start, ScheduledEventPrivacyLevel::GUILD_ONLY)
    }

    /// Checks the [fields required by each entity type](https://docs.discord.com/developers/resources/guild-scheduled-event#guild-scheduled-event-object-field-requirements-by-entity-type).
    fn consistent(&self) -> Result<(), Error> {
        let has_channel = self.channel_id.value().is_some();
        match self.entity_type.value() {
            Some(&ScheduledEventEntityType::EXTERNAL) => {
                if has_channel {
                    return invalid("channel_id", "must not be set for an external event");
                }
                check_external(&self.entity_metadata, &self.scheduled_end_time)
            }
            Some(&ScheduledEventEntityType::VOICE | &ScheduledEventEntityType::STAGE_INSTANCE) => {
                if !has_channel {
                    return invalid("channel_id", "is missing: an event in a channel needs it");
                }
                if self.entity_metadata.value().is_some() {
                    return invalid("entity_metadata", "must not be set for an event in a channel");
                }
                Ok(())
            }
            _ => Ok(()),
        }
    }
}

impl ModifyGuildScheduledEvent {
    fn consistent(&self) -> Result<(), Error> {
        match self.entity_type.value() {
            Some(&ScheduledEventEntityType::EXTERNAL) => {
                if !self.channel_id.is_null() {
                    return invalid("channel_id", "must be null for an external event: call no_channel_id()");
                }
                check_external(&self.entity_metadata, &self.scheduled_end_time)
            }
            Some(&ScheduledEventEntityType::VOICE | &ScheduledEventEntityType::STAGE_INSTANCE)
                if self.channel_id.is_null() =>
            {
                invalid("channel_id", "is null: an event in a channel needs it")
            }
            _ => Ok(()),
        }
    }
}

fn check_external(metadata: &Maybe<ScheduledEventMetadata>, end: &Maybe<Timestamp>) -> Result<(), Error> {
    if metadata.value().is_none_or(|metadata| metadata.location.is_none()) {
        return invalid("entity_metadata.location", "is missing: an external event needs a location");
    }
    if end.value().is_none() {
        return invalid("scheduled_end_time", "is missing: an external event needs an end time");
    }
    Ok(())
}

fn check_metadata(metadata: &ScheduledEventMetadata) -> Result<(), Error> {
    match &metadata.location {
        Some(location) => at_field(chars(1..=MAX_LOCATION)(location), || "location".to_owned()),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, SystemTime};

    use super::{CreateGuildScheduledEvent as Create, ModifyGuildScheduledEvent as Modify};
    use crate::id::ChannelId;
    use crate::model::{
        ScheduledEventEntityType as EntityType, ScheduledEventMetadata as Metadata,
        ScheduledEventPrivacyLevel,
    };
    use crate::rest::check::problem;

    fn event(entity_type: EntityType) -> Create {
        Create::new("Tide", entity_type, SystemTime::UNIX_EPOCH, ScheduledEventPrivacyLevel::GUILD_ONLY)
    }

    #[test]
    fn each_entity_type_has_its_required_fields_and_no_others() {
        let (channel, start) = (ChannelId::new(7), SystemTime::UNIX_EPOCH);
        let end = start + Duration::from_secs(60);
        let external = Create::elsewhere("Walk", "beach", start, end);
        let table = [
            (Create::in_voice("Tide", channel, start), "fine"),
            (Create::on_stage("Tide", channel, start), "fine"),
            (external.clone(), "fine"),
            (event(EntityType::VOICE), "channel_id: is missing: an event in a channel needs it"),
            (
                Create::on_stage("Tide", channel, start).entity_metadata(Metadata::with_location("beach")),
                "entity_metadata: must not be set for an event in a channel",
            ),
            (external.clone().channel_id(channel), "channel_id: must not be set for an external event"),
            (
                event(EntityType::EXTERNAL).scheduled_end_time(end),
                "entity_metadata.location: is missing: an external event needs a location",
            ),
            (
                event(EntityType::EXTERNAL).entity_metadata(Metadata::with_location("beach")),
                "scheduled_end_time: is missing: an external event needs an end time",
            ),
            (
                Create::elsewhere("Walk", "", start, end),
                "entity_metadata.location: 1 to 100 characters, and this has 0",
            ),
            (Create::in_voice("", channel, start), "name: 1 to 100 characters, and this has 0"),
            (external.description("x".repeat(1001)), "description: 1 to 1000 characters, and this has 1001"),
        ];
        for (event, expected) in table {
            assert_eq!(problem(event.check()).trim_end_matches(" (nothing was sent)"), expected);
        }
    }

    #[test]
    fn an_event_that_becomes_external_needs_a_null_channel() {
        let end = SystemTime::UNIX_EPOCH;
        let moved = Modify::new().entity_type(EntityType::EXTERNAL);
        let complete = moved
            .clone()
            .no_channel_id()
            .entity_metadata(Metadata::with_location("beach"))
            .scheduled_end_time(end);
        let table = [
            (complete, "fine"),
            (Modify::new().name("Tide"), "fine"),
            (Modify::new().entity_type(EntityType::VOICE), "fine"),
            (moved.clone(), "channel_id: must be null for an external event: call no_channel_id()"),
            (
                moved.no_channel_id(),
                "entity_metadata.location: is missing: an external event needs a location",
            ),
            (
                Modify::new().entity_type(EntityType::STAGE_INSTANCE).no_channel_id(),
                "channel_id: is null: an event in a channel needs it",
            ),
        ];
        for (changes, expected) in table {
            assert_eq!(problem(changes.check()).trim_end_matches(" (nothing was sent)"), expected);
        }
    }
}
