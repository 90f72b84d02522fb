//! The committed figures: a line for each case, with its name and the instructions of an item.

use std::collections::BTreeMap;
use std::{fs, io};

const PATH: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/counts.txt");

pub(crate) struct Figures(BTreeMap<String, u64>);

impl Figures {
    pub(crate) fn read() -> io::Result<Figures> {
        let text = fs::read_to_string(PATH).or_else(|e| match e.kind() {
            io::ErrorKind::NotFound => Ok(String::new()),
            _ => Err(e),
        })?;
        let rows = text.lines().filter_map(|line| {
            let (name, count) = line.split_once(' ')?;
            Some((name.to_owned(), count.trim().parse().ok()?))
        });
        Ok(Figures(rows.collect()))
    }

    pub(crate) fn get(&self, case: &str) -> Option<u64> {
        self.0.get(case).copied()
    }

    pub(crate) fn set(&mut self, case: &str, count: u64) {
        self.0.insert(case.to_owned(), count);
    }

    pub(crate) fn write(&self) -> io::Result<()> {
        let rows: String = self.0.iter().map(|(name, count)| format!("{name:20} {count:8}\n")).collect();
        fs::write(PATH, rows)
    }
}
