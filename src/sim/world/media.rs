//! Uploaded files: their attachments, and the references to them in embeds and components
//! ([uploading files](https://docs.discord.com/developers/reference#uploading-files)).

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use super::objects;
use super::rest_request::{File, RestRequest};
use super::world::World;
use crate::sim::types::component_type;

/// The media types that are known by the end of a file's name.
const MEDIA_TYPES: [(&str, &str); 15] = [
    ("css", "text/css; charset=utf-8"),
    ("csv", "text/csv; charset=utf-8"),
    ("gif", "image/gif"),
    ("html", "text/html; charset=utf-8"),
    ("jpeg", "image/jpeg"),
    ("jpg", "image/jpeg"),
    ("json", "application/json; charset=utf-8"),
    ("mp3", "audio/mpeg"),
    ("mp4", "video/mp4"),
    ("ogg", "audio/ogg"),
    ("pdf", "application/pdf"),
    ("png", "image/png"),
    ("txt", "text/plain; charset=utf-8"),
    ("webp", "image/webp"),
    ("zip", "application/zip"),
];

/// The fields of an attachment that embeds and components show too.
const SHOWN_FIELDS: [&str; 5] = ["url", "proxy_url", "width", "height", "content_type"];

impl World {
    /// Sets the address that serves uploaded files, without a slash at its end. Default: that of Discord.
    pub fn set_file_address(&mut self, address: &str) {
        self.file_address = address.to_owned();
    }

    /// The content and the media type of the file at a path such as `/attachments/{channel}/{id}/{name}` or
    /// `/emojis/{id}.png`.
    pub(in crate::sim) fn file_at(&self, path: &str) -> Option<(&[u8], &'static str)> {
        let path = path.split('?').next()?;
        if let Some(name) = path.strip_prefix("/emojis/").or_else(|| path.strip_prefix("/stickers/")) {
            let content = self.uploads.get(&name.split('.').next()?.parse().ok()?)?;
            return Some((content, media_type(name).filter(|kind| kind.starts_with("image/"))?));
        }
        let path = path.strip_prefix("/attachments/")?;
        let [_, id, name] = path.split('/').collect::<Vec<_>>()[..] else { return None };
        let content = self.uploads.get(&id.parse().ok()?)?;
        Some((content, media_type(name).unwrap_or("application/octet-stream")))
    }

    /// Keeps the picture of a new emoji, which is sent as a data URL, or of a new sticker, which is a file.
    pub(super) fn keep_picture(&mut self, created: &Value, request: &RestRequest) {
        let Some(id) = objects::id(&created["id"]) else { return };
        let data = request.body["image"].as_str().and_then(|url| url.split_once(";base64,"));
        let picture = match (data, request.files.first()) {
            (Some((_, text)), _) => STANDARD.decode(text).ok(),
            (None, file) => file.map(|file| file.content.clone()),
        };
        if let Some(picture) = picture {
            self.uploads.insert(id, picture);
        }
    }

    /// Keeps a file and returns its attachment.
    pub(super) fn attachment(&mut self, id: u64, channel: u64, file: &File) -> Value {
        self.uploads.insert(id, file.content.clone());
        let name = percent_encoding::utf8_percent_encode(&file.name, percent_encoding::NON_ALPHANUMERIC)
            .to_string()
            .replace("%2E", ".")
            .replace("%5F", "_")
            .replace("%2D", "-");
        // Discord signs the address, and limits how long it can be used.
        let url =
            format!("{}/attachments/{channel}/{id}/{name}?ex=7fffffff&is=0&hm={id:x}", self.file_address);
        let mut attachment = json!({
            "id": id.to_string(),
            "filename": file.name,
            "size": file.content.len(),
            "url": url,
            "proxy_url": url,
        });
        let sent = file.content_type.as_deref().filter(|kind| *kind != "application/octet-stream");
        if let Some(kind) = media_type(&file.name).or(sent) {
            attachment["content_type"] = json!(kind);
        }
        if let Some((width, height)) = picture_size(&file.content) {
            (attachment["width"], attachment["height"]) = (json!(width), json!(height));
        }
        attachment
    }
}

