//! The most recent events, for tasks that will wait for them: pure.

use std::collections::VecDeque;
use std::sync::Arc;

/// Maximum number of kept events, and of bytes. Beyond it the oldest are lost.
pub(super) const MAX_EVENTS: usize = 1000;
pub(super) const MAX_BYTES: usize = 1 << 20;

/// A chunk is full when it has this many events or bytes. The oldest events are lost by whole chunks.
const CHUNK_EVENTS: usize = 32;
const CHUNK_BYTES: usize = 32 << 10;

/// The most recent events that tasks are declared to wait for. All tasks share them.
#[derive(Debug, Default)]
pub(super) struct KeptEvents {
    chunks: VecDeque<Arc<Chunk>>,
    /// The most recent chunk that became too old. Its memory is used again, which is faster than that of a new one.
    spare: Option<Chunk>,
    events: usize,
    bytes: usize,
}

/// Some events: one block of text, and their places in it.
#[derive(Debug, Default)]
pub(super) struct Chunk {
    text: String,
    entries: Vec<Entry>,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Entry {
    pub(super) number: u64,
    pub(super) name: &'static str,
    start: usize,
    end: usize,
}

impl KeptEvents {
    /// Adds an event. Its number is greater than those of all earlier events.
    pub(super) fn push(&mut self, number: u64, name: &'static str, data: &str) {
        let last = self.chunks.back_mut().and_then(Arc::get_mut).filter(|last| last.has_room(data));
        let last = match last {
            Some(last) => last,
            // The last chunk is full, or a task reads it.
            None => self.add_chunk(),
        };
        let start = last.text.len();
        last.text.push_str(data);
        last.entries.push(Entry { number, name, start, end: last.text.len() });
        self.events += 1;
        self.bytes += data.len() + size_of::<Entry>();
        while self.chunks.len() > 1 && (self.events > MAX_EVENTS || self.bytes > MAX_BYTES) {
            self.drop_oldest();
        }
    }

    /// Adds an empty chunk. After a full one it has room for another full one.
    fn add_chunk(&mut self) -> &mut Chunk {
        let is_busy = self.chunks.back().is_some_and(|last| last.text.len() > CHUNK_BYTES / 2);
        let chunk = self.spare.take().unwrap_or_else(|| match is_busy {
            true => {
                Chunk { text: String::with_capacity(CHUNK_BYTES), entries: Vec::with_capacity(CHUNK_EVENTS) }
            }
            false => Chunk::default(),
        });
        self.chunks.push_back(Arc::new(chunk));
        self.chunks.back_mut().and_then(Arc::get_mut).expect("a new chunk is not shared")
    }

    fn drop_oldest(&mut self) {
        if let Some(oldest) = self.chunks.pop_front() {
            self.events -= oldest.entries.len();
            self.bytes -= oldest.size();
            // Unless a task reads it. A large event leaves no large buffer.
            self.spare = Arc::try_unwrap(oldest).ok().filter(|chunk| chunk.text.capacity() <= CHUNK_BYTES);
            if let Some(spare) = &mut self.spare {
                spare.text.clear();
                spare.entries.clear();
            }
        }
    }

    /// The chunks that have events from this number on. They may also have older ones.
    pub(super) fn since(&self, number: u64) -> Vec<Arc<Chunk>> {
        let is_old = |chunk: &&Arc<Chunk>| chunk.entries.last().is_none_or(|last| last.number < number);
        self.chunks.iter().skip_while(is_old).cloned().collect()
    }

    /// The number of the oldest event.
    pub(super) fn oldest(&self) -> Option<u64> {
        Some(self.chunks.front()?.entries.first()?.number)
    }

    pub(super) fn clear(&mut self) {
        *self = KeptEvents::default();
    }
}

/// The event with this number, and its chunk.
pub(super) fn find(chunks: &[Arc<Chunk>], number: u64) -> Option<(&Arc<Chunk>, Entry)> {
    let chunk = chunks.get(first_until(chunks, number))?;
    let at = chunk.entries.binary_search_by_key(&number, |entry| entry.number).ok()?;
    Some((chunk, chunk.entries[at]))
}

/// The index of the first chunk that has an event of this number or a greater one.
pub(super) fn first_until(chunks: &[Arc<Chunk>], number: u64) -> usize {
    chunks.partition_point(|chunk| chunk.entries.last().is_none_or(|last| last.number < number))
}

impl Chunk {
    fn has_room(&self, data: &str) -> bool {
        self.entries.len() < CHUNK_EVENTS && self.text.len() + data.len() <= CHUNK_BYTES
    }

    fn size(&self) -> usize {
        self.text.len() + self.entries.len() * size_of::<Entry>()
    }

    pub(super) fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The text of an event.
    pub(super) fn data(&self, entry: Entry) -> &str {
        &self.text[entry.start..entry.end]
    }
}

#[cfg(test)]
mod tests {
    use super::{CHUNK_BYTES, CHUNK_EVENTS, KeptEvents, MAX_BYTES, MAX_EVENTS};

    fn since(kept: &KeptEvents, number: u64) -> Vec<(u64, String)> {
        let chunks = kept.since(number);
        let events = chunks.iter().flat_map(|chunk| {
            let entries = chunk.entries().iter().filter(|entry| entry.number >= number);
            entries.map(|entry| (entry.number, chunk.data(*entry).to_owned()))
        });
        events.collect()
    }

    #[test]
    fn events_are_found_by_their_numbers_in_order() {
        let mut kept = KeptEvents::default();
        for n in 0..100 {
            kept.push(n, "", &n.to_string());
        }
        let expected: Vec<_> = (70..100).map(|n| (n, n.to_string())).collect();
        assert_eq!(since(&kept, 70), expected);
        assert_eq!(since(&kept, 100), []);
        assert_eq!(since(&kept, 0).len(), 100);
    }

    #[test]
    fn the_oldest_are_lost_at_either_limit() {
        let mut kept = KeptEvents::default();
        for n in 0..3 * MAX_EVENTS as u64 {
            kept.push(n, "", "small");
            assert!(kept.events <= MAX_EVENTS);
        }
        assert!(kept.events > MAX_EVENTS - CHUNK_EVENTS);
        assert_eq!(kept.oldest(), Some((3 * MAX_EVENTS - kept.events) as u64));

        let mut kept = KeptEvents::default();
        for n in 0..500 {
            kept.push(n, "", &"x".repeat(9000));
            assert!(kept.bytes <= MAX_BYTES);
        }
        assert!(kept.bytes > MAX_BYTES - 2 * CHUNK_BYTES, "{}", kept.bytes);
    }

    #[test]
    fn an_event_larger_than_the_limit_is_kept_until_the_next() {
        let mut kept = KeptEvents::default();
        kept.push(0, "", "small");
        kept.push(1, "", &"x".repeat(2 * MAX_BYTES));
        assert_eq!(since(&kept, 0).len(), 1);
        kept.push(2, "", "small");
        assert_eq!(since(&kept, 0), [(2, "small".to_owned())]);
    }

    #[test]
    fn what_a_task_reads_does_not_change() {
        let mut kept = KeptEvents::default();
        kept.push(0, "", "first");
        let read = kept.since(0);
        kept.push(1, "", "second");
        assert_eq!((read.len(), read[0].entries().len()), (1, 1));
        drop(read);
        kept.push(2, "", "third");
        assert_eq!(kept.chunks.len(), 2);
        assert_eq!(since(&kept, 1).len(), 2);
    }
}
