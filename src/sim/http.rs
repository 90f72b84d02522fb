//! The parts of HTTP/1.1 that a REST API and a WebSocket upgrade need.
//!
//! On top of `httparse`, because faults need control over the bytes and the connection.

use std::io::{self, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use serde_json::Value;

/// A request that the simulated Discord received.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Request {
    /// The method, in upper case.
    pub method: String,
    /// The path with its query, as sent.
    pub path: String,
    /// The headers, with names in lower case.
    pub headers: Vec<(String, String)>,
    /// The body. Empty if there is none.
    pub body: Vec<u8>,
    /// When it arrived: the time since the simulated Discord started.
    pub at: Duration,
    /// The status of the response. `None` for a WebSocket upgrade.
    pub status: Option<u16>,
}

impl Request {
    /// The value of a header. `name` is in lower case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// The body as JSON. Null if it is not JSON.
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_default()
    }

    /// Whether the request is addressed to this server by an address of this machine, and comes from no page of another
    /// site. A browser sends another `Host` when a name is rebound to this machine, and the `Origin` of the page.
    pub(super) fn is_local(&self, server: SocketAddr) -> bool {
        let port = server.port();
        let is_own = |host: &str| {
            let name = host.strip_suffix(&format!(":{port}"));
            name.is_some_and(|name| name == "127.0.0.1" || name.eq_ignore_ascii_case("localhost"))
        };
        // The port is another one behind a proxy of this machine.
        let is_loopback = |host: &str| {
            let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
            name == "127.0.0.1" || name.eq_ignore_ascii_case("localhost")
        };
        let has_own_host = self.header("host").is_none_or(is_loopback);
        let has_own_origin =
            self.header("origin").is_none_or(|origin| origin.strip_prefix("http://").is_some_and(is_own));
        has_own_host && has_own_origin
    }

    pub(super) fn is_upgrade(&self) -> bool {
        self.header("upgrade").is_some_and(|to| to.eq_ignore_ascii_case("websocket"))
    }
}

/// A response to be written.
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
        // Clients read the body of every response that announces JSON.
        if body.is_null() {
            return Response::new(status, String::new());
        }
        Response::new(status, body.to_string()).with("Content-Type", "application/json")
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
        308 => "Permanent Redirect",
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

/// Reads one request. `buffer` holds the bytes that were read after the previous request, and on return those after
/// this one. Returns `None` when the client has closed the connection.
pub(super) fn read(mut socket: &TcpStream, buffer: &mut Vec<u8>) -> io::Result<Option<Request>> {
    let (mut request, head) = loop {
        match parse(buffer)? {
            Some(parsed) => break parsed,
            None if !read_more(&mut socket, buffer)? => return Ok(None),
            None => {}
        }
    };
    buffer.drain(..head);
    if request.header("transfer-encoding").is_some_and(|coding| coding.eq_ignore_ascii_case("chunked")) {
        request.body = read_chunks(&mut socket, buffer)?;
    } else if let Some(length) = request.header("content-length") {
        let length = length.parse().map_err(|_| invalid("Content-Length"))?;
        request.body = take(&mut socket, buffer, length)?;
    }
    Ok(Some(request))
}

fn parse(buffer: &[u8]) -> io::Result<Option<(Request, usize)>> {
    let mut headers = [httparse::EMPTY_HEADER; 64];
    let mut head = httparse::Request::new(&mut headers);
    let httparse::Status::Complete(length) = head.parse(buffer).map_err(|_| invalid("request"))? else {
        return Ok(None);
    };
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let headers = head.headers.iter().map(|h| (h.name.to_ascii_lowercase(), text(h.value))).collect();
    let (method, path) = (head.method.unwrap_or_default().into(), head.path.unwrap_or_default().into());
    let request = Request { method, path, headers, body: Vec::new(), at: Duration::ZERO, status: None };
    Ok(Some((request, length)))
}

fn read_chunks(socket: &mut &TcpStream, buffer: &mut Vec<u8>) -> io::Result<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let (start, length) = loop {
            match httparse::parse_chunk_size(buffer).map_err(|_| invalid("chunk"))? {
                httparse::Status::Complete((start, length)) => break (start, length),
                httparse::Status::Partial if read_more(socket, buffer)? => {}
                httparse::Status::Partial => return Err(io::ErrorKind::UnexpectedEof.into()),
            }
        };
        buffer.drain(..start);
        let length = usize::try_from(length).map_err(|_| invalid("chunk"))?;
        body.extend(take(socket, buffer, length)?);
        take(socket, buffer, 2)?;
        if length == 0 {
            return Ok(body);
        }
    }
}

fn take(socket: &mut &TcpStream, buffer: &mut Vec<u8>, length: usize) -> io::Result<Vec<u8>> {
    while buffer.len() < length {
        if !read_more(socket, buffer)? {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
    }
    Ok(buffer.drain(..length).collect())
}

/// Reads the next bytes. Returns whether there were any.
fn read_more(socket: &mut &TcpStream, buffer: &mut Vec<u8>) -> io::Result<bool> {
    let mut chunk = [0; 8192];
    let read = socket.read(&mut chunk)?;
    buffer.extend_from_slice(&chunk[..read]);
    Ok(read > 0)
}

fn invalid(what: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, format!("invalid {what}"))
}
