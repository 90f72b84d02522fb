#![allow(clippy::unwrap_used)]

use std::io::{self, Read, Write};

use super::{HttpRequest, MAX_BODY, MAX_HEAD, Unreadable};

/// A client that sends a few bytes at a time, and what it has received.
struct Client {
    sends: Vec<u8>,
    step: usize,
    received: Vec<u8>,
    /// What the next reads fail with.
    errors: Vec<io::ErrorKind>,
}

impl Read for Client {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if let Some(error) = self.errors.pop() {
            return Err(error.into());
        }
        let count = self.step.min(self.sends.len()).min(buffer.len());
        buffer[..count].copy_from_slice(&self.sends[..count]);
        self.sends.drain(..count);
        Ok(count)
    }
}

impl Write for Client {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.received.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Reads a request that comes in steps of this size. Returns what was sent to the client meanwhile, too.
fn read_in_steps(request: &[u8], step: usize) -> (Result<HttpRequest, Unreadable>, String) {
    let mut client = Client { sends: request.to_vec(), step, received: Vec::new(), errors: Vec::new() };
    let read = HttpRequest::read(&mut client);
    (read, String::from_utf8(client.received).unwrap())
}

/// Reads a request, which must not depend on how it comes.
fn body(request: &str) -> Result<String, Unreadable> {
    let read = |step| read_in_steps(request.as_bytes(), step).0;
    let whole = read(usize::MAX);
    for step in [1, 7] {
        assert_eq!(format!("{:?}", read(step)), format!("{whole:?}"), "in steps of {step}: {request:?}");
    }
    whole.map(|request| String::from_utf8(request.body).unwrap())
}

/// Why a request is refused.
fn refusal(request: &str) -> Unreadable {
    body(request).expect_err(request)
}

#[test]
fn a_body_is_as_long_as_announced() {
    assert_eq!(body("POST / HTTP/1.1\r\nContent-Length: 4\r\n\r\nabcdef").unwrap(), "abcd");
    assert_eq!(body("POST / HTTP/1.0\r\nhost: a\r\ncontent-length:  2 \r\n\r\nab").unwrap(), "ab");
    assert_eq!(body("POST / HTTP/1.1\r\n\r\nabc").unwrap(), "");
}

#[test]
fn a_body_in_chunks_is_put_together() {
    let chunks = |chunks: &str| format!("POST / HTTP/1.1\r\nTransfer-Encoding: Chunked\r\n\r\n{chunks}");
    assert_eq!(body(&chunks("3\r\nabc\r\n2;x=y\r\nde\r\n0\r\n\r\n")).unwrap(), "abcde");
    assert_eq!(body(&chunks("A\r\n0123456789\r\n000\r\nTrailer: x\r\n\r\n")).unwrap(), "0123456789");
    assert_eq!(body(&chunks(&("1\r\na\r\n".repeat(5_000) + "0\r\n\r\n"))).unwrap(), "a".repeat(5_000));
    for malformed in
        ["3\r\nabcd\r\n0\r\n\r\n", "zz\r\n", "\r\n\r\n", ";x\r\n\r\n", "3\nabc\r\n", "-1\r\n", "0x3\r\nabc"]
    {
        assert!(matches!(refusal(&chunks(malformed)), Unreadable::Malformed), "{malformed:?}");
    }
    for large in [format!("{:x}\r\n", MAX_BODY + 1), format!("3\r\nabc\r\n{:x}\r\n", u64::MAX)] {
        assert!(matches!(refusal(&chunks(&large)), Unreadable::BodyTooLarge), "{large:?}");
    }
    let together = chunks(&format!("{MAX_BODY:x}\r\n{}\r\n1\r\n", "a".repeat(MAX_BODY)));
    assert!(matches!(read_in_steps(together.as_bytes(), usize::MAX).0, Err(Unreadable::BodyTooLarge)));
    let endless = chunks(&format!("1;{}", "x".repeat(MAX_HEAD)));
    assert!(matches!(read_in_steps(endless.as_bytes(), 1000).0, Err(Unreadable::HeadTooLarge)));
}

#[test]
fn a_length_may_come_twice_if_it_is_the_same() {
    let request = "POST / HTTP/1.1\r\nContent-Length: 2\r\ncontent-length: 2\r\n\r\nab";
    assert_eq!(body(request).unwrap(), "ab");
}

#[test]
fn headers_that_do_not_agree_about_the_body_are_refused() {
    for headers in [
        "Content-Length: 1\r\nContent-Length: 2",
        "Content-Length: 2, 2",
        "Content-Length: 5\r\nTransfer-Encoding: chunked",
        "Transfer-Encoding: chunked\r\nContent-Length: 5",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked",
        "Transfer-Encoding: gzip, chunked",
        "Transfer-Encoding: identity",
        "Transfer-Encoding:",
    ] {
        let request = format!("POST / HTTP/1.1\r\n{headers}\r\n\r\n0\r\n\r\n");
        assert!(matches!(refusal(&request), Unreadable::Malformed), "{headers:?}");
    }
    let old = "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n";
    assert!(matches!(refusal(old), Unreadable::Malformed));
}

#[test]
fn headers_are_kept_as_they_came() {
    let request = b"POST /x HTTP/1.1\r\nX-Signature-Ed25519: ab\r\nX-Odd: \xff\r\n\r\n";
    let (request, _) = read_in_steps(request, 3);
    let expected = [("X-Signature-Ed25519".to_owned(), b"ab".to_vec()), ("X-Odd".to_owned(), vec![0xff])];
    assert_eq!(request.unwrap().headers, expected);
}

#[test]
fn a_client_that_waits_for_it_is_asked_for_the_body() {
    let sent = |version: &str, length: &str| {
        let request =
            format!("POST / {version}\r\nExpect: 100-Continue\r\nContent-Length: {length}\r\n\r\nab");
        read_in_steps(request.as_bytes(), 100).1
    };
    assert_eq!(sent("HTTP/1.1", "2"), "HTTP/1.1 100 Continue\r\n\r\n");
    assert_eq!(sent("HTTP/1.1", "99999999"), "");
    // A client of this version does not know such a response.
    assert_eq!(sent("HTTP/1.0", "2"), "");
}

#[test]
fn a_signal_does_not_end_a_request_and_a_timeout_does() {
    let read = |error: io::ErrorKind| {
        let sends = b"POST / HTTP/1.1\r\nContent-Length: 1\r\n\r\na".to_vec();
        HttpRequest::read(&mut Client { sends, step: 10, received: Vec::new(), errors: vec![error] })
    };
    assert_eq!(read(io::ErrorKind::Interrupted).unwrap().body, b"a");
    assert!(matches!(read(io::ErrorKind::WouldBlock), Err(Unreadable::TooSlow)));
    assert!(matches!(read(io::ErrorKind::TimedOut), Err(Unreadable::TooSlow)));
    assert!(matches!(read(io::ErrorKind::ConnectionReset), Err(Unreadable::Socket(_))));
}

#[test]
fn other_methods_are_refused_before_their_body() {
    for method in ["GET", "HEAD", "PUT", "OPTIONS"] {
        let request = format!("{method} / HTTP/1.1\r\nContent-Length: 1000000000000000\r\n\r\n");
        let refused = refusal(&request);
        assert!(
            matches!(refused, Unreadable::OtherMethod { is_head } if is_head == (method == "HEAD")),
            "{refused:?}"
        );
    }
}

#[test]
fn what_is_too_large_is_refused_before_it_is_read() {
    for length in ["1048577", "1000000000000000", "99999999999999999999999999"] {
        let request = format!("POST / HTTP/1.1\r\nContent-Length: {length}\r\n\r\n");
        assert!(matches!(refusal(&request), Unreadable::BodyTooLarge), "{length}");
    }
    let endless = format!("POST / HTTP/1.1\r\nX: {}", "a".repeat(MAX_HEAD));
    assert!(matches!(read_in_steps(endless.as_bytes(), 1000).0, Err(Unreadable::HeadTooLarge)));
    let many = format!("POST / HTTP/1.1\r\n{}\r\n", "A: b\r\n".repeat(101));
    assert!(matches!(refusal(&many), Unreadable::HeadTooLarge));
}

#[test]
fn malformed_requests_are_refused() {
    for request in [
        "garbage\r\n\r\n",
        "POST / HTTP/9.9\r\n\r\n",
        "POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
        "POST / HTTP/1.1\r\nContent-Length: +1\r\n\r\na",
        "POST / HTTP/1.1\r\nContent-Length: \r\n\r\n",
        "POST / HTTP/1.1\r\nNo colon\r\n\r\n",
        "POST / HTTP/1.1\r\nContent-Length : 1\r\n\r\na",
        "POST / HTTP/1.1\r\nA: b\r\n folded\r\n\r\n",
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    ] {
        assert!(matches!(refusal(request), Unreadable::Malformed), "{request:?}");
    }
}

#[test]
fn a_connection_that_ends_early_is_no_request() {
    for request in ["", "POST / HT", "POST / HTTP/1.1\r\nContent-Length: 4\r\n\r\nabc"] {
        assert!(matches!(refusal(request), Unreadable::Socket(_)), "{request:?}");
    }
}