/// Replaces the references `attachment://NAME` in the embeds and components of a message by the files' addresses, and
/// completes the media of components.
pub(super) fn resolve_references(message: &mut Value) {
    let attachments = message["attachments"].as_array().cloned().unwrap_or_default();
    let id = message["id"].clone();
    for embed in message["embeds"].as_array_mut().into_iter().flatten() {
        for key in ["image", "thumbnail"] {
            if let Some(media) = embed.get_mut(key).filter(|media| media.is_object()) {
                show(media, referenced(&attachments, &media["url"]));
            }
        }
        for key in ["author", "footer"] {
            let Some(part) = embed.get_mut(key).filter(|part| part.is_object()) else { continue };
            if let Some(attachment) = referenced(&attachments, &part["icon_url"]) {
                part["icon_url"] = attachment["url"].clone();
                part["proxy_icon_url"] = attachment["proxy_url"].clone();
            }
        }
    }
    resolve_components(&mut message["components"], &attachments, &id);
}

fn resolve_components(components: &mut Value, attachments: &[Value], message: &Value) {
    for component in components.as_array_mut().into_iter().flatten() {
        resolve_component(component, attachments, message);
    }
}

fn resolve_component(component: &mut Value, attachments: &[Value], message: &Value) {
    if component["type"] == component_type::FILE {
        if let Some(attachment) = referenced(attachments, &component["file"]["url"]) {
            component["name"] = attachment["filename"].clone();
            component["size"] = attachment["size"].clone();
        }
        component["spoiler"] = json!(component["spoiler"] == true);
    }
    let items = component.get_mut("items").and_then(Value::as_array_mut);
    let galleries = items.into_iter().flatten().filter_map(|item| item.get_mut("media"));
    galleries.for_each(|media| unfurl(media, attachments, message));
    for key in ["media", "file"] {
        component.get_mut(key).into_iter().for_each(|media| unfurl(media, attachments, message));
    }
    if let Some(accessory) = component.get_mut("accessory") {
        resolve_component(accessory, attachments, message);
    }
    if let Some(children) = component.get_mut("components") {
        resolve_components(children, attachments, message);
    }
}

/// Completes an [unfurled media item](https://docs.discord.com/developers/components/reference#unfurled-media-item-structure).
fn unfurl(media: &mut Value, attachments: &[Value], message: &Value) {
    if !media.is_object() {
        return;
    }
    match referenced(attachments, &media["url"]) {
        Some(attachment) => {
            show(media, Some(attachment));
            media["id"] = attachment["id"].clone();
            media["attachment_id"] = attachment["id"].clone();
        }
        None if media.get("proxy_url").is_none() => {
            media["proxy_url"] = media["url"].clone();
            media["id"] = message.clone();
        }
        None => {}
    }
}

fn show(media: &mut Value, attachment: Option<&Value>) {
    let Some(attachment) = attachment else { return };
    for field in SHOWN_FIELDS {
        if let Some(value) = attachment.get(field) {
            media[field] = value.clone();
        }
    }
}

/// The attachment that an address such as `attachment://map.png` refers to.
fn referenced<'a>(attachments: &'a [Value], url: &Value) -> Option<&'a Value> {
    let name = url.as_str()?.strip_prefix("attachment://")?;
    attachments.iter().find(|attachment| attachment["filename"] == name)
}

fn media_type(name: &str) -> Option<&'static str> {
    let (_, end) = name.rsplit_once('.')?;
    let known = MEDIA_TYPES.iter().find(|(known, _)| end.eq_ignore_ascii_case(known));
    known.map(|(_, kind)| *kind)
}

/// The width and height of a PNG or GIF picture.
fn picture_size(content: &[u8]) -> Option<(u32, u32)> {
    if let Some(header) = content.strip_prefix(b"\x89PNG\r\n\x1a\n") {
        let number = |start: usize| {
            let bytes: [u8; 4] = header.get(start..start + 4)?.try_into().ok()?;
            Some(u32::from_be_bytes(bytes))
        };
        return number(8).zip(number(12));
    }
    let header = content.strip_prefix(b"GIF89a").or(content.strip_prefix(b"GIF87a"))?;
    let number = |start: usize| {
        let bytes: [u8; 2] = header.get(start..start + 2)?.try_into().ok()?;
        Some(u32::from(u16::from_le_bytes(bytes)))
    };
    number(0).zip(number(2))
}
