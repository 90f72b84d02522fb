//! Multipart forms ([uploading files](https://docs.discord.com/developers/reference#uploading-files)).
//!
//! Written by hand and independent of the client's writer, so that a mistake there is not repeated here.

use serde_json::{Map, Value, json};

use super::world::File;

/// Reads the JSON and the files of a form. Returns `None` if it is not a valid form.
///
/// A form without `payload_json` becomes an object of its fields. The forms for stickers are such forms.
pub(super) fn read(content_type: &str, body: &[u8]) -> Option<(Value, Vec<File>)> {
    let parameters = content_type.strip_prefix("multipart/form-data")?;
    let boundary = parameter(parameters, "boundary")?;
    let (mut payload, mut fields, mut files) = (Value::Null, Map::new(), Vec::new());
    let delimiter = format!("\r\n--{boundary}").into_bytes();
    // The first delimiter is not preceded by a line break.
    let body = [b"\r\n", body].concat();
    let mut rest = &body[find(&body, &delimiter)? + delimiter.len()..];
    while let Some(part) = rest.strip_prefix(b"\r\n") {
        let end = find(part, &delimiter)?;
        let head = find(part, b"\r\n\r\n").filter(|index| *index <= end)?;
        let (head, content) = (std::str::from_utf8(&part[..head]).ok()?, &part[(head + 4).min(end)..end]);
        let header = |name: &str| {
            let mut lines = head.split("\r\n").filter_map(|line| line.split_once(':'));
            lines.find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.trim().to_owned())
        };
        let disposition = header("content-disposition")?;
        let field = parameter(&disposition, "name")?;
        match parameter(&disposition, "filename") {
            Some(name) => {
                files.push(File {
                    field,
                    name,
                    content_type: header("content-type"),
                    content: content.to_vec(),
                });
            }
            None if field == "payload_json" => payload = serde_json::from_slice(content).ok()?,
            None => drop(fields.insert(field, json!(std::str::from_utf8(content).ok()?))),
        }
        rest = &part[end + delimiter.len()..];
    }
    if !fields.is_empty() && payload.is_null() {
        payload = Value::Object(fields);
    }
    rest.starts_with(b"--").then_some((payload, files))
}

/// The value of a header's parameter, which may be quoted.
fn parameter(header: &str, name: &str) -> Option<String> {
    let mut rest = header;
    while let Some((_, after)) = rest.split_once(';') {
        let after = after.trim_start();
        let (key, value) = after.split_once('=')?;
        let (value, left) = match value.strip_prefix('"') {
            Some(quoted) => unquoted(quoted)?,
            None => {
                let end = value.find(';').unwrap_or(value.len());
                (value[..end].trim().to_owned(), &value[end..])
            }
        };
        if key.trim().eq_ignore_ascii_case(name) {
            return Some(value);
        }
        rest = left;
    }
    None
}

/// The text before the closing quote, and the rest after it.
fn unquoted(text: &str) -> Option<(String, &str)> {
    let (mut value, mut escaped) = (String::new(), false);
    for (index, char) in text.char_indices() {
        match char {
            '\\' if !escaped => escaped = true,
            '"' if !escaped => {
                // Browsers escape quotes and line breaks in this way.
                let value = value.replace("%22", "\"").replace("%0D", "\r").replace("%0A", "\n");
                return Some((value, &text[index + 1..]));
            }
            _ => {
                value.push(char);
                escaped = false;
            }
        }
    }
    None
}

fn find(bytes: &[u8], needle: &[u8]) -> Option<usize> {
    bytes.windows(needle.len()).position(|window| window == needle)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use serde_json::json;

    const KIND: &str = "multipart/form-data; boundary=\"b\"";

    #[test]
    fn fields_and_files_are_separated() {
        let body = b"--b\r\nContent-Disposition: form-data; name=\"payload_json\"\r\nContent-Type: application/json\r\n\r\n\
            {\"content\":\"hi\"}\r\n--b\r\nContent-Disposition: form-data; name=\"files[0]\"; filename=\"a;\\\"b\\\".txt\"\r\n\
            content-type: text/plain\r\n\r\none\r\n\r\ntwo\r\n--b--\r\n";
        let (payload, files) = super::read(KIND, body).unwrap();
        assert_eq!(payload, json!({"content": "hi"}));
        let [file] = &files[..] else { panic!("{files:?}") };
        assert_eq!(
            (&*file.field, &*file.name, &*file.content),
            ("files[0]", "a;\"b\".txt", &b"one\r\n\r\ntwo"[..])
        );
        assert_eq!(file.content_type.as_deref(), Some("text/plain"));
    }

    #[test]
    fn plain_fields_are_an_object() {
        let body = b"--b\r\nContent-Disposition: form-data; name=name\r\n\r\nwave\r\n--b--";
        assert_eq!(super::read(KIND, body).unwrap().0, json!({"name": "wave"}));
    }

    #[test]
    fn a_truncated_form_is_rejected() {
        for body in [&b""[..], b"--b", b"--b\r\nContent-Disposition: form-data; name=a\r\n\r\nx", b"x--b--"] {
            assert_eq!(super::read(KIND, body), None, "{body:?}");
        }
        assert_eq!(super::read("text/plain", b"--b--"), None);
    }
}
