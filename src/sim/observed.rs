//! What happens, for those who watch: the page and the terminal of the playground.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::http::{Request, Response};
use super::multipart;
use super::world::{Event, File};

/// The size from which a body is not shown.
const MAX_BODY: usize = 200_000;

/// Something that happened, for observers.
#[derive(Clone, Debug)]
pub(super) enum Observed {
    /// An event of the world.
    Event(Event),
    /// A request was answered.
    Response(Box<Exchange>),
    /// A frame of the gateway, without the token.
    Frame { connection: u64, by_client: bool, frame: Value },
    /// A connection of the gateway ended. There is a code if it was closed with a frame.
    Closed { connection: u64, by_client: bool, code: Option<u16> },
}

/// A request of REST and its response.
#[derive(Clone, Debug)]
pub(super) struct Exchange {
    pub(super) method: String,
    pub(super) path: String,
    pub(super) status: u16,
    /// The body of the request. Null if there is none.
    pub(super) body: Value,
    /// The body of the response. Null if there is none.
    pub(super) response: Value,
    /// The headers of the response about rate limits, with names in lower case.
    pub(super) limits: BTreeMap<String, String>,
}

impl Exchange {
    pub(super) fn new(request: &Request, response: &Response) -> Exchange {
        let kind = response.headers.iter().find(|(name, _)| name.eq_ignore_ascii_case("content-type"));
        let headers = response.headers.iter().map(|(name, value)| (name.to_ascii_lowercase(), value.clone()));
        let is_limit = |name: &str| name.starts_with("x-ratelimit-") || name == "retry-after";
        Exchange {
            method: request.method.clone(),
            path: request.path.clone(),
            status: response.status,
            body: shown(request.header("content-type").unwrap_or_default(), &request.body),
            response: shown(kind.map_or("", |(_, kind)| kind), &response.body),
            limits: headers.filter(|(name, _)| is_limit(name)).collect(),
        }
    }
}

/// A body as JSON: of a form its JSON and the names and sizes of its files.
fn shown(kind: &str, body: &[u8]) -> Value {
    if body.is_empty() {
        return Value::Null;
    }
    if let Some((payload, files)) = multipart::read(kind, body) {
        let file = |file: &File| json!({"name": file.name, "bytes": file.content.len()});
        return json!({"payload_json": payload, "files": files.iter().map(file).collect::<Vec<_>>()});
    }
    if body.len() > MAX_BODY {
        return json!(format!("{} bytes", body.len()));
    }
    serde_json::from_slice(body).unwrap_or_else(|_| json!(String::from_utf8_lossy(body)))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::shown;

    #[test]
    fn bodies_are_shown_as_json_and_files_by_their_size() {
        assert_eq!(shown("application/json", b""), Value::Null);
        assert_eq!(shown("application/json", br#"{"content":"ahoy"}"#), json!({"content": "ahoy"}));
        assert_eq!(shown("text/plain", b"ok then"), json!("ok then"));
        let form = "--x\r\nContent-Disposition: form-data; name=\"payload_json\"\r\n\r\n{\"content\":\"map\"}\r\n--x\r\n\
                    Content-Disposition: form-data; name=\"files[0]\"; filename=\"map.png\"\r\n\r\n1234\r\n--x--\r\n";
        let expected =
            json!({"payload_json": {"content": "map"}, "files": [{"name": "map.png", "bytes": 4}]});
        assert_eq!(shown("multipart/form-data; boundary=x", form.as_bytes()), expected);
    }
}
