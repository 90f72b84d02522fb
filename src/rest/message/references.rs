//! Checks that the `attachment://` URLs of a message and its files belong together.
//!
//! See [uploading files](https://docs.discord.com/developers/reference#uploading-files).

use percent_encoding::percent_decode_str;

use super::body::{Body, Purpose};
use crate::error::Error;
use crate::model::{Component, Embed, EmbedMedia};
use crate::rest::check::invalid;
use crate::rest::upload::Upload;

const SCHEME: &str = "attachment://";

/// A URL with the path of its field.
struct Reference<'a> {
    field: String,
    url: &'a str,
}

/// Checks the references of a message, and its files if they are only shown by a reference.
pub(super) fn check(body: &Body) -> Result<(), Error> {
    let references = references(body);
    if has_known_files(body) {
        for Reference { field, url } in &references {
            let name = url.strip_prefix(SCHEME).unwrap_or_default();
            if !body.files.iter().any(|file| is_same(name, file)) {
                let files: Vec<&str> = body.files.iter().map(Upload::name).collect();
                return invalid(
                    field,
                    format!("{url} is not the name of a file of this message, which has the files {files:?}"),
                );
            }
        }
    }
    if !body.is_v2() {
        return Ok(());
    }
    // Discord shows the files of such a message only where a component refers to them. A component that this version does not
    // know may refer to any.
    if body.components.iter().flatten().any(is_unknown) {
        return Ok(());
    }
    for (number, file) in body.files.iter().enumerate() {
        let is_shown = references
            .iter()
            .any(|Reference { url, .. }| is_same(url.strip_prefix(SCHEME).unwrap_or_default(), file));
        if !is_shown {
            return invalid(
                &format!("files[{number}]"),
                format!(
                    "no component shows {SCHEME}{}: with components of the second version, a file is only shown by a \
                     file display, a gallery or a thumbnail",
                    file.name()
                ),
            );
        }
    }
    Ok(())
}

/// Whether all files of the message are known. An edited message can have others, which stay.
fn has_known_files(body: &Body) -> bool {
    body.purpose == Purpose::New || body.kept_attachments.as_ref().is_some_and(Vec::is_empty)
}

/// Whether a reference means this file. Discord replaces and removes some characters of a file name, so these are not
/// compared.
fn is_same(reference: &str, file: &Upload) -> bool {
    let simple = |name: &str| -> String {
        let name = name.chars().map(|c| if c.is_whitespace() { '_' } else { c });
        name.filter(|c| c.is_alphanumeric() || matches!(c, '.' | '_' | '-')).collect()
    };
    reference == file.name()
        || simple(reference) == simple(file.name())
        || simple(&percent_decode_str(reference).decode_utf8_lossy()) == simple(file.name())
}

/// Whether this version does not know the component, or one in it.
fn is_unknown(component: &Component) -> bool {
    match component {
        Component::Unknown(_) => true,
        Component::Container(container) => container.components.iter().any(is_unknown),
        Component::Section(section) => {
            is_unknown(&section.accessory) || section.components.iter().any(is_unknown)
        }
        _ => false,
    }
}

fn references(body: &Body) -> Vec<Reference<'_>> {
    let mut found = Vec::new();
    for (number, embed) in body.embeds.iter().flatten().enumerate() {
        in_embed(embed, number, &mut found);
    }
    in_components(body.components.as_deref().unwrap_or_default(), "components", &mut found);
    found
}

fn add<'a>(found: &mut Vec<Reference<'a>>, url: &'a str, field: impl FnOnce() -> String) {
    if url.starts_with(SCHEME) {
        found.push(Reference { field: field(), url });
    }
}

fn in_embed<'a>(embed: &'a Embed, number: usize, found: &mut Vec<Reference<'a>>) {
    let media = |media: Option<&'a EmbedMedia>| media.and_then(|media| media.url.as_deref());
    for (field, url) in [
        ("image.url", media(embed.image.as_ref())),
        ("thumbnail.url", media(embed.thumbnail.as_ref())),
        ("footer.icon_url", embed.footer.as_ref().and_then(|footer| footer.icon_url.as_deref())),
        ("author.icon_url", embed.author.as_ref().and_then(|author| author.icon_url.as_deref())),
    ] {
        add(found, url.unwrap_or_default(), || format!("embeds[{number}].{field}"));
    }
}

fn in_components<'a>(components: &'a [Component], path: &str, found: &mut Vec<Reference<'a>>) {
    for (number, component) in components.iter().enumerate() {
        in_component(component, &format!("{path}[{number}]"), found);
    }
}

fn in_component<'a>(component: &'a Component, path: &str, found: &mut Vec<Reference<'a>>) {
    match component {
        Component::Thumbnail(c) => add(found, &c.media.url, || format!("{path}.media.url")),
        Component::MediaGallery(c) => {
            for (number, item) in c.items.iter().enumerate() {
                add(found, &item.media.url, || format!("{path}.items[{number}].media.url"));
            }
        }
        Component::File(c) => add(found, &c.file.url, || format!("{path}.file.url")),
        Component::Container(c) => in_components(&c.components, &format!("{path}.components"), found),
        Component::Section(c) => {
            in_components(&c.components, &format!("{path}.components"), found);
            in_component(&c.accessory, &format!("{path}.accessory"), found);
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests;
