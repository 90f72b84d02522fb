//! Downloads of files from Discord's CDN.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;

use ureq::http::Uri;

use super::client::Client;
use super::http::Opened;
use crate::error::{Error, Limit};
use crate::model::limits::MAX_ATTACHMENT_SIZE_TIER_3;
use crate::model::{Attachment, ImageUrl};
use crate::replace_file::with_suffix;

/// The hosts of Discord's CDN.
const CDN_HOSTS: [&str; 2] = ["cdn.discordapp.com", "media.discordapp.net"];

/// The end of the name of a file that is not complete.
const PART: &str = ".part";

/// A file on Discord's CDN: an [`Attachment`], the [`ImageUrl`] of an avatar or another image, or a URL as a text.
#[derive(Clone, Debug)]
pub struct FileUrl {
    url: String,
    /// In bytes, if Discord said it.
    size: Option<u64>,
}

impl From<&Attachment> for FileUrl {
    fn from(attachment: &Attachment) -> FileUrl {
        FileUrl { url: attachment.url.clone(), size: Some(attachment.size) }
    }
}

impl From<&ImageUrl> for FileUrl {
    fn from(image: &ImageUrl) -> FileUrl {
        FileUrl { url: image.to_string(), size: None }
    }
}

impl From<ImageUrl> for FileUrl {
    fn from(image: ImageUrl) -> FileUrl {
        FileUrl::from(&image)
    }
}

impl From<&str> for FileUrl {
    fn from(url: &str) -> FileUrl {
        FileUrl { url: url.to_owned(), size: None }
    }
}

impl From<String> for FileUrl {
    fn from(url: String) -> FileUrl {
        FileUrl { url, size: None }
    }
}

impl Client {
    /// Downloads a file from Discord's CDN: an attachment, an avatar, an emoji.
    ///
    /// Only `https://cdn.discordapp.com`, `https://media.discordapp.net` and the server of the client's
    /// [API](crate::rest::ClientBuilder::api_url) are asked, so the URL can come from a user. The token is not sent, and no
    /// redirect is followed. Rate limits do not apply.
    ///
    /// ```
    /// # let discord = syncord::sim::Discord::start()?;
    /// # let token = syncord::Token::new(&discord.token())?;
    /// # let client = syncord::rest::Client::builder(token).api_url(discord.api_url()).build()?;
    /// # let channel = discord.channel("general").id();
    /// use syncord::rest::{CreateMessage, Upload};
    ///
    /// let table = Upload::bytes("tides.txt", "06:12 high");
    /// let message = client.create_message(channel, CreateMessage::new().file(table))?;
    /// let content = client.download(&message.attachments[0]).max_size(1 << 20).bytes()?;
    /// assert_eq!(content, b"06:12 high");
    /// # Ok::<(), syncord::Error>(())
    /// ```
    pub fn download(&self, file: impl Into<FileUrl>) -> Download {
        Download { client: self.clone(), file: file.into(), max_size: None }
    }
}

/// A download that has not begun: [`Client::download`].
///
/// It ends when no byte moves for a while (see [`Timeouts::idle`](crate::rest::Timeouts::idle)), and at the client's
/// [deadline](Client::deadline) if one was set.
///
/// # Errors
///
/// Each way to read the file may return:
///
/// * [`Error::Invalid`]: the URL is not on Discord's CDN, or the file is too large.
/// * [`Error::Http`]: Discord does not have the file. The URL of an attachment expires after some time; get the message
///   again for a new one.
/// * [`Error::Network`], [`Error::Stopped`]: as for every call of the [`Client`].
#[derive(Clone, Debug)]
#[must_use = "nothing is downloaded until it is read"]
pub struct Download {
    client: Client,
    file: FileUrl,
    max_size: Option<u64>,
}

impl Download {
    /// Sets the maximum size in bytes. A larger file is an error. Default: 100 MiB for [`bytes`](Download::bytes), and
    /// no limit otherwise.
    pub fn max_size(self, bytes: u64) -> Download {
        Download { max_size: Some(bytes), ..self }
    }

    /// Downloads the file into memory.
    pub fn bytes(mut self) -> Result<Vec<u8>, Error> {
        self.max_size.get_or_insert(MAX_ATTACHMENT_SIZE_TIER_3);
        let shown = shown(&self.file.url);
        let mut content = Vec::new();
        self.reader()?.read_to_end(&mut content).map_err(|error| interrupted(&shown, error))?;
        Ok(content)
    }

    /// Downloads the file to this path, and returns its size in bytes. A file that was there is replaced when the download is
    /// complete; until then its content is in a file next to it, whose name ends with `.part`.
    pub fn save(self, path: impl AsRef<Path>) -> Result<u64, Error> {
        self.save_to(path.as_ref())
    }

    fn save_to(self, path: &Path) -> Result<u64, Error> {
        let shown = shown(&self.file.url);
        let mut reader = self.reader()?;
        let part = with_suffix(path, PART);
        let cannot =
            |error: io::Error| Error::setup(format!("cannot write the file {}: {error}", path.display()));
        let mut file = File::create(&part).map_err(cannot)?;
        let copied = copy(&mut reader, &mut file, &shown, cannot)
            .and_then(|size| fs::rename(&part, path).map(|()| size).map_err(cannot));
        if copied.is_err() {
            // It may be large.
            let _ = fs::remove_file(&part);
        }
        copied
    }

