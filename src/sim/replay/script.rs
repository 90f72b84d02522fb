//! Reads a recording.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::error::Error;
use crate::recording::line::{Call, Event, FORMAT, Header, Line, VERSION};

/// A recording, in the order in which things began.
pub(super) struct Script {
    pub(super) header: Header,
    pub(super) steps: Vec<Step>,
    pub(super) calls: Vec<Call>,
    /// What a person has to know of it.
    pub(super) notes: Vec<String>,
}

/// Something that happened.
pub(super) enum Step {
    Event(Event),
    /// The index of a call, which began here.
    Call(usize),
}

impl Script {
    pub(super) fn open(path: &Path) -> Result<Script, Error> {
        let refused = |problem: String| Error::setup(format!("the recording {} {problem}", path.display()));
        let text = fs::read_to_string(path).map_err(|error| refused(format!("cannot be read: {error}")))?;
        Script::read(&text).map_err(refused)
    }

    /// Reads the lines. The last one may be incomplete, because the program that wrote it may have ended there.
    fn read(text: &str) -> Result<Script, String> {
        let mut lines = text.split_inclusive('\n').enumerate();
        let first = lines.next().and_then(|(_, line)| serde_json::from_str(line).ok());
        let Some(Line::Header(header)) = first else {
            return Err(
                "does not begin with the line of a recording: is it a file of bot.record(..)?".to_owned()
            );
        };
        if header.format > FORMAT {
            return Err(format!(
                "has the format {}, and this version of syncord, {VERSION}, reads formats up to {FORMAT}: use version {} or newer",
                header.format, header.version
            ));
        }
        let mut script = Script { header, steps: Vec::new(), calls: Vec::new(), notes: Vec::new() };
        let mut timed: Vec<(u64, Step)> = Vec::new();
        if script.header.version != VERSION {
            script
                .notes
                .push(format!("recorded by syncord {}, and this is {VERSION}", script.header.version));
        }
        for (index, line) in lines {
            match serde_json::from_str(line) {
                Ok(Line::Event(event)) => timed.push((event.at, Step::Event(event))),
                Ok(Line::Call(call)) => {
                    timed.push((call.at, Step::Call(script.calls.len())));
                    script.calls.push(call);
                }
                Ok(Line::Dropped(dropped)) => script.notes.push(format!(
                    "{} events and {} calls were not recorded: {}",
                    dropped.events, dropped.calls, dropped.why
                )),
                Ok(Line::Header(_) | Line::Connection(_)) => {}
                Err(_) if !line.ends_with('\n') => {
                    script.notes.push(format!("the last line ({}) is incomplete", index + 1));
                }
                Err(error) => return Err(format!("cannot be read from line {} on: {error}", index + 1)),
            }
        }
        // A call is written when its response has arrived, and what follows its beginning may depend on it.
        timed.sort_by_key(|(at, _)| *at);
        script.steps = timed.into_iter().map(|(_, step)| step).collect();
        Ok(script)
    }

    pub(super) fn events(&self) -> impl Iterator<Item = &Event> {
        self.steps.iter().filter_map(|step| match step {
            Step::Event(event) => Some(event),
            Step::Call(_) => None,
        })
    }

    /// Removes the first READY of each shard, which the bot gets when it identifies. Returns them by shard.
    pub(super) fn take_ready(&mut self) -> BTreeMap<u32, Value> {
        let mut ready = BTreeMap::new();
        self.steps.retain(|step| {
            let Step::Event(Event { name, shard, data, .. }) = step else { return true };
            if name != "READY" || ready.contains_key(shard) {
                return true;
            }
            ready.insert(*shard, serde_json::from_str(data.as_str()).unwrap_or_default());
            false
        });
        ready
    }
}
