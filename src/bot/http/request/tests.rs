#![allow(clippy::unwrap_used)]

use std::io::{self, Read, Write};

use super::{HttpRequest, MAX_BODY, MAX_HEAD, Unreadable};

/// A client that sends a few bytes at a time, and what it has received.
struct Client {
    sends: Vec<u8>,
    step: usize,
    received: Vec<u8>,
}

impl Read for Client {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
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
    let mut client = Client { sends: request.to_vec(), step, received: Vec::new() };
    let read = HttpRequest::read(&mut client);
    (read, String::from_utf8(client.received).unwrap())
}

/// Reads a request, which must not depend on how it comes.
fn body(request: &str) -> Result<String, Unreadable> {
    let (whole, _) = read_in_steps(request.as_bytes(), usize::MAX);
    for step in [1, 7] {
        let (in_steps, _) = read_in_steps(request.as_bytes(), step);
        assert_eq!(format!("{in_steps:?}"), format!("{whole:?}"), "{step}");
    }
    whole.map(|request| String::from_utf8(request.body).unwrap())
}

#[test]
fn a_body_is_as_long_as_announced() {
    assert_eq!(body("POST / HTTP/1.1\r\nContent-Length: 4\r\n\r\nabcdef").unwrap(), "abcd");
    assert_eq!(body("POST / HTTP/1.0\r\nhost: a\r\ncontent-length:  2 \r\n\r\nab").unwrap(), "ab");
    assert_eq!(body("POST / HTTP/1.1\r\n\r\nabc").unwrap(), "");
}

#[test]
fn a_body_in_chunks_is_put_together() {
    let head = "POST / HTTP/1.1\r\nTransfer-Encoding: Chunked\r\n\r\n";
    assert_eq!(body(&format!("{head}3\r\nabc\r\n2;x=y\r\nde\r\n0\r\n\r\n")).unwrap(), "abcde");
    assert!(matches!(body(&format!("{head}3\r\nabcd\r\n0\r\n\r\n")), Err(Unreadable::Malformed)));
    assert!(matches!(body(&format!("{head}zz\r\n")), Err(Unreadable::Malformed)));
    let large = format!("{head}{:x}\r\n", MAX_BODY + 1);
    assert!(matches!(body(&large), Err(Unreadable::TooLarge)));
    let together = format!("{head}{MAX_BODY:x}\r\n{}\r\n1\r\n", "a".repeat(MAX_BODY));
    assert!(matches!(read_in_steps(together.as_bytes(), usize::MAX).0, Err(Unreadable::TooLarge)));
    let overflow = format!("{head}3\r\nabc\r\n{:x}\r\n", u64::MAX);
    assert!(matches!(body(&overflow), Err(Unreadable::TooLarge)));
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
    let request = b"POST / HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\nab";
    assert_eq!(read_in_steps(request, 100).1, "HTTP/1.1 100 Continue\r\n\r\n");
    let refused = b"POST / HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 99999999\r\n\r\n";
    assert_eq!(read_in_steps(refused, 100).1, "");
}

#[test]
fn other_methods_are_refused_before_their_body() {
    for method in ["GET", "HEAD", "PUT", "OPTIONS"] {
        let request = format!("{method} / HTTP/1.1\r\nContent-Length: 1000000000000000\r\n\r\n");
        assert!(matches!(body(&request), Err(Unreadable::OtherMethod)), "{method}");
    }
}

#[test]
fn what_is_too_large_is_refused_before_it_is_read() {
    for length in ["4194305", "1000000000000000", "99999999999999999999999999"] {
        let request = format!("POST / HTTP/1.1\r\nContent-Length: {length}\r\n\r\n");
        assert!(matches!(body(&request), Err(Unreadable::TooLarge)), "{length}");
    }
    let endless = format!("POST / HTTP/1.1\r\nX: {}", "a".repeat(MAX_HEAD));
    assert!(matches!(read_in_steps(endless.as_bytes(), 1000).0, Err(Unreadable::TooLarge)));
    let many = format!("POST / HTTP/1.1\r\n{}\r\n", "A: b\r\n".repeat(101));
    assert!(matches!(body(&many), Err(Unreadable::TooLarge)));
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
    ] {
        assert!(matches!(body(request), Err(Unreadable::Malformed)), "{request:?}");
    }
}

#[test]
fn a_connection_that_ends_early_is_no_request() {
    for request in ["", "POST / HT", "POST / HTTP/1.1\r\nContent-Length: 4\r\n\r\nabc"] {
        assert!(matches!(body(request), Err(Unreadable::Socket(_))), "{request:?}");
    }
}
