//! The fixtures next to the repository, if they exist.

use std::path::{Path, PathBuf};

use serde::Deserialize;

/// A fixture file.
pub(crate) struct Fixture {
    pub(crate) file: String,
    /// The name of the event, if it is a frame.
    pub(crate) event: Option<String>,
    pub(crate) text: String,
    /// The fields that Discord does not document.
    pub(crate) unknown: Vec<String>,
}

#[derive(Deserialize)]
struct Index {
    files: Vec<Entry>,
}

#[derive(Deserialize)]
struct Entry {
    file: String,
    event: Option<String>,
    #[serde(default)]
    undocumented_keys: Vec<String>,
}

/// Returns all event frames.
pub(crate) fn events() -> Option<Vec<Fixture>> {
    Some(all()?.into_iter().filter(|fixture| fixture.event.is_some()).collect())
}

/// Returns all objects, without `objects/` in their names.
pub(crate) fn objects() -> Option<Vec<Fixture>> {
    let is_object = |fixture: Fixture| {
        let file = fixture.file.strip_prefix("objects/")?.to_owned();
        Some(Fixture { file, ..fixture })
    };
    Some(all()?.into_iter().filter_map(is_object).collect())
}

fn all() -> Option<Vec<Fixture>> {
    let folder = folder()?;
    let index: Index = serde_json::from_str(&read(&folder.join("INDEX.json"))).unwrap();
    let fixture = |entry: Entry| {
        let text = read(&folder.join(&entry.file));
        Fixture { text, file: entry.file, event: entry.event, unknown: entry.undocumented_keys }
    };
    Some(index.files.into_iter().map(fixture).collect())
}

fn folder() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/discord/payloads");
    if !folder.is_dir() {
        println!("skipped: there is no {}", folder.display());
        return None;
    }
    Some(folder)
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|problem| panic!("{}: {problem}", path.display()))
}