    /// Begins the download, and returns a reader of the file. Reading it can fail with the errors of a network, and with
    /// [`FileTooLarge`](io::ErrorKind::FileTooLarge).
    ///
    /// ```
    /// # let discord = syncord::sim::Discord::start()?;
    /// # let token = syncord::Token::new(&discord.token())?;
    /// # let client = syncord::rest::Client::builder(token).api_url(discord.api_url()).build()?;
    /// # let channel = discord.channel("general").id();
    /// use std::io::{BufRead, BufReader};
    /// use syncord::rest::{CreateMessage, Upload};
    ///
    /// # let table = CreateMessage::new().file(Upload::bytes("tides.txt", "06:12 high\n12:30 low"));
    /// # let message = client.create_message(channel, table)?;
    /// let reader = client.download(&message.attachments[0]).reader()?;
    /// assert_eq!(BufReader::new(reader).lines().count(), 2);
    /// # Ok::<(), syncord::Error>(())
    /// ```
    pub fn reader(self) -> Result<DownloadReader, Error> {
        let url = check_url(&self.file.url, self.client.api_url())?;
        let max = self.max_size.unwrap_or(u64::MAX);
        check_size(self.file.size, max)?;
        let opened = self.client.open_file(&url, &shown(&self.file.url))?;
        check_size(opened.size(), max)?;
        Ok(DownloadReader { opened, read: 0, max })
    }
}

/// Copies the file. The two sides have different errors.
fn copy(
    reader: &mut DownloadReader,
    file: &mut File,
    shown: &str,
    cannot: impl Fn(io::Error) -> Error,
) -> Result<u64, Error> {
    let mut buffer = [0; 16 * 1024];
    loop {
        let count = match reader.read(&mut buffer) {
            Ok(0) => return Ok(reader.read),
            Ok(count) => count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(interrupted(shown, error)),
        };
        io::Write::write_all(file, &buffer[..count]).map_err(&cannot)?;
    }
}

/// The error of a download that has begun.
fn interrupted(shown: &str, error: io::Error) -> Error {
    match error.downcast::<Error>() {
        Ok(error) => error,
        Err(error) => Error::network(format!("download {shown}"), error),
    }
}

/// Reads a file while it is downloaded.
#[derive(Debug)]
pub struct DownloadReader {
    opened: Opened,
    /// In bytes.
    read: u64,
    max: u64,
}

impl Read for DownloadReader {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.opened.read(buffer)?;
        self.read += count as u64;
        match check_size(Some(self.read), self.max) {
            Ok(()) => Ok(count),
            Err(error) => Err(io::Error::new(io::ErrorKind::FileTooLarge, error)),
        }
    }
}

fn check_size(size: Option<u64>, max: u64) -> Result<(), Error> {
    match size {
        Some(actual) if actual > max => {
            let problem = format!("the file has {actual} bytes or more, and at most {max} are allowed");
            Err(Error::Invalid {
                field: "download".to_owned(),
                limit: Some(Limit::Bytes { max, actual }),
                problem,
            })
        }
        _ => Ok(()),
    }
}

/// Returns the URL if Discord's CDN or the server of the API has it.
fn check_url(url: &str, api: &str) -> Result<Uri, Error> {
    let refused = |problem: &str| {
        Error::invalid(
            "url",
            format!("{} {problem}: only files on Discord's CDN can be downloaded", shown(url)),
        )
    };
    let uri: Uri = url.parse().map_err(|_| refused("is not a URL"))?;
    let api: Uri = api.parse().unwrap_or_default();
    let authority = uri.authority().ok_or_else(|| refused("has no host"))?;
    let is_cdn = uri.scheme_str() == Some("https")
        && CDN_HOSTS.iter().any(|host| authority.as_str().eq_ignore_ascii_case(host));
    let is_api = uri.scheme() == api.scheme() && api.authority() == Some(authority);
    if is_cdn || is_api { Ok(uri) } else { Err(refused("is on another server")) }
}

/// A URL without its query, which holds a signature, and not longer than a line.
fn shown(url: &str) -> String {
    url.split(['?', '#']).next().unwrap_or_default().chars().take(200).collect()
}

#[cfg(test)]
mod tests {
    use super::check_url;

    #[test]
    fn only_addresses_of_discord_are_downloaded() {
        let (discord, local) = ("https://discord.com/api/v10", "http://127.0.0.1:3001/api/v10");
        for (url, api, is_allowed) in [
            ("https://cdn.discordapp.com/attachments/1/2/a.png?ex=7", discord, true),
            ("https://MEDIA.discordapp.net/stickers/5.gif", discord, true),
            ("https://cdn.discordapp.com/a", local, true),
            ("http://127.0.0.1:3001/attachments/1/2/a", local, true),
            ("http://127.0.0.1:3002/attachments/1/2/a", local, false),
            ("http://127.0.0.1:3001/attachments/1/2/a", discord, false),
            ("https://127.0.0.1:3001/attachments/1/2/a", local, false),
            ("http://cdn.discordapp.com/a", discord, false),
            ("https://cdn.discordapp.com:8443/a", discord, false),
            ("https://cdn.discordapp.com@evil.example/a", discord, false),
            ("https://me@cdn.discordapp.com/a", discord, false),
            ("https://cdn.discordapp.com.evil.example/a", discord, false),
            ("https://evil.example/cdn.discordapp.com/a", discord, false),
            ("https://cdn.discordapp.com\\@evil.example/a", discord, false),
            ("http://169.254.169.254/latest/meta-data", discord, false),
            ("file:///etc/passwd", discord, false),
            ("/attachments/1/2/a", discord, false),
            ("", discord, false),
        ] {
            assert_eq!(check_url(url, api).is_ok(), is_allowed, "{url}");
        }
        let error =
            check_url("https://evil.example/a?secret=7", discord).map(drop).map_err(|e| e.to_string());
        assert!(error.is_err_and(|text| text.contains("evil.example/a") && !text.contains("secret")));
    }
}
