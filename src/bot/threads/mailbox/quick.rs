//! Finding the IDs of an event without reading all of its text: pure.
//!
//! Reading the IDs of a message takes half a microsecond, a third of what the message costs in all. Most messages are not
//! waited for, and that is visible from one field. A search for its name is ten times faster.

use std::sync::LazyLock;

use memchr::memchr2;
use memchr::memmem::Finder;

use crate::id::GuildId;
use crate::json::{self, Read};

use super::wanted::EventIds;

/// The white space of JSON.
const SPACE: [char; 4] = [' ', '\t', '\n', '\r'];

/// Maximum number of IDs that are compared. A text with more is read.
const MAX_IDS: usize = 8;

/// A field whose name leads to an ID. It may occur at any depth, so an ID found by it is a hint, not yet a match.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Anchor {
    MessageId,
    Author,
    UserId,
    ChannelId,
    GuildId,
}

/// What the shards' threads must know about the waits for a type of event. It fits into an atomic.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Interest(pub(super) u8);

/// The IDs that were found in a text by its anchors.
#[derive(Debug, Default)]
pub(super) struct QuickIds {
    ids: [u64; MAX_IDS],
    count: usize,
    /// There may be others: more than [`MAX_IDS`], or none was found, as when the names of the fields are escaped.
    may_have_more: bool,
}

impl Anchor {
    pub(super) const ALL: [Anchor; 5] =
        [Anchor::MessageId, Anchor::Author, Anchor::UserId, Anchor::ChannelId, Anchor::GuildId];

    fn name(self) -> &'static str {
        match self {
            Anchor::MessageId => r#""message_id""#,
            Anchor::Author => r#""author""#,
            Anchor::UserId => r#""user_id""#,
            Anchor::ChannelId => r#""channel_id""#,
            Anchor::GuildId => r#""guild_id""#,
        }
    }

    /// The anchor for a wait: every event that it asks for has this ID at that field. `None` if there is no such field.
    pub(super) fn of(event: &str, wanted: &EventIds) -> Option<(Anchor, u64)> {
        let has_author = matches!(event, "MESSAGE_CREATE" | "MESSAGE_UPDATE");
        let is_on_message = event.starts_with("MESSAGE_REACTION_") || event.starts_with("MESSAGE_POLL_");
        let is_channel = ["THREAD_", "CHANNEL_", "VOICE_CHANNEL_"].iter().any(|kind| event.starts_with(kind));
        let scope = &wanted.scope;
        if let Some(id) = scope.message_id.filter(|_| is_on_message) {
            return Some((Anchor::MessageId, id.get()));
        }
        if let Some(id) = scope.user_id.filter(|_| has_author || is_on_message) {
            return Some((if has_author { Anchor::Author } else { Anchor::UserId }, id.get()));
        }
        if let Some(id) = scope.channel_id.filter(|_| !is_channel) {
            return Some((Anchor::ChannelId, id.get()));
        }
        let is_guild = matches!(event, "GUILD_CREATE" | "GUILD_UPDATE" | "GUILD_DELETE");
        scope.guild_id.filter(|_| !is_guild).map(|id| (Anchor::GuildId, id.get()))
    }

    /// Whether an event may be one that a wait asks for.
    pub(super) fn may_fit(event: &str, wanted: &EventIds, text: &str) -> bool {
        Anchor::of(event, wanted).is_none_or(|(anchor, id)| {
            let mut ids = QuickIds::default();
            anchor.find(text, &mut ids);
            ids.any(|found| found == id)
        })
    }

    /// Adds the IDs at all fields of this name.
    fn find(self, text: &str, found: &mut QuickIds) {
        static FINDERS: LazyLock<[Finder<'static>; Anchor::ALL.len()]> =
            LazyLock::new(|| Anchor::ALL.map(|anchor| Finder::new(anchor.name())));
        let before = found.count;
        for place in FINDERS[self as usize].find_iter(text.as_bytes()) {
            let after = text[place + self.name().len()..].trim_start_matches(SPACE);
            let id = after.strip_prefix(':').and_then(|value| match self {
                Anchor::Author => id_of_object(value.trim_start_matches(SPACE)),
                _ => json::read_with(value, GuildId::read).ok(),
            });
            if let Some(id) = id {
                found.push(id.get());
            }
        }
        found.may_have_more |= found.count == before;
    }
}

