use std::fmt;
use std::path::Path;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde::Serialize;

use crate::error::Error;
use crate::rest::check::{bytes, invalid};
use crate::rest::file;

/// Maximum size of a sound, in bytes.
const MAX_SIZE: usize = 512 * 1024;

/// A sound for a soundboard: MP3 or Ogg, maximum 512 KiB and 5.2 seconds.
///
/// See [Create Guild Soundboard Sound](https://docs.discord.com/developers/resources/soundboard#create-guild-soundboard-sound).
///
/// ```
/// use syncord::rest::SoundData;
///
/// let horn = SoundData::new(b"OggS...")?;
/// assert!(SoundData::new(b"plain text").is_err());
/// # Ok::<(), syncord::Error>(())
/// ```
#[derive(Clone, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct SoundData {
    text: String,
    /// The size of the file, in bytes.
    #[serde(skip)]
    size: usize,
}

impl SoundData {
    /// Creates a sound from the content of its file.
    ///
    /// # Errors
    ///
    /// [`Error::Invalid`] if the content is neither MP3 nor Ogg.
    pub fn new(content: impl AsRef<[u8]>) -> Result<SoundData, Error> {
        let content = content.as_ref();
        let media_type = match content {
            [b'O', b'g', b'g', b'S', ..] => "audio/ogg",
            [b'I', b'D', b'3', ..] => "audio/mpeg",
            [0xff, second, ..] if is_mp3_frame(*second) => "audio/mpeg",
            _ => return invalid("sound", "must be MP3 or Ogg"),
        };
        let text = format!("data:{media_type};base64,{}", BASE64_STANDARD.encode(content));
        Ok(SoundData { text, size: content.len() })
    }

    /// Reads a sound from a file.
    ///
    /// # Errors
    ///
    /// [`Error::Invalid`] if the file cannot be read, or is neither MP3 nor Ogg.
    pub fn path(path: impl AsRef<Path>) -> Result<SoundData, Error> {
        let content =
            file::read(path.as_ref(), MAX_SIZE).map_err(|e| Error::invalid("sound", e.to_string()))?;
        bytes("sound", content.len(), MAX_SIZE)?;
        SoundData::new(content)
    }

    pub(super) fn check(&self) -> Result<(), Error> {
        bytes("", self.size, MAX_SIZE)
    }
}

/// Whether this is the second byte of an MP3 frame: the last three of eleven sync bits, a version, and layer 3. AAC and the
/// byte order mark of UTF-16 have the sync bits too.
fn is_mp3_frame(second: u8) -> bool {
    second & 0b1110_0110 == 0b1110_0010 && second & 0b0001_1000 != 0b0000_1000
}

impl fmt::Debug for SoundData {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = self.text.split(',').next().unwrap_or_default();
        write!(f, "SoundData({kind}, {} bytes)", self.size)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::{MAX_SIZE, SoundData};

    #[test]
    fn the_format_is_detected_from_the_content() {
        for (content, text) in [
            (&b"OggS\0"[..], "data:audio/ogg;base64,T2dnUwA="),
            (b"ID3\x04", "data:audio/mpeg;base64,SUQzBA=="),
            (b"\xff\xfb\x90", "data:audio/mpeg;base64,//uQ"),
            (b"\xff\xf3\x90", "data:audio/mpeg;base64,//OQ"),
            (b"\xff\xe2\x90", "data:audio/mpeg;base64,/+KQ"),
        ] {
            assert_eq!(serde_json::to_value(SoundData::new(content).unwrap()).unwrap(), text);
        }
        for content in [&b"RIFF"[..], b"", b"\xff", b"\xff\xd8\xff", b"\xff\xf1", b"\xff\xfe", b"\xff\xeb"] {
            assert!(SoundData::new(content).is_err(), "{content:?}");
        }
    }

    #[test]
    fn the_maximum_size_is_512_kib() {
        let sound = |size| SoundData::new([b"OggS".to_vec(), vec![0; size - 4]].concat()).unwrap();
        assert!(sound(MAX_SIZE).check().is_ok());
        let problem = sound(MAX_SIZE + 1).check().unwrap_err().to_string();
        assert_eq!(problem, ": at most 524288 bytes, and this has 524289 (nothing was sent)");
    }
}
