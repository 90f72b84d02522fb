//! The settings of a recording.

use std::path::{Path, PathBuf};

/// The default maximum size of a recording, in bytes.
const MAX_SIZE: u64 = 64 * 1024 * 1024;

/// How a bot's session is recorded: see [`Bot::record`](crate::Bot::record).
///
/// ```
/// use syncord::bot::Recording;
///
/// # let folder = std::env::temp_dir().join(format!("syncord-recording-{}", std::process::id()));
/// # std::fs::create_dir_all(&folder)?;
/// # let discord = syncord::sim::Discord::start()?;
/// # let mut bot = discord.bot();
/// bot.record(Recording::new(folder.join("session.jsonl")).keep_words(["!roll"]).max_size(8 << 20));
/// # bot.on_ready(|cx, _| {
/// #     cx.stop();
/// #     Ok(())
/// # });
/// # bot.run()?;
/// # std::fs::remove_dir_all(&folder)?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
#[must_use]
pub struct Recording {
    pub(super) path: PathBuf,
    pub(super) has_content: bool,
    pub(super) words: Vec<String>,
    pub(super) max_size: u64,
}

impl Recording {
    /// Records into this file. Texts are masked.
    pub fn new(path: impl Into<PathBuf>) -> Recording {
        Recording { path: path.into(), has_content: false, words: Vec::new(), max_size: MAX_SIZE }
    }

    /// Records texts as they are: what people write, their names, and what the bot sends. Tokens are still masked.
    pub fn with_content(mut self) -> Recording {
        self.has_content = true;
        self
    }

    /// Does not mask these words, for bots that look for words in messages, such as `thanks`. A word has no white space in it.
    ///
    /// The words of [text commands](crate::Bot::text_prefix) stay as they are, as `!roll` does, unless their prefix depends on the
    /// message.
    pub fn keep_words(mut self, words: impl IntoIterator<Item = impl Into<String>>) -> Recording {
        self.words.extend(words.into_iter().map(Into::into));
        self
    }

    /// Sets the maximum size of the file in bytes. Default: 64 MiB. What comes after that is not recorded, and the file and the
    /// log say so.
    pub fn max_size(mut self, bytes: u64) -> Recording {
        self.max_size = bytes;
        self
    }
}

impl From<PathBuf> for Recording {
    fn from(path: PathBuf) -> Recording {
        Recording::new(path)
    }
}

impl From<&Path> for Recording {
    fn from(path: &Path) -> Recording {
        Recording::new(path)
    }
}

impl From<&str> for Recording {
    fn from(path: &str) -> Recording {
        Recording::new(path)
    }
}

impl From<String> for Recording {
    fn from(path: String) -> Recording {
        Recording::new(path)
    }
}