/// The ID of the object at the beginning of a text.
fn id_of_object(text: &str) -> Option<GuildId> {
    static ID: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new(r#""id":"#));
    let inner = text.strip_prefix('{')?;
    // Usually no other object comes before the ID, and this is all.
    if let Some(place) = ID.find(inner.as_bytes()) {
        if memchr2(b'{', b'}', &inner.as_bytes()[..place]).is_none() {
            return json::read_with(&inner[place + ID.needle().len()..], GuildId::read).ok();
        }
    }
    json::read_with(text, |object| object.look_up::<GuildId>("id")).ok()?
}

impl Interest {
    /// Of an event for which no task waits at the moment.
    pub(super) const DECLARED_ONLY: Interest = Interest(Interest::DECLARED);

    const DECLARED: u8 = 1;
    const UNANCHORED: u8 = 2;

    /// Of an event for which tasks are declared to wait. `anchors`: the number of waits that each one is for.
    pub(super) fn new(anchors: &[usize; Anchor::ALL.len()], unanchored: usize) -> Interest {
        let unanchored = if unanchored > 0 { Interest::UNANCHORED } else { 0 };
        let anchors = anchors.iter().enumerate().filter(|(_, count)| **count > 0);
        Interest(anchors.fold(Interest::DECLARED | unanchored, |bits, (place, _)| bits | 4 << place))
    }

    /// Whether a task is running that may wait for such events.
    pub(super) fn is_declared(self) -> bool {
        self.0 & Interest::DECLARED != 0
    }

    /// Whether there are waits with IDs but no anchor, for which the text must be read.
    pub(super) fn needs_reading(self) -> bool {
        self.0 & Interest::UNANCHORED != 0
    }

    /// The IDs at all anchors of the waits.
    pub(super) fn find(self, text: &str) -> QuickIds {
        let mut found = QuickIds::default();
        if self.0 <= Interest::DECLARED | Interest::UNANCHORED {
            return found;
        }
        for (place, anchor) in Anchor::ALL.iter().enumerate() {
            if self.0 & (4 << place) != 0 {
                anchor.find(text, &mut found);
            }
        }
        found
    }
}

impl QuickIds {
    fn push(&mut self, id: u64) {
        match self.ids.get_mut(self.count) {
            Some(slot) => {
                *slot = id;
                self.count += 1;
            }
            None => self.may_have_more = true,
        }
    }

    /// Whether `is_wanted` accepts one of the IDs.
    pub(super) fn any(&self, is_wanted: impl Fn(u64) -> bool) -> bool {
        self.may_have_more || self.ids[..self.count].iter().any(|id| is_wanted(*id))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use std::fs;
    use std::path::Path;

    use serde::Deserialize;
    use serde_json::value::RawValue;

    use super::{Anchor, Interest, MAX_IDS, QuickIds};
    use crate::bot::event_scope::EventScope;
    use crate::bot::threads::mailbox::wanted::EventIds;
    use crate::gateway::intents::EVENTS;
    use crate::id::{ChannelId, GuildId, MessageId, UserId};

    #[derive(Deserialize)]
    struct Frame {
        t: Option<String>,
        d: Box<RawValue>,
    }

    /// The IDs that were found, sorted. Empty if the text must be read.
    fn found(anchor: Anchor, text: &str) -> Vec<u64> {
        let mut ids = QuickIds::default();
        anchor.find(text, &mut ids);
        assert!(!ids.may_have_more || ids.count == 0);
        let mut found = ids.ids[..ids.count].to_vec();
        found.sort_unstable();
        found
    }

    #[test]
    fn ids_are_found_at_any_depth_and_however_they_are_written() {
        let text = r#"{"content":"\"channel_id\":\"9\"","a":[{"channel_id":"1"}], "channel_id" : 2 ,"channel_id":null}"#;
        assert_eq!(found(Anchor::ChannelId, text), [1, 2]);
        let text = r#"{"author":{"name":"{\"author\":{\"id\":\"9\"}","id":"3"},"b":{"author" : {"id":4}},"author":{},"author":7,"b":{"author":{"x":{"id":8},"id":5}}}"#;
        assert_eq!(found(Anchor::Author, text), [3, 4, 5]);
        assert_eq!(found(Anchor::Author, r#"{"author":{"id" : "3"},"x":1,"id":"9"}"#), [3]);
        assert_eq!(found(Anchor::Author, r#"{"author":{"a":"{","id":"3"}}"#), [3]);
        for broken in
            ["", "{", r#"{"author""#, r#"{"author":{"id""#, r#"{"author":{"id":"x"}"#, r#""author":"#]
        {
            assert_eq!(found(Anchor::Author, broken), [0; 0], "{broken}");
            assert_eq!(found(Anchor::ChannelId, &broken.replace("author", "channel_id")), [0; 0], "{broken}");
        }
    }

    #[test]
    fn a_text_without_the_field_is_read() {
        for (place, text) in [(3, r#"{"channel\u005fid":"1"}"#), (1, r#"{"\u0061uthor":{"id":"1"}}"#)] {
            let mut anchors = [0; 5];
            anchors[place] = 1;
            assert!(Interest::new(&anchors, 0).find(text).any(|_| false), "{text}");
        }
        let ids = Interest::new(&[0, 0, 0, 1, 0], 0).find(r#"{"channel_id":"1","guild_id":"2"}"#);
        assert!(ids.any(|id| id == 1) && !ids.any(|id| id != 1));
    }

    #[test]
    fn a_text_with_many_ids_is_read() {
        let mut ids = QuickIds::default();
        (0..MAX_IDS as u64).for_each(|id| ids.push(id));
        assert!(ids.any(|id| id == 7) && !ids.any(|id| id == 8));
        ids.push(9);
        assert!(ids.any(|_| false));
    }

    /// The waits that an event with these IDs is for.
    fn parts_of(ids: &EventIds) -> impl Iterator<Item = EventIds> {
        let EventScope { guild_id, channel_id, message_id, user_id } = ids.scope;
        (0..16).map(move |bits| {
            let has = |place: u8| bits & (1 << place) != 0;
            let mut scope = EventScope::new();
            scope.guild_id = guild_id.filter(|_| has(0));
            scope.channel_id = channel_id.filter(|_| has(1));
            scope.message_id = message_id.filter(|_| has(2));
            scope.user_id = user_id.filter(|_| has(3));
            scope.into()
        })
    }

    #[test]
    fn the_id_of_each_wait_is_found_in_each_documented_event() {
        let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/discord/payloads"));
        let Ok(files) = fs::read_dir(folder) else {
            println!("skipped: {} is not there", folder.display());
            return;
        };
        let mut checked = 0;
        for file in files {
            let Ok(text) = fs::read_to_string(file.unwrap().path()) else { continue };
            let Ok(Frame { t: Some(name), d: data }) = serde_json::from_str(&text) else { continue };
            let ids = EventIds::of(&name, data.get());
            for wanted in parts_of(&ids) {
                let Some((anchor, id)) = Anchor::of(&name, &wanted) else { continue };
                assert!(found(anchor, data.get()).contains(&id), "{name}: {anchor:?}");
                checked += 1;
            }
        }
        assert!(checked > 200, "{checked}");
    }

    #[test]
    fn a_wait_for_any_event_has_its_most_selective_anchor() {
        let scope = EventScope::new().guild(GuildId::new(1)).channel(ChannelId::new(2)).user(UserId::new(3));
        let of = |event: &str, scope: EventScope| Anchor::of(event, &scope.into());
        assert_eq!(of("MESSAGE_CREATE", scope), Some((Anchor::Author, 3)));
        assert_eq!(of("MESSAGE_REACTION_ADD", scope), Some((Anchor::UserId, 3)));
        assert_eq!(
            of("MESSAGE_REACTION_ADD", scope.message(MessageId::new(4))),
            Some((Anchor::MessageId, 4))
        );
        assert_eq!(of("TYPING_START", scope), Some((Anchor::ChannelId, 2)));
        assert_eq!(of("THREAD_CREATE", scope), Some((Anchor::GuildId, 1)));
        assert_eq!(of("GUILD_UPDATE", EventScope::new().guild(GuildId::new(1))), None);
        assert!(EVENTS.iter().all(|event| of(event.name, EventScope::new()).is_none()));
    }
}
