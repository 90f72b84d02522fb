//! Reads a request of HTTP/1, with limits. The parser is `httparse`.

use std::io::{self, Read, Write};

/// The maximum size of the request line and the headers, in bytes.
const MAX_HEAD: usize = 32 << 10;

/// The maximum number of headers.
const MAX_HEADERS: usize = 100;

/// The maximum size of a body, in bytes. An interaction with all that it can refer to is far smaller.
const MAX_BODY: usize = 4 << 20;

/// A POST request.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct HttpRequest {
    pub(super) headers: Vec<(String, Vec<u8>)>,
    pub(super) body: Vec<u8>,
}

/// Why a request cannot be read.
#[derive(Debug)]
pub(super) enum Unreadable {
    /// It is no POST request.
    OtherMethod,
    Malformed,
    TooLarge,
    /// The client has closed the connection, or is too slow.
    Socket(io::Error),
}

impl From<io::Error> for Unreadable {
    fn from(error: io::Error) -> Self {
        Unreadable::Socket(error)
    }
}

impl From<httparse::Error> for Unreadable {
    fn from(_: httparse::Error) -> Self {
        Unreadable::Malformed
    }
}

/// The form of a body.
enum Length {
    Bytes(usize),
    Chunked,
}

impl HttpRequest {
    /// Reads a request. Asks for the body if the client waits for that.
    pub(super) fn read(socket: &mut (impl Read + Write)) -> Result<HttpRequest, Unreadable> {
        let mut buffer = Vec::new();
        let (headers, head) = loop {
            match parse(&buffer)? {
                Some(parsed) => break parsed,
                None if buffer.len() >= MAX_HEAD => return Err(Unreadable::TooLarge),
                None => read_more(socket, &mut buffer)?,
            }
        };
        let mut input = Input { socket, buffer: buffer.split_off(head) };
        let length = length(&headers)?;
        if has(&headers, "Expect", "100-continue") {
            input.socket.write_all(b"HTTP/1.1 100 Continue\r\n\r\n")?;
        }
        let body = match length {
            Length::Bytes(length) => input.take(length)?,
            Length::Chunked => input.take_chunks()?,
        };
        Ok(HttpRequest { headers, body })
    }
}

type Headers = Vec<(String, Vec<u8>)>;

/// The headers, and the size of what precedes the body. `None` if that is not complete.
fn parse(buffer: &[u8]) -> Result<Option<(Headers, usize)>, Unreadable> {
    let mut headers = [httparse::EMPTY_HEADER; MAX_HEADERS];
    let mut head = httparse::Request::new(&mut headers);
    let status = match head.parse(buffer) {
        Err(httparse::Error::TooManyHeaders) => return Err(Unreadable::TooLarge),
        status => status?,
    };
    let httparse::Status::Complete(size) = status else { return Ok(None) };
    if head.method != Some("POST") {
        return Err(Unreadable::OtherMethod);
    }
    let headers = head.headers.iter().map(|header| (header.name.to_owned(), header.value.to_vec()));
    Ok(Some((headers.collect(), size)))
}

fn has(headers: &Headers, name: &str, value: &str) -> bool {
    headers.iter().any(|(known, of)| {
        known.eq_ignore_ascii_case(name) && of.trim_ascii().eq_ignore_ascii_case(value.as_bytes())
    })
}

fn length(headers: &Headers) -> Result<Length, Unreadable> {
    if has(headers, "Transfer-Encoding", "chunked") {
        return Ok(Length::Chunked);
    }
    let Some((_, length)) = headers.iter().find(|(name, _)| name.eq_ignore_ascii_case("Content-Length"))
    else {
        return Ok(Length::Bytes(0));
    };
    let digits = std::str::from_utf8(length).map_err(|_| Unreadable::Malformed)?.trim();
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(Unreadable::Malformed);
    }
    // A number that is too large for the type is too large for a body.
    match digits.parse() {
        Ok(length) if length <= MAX_BODY => Ok(Length::Bytes(length)),
        _ => Err(Unreadable::TooLarge),
    }
}

/// What follows the headers.
struct Input<'s, S> {
    socket: &'s mut S,
    /// What was read already.
    buffer: Vec<u8>,
}

impl<S: Read> Input<'_, S> {
    /// Reads this number of bytes.
    fn take(&mut self, length: usize) -> Result<Vec<u8>, Unreadable> {
        while self.buffer.len() < length {
            read_more(self.socket, &mut self.buffer)?;
        }
        let rest = self.buffer.split_off(length);
        Ok(std::mem::replace(&mut self.buffer, rest))
    }

    fn take_chunks(&mut self) -> Result<Vec<u8>, Unreadable> {
        let mut body = Vec::new();
        loop {
            let (start, length) = loop {
                match httparse::parse_chunk_size(&self.buffer).map_err(|_| Unreadable::Malformed)? {
                    httparse::Status::Complete(size) => break size,
                    httparse::Status::Partial if self.buffer.len() >= MAX_HEAD => {
                        return Err(Unreadable::TooLarge);
                    }
                    httparse::Status::Partial => read_more(self.socket, &mut self.buffer)?,
                }
            };
            if length == 0 {
                // What may follow is of no use, and the connection ends.
                return Ok(body);
            }
            let length = usize::try_from(length).unwrap_or(usize::MAX);
            if length > MAX_BODY - body.len() {
                return Err(Unreadable::TooLarge);
            }
            self.take(start)?;
            body.extend(self.take(length)?);
            if self.take(2)? != b"\r\n" {
                return Err(Unreadable::Malformed);
            }
        }
    }
}

fn read_more(socket: &mut impl Read, buffer: &mut Vec<u8>) -> io::Result<()> {
    let mut chunk = [0; 8192];
    match socket.read(&mut chunk)? {
        0 => Err(io::ErrorKind::UnexpectedEof.into()),
        read => {
            buffer.extend_from_slice(&chunk[..read]);
            Ok(())
        }
    }
}

#[cfg(test)]
mod tests;
