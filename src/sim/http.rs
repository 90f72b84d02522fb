//! HTTP/1.1 as far as a REST API and a websocket upgrade need it.

use std::io::{self, Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use serde_json::Value;

/// A request that the simulated Discord received.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Request {
    /// The method, in capitals.
    pub method: String,
    /// The path with its query, as sent.
    pub path: String,
    /// The headers, their names in lower case.
    pub headers: Vec<(String, String)>,
    /// The body; empty for none.
    pub body: Vec<u8>,
    /// When it came, since the simulated Discord started.
    pub at: Duration,
    /// What it was answered with; nothing for a websocket upgrade.
    pub status: Option<u16>,
}

impl Request {
    /// The value of a header, whose name is given in lower case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// The body as JSON; null when it is none.
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_default()
    }

    pub(super) fn is_upgrade(&self) -> bool {
        self.header("upgrade").is_some_and(|to| to.eq_ignore_ascii_case("websocket"))
    }
}

/// An answer to be written.
pub(super) struct Response {
    pub(super) status: u16,
    pub(super) headers: Vec<(&'static str, String)>,
    pub(super) body: Vec<u8>,
}

impl Response {
    pub(super) fn new(status: u16, body: impl Into<Vec<u8>>) -> Response {
        Response { status, headers: Vec::new(), body: body.into() }
    }

    pub(super) fn json(status: u16, body: &Value) -> Response {
        let text = if body.is_null() { String::new() } else { body.to_string() };
        Response::new(status, text).with("Content-Type", "application/json")
    }

    pub(super) fn with(mut self, name: &'static str, value: impl Into<String>) -> Response {
        self.headers.push((name, value.into()));
        self
    }

    pub(super) fn is_json(&self) -> bool {
        self.headers.iter().any(|(name, value)| *name == "Content-Type" && value == "application/json")
    }

    pub(super) fn write(&self, mut to: impl Write) -> io::Result<()> {
        let mut text = format!("HTTP/1.1 {} {}\r\n", self.status, reason(self.status));
        for (name, value) in &self.headers {
            text += &format!("{name}: {value}\r\n");
        }
        if self.status != 101 && self.status != 204 {
            text += &format!("Content-Length: {}\r\n", self.body.len());
        }
        text += "\r\n";
        let mut bytes = text.into_bytes();
        bytes.extend_from_slice(&self.body);
        to.write_all(&bytes)
    }
}

fn reason(status: u16) -> &'static str {
    match status {
        101 => "Switching Protocols",
        200 => "OK",
        201 => "Created",
        204 => "No Content",
        400 => "Bad Request",
        401 => "Unauthorized",
        403 => "Forbidden",
        404 => "Not Found",
        429 => "Too Many Requests",
        500 => "Internal Server Error",
        502 => "Bad Gateway",
        503 => "Service Unavailable",
        _ => "Status",
    }
}

/// Reads one request. `buffer` holds what was read beyond the one before, and afterwards beyond this one.
/// Nothing when the client has closed.
pub(super) fn read(mut from: &TcpStream, buffer: &mut Vec<u8>) -> io::Result<Option<Request>> {
    let (mut request, head) = loop {
        match parse(buffer)? {
            Some(parsed) => break parsed,
            None if !more(&mut from, buffer)? => return Ok(None),
            None => {}
        }
    };
    buffer.drain(..head);
    if request.header("transfer-encoding").is_some_and(|coding| coding.eq_ignore_ascii_case("chunked")) {
        request.body = read_chunks(&mut from, buffer)?;
    } else if let Some(length) = request.header("content-length") {
        let length = length.parse().map_err(|_| bad("Content-Length"))?;
        request.body = take(&mut from, buffer, length)?;
    }
    Ok(Some(request))
}

fn parse(buffer: &[u8]) -> io::Result<Option<(Request, usize)>> {
    let mut headers = [httparse::EMPTY_HEADER; 64];
    let mut head = httparse::Request::new(&mut headers);
    let httparse::Status::Complete(length) = head.parse(buffer).map_err(|_| bad("request"))? else {
        return Ok(None);
    };
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let headers = head.headers.iter().map(|h| (h.name.to_ascii_lowercase(), text(h.value))).collect();
    let (method, path) = (head.method.unwrap_or_default().into(), head.path.unwrap_or_default().into());
    let request = Request { method, path, headers, body: Vec::new(), at: Duration::ZERO, status: None };
    Ok(Some((request, length)))
}

fn read_chunks(from: &mut &TcpStream, buffer: &mut Vec<u8>) -> io::Result<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let (start, length) = loop {
            match httparse::parse_chunk_size(buffer).map_err(|_| bad("chunk"))? {
                httparse::Status::Complete((start, length)) => break (start, length),
                httparse::Status::Partial if more(from, buffer)? => {}
                httparse::Status::Partial => return Err(io::ErrorKind::UnexpectedEof.into()),
            }
        };
        buffer.drain(..start);
        let length = usize::try_from(length).map_err(|_| bad("chunk"))?;
        body.extend(take(from, buffer, length)?);
        take(from, buffer, 2)?;
        if length == 0 {
            return Ok(body);
        }
    }
}

fn take(from: &mut &TcpStream, buffer: &mut Vec<u8>, length: usize) -> io::Result<Vec<u8>> {
    while buffer.len() < length {
        if !more(from, buffer)? {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
    }
    Ok(buffer.drain(..length).collect())
}

/// Whether there was more.
fn more(from: &mut &TcpStream, buffer: &mut Vec<u8>) -> io::Result<bool> {
    let mut chunk = [0; 8192];
    let read = from.read(&mut chunk)?;
    buffer.extend_from_slice(&chunk[..read]);
    Ok(read > 0)
}

fn bad(what: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, format!("unreadable {what}"))
}
