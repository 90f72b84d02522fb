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

/// The longest name, description and location, in characters.
const MAX_NAME: usize = 100;
const MAX_DESCRIPTION: usize = 1000;
const MAX_LOCATION: usize = 100;

options! {
    /// Something to be planned: [Create Guild Scheduled Event](https://docs.discord.com/developers/resources/guild-scheduled-event#create-guild-scheduled-event).
    ///
    /// What is in a channel needs the channel; what is elsewhere needs a place and an end. That is what
    /// [`in_voice`](Self::in_voice), [`on_stage`](Self::on_stage) and [`elsewhere`](Self::elsewhere) ask for.
    CreateGuildScheduledEvent(
        name: impl Into<String>,
        entity_type: ScheduledEventEntityType,
        scheduled_start_time: impl Into<Timestamp>,
        privacy_level: ScheduledEventPrivacyLevel,
    ) {
        /// Sets the channel.
        channel_id: ChannelId,
        /// Sets the place that is no channel.
        entity_metadata: ScheduledEventMetadata => metadata,
        /// Sets what it is called: 1 to 100 characters.
        name: String [into] => chars(1..=MAX_NAME),
        /// Sets who may see it.
        privacy_level: ScheduledEventPrivacyLevel,
        /// Sets when it begins.
        scheduled_start_time: Timestamp [into],
        /// Sets when it ends.
        scheduled_end_time: Timestamp [into],
        /// Sets what it is about: 1 to 1,000 characters.
        description: String [into] => chars(1..=MAX_DESCRIPTION),
        /// Sets in what kind of place it is.
        entity_type: ScheduledEventEntityType,
        /// Sets its picture.
        image: ImageData,
        /// Sets when it is repeated.
        recurrence_rule: RecurrenceRule => recurrence::check,
    } and Self::consistent
}

options! {
    /// What to change of what is planned: [Modify Guild Scheduled Event](https://docs.discord.com/developers/resources/guild-scheduled-event#modify-guild-scheduled-event).
    ///
    /// To move it out of a channel, say `no_channel_id`, the kind of place, the place, and the end.
    ModifyGuildScheduledEvent {
        /// Sets the channel.
        channel_id / no_channel_id: ChannelId,
        /// Sets the place that is no channel.
        entity_metadata / no_entity_metadata: ScheduledEventMetadata => metadata,
        /// Sets what it is called: 1 to 100 characters.
        name: String [into] => chars(1..=MAX_NAME),
        /// Sets who may see it.
        privacy_level: ScheduledEventPrivacyLevel,
        /// Sets when it begins.
        scheduled_start_time: Timestamp [into],
        /// Sets when it ends.
        scheduled_end_time / no_scheduled_end_time: Timestamp [into],
        /// Sets what it is about: 1 to 1,000 characters.
        description / no_description: String [into] => chars(1..=MAX_DESCRIPTION),
        /// Sets in what kind of place it is.
        entity_type: ScheduledEventEntityType,
        /// Begins it (`ACTIVE`), ends it (`COMPLETED`), or calls it off (`CANCELED`).
        status: ScheduledEventStatus,
        /// Sets its picture.
        image / no_image: ImageData,
        /// Sets when it is repeated.
        recurrence_rule / no_recurrence_rule: RecurrenceRule => recurrence::check,
    } and Self::consistent
}

impl CreateGuildScheduledEvent {
    /// Something in a voice channel.
    pub fn in_voice(name: impl Into<String>, channel: ChannelId, start: impl Into<Timestamp>) -> Self {
        Self::in_guild(name, ScheduledEventEntityType::VOICE, start).channel_id(channel)
    }

    /// Something in a stage channel.
    pub fn on_stage(name: impl Into<String>, channel: ChannelId, start: impl Into<Timestamp>) -> Self {
        Self::in_guild(name, ScheduledEventEntityType::STAGE_INSTANCE, start).channel_id(channel)
    }

    /// Something at a place that is no channel.
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

