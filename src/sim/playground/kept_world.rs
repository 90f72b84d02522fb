//! A file that keeps the world of a playground over restarts of the program.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::PathBuf;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::error::Error;
use crate::replace_file::replace;
use crate::sim::control::Secret;
use crate::sim::discord::Discord;
use crate::sync::Mutex;

/// How often changes are saved.
const INTERVAL: Duration = Duration::from_secs(1);

/// The file of a playground's world. It also has the port and the secret of the page, so that an open page connects again.
pub(crate) struct KeptWorld {
    path: PathBuf,
    /// The version of the world in the file.
    saved: Mutex<Option<u64>>,
}

#[derive(Deserialize, Serialize)]
struct Contents {
    port: u16,
    secret: Secret,
    world: Value,
}

impl KeptWorld {
    pub(crate) fn at(path: impl Into<PathBuf>) -> KeptWorld {
        KeptWorld { path: path.into(), saved: Mutex::new(None) }
    }

    /// Starts a simulated Discord with the world of the file, or with a new world if there is no file.
    pub(crate) fn start(&self) -> Result<Discord, Error> {
        let Some(Contents { port, secret, world }) = self.read()? else {
            return Discord::builder().control(true).start();
        };
        let start = |port| {
            Discord::builder().control(true).secret(secret.clone()).world(world.clone()).port(port).start()
        };
        match start(port) {
            // Another program has the port now.
            Err(Error::Network { .. }) => start(0),
            started => started,
        }
    }

    /// Saves changes every second, until the playground is over.
    pub(crate) fn keep(&self, discord: &Discord, is_over: impl Fn() -> bool) {
        while !is_over() {
            if let Err(error) = self.save(discord) {
                log::error!("the world cannot be kept in {}: {error}", self.path.display());
                return;
            }
            discord.hub.sleep(INTERVAL);
        }
    }

    fn read(&self) -> Result<Option<Contents>, Error> {
        let text = match fs::read_to_string(&self.path) {
            Ok(text) => text,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(self.unusable(&error.to_string())),
        };
        serde_json::from_str(&text).map(Some).map_err(|error| self.unusable(&error.to_string()))
    }

    fn unusable(&self, why: &str) -> Error {
        Error::setup(format!(
            "the world in {} cannot be used: {why}. Move the file away to begin with a new world",
            self.path.display()
        ))
    }

    /// Saves the world if it has changed. Writes the file as a whole, or leaves it as it was.
    pub(crate) fn save(&self, discord: &Discord) -> io::Result<()> {
        // Two threads save: regularly, and at the end.
        let mut saved = self.saved.lock();
        let version = Some(discord.hub.version());
        if *saved == version {
            return Ok(());
        }
        let Some(secret) =
            discord.hub.read(|state| state.control.as_ref().map(|control| control.secret.clone()))
        else {
            return Ok(());
        };
        let contents = Contents { port: discord.hub.address().port(), secret, world: discord.snapshot() };
        replace(&self.path, &serde_json::to_vec(&contents)?, false)?;
        *saved = version;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use std::env;
    use std::fs;
    use std::path::PathBuf;
    use std::process;

    use super::KeptWorld;

    fn path(name: &str) -> PathBuf {
        env::temp_dir().join(format!("syncord-kept-world-{name}-{}", process::id()))
    }

    #[test]
    fn the_next_start_has_the_same_world_and_the_same_page() {
        let path = path("restart");
        let kept = KeptWorld::at(&path);
        let first = kept.start().unwrap();
        let (ann, general) = (first.member("ann"), first.channel("general"));
        ann.says(&general, "still here");
        let page = first.playground_url();
        kept.save(&first).unwrap();
        drop(first);
        let second = kept.start().unwrap();
        assert_eq!(second.playground_url(), page);
        let (ann, general) = (second.member("ann"), second.channel("general"));
        let contents: Vec<String> = ann.sees(&general).into_iter().map(|message| message.content).collect();
        assert!(contents.iter().any(|content| content == "still here"), "{contents:?}");
        // While the second runs, its port is taken.
        let third = kept.start().unwrap();
        assert_ne!(third.playground_url(), page);
        fs::remove_file(&path).unwrap();
    }

    #[test]
    fn a_file_that_is_no_world_is_an_error_that_says_what_to_do() {
        let path = path("broken");
        fs::write(&path, "{\"port\": 1}").unwrap();
        let error = KeptWorld::at(&path).start().err().unwrap().to_string();
        fs::remove_file(&path).unwrap();
        assert!(error.contains("Move the file away"), "{error}");
    }
}
