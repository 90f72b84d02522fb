//! What happens by itself at a time: polls end, external events start and end, threads are archived.

use std::time::Duration;

use serde_json::{Value, json};

use super::collection::SCHEDULED_EVENTS;
use super::objects;
use super::timestamp::{parse, timestamp};
use super::world::time_of_id;
use super::{Event, World};

/// [Statuses of scheduled events](https://docs.discord.com/developers/resources/guild-scheduled-event#guild-scheduled-event-object-guild-scheduled-event-status).
const SCHEDULED: u64 = 1;
const ACTIVE: u64 = 2;
const COMPLETED: u64 = 3;
/// The entity type of events outside of Discord. Only these start and end by themselves.
const EXTERNAL: u64 = 3;

/// Something that is due at a time.
enum Due {
    /// A poll ends: the ID of its message.
    Poll(u64),
    /// A thread is archived.
    Thread(u64),
    /// An event changes its status: the ID of its guild, and its own.
    ScheduledEvent(u64, u64),
}

impl World {
    /// Does the first thing that is due by a time. Returns when it was due, and its events.
    pub(in crate::sim) fn do_next_due(&mut self, until: Duration) -> Option<(Duration, Vec<Event>)> {
        let polls = self.messages.iter().filter_map(|(id, message)| {
            let poll = &message.body["poll"];
            let is_open = poll["results"]["is_finalized"] == false;
            Some((is_open.then(|| time(&poll["expiry"]))??, Due::Poll(*id)))
        });
        let threads = self.channels.iter().filter_map(|(id, channel)| {
            let metadata = &channel.body["thread_metadata"];
            let minutes = metadata["auto_archive_duration"].as_u64()?;
            let is_open = metadata["archived"] == false;
            let last = channel
                .messages
                .last()
                .map(|id| time_of_id(*id))
                .or_else(|| time(&metadata["archive_timestamp"]));
            Some((is_open.then_some(last)?? + Duration::from_secs(60 * minutes), Due::Thread(*id)))
        });
        let guilds = self.guilds.keys().copied();
        let events = guilds.flat_map(|guild| {
            self.list(guild, SCHEDULED_EVENTS.name).iter().filter_map(move |event| {
                let at = match event["status"].as_u64()? {
                    SCHEDULED => time(&event["scheduled_start_time"])?,
                    ACTIVE => time(&event["scheduled_end_time"])?,
                    _ => return None,
                };
                let is_external = event["entity_type"] == EXTERNAL;
                is_external.then_some((at, Due::ScheduledEvent(guild, objects::id(&event["id"])?)))
            })
        });
        let all = polls.chain(threads).chain(events);
        let (at, due) = all.min_by_key(|(at, _)| *at).filter(|(at, _)| *at <= until)?;
        let event = match due {
            Due::Poll(message) => self.end_poll(message),
            Due::Thread(thread) => self.archive(thread, at),
            Due::ScheduledEvent(guild, event) => self.next_status(guild, event),
        };
        Some((at, event.into_iter().collect()))
    }

    fn end_poll(&mut self, id: u64) -> Option<Event> {
        let message = self.messages.get_mut(&id)?;
        message.body["poll"]["results"]["is_finalized"] = json!(true);
        let (channel, author, body) = (message.channel, message.author, message.body.clone());
        Some(("MESSAGE_UPDATE", self.message_event(channel, author, &[], body)))
    }

    fn archive(&mut self, thread: u64, at: Duration) -> Option<Event> {
        let metadata = &mut self.channels.get_mut(&thread)?.body["thread_metadata"];
        metadata["archived"] = json!(true);
        metadata["archive_timestamp"] = json!(timestamp(at));
        Some(("THREAD_UPDATE", self.channel_body(thread)))
    }

    fn next_status(&mut self, guild: u64, id: u64) -> Option<Event> {
        let mut events = self.list_mut(guild, SCHEDULED_EVENTS.name).iter_mut();
        let event = events.find(|event| objects::is_id(&event["id"], id))?;
        let next = if event["status"] == SCHEDULED { ACTIVE } else { COMPLETED };
        event["status"] = json!(next);
        Some(("GUILD_SCHEDULED_EVENT_UPDATE", event.clone()))
    }
}

fn time(value: &Value) -> Option<Duration> {
    parse(value.as_str()?)
}