    /// The [fields that each kind of place asks for](https://docs.discord.com/developers/resources/guild-scheduled-event#guild-scheduled-event-object-field-requirements-by-entity-type).
    fn consistent(&self) -> Result<(), Error> {
        let has_channel = self.channel_id.value().is_some();
        match self.entity_type.value() {
            Some(&ScheduledEventEntityType::EXTERNAL) => {
                if has_channel {
                    return invalid("channel_id", "is for what is in a channel, and this is elsewhere");
                }
                placed_elsewhere(&self.entity_metadata, &self.scheduled_end_time)
            }
            Some(&ScheduledEventEntityType::VOICE | &ScheduledEventEntityType::STAGE_INSTANCE) => {
                if !has_channel {
                    return invalid("channel_id", "is missing: what is in a channel needs it");
                }
                if self.entity_metadata.value().is_some() {
                    return invalid("entity_metadata", "is for what is elsewhere, and this is in a channel");
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
                    return invalid("channel_id", "must be null for what is elsewhere: say no_channel_id()");
                }
                placed_elsewhere(&self.entity_metadata, &self.scheduled_end_time)
            }
            Some(&ScheduledEventEntityType::VOICE | &ScheduledEventEntityType::STAGE_INSTANCE)
                if self.channel_id.is_null() =>
            {
                invalid("channel_id", "is null: what is in a channel needs it")
            }
            _ => Ok(()),
        }
    }
}

fn placed_elsewhere(metadata: &Maybe<ScheduledEventMetadata>, end: &Maybe<Timestamp>) -> Result<(), Error> {
    if metadata.value().is_none_or(|metadata| metadata.location.is_none()) {
        return invalid("entity_metadata.location", "is missing: what is in no channel needs a place");
    }
    if end.value().is_none() {
        return invalid("scheduled_end_time", "is missing: what is in no channel needs an end");
    }
    Ok(())
}

fn metadata(metadata: &ScheduledEventMetadata) -> Result<(), Error> {
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
        ScheduledEventEntityType as Place, ScheduledEventMetadata as Metadata, ScheduledEventPrivacyLevel,
    };
    use crate::rest::check::problem;

    fn planned(place: Place) -> Create {
        Create::new("Tide", place, SystemTime::UNIX_EPOCH, ScheduledEventPrivacyLevel::GUILD_ONLY)
    }

    #[test]
    fn each_kind_of_place_has_what_it_needs_and_no_more() {
        let (channel, begin) = (ChannelId::new(7), SystemTime::UNIX_EPOCH);
        let end = begin + Duration::from_secs(60);
        let elsewhere = Create::elsewhere("Walk", "beach", begin, end);
        let table = [
            (Create::in_voice("Tide", channel, begin), "fine"),
            (Create::on_stage("Tide", channel, begin), "fine"),
            (elsewhere.clone(), "fine"),
            (planned(Place::VOICE), "channel_id: is missing: what is in a channel needs it"),
            (
                Create::on_stage("Tide", channel, begin).entity_metadata(Metadata::with_location("beach")),
                "entity_metadata: is for what is elsewhere, and this is in a channel",
            ),
            (
                elsewhere.clone().channel_id(channel),
                "channel_id: is for what is in a channel, and this is elsewhere",
            ),
            (
                planned(Place::EXTERNAL).scheduled_end_time(end),
                "entity_metadata.location: is missing: what is in no channel needs a place",
            ),
            (
                planned(Place::EXTERNAL).entity_metadata(Metadata::with_location("beach")),
                "scheduled_end_time: is missing: what is in no channel needs an end",
            ),
            (
                Create::elsewhere("Walk", "", begin, end),
                "entity_metadata.location: 1 to 100 characters, and this has 0",
            ),
            (Create::in_voice("", channel, begin), "name: 1 to 100 characters, and this has 0"),
            (elsewhere.description("x".repeat(1001)), "description: 1 to 1000 characters, and this has 1001"),
        ];
        for (event, expected) in table {
            assert_eq!(problem(event.check()).trim_end_matches(" (nothing was sent)"), expected);
        }
    }

    #[test]
    fn what_moves_out_of_a_channel_says_so() {
        let end = SystemTime::UNIX_EPOCH;
        let moved = Modify::new().entity_type(Place::EXTERNAL);
        let whole = moved
            .clone()
            .no_channel_id()
            .entity_metadata(Metadata::with_location("beach"))
            .scheduled_end_time(end);
        let table = [
            (whole, "fine"),
            (Modify::new().name("Tide"), "fine"),
            (Modify::new().entity_type(Place::VOICE), "fine"),
            (moved.clone(), "channel_id: must be null for what is elsewhere: say no_channel_id()"),
            (
                moved.no_channel_id(),
                "entity_metadata.location: is missing: what is in no channel needs a place",
            ),
            (
                Modify::new().entity_type(Place::STAGE_INSTANCE).no_channel_id(),
                "channel_id: is null: what is in a channel needs it",
            ),
        ];
        for (changes, expected) in table {
            assert_eq!(problem(changes.check()).trim_end_matches(" (nothing was sent)"), expected);
        }
    }
}
