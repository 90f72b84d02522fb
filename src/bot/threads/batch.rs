//! A batch of events on its way from a shard's thread to the bot's: one block of text, and a list of positions in it.

use std::time::Instant;

use crate::gateway::event::{Event, InteractionCreate, MessageCreate, MessageUpdate};
use crate::gateway::intents::{self, EVENTS};
use crate::gateway::session::{Dispatch, Notice};
use crate::interaction::InteractionHeader;

/// Buffers that grew beyond this size are freed when the batch is emptied.
const KEPT_ARENA: usize = 128 << 10;
const KEPT_ENTRIES: usize = 1 << 12;

/// Events and notices of one or several shards, in order.
///
/// Adding an event copies its text. It allocates nothing once the buffers have reached their usual size.
#[derive(Default)]
pub(crate) struct Batch {
    arena: String,
    entries: Vec<Entry>,
    headers: Vec<InteractionHeader>,
    notices: Vec<Notice>,
    /// When the first of them was published.
    since: Option<Instant>,
}

#[derive(Clone, Copy)]
struct Entry {
    shard: u32,
    what: What,
    /// How far the shard has come with this event, if the bot remembers its sessions.
    position: u64,
    /// Where the entry's text begins in the block. For a notice: its index among the notices.
    start: usize,
    len: usize,
}

#[derive(Clone, Copy)]
enum What {
    Known(u16),
    /// An interaction with a handler, and the index of its header.
    Interaction {
        header: u32,
    },
    /// An event that is not in the table: its name is in front of its data.
    Unknown {
        name_len: u32,
    },
    Notice,
}

/// The name of a dispatch event, as an index into [`EVENTS`] if it is in there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Name<'b> {
    Known(usize),
    Unknown(&'b str),
}

/// The name of an interaction's event.
pub(crate) const INTERACTION: Name<'static> =
    Name::Known(intents::event_index_const(InteractionCreate::NAME));

/// The name of the event of a new message.
pub(crate) const MESSAGE: Name<'static> = Name::Known(intents::event_index_const(MessageCreate::NAME));

/// The name of the event of a changed message.
pub(crate) const MESSAGE_UPDATE: Name<'static> = Name::Known(intents::event_index_const(MessageUpdate::NAME));

impl<'b> Name<'b> {
    /// Looks a name up in the table.
    pub(crate) fn of(name: &'b str) -> Self {
        intents::event_index(name).map_or(Name::Unknown(name), Name::Known)
    }

    /// The name of a dispatch, which was looked up before.
    pub(crate) fn of_dispatch(event: &'b Dispatch<'_>) -> Self {
        event.index.map_or(Name::Unknown(&event.name), Name::Known)
    }

    pub(crate) fn text(self) -> &'b str {
        match self {
            Name::Known(index) => EVENTS[index].name,
            Name::Unknown(name) => name,
        }
    }
}

/// One element of a batch.
#[derive(Debug)]
pub(crate) enum Item<'b> {
    /// `header` is present for an interaction with a handler.
    Event {
        shard: u32,
        name: Name<'b>,
        data: &'b str,
        header: Option<&'b InteractionHeader>,
        position: u64,
    },
    Notice {
        shard: u32,
        notice: &'b Notice,
    },
}

/// The size of a batch, or of a part of it, for the limits of the queue.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct QueueSize {
    pub(crate) events: usize,
    pub(crate) bytes: usize,
}

impl QueueSize {
    pub(crate) fn add(&mut self, other: QueueSize) {
        self.events += other.events;
        self.bytes += other.bytes;
    }

    pub(crate) fn remove(&mut self, other: QueueSize) {
        self.events = self.events.saturating_sub(other.events);
        self.bytes = self.bytes.saturating_sub(other.bytes);
    }
}

impl Batch {
    pub(crate) fn push_event(&mut self, shard: u32, event: &Dispatch<'_>, position: u64) {
        let start = self.arena.len();
        let what = match Name::of_dispatch(event) {
            // The table is far shorter than `u16::MAX`.
            Name::Known(index) => What::Known(index as u16),
            Name::Unknown(name) => {
                self.arena.push_str(name);
                // A name is a part of a frame, and a frame is far smaller than `u32::MAX`.
                What::Unknown { name_len: name.len() as u32 }
            }
        };
        self.arena.push_str(event.data);
        self.entries.push(Entry { shard, what, position, start, len: self.arena.len() - start });
    }

