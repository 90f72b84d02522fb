//! Embeds ([limits](https://docs.discord.com/developers/resources/message#embed-object-embed-limits)).

use serde_json::Value;

use crate::sim::world::rejection::FormErrors;

/// Maximum number of characters of all embeds of a message together.
const MAX_TOTAL: usize = 6000;
const MAX_EMBEDS: usize = 10;
const MAX_FIELDS: usize = 25;
const MAX_COLOR: u64 = 0xff_ff_ff;

/// The texts of an embed, and their maximum numbers of characters.
const TEXTS: [(&str, usize); 4] =
    [("/title", 256), ("/description", 4096), ("/footer/text", 2048), ("/author/name", 256)];
/// The texts of a field. Both are required.
const FIELD_TEXTS: [(&str, usize); 2] = [("name", 256), ("value", 1024)];
/// The addresses of an embed.
const ADDRESSES: [&str; 6] =
    ["/url", "/image/url", "/thumbnail/url", "/author/url", "/author/icon_url", "/footer/icon_url"];
/// The parts of which an embed needs one at least.
const PARTS: [&str; 7] = ["title", "description", "fields", "image", "thumbnail", "author", "footer"];

/// Checks the embeds of a message.
pub(in crate::sim::world) fn check_embeds(errors: &mut FormErrors, embeds: &Value) {
    let list = errors.list("embeds", embeds, MAX_EMBEDS);
    let mut total = 0;
    for (index, embed) in list.iter().enumerate() {
        let path = format!("embeds.{index}");
        total += check_embed(errors, &path, embed);
    }
    if total > MAX_TOTAL {
        let message = format!("Embed size exceeds maximum size of {MAX_TOTAL}");
        errors.add("embeds", "MAX_EMBED_SIZE_EXCEEDED", &message);
    }
}

/// Checks an embed. Returns its number of characters.
fn check_embed(errors: &mut FormErrors, path: &str, embed: &Value) -> usize {
    let mut total = 0;
    for (pointer, max) in TEXTS {
        if let Some(value) = embed.pointer(pointer).filter(|value| !value.is_null()) {
            total += length(value);
            errors.max_text(&format!("{path}{}", pointer.replace('/', ".")), value, max);
        }
    }
    let fields = errors.list(&format!("{path}.fields"), &embed["fields"], MAX_FIELDS);
    for (index, field) in fields.iter().enumerate() {
        for (key, max) in FIELD_TEXTS {
            let path = format!("{path}.fields.{index}.{key}");
            match &field[key] {
                Value::String(text) if text.trim().is_empty() => errors.required(&path),
                Value::Null => errors.required(&path),
                value => errors.max_text(&path, value, max),
            }
            total += length(&field[key]);
        }
    }
    for pointer in ADDRESSES {
        let path = format!("{path}{}", pointer.replace('/', "."));
        if let Some(address) = embed.pointer(pointer).and_then(Value::as_str) {
            check_address(errors, &path, address);
        }
    }
    if embed["color"].as_u64().is_some_and(|color| color > MAX_COLOR) {
        let message = format!("int value should be less than or equal to {MAX_COLOR}.");
        errors.add(&format!("{path}.color"), "NUMBER_TYPE_MAX", &message);
    }
    let is_filled = |part: &str| match &embed[part] {
        Value::String(text) => !text.trim().is_empty(),
        Value::Array(list) => !list.is_empty(),
        value => value.is_object(),
    };
    if !PARTS.iter().any(|part| is_filled(part)) {
        errors.required(&format!("{path}.description"));
    }
    total
}

/// Checks an address: of the web, or of a file of the message.
pub(super) fn check_address(errors: &mut FormErrors, path: &str, address: &str) {
    match address.split_once("://") {
        Some(("http" | "https" | "attachment", rest)) if !rest.is_empty() => {}
        Some((scheme, _)) => {
            let message = format!("Scheme \"{scheme}\" must be one of ('http', 'https').");
            errors.add(path, "URL_TYPE_INVALID_SCHEME", &message);
        }
        None => errors.add(path, "URL_TYPE_INVALID_URL", "Not a well formed URL."),
    }
}

fn length(value: &Value) -> usize {
    value.as_str().map_or(0, |text| text.chars().count())
}
