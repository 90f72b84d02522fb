//! Images in JSON: [image data](https://docs.discord.com/developers/reference#image-data).

use std::fmt;
use std::path::Path;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde::Serialize;

use crate::error::Error;
use crate::rest::{check, file};

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

/// Maximum size of a file that is read. No image field of Discord takes a larger one.
const MAX_READ: usize = 10 << 20;

/// Returns the media type of an image, if Discord accepts its format. Animated PNG and WebP have the same start as others.
fn media_type(content: &[u8]) -> Option<&'static str> {
    match content {
        [0xff, 0xd8, 0xff, ..] => Some("image/jpeg"),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some("image/webp"),
        _ if content.starts_with(b"\x89PNG\r\n\x1a\n") => Some("image/png"),
        _ if content.starts_with(b"GIF87a") || content.starts_with(b"GIF89a") => Some("image/gif"),
        _ if is_avif(content) => Some("image/avif"),
        _ => None,
    }
}

/// Whether the file is AVIF, or a sequence of AVIF images. The brand is the first or any other of the `ftyp` box: see
/// [the format](https://aomediacodec.github.io/av1-avif/#brands). HEIC files have the same box with other brands.
fn is_avif(content: &[u8]) -> bool {
    let Some((head, rest)) = content.split_at_checked(8) else { return false };
    let (size, kind) = head.split_at(4);
    if kind != b"ftyp" {
        return false;
    }
    let size = size.iter().fold(0, |size, byte| size << 8 | usize::from(*byte));
    // 0 stands for the rest of the file.
    let length = if size == 0 { rest.len() } else { size.saturating_sub(8).min(rest.len()) };
    // The second word is the version of the first brand.
    let brands = rest[..length].chunks_exact(4).enumerate().filter(|(place, _)| *place != 1);
    brands.take(MAX_BRANDS).any(|(_, brand)| matches!(brand, b"avif" | b"avis"))
}

/// Maximum number of brands that are looked at.
const MAX_BRANDS: usize = 64;

impl ImageData {
    /// Creates an image from the content of its file.
    ///
    /// # Errors
    ///
    /// [`Error::Invalid`] if Discord does not accept the format.
    pub fn new(content: impl AsRef<[u8]>) -> Result<ImageData, Error> {
        let content = content.as_ref();
        let Some(media_type) = media_type(content) else {
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
        let content =
            file::read(path.as_ref(), MAX_READ).map_err(|e| Error::invalid("image", e.to_string()))?;
        check::bytes("image", content.len(), MAX_READ)?;
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
            (b"GIF87a", "data:image/gif;base64,R0lGODdh"),
            (b"\xff\xd8\xff\xe0\0\x10JFIF", "data:image/jpeg;base64,"),
            (b"\xff\xd8\xff\xe1\0\x10Exif", "data:image/jpeg;base64,"),
            (b"\xff\xd8\xff\xdb", "data:image/jpeg;base64,"),
            (b"RIFF\0\0\0\0WEBPVP8 ", "data:image/webp;base64,"),
            (b"RIFF\0\0\0\0WEBPVP8X", "data:image/webp;base64,"),
            (b"\0\0\0 ftypavif", "data:image/avif;base64,"),
            (b"\0\0\0\x2cftypavis\0\0\0\0avifavismsf1iso8", "data:image/avif;base64,"),
            (b"\0\0\0\x1cftypmif1\0\0\0\0avifmif1miaf", "data:image/avif;base64,"),
            (b"\0\0\0\x18ftypmif1\0\0\0\0miafavis", "data:image/avif;base64,"),
            (b"\0\0\0\0ftypmif1\0\0\0\0avif", "data:image/avif;base64,"),
        ] {
            let text = serde_json::to_value(ImageData::new(content).unwrap()).unwrap();
            assert!(text.as_str().unwrap().starts_with(begin), "{text}");
        }
    }

    #[test]
    fn other_formats_are_refused() {
        for content in [
            &b""[..],
            b"GIF8",
            b"GIF88a",
            b"\xff\xd8",
            b"\x89PNG\r\n",
            b"RIFF\0\0\0\0WAVEfmt ",
            b"XXXX\0\0\0\0WEBPVP8 ",
            // HEIC, with the brand of AVIF only as the version and after the box.
            b"\0\0\0\x18ftypheic\0\0\0\0mif1heic",
            b"\0\0\0\x18ftypheicavifmif1heicavif",
            b"\0\0\0\x08ftypavif",
            b"\0\0\0\x18ftyp",
            b"\0\0\0\x0cJXL \r\n\x87\n",
            b"BM",
            b"<svg>",
            b"{\"v\":\"5.5\"}",
        ] {
            assert!(ImageData::new(content).is_err(), "{content:?}");
        }
    }

    #[test]
    fn only_a_regular_file_is_read() {
        let error = ImageData::path(std::env::temp_dir()).unwrap_err().to_string();
        assert!(error.starts_with("image: ") && error.contains("is a directory"), "{error}");
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