    /// Adds an interaction that has a handler, with its header.
    pub(crate) fn push_interaction(
        &mut self,
        shard: u32,
        data: &str,
        header: InteractionHeader,
        position: u64,
    ) {
        let start = self.arena.len();
        self.arena.push_str(data);
        // The queue's limit is far below `u32::MAX` events.
        let what = What::Interaction { header: self.headers.len() as u32 };
        self.entries.push(Entry { shard, what, position, start, len: data.len() });
        self.headers.push(header);
    }

    pub(crate) fn push_notice(&mut self, shard: u32, notice: Notice) {
        self.entries.push(Entry {
            shard,
            what: What::Notice,
            position: 0,
            start: self.notices.len(),
            len: 0,
        });
        self.notices.push(notice);
    }

    /// Sets when its elements are published.
    pub(crate) fn set_published(&mut self, at: Instant) {
        self.since = Some(at);
    }

    /// When the first of its elements was published.
    pub(crate) fn published(&self) -> Option<Instant> {
        self.since
    }

    /// Calls `count` with a shard and the number of its elements, for each row of elements of one shard.
    pub(crate) fn count_by_shard(&self, mut count: impl FnMut(u32, usize)) {
        for row in self.entries.chunk_by(|one, next| one.shard == next.shard) {
            count(row[0].shard, row.len());
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.entries.len()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    pub(crate) fn load(&self) -> QueueSize {
        QueueSize { events: self.len(), bytes: self.arena.len() + self.len() * size_of::<Entry>() }
    }

    /// The element at an index, and its size.
    pub(crate) fn get(&self, place: usize) -> Option<(Item<'_>, QueueSize)> {
        let &Entry { shard, what, position, start, len } = self.entries.get(place)?;
        let text = |from: usize| &self.arena[from..start + len];
        let item = match what {
            What::Known(index) => {
                let name = Name::Known(usize::from(index));
                Item::Event { shard, name, data: text(start), header: None, position }
            }
            What::Interaction { header } => {
                let header = self.headers.get(header as usize);
                Item::Event { shard, name: INTERACTION, data: text(start), header, position }
            }
            What::Unknown { name_len } => {
                let data_start = start + name_len as usize;
                let name = Name::Unknown(&self.arena[start..data_start]);
                Item::Event { shard, name, data: text(data_start), header: None, position }
            }
            What::Notice => Item::Notice { shard, notice: &self.notices[start] },
        };
        Some((item, QueueSize { events: 1, bytes: len + size_of::<Entry>() }))
    }

    /// Moves everything from `other` to the end of this batch. If this one is empty, the buffers are swapped.
    pub(crate) fn take_from(&mut self, other: &mut Batch) {
        if self.is_empty() {
            self.clear();
            std::mem::swap(self, other);
            return;
        }
        let (text, headers, notices) = (self.arena.len(), self.headers.len(), self.notices.len());
        self.arena.push_str(&other.arena);
        self.headers.append(&mut other.headers);
        self.notices.append(&mut other.notices);
        self.entries.extend(other.entries.iter().map(|entry| match entry.what {
            What::Notice => Entry { start: entry.start + notices, ..*entry },
            What::Interaction { header } => {
                let what = What::Interaction { header: header + headers as u32 };
                Entry { what, start: entry.start + text, ..*entry }
            }
            _ => Entry { start: entry.start + text, ..*entry },
        }));
        other.clear();
    }

    /// Empties the batch. The buffers stay, unless they had grown large.
    pub(crate) fn clear(&mut self) {
        if self.arena.capacity() > KEPT_ARENA {
            self.arena = String::new();
        }
        if self.entries.capacity() > KEPT_ENTRIES {
            self.entries = Vec::new();
        }
        self.arena.clear();
        self.entries.clear();
        self.headers.clear();
        self.notices.clear();
        self.since = None;
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::{Batch, Item, KEPT_ARENA, Name};
    use crate::gateway::session::{Dispatch, Notice};
    use crate::id::ApplicationId;
    use crate::interaction::InteractionHeader;

    fn event<'a>(name: &'a str, data: &'a str) -> Dispatch<'a> {
        Dispatch::new(None, name, data)
    }

    fn texts(batch: &Batch) -> Vec<String> {
        (0..batch.len())
            .map(|place| match batch.get(place).unwrap().0 {
                Item::Event { shard, name, data, .. } => format!("{shard} {} {data}", name.text()),
                Item::Notice { shard, notice } => format!("{shard} {notice:?}"),
            })
            .collect()
    }

    #[test]
    fn events_keep_their_order_name_and_shard() {
        let mut batch = Batch::default();
        batch.push_event(0, &event("MESSAGE_CREATE", "{\"a\":1}"), 0);
        batch.push_notice(1, Notice::Connected { resumed: true });
        batch.push_event(2, &event("NEW_THING", "[2]"), 0);
        assert_eq!(
            texts(&batch),
            ["0 MESSAGE_CREATE {\"a\":1}", "1 Connected { resumed: true }", "2 NEW_THING [2]"]
        );
        assert!(matches!(batch.get(0).unwrap().0, Item::Event { name: Name::Known(_), .. }));
        assert!(batch.get(3).is_none());
    }

    #[test]
    fn one_batch_appended_to_another_keeps_every_place_right() {
        let (mut first, mut second) = (Batch::default(), Batch::default());
        first.push_event(0, &event("NEW_THING", "1"), 0);
        first.push_notice(0, Notice::Connected { resumed: false });
        second.push_event(1, &event("OTHER_THING", "22"), 0);
        second.push_notice(1, Notice::Connected { resumed: true });
        second.push_event(1, &event("MESSAGE_CREATE", "333"), 0);
        first.take_from(&mut second);
        assert!(second.is_empty());
        assert_eq!(
            texts(&first),
            [
                "0 NEW_THING 1",
                "0 Connected { resumed: false }",
                "1 OTHER_THING 22",
                "1 Connected { resumed: true }",
                "1 MESSAGE_CREATE 333"
            ]
        );
    }

    #[test]
    fn the_header_of_an_interaction_stays_with_its_event() {
        let data = |id: u32| {
            format!(
                r#"{{"id":"{id}","application_id":"2","token":"t","type":3,"data":{{"custom_id":"c{id}"}}}}"#
            )
        };
        let push = |batch: &mut Batch, id: u32| {
            let data = data(id);
            let header = InteractionHeader::read(&data, ApplicationId::new(2)).unwrap();
            batch.push_interaction(0, &data, header, 0);
        };
        let (mut first, mut second) = (Batch::default(), Batch::default());
        push(&mut first, 1);
        first.push_event(0, &event("MESSAGE_CREATE", "1"), 0);
        second.push_event(0, &event("INTERACTION_CREATE", "2"), 0);
        push(&mut second, 3);
        first.take_from(&mut second);
        let names: Vec<_> = (0..first.len())
            .map(|place| match first.get(place).unwrap().0 {
                Item::Event { data: text, header: Some(header), .. } => {
                    assert!([data(1), data(3)].iter().any(|data| data == text));
                    header.name.clone()
                }
                _ => String::new(),
            })
            .collect();
        assert_eq!(names, ["c1", "", "", "c3"]);
    }

    #[test]
    fn the_loads_of_the_parts_sum_up_to_the_load_of_the_whole() {
        let mut batch = Batch::default();
        for n in 0..5 {
            batch.push_event(0, &event("NEW_THING", &"x".repeat(n)), 0);
            batch.push_event(0, &event("MESSAGE_CREATE", &"y".repeat(n)), 0);
            batch.push_notice(0, Notice::Connected { resumed: false });
        }
        let mut sum = super::QueueSize::default();
        for place in 0..batch.len() {
            sum.add(batch.get(place).unwrap().1);
        }
        assert_eq!(sum, batch.load());
    }

    #[test]
    fn large_buffers_are_given_back_and_usual_ones_are_kept() {
        let mut batch = Batch::default();
        batch.push_event(0, &event("MESSAGE_CREATE", "usual"), 0);
        batch.clear();
        assert!(batch.arena.capacity() > 0);
        batch.push_event(0, &event("GUILD_CREATE", &"x".repeat(KEPT_ARENA + 1)), 0);
        batch.clear();
        assert_eq!(batch.arena.capacity(), 0);
    }
}
