//! Reads a request of HTTP/1 ([RFC 9112](https://www.rfc-editor.org/rfc/rfc9112)), with limits. The parser is `httparse`, which
//! refuses folded headers and spaces before a colon.
//!
//! Not everything of a request is looked at: each path is the endpoint, and the connection ends after the response. So the
//! target, the header `Host`, chunk extensions and trailers change nothing.

use std::io::{self, Read, Write};

/// The maximum size of the request line and the headers, in bytes.
const MAX_HEAD: usize = 32 << 10;

/// The maximum number of headers.
const MAX_HEADERS: usize = 100;

/// The maximum size of a body, in bytes. An interaction with all that it can refer to is far smaller. A client can make the
/// server keep two to three times this much for each connection, before its signature is verified.
const MAX_BODY: usize = 1 << 20;

/// The only transfer coding that a request may have.
const CHUNKED: &[u8] = b"chunked";

/// A POST request.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct HttpRequest {
    pub(super) headers: Headers,
    pub(super) body: Vec<u8>,
}

/// The headers, as they came.
pub(super) type Headers = Vec<(String, Vec<u8>)>;

/// Why a request cannot be read.
#[derive(Debug)]
pub(super) enum Unreadable {
    /// It is no POST request. The response to a HEAD request has no body.
    OtherMethod {
        is_head: bool,
    },
    Malformed,
    /// The request line and the headers are too large.
    HeadTooLarge,
    BodyTooLarge,
    /// It has not come in time.
    TooSlow,
    /// The client has closed the connection.
    Socket(io::Error),
}

impl From<io::Error> for Unreadable {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            // Which one it is depends on the system.
            io::ErrorKind::TimedOut | io::ErrorKind::WouldBlock => Unreadable::TooSlow,
            _ => Unreadable::Socket(error),
        }
    }
}

impl From<httparse::Error> for Unreadable {
    fn from(error: httparse::Error) -> Self {
        match error {
            httparse::Error::TooManyHeaders => Unreadable::HeadTooLarge,
            _ => Unreadable::Malformed,
        }
    }
}

impl From<httparse::InvalidChunkSize> for Unreadable {
    fn from(_: httparse::InvalidChunkSize) -> Self {
        Unreadable::Malformed
    }
}

impl HttpRequest {
    /// Reads a request. Asks for the body if the client waits for that.
    pub(super) fn read(socket: &mut (impl Read + Write)) -> Result<HttpRequest, Unreadable> {
        let mut input = Input { socket, buffer: Vec::new(), used: 0 };
        let head = input.head()?;
        let framing = head.framing()?;
        if head.expects_continue() {
            input.socket.write_all(b"HTTP/1.1 100 Continue\r\n\r\n")?;
        }
        let body = match framing {
            Framing::Length(length) => input.take(length)?.to_vec(),
            Framing::Chunked => input.take_chunks()?,
        };
        Ok(HttpRequest { headers: head.headers, body })
    }
}

/// What precedes the body of a POST request.
struct Head {
    /// HTTP/1.0 has no chunks, and clients that use it do not wait for a status 100.
    is_http_1_0: bool,
    headers: Headers,
}

/// How to find the end of a body.
enum Framing {
    /// It has this number of bytes.
    Length(usize),
    Chunked,
}

impl Head {
    /// The head at the start of the input, and its size. `None` if it is not complete.
    fn parse(input: &[u8]) -> Result<Option<(Head, usize)>, Unreadable> {
        let mut headers = [httparse::EMPTY_HEADER; MAX_HEADERS];
        let mut head = httparse::Request::new(&mut headers);
        let httparse::Status::Complete(size) = head.parse(input)? else { return Ok(None) };
        if head.method != Some("POST") {
            return Err(Unreadable::OtherMethod { is_head: head.method == Some("HEAD") });
        }
        let headers = head.headers.iter().map(|header| (header.name.to_owned(), header.value.to_vec()));
        let head = Head { is_http_1_0: head.version == Some(0), headers: headers.collect() };
        Ok(Some((head, size)))
    }

    /// The values of all headers with this name.
    fn values(&self, name: &'static str) -> impl Iterator<Item = &[u8]> {
        let named = self.headers.iter().filter(move |(known, _)| known.eq_ignore_ascii_case(name));
        named.map(|(_, value)| value.as_slice())
    }

