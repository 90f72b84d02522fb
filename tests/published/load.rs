//! Reads Discord's documentation and specification in machine-readable form.

use std::fs;
use std::path::Path;

use serde_json::Value;

/// A file of the folder next to the repository, which only some machines have.
pub(crate) fn load(name: &str) -> Option<Value> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/discord").join(name);
    let Ok(text) = fs::read_to_string(&file) else {
        println!("skipped: there is no {}", file.display());
        return None;
    };
    Some(serde_json::from_str(&text).unwrap())
}
