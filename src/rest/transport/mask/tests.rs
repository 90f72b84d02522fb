#![allow(clippy::unwrap_used)]

use super::{Mask, invert};

/// What ureq receives of a response that arrives in pieces of this size.
fn masked(response: &str, size: usize) -> String {
    let (mut mask, mut output) = (Mask::default(), Vec::new());
    for piece in response.as_bytes().chunks(size) {
        mask.push(piece, &mut output);
    }
    // Inverted bytes are not UTF-8, so they are shown as they were, in capitals.
    let shown = |byte: u8| if byte.is_ascii() { byte as char } else { (!byte as char).to_ascii_uppercase() };
    output.into_iter().map(shown).collect()
}

#[track_caller]
fn assert_masked(response: &str, expected: &str) {
    for size in [1, 2, 3, 7, 16, 1000] {
        assert_eq!(masked(response, size), expected, "in pieces of {size} bytes");
    }
}

#[test]
fn headers_that_the_crate_does_not_use_are_removed() {
    assert_masked(
        "HTTP/1.1 301 Moved to /webhooks/5/secret\r\nLocation: https://a.example/webhooks/5/secret\r\n\
         Link: </webhooks/5/secret>\r\nX-RateLimit-Limit: 5\r\nServer: cloudflare\r\n continued: secret\r\nContent-Length: 2\r\n\r\n",
        "HTTP/1.1 301\r\nlocation: https://a.example\r\nX-RateLimit-Limit: 5\r\nServer: cloudflare\r\nContent-Length: 2\r\n\
         x-syncord-masked: 1\r\n\r\n",
    );
    assert_masked(
        "HTTP/1.1 302 Found\nLocation: /webhooks/5/secret\n\n",
        "HTTP/1.1 302\r\nlocation: (the same server)\r\nx-syncord-masked: 1\r\n\r\n",
    );
}

#[test]
fn a_body_is_masked() {
    let head = "HTTP/1.1 200\r\nContent-Length: 8\r\n";
    assert_masked(
        &format!("{head}\r\na\r\n\r\nbc"),
        &format!("{head}x-syncord-masked: 1\r\n\r\nA\r\n\r\nBC"),
    );
}

#[test]
fn the_chunks_of_a_body_are_masked_and_their_lengths_are_not() {
    let head = "HTTP/1.1 200\r\nTransfer-Encoding: Chunked\r\n";
    assert_masked(
        &format!("{head}\r\n3\r\nabc\r\n0a;x=y\r\nabcdefghij\r\n0\r\n\r\n"),
        &format!("{head}x-syncord-masked: 1\r\n\r\n3\r\nABC\r\n0a;x=y\r\nABCDEFGHIJ\r\n0\r\n\r\n"),
    );
}

#[test]
fn a_compressed_body_stays_as_it_is() {
    let response = "HTTP/1.1 200\r\nContent-Encoding: gzip\r\n\r\nabc";
    assert_masked(response, response);
}

#[test]
fn an_interim_response_is_followed_by_another_head() {
    assert_masked(
        "HTTP/1.1 103 Early Hints\r\nLink: </secret>\r\n\r\nHTTP/1.1 200 OK\r\nSet-Cookie: secret\r\n\r\nabc",
        "HTTP/1.1 103\r\n\r\nHTTP/1.1 200\r\nx-syncord-masked: 1\r\n\r\nABC",
    );
}

#[test]
fn a_head_without_end_is_bounded() {
    let (mut mask, mut output) = (Mask::default(), Vec::new());
    for _ in 0..100 {
        mask.push(&[b'x'; 1024], &mut output);
    }
    assert_eq!(output.len(), 100 * 1024);
    assert!(matches!(mask, Mask::Plain));
}

#[test]
fn inverting_twice_restores_a_body() {
    let mut body: Vec<u8> = (0..=255).collect();
    invert(&mut body);
    invert(&mut body);
    assert!((0..=255).eq(body));
}