    fn expects_continue(&self) -> bool {
        !self.is_http_1_0 && self.values("Expect").any(|value| value.eq_ignore_ascii_case(b"100-continue"))
    }

    /// How the body is framed ([RFC 9112, section 6.3](https://www.rfc-editor.org/rfc/rfc9112#section-6.3)). Headers that do not
    /// agree are refused: a proxy in front of the server may have read another body than the server would.
    fn framing(&self) -> Result<Framing, Unreadable> {
        let mut lengths = self.values("Content-Length");
        let mut codings = self.values("Transfer-Encoding");
        match (codings.next(), lengths.next()) {
            (None, None) => Ok(Framing::Length(0)),
            (None, Some(length)) if lengths.all(|other| other == length) => {
                content_length(length).map(Framing::Length)
            }
            (Some(coding), None)
                if coding.eq_ignore_ascii_case(CHUNKED) && codings.next().is_none() && !self.is_http_1_0 =>
            {
                Ok(Framing::Chunked)
            }
            _ => Err(Unreadable::Malformed),
        }
    }
}

fn content_length(digits: &[u8]) -> Result<usize, Unreadable> {
    if digits.is_empty() || !digits.iter().all(u8::is_ascii_digit) {
        return Err(Unreadable::Malformed);
    }
    // A number that is too large for the type is too large for a body.
    let length = std::str::from_utf8(digits).ok().and_then(|digits| digits.parse().ok());
    length.filter(|length| *length <= MAX_BODY).ok_or(Unreadable::BodyTooLarge)
}

/// What a client sends.
struct Input<'s, S> {
    socket: &'s mut S,
    /// What was read.
    buffer: Vec<u8>,
    /// The size of what was taken from the start of the buffer.
    used: usize,
}

impl<S: Read> Input<'_, S> {
    fn head(&mut self) -> Result<Head, Unreadable> {
        loop {
            if let Some((head, size)) = Head::parse(self.unused())? {
                self.used += size;
                return Ok(head);
            }
            self.read_more_of_head()?;
        }
    }

    /// Takes this number of bytes.
    fn take(&mut self, length: usize) -> io::Result<&[u8]> {
        while self.unused().len() < length {
            self.read_more()?;
        }
        let start = self.used;
        self.used += length;
        Ok(&self.buffer[start..self.used])
    }

    /// Takes a body in chunks. The trailers that may follow it are left.
    fn take_chunks(&mut self) -> Result<Vec<u8>, Unreadable> {
        let mut body = Vec::new();
        loop {
            let size = usize::try_from(self.chunk_size()?).unwrap_or(usize::MAX);
            if size == 0 {
                return Ok(body);
            }
            if size > MAX_BODY - body.len() {
                return Err(Unreadable::BodyTooLarge);
            }
            body.extend_from_slice(self.take(size)?);
            if self.take(2)? != b"\r\n" {
                return Err(Unreadable::Malformed);
            }
        }
    }

    /// Takes the line in front of a chunk. Returns the size of the chunk.
    fn chunk_size(&mut self) -> Result<u64, Unreadable> {
        loop {
            // For the parser, a line without digits is a zero.
            if self.unused().first().is_some_and(|byte| !byte.is_ascii_hexdigit()) {
                return Err(Unreadable::Malformed);
            }
            if let httparse::Status::Complete((line, size)) = httparse::parse_chunk_size(self.unused())? {
                self.used += line;
                return Ok(size);
            }
            self.read_more_of_head()?;
        }
    }

    /// Reads more of a head, or of the line in front of a chunk, whose end was not found yet.
    fn read_more_of_head(&mut self) -> Result<(), Unreadable> {
        if self.unused().len() >= MAX_HEAD {
            return Err(Unreadable::HeadTooLarge);
        }
        Ok(self.read_more()?)
    }

    fn read_more(&mut self) -> io::Result<()> {
        // This moves little: what is left is something whose end is not there yet.
        self.buffer.drain(..std::mem::take(&mut self.used));
        let mut chunk = [0; 8192];
        let read = loop {
            match self.socket.read(&mut chunk) {
                // A signal that the program handles, as at its stop.
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                read => break read?,
            }
        };
        if read == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        self.buffer.extend_from_slice(&chunk[..read]);
        Ok(())
    }

    fn unused(&self) -> &[u8] {
        &self.buffer[self.used..]
    }
}

#[cfg(test)]
mod tests;
