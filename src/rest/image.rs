//! Images in JSON: [image data](https://docs.discord.com/developers/reference#image-data).

use std::fmt;
use std::fs;
use std::path::Path;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde::Serialize;

use crate::error::Error;
use crate::rest::check;

/// An image for an avatar, an icon, an emoji or the like: PNG, JPEG, GIF, WebP or AVIF.
///
/// See [image data](https://docs.discord.com/developers/reference#image-data).
///
/// ```
/// use syncord::rest::ImageData;
///
/// let icon = ImageData::new(b"\x89PNG\r\n\x1a\n...")?;
/// assert!(ImageData::new(b"plain text").is_err());
/// # Ok::<(), syncord::Error>(())
/// ```
#[derive(Clone, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct ImageData(String);

/// The formats, with an offset and the bytes there.
const FORMATS: &[(&str, usize, &[u8])] = &[
    ("image/avif", 4, b"ftypavif"),
    ("image/gif", 0, b"GIF8"),
    ("image/jpeg", 0, b"\xff\xd8\xff"),
    ("image/png", 0, b"\x89PNG\r\n\x1a\n"),
    ("image/webp", 8, b"WEBP"),
];

impl ImageData {
    /// Creates an image from the content of its file.
    ///
    /// # Errors
    ///
    /// [`Error::Invalid`] if Discord does not accept the format.
    pub fn new(content: impl AsRef<[u8]>) -> Result<ImageData, Error> {
        let content = content.as_ref();
        let format = FORMATS
            .iter()
            .find(|(_, offset, start)| content.get(*offset..).is_some_and(|c| c.starts_with(start)));
        let Some((media_type, ..)) = format else {
            return Err(Error::invalid(
                "image",
                "is not an image that Discord accepts: use PNG, JPEG, GIF, WebP or AVIF",
            ));
        };
        Ok(ImageData::with_type(media_type, content))
    }

    /// Creates an image from a file.
    ///
    /// # Errors
    ///
    /// [`Error::Invalid`] if the file cannot be read, or Discord does not accept its format.
    pub fn path(path: impl AsRef<Path>) -> Result<ImageData, Error> {
        let path = path.as_ref();
        let content = fs::read(path)
            .map_err(|e| Error::invalid("image", format!("{} cannot be read: {e}", path.display())))?;
        ImageData::new(content)
    }

    pub(super) fn with_type(media_type: &str, content: &[u8]) -> ImageData {
        ImageData(format!("data:{media_type};base64,{}", BASE64_STANDARD.encode(content)))
    }

    /// The size of the file in bytes.
    pub(super) fn size(&self) -> usize {
        let encoded = self.0.split_once(',').map_or("", |(_, encoded)| encoded);
        encoded.trim_end_matches('=').len() * 3 / 4
    }
}

/// Checks the size of an image's file in bytes.
pub(super) fn max_size(bytes: usize) -> impl Fn(&ImageData) -> Result<(), Error> {
    move |image| check::bytes("", image.size(), bytes)
}

impl fmt::Debug for ImageData {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = self.0.split(',').next().unwrap_or_default();
        write!(f, "ImageData({kind}, {} bytes)", self.0.len())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::{ImageData, max_size};

    #[test]
    fn the_format_is_detected_from_the_content() {
        for (content, begin) in [
            (&b"\x89PNG\r\n\x1a\n0"[..], "data:image/png;base64,iVBORw0KGgow"),
            (b"GIF89a", "data:image/gif;base64,R0lGODlh"),
            (b"\xff\xd8\xff\xe0", "data:image/jpeg;base64,"),
            (b"RIFF\0\0\0\0WEBPVP8 ", "data:image/webp;base64,"),
            (b"\0\0\0 ftypavif", "data:image/avif;base64,"),
        ] {
            let text = serde_json::to_value(ImageData::new(content).unwrap()).unwrap();
            assert!(text.as_str().unwrap().starts_with(begin), "{text}");
        }
    }

    #[test]
    fn the_size_is_that_of_the_file() {
        for length in 6..20 {
            let image = ImageData::new([b"GIF89a".to_vec(), vec![0; length - 6]].concat()).unwrap();
            assert_eq!(image.size(), length);
        }
        let image = ImageData::new("GIF89a123").unwrap();
        assert!(max_size(9)(&image).is_ok());
        let problem = max_size(8)(&image).unwrap_err().to_string();
        assert_eq!(problem, ": at most 8 bytes, and this has 9 (nothing was sent)");
    }
}
