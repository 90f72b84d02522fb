#![allow(clippy::unwrap_used)]

use flate2::{Compress, Compression as Level, FlushCompress};

use super::{Compression, Decompressor};

const LIMIT: usize = 1 << 20;

/// Compresses messages as Discord does: one stream, a flush after each.
fn compressed(messages: &[&str]) -> Vec<Vec<u8>> {
    let mut zlib = Compress::new(Level::default(), true);
    let compress = |message: &&str| {
        let mut frame = Vec::with_capacity(message.len() + 1024);
        zlib.compress_vec(message.as_bytes(), &mut frame, FlushCompress::Sync).unwrap();
        frame
    };
    messages.iter().map(compress).collect()
}

fn zlib(limit: usize) -> Decompressor {
    Decompressor::new(Compression::Zlib, limit).unwrap()
}

fn text(message: Option<Vec<u8>>) -> Option<String> {
    message.map(|bytes| String::from_utf8(bytes).unwrap())
}

#[test]
fn messages_share_one_stream() {
    let big = "tide ".repeat(100_000);
    let frames = compressed(&["{\"op\":10}", "", "{\"op\":10}", &big, "ä"]);
    let mut decompressor = zlib(LIMIT);
    let messages: Vec<_> = frames.iter().map(|frame| text(decompressor.read(frame).unwrap())).collect();
    let expected = ["{\"op\":10}", "", "{\"op\":10}", &big, "ä"];
    assert_eq!(messages, expected.map(|text| (!text.is_empty()).then(|| text.to_owned())));
}

#[test]
fn a_message_ends_with_the_flush_whatever_frames_it_comes_in() {
    let frames = compressed(&["{\"t\":\"MESSAGE_CREATE\"}", "{\"t\":\"TYPING_START\"}"]);
    for size in 1..frames[0].len() {
        let mut decompressor = zlib(LIMIT);
        for (frame, expected) in frames.iter().zip(["{\"t\":\"MESSAGE_CREATE\"}", "{\"t\":\"TYPING_START\"}"])
        {
            let mut messages = Vec::new();
            for part in frame.chunks(size) {
                messages.extend(text(decompressor.read(part).unwrap()));
            }
            assert_eq!(messages, [expected], "parts of {size} bytes");
        }
    }
}

#[test]
fn a_message_over_the_limit_is_an_error_and_takes_no_more_memory() {
    let bomb = "0".repeat(LIMIT + 1);
    let frames = compressed(&[&bomb[..LIMIT], &bomb]);
    let mut decompressor = zlib(LIMIT);
    assert_eq!(decompressor.read(&frames[0]).unwrap().unwrap().len(), LIMIT);
    let error = decompressor.read(&frames[1]).unwrap_err();
    assert!(error.contains("limit of 1048576 bytes"), "{error}");
    assert!(decompressor.message.capacity() <= LIMIT + 1);
}

#[test]
fn garbage_is_an_error_that_says_so() {
    for garbage in [&b"not zlib"[..], b"{\"op\":10}", &[0x78, 0x9c, 0xff, 0xff, 0xff]] {
        let error = zlib(LIMIT).read(garbage).unwrap_err();
        assert!(error.contains("damaged"), "{error}");
    }
}

#[test]
fn a_stream_that_ends_is_an_error_when_it_goes_on() {
    let mut zlib_stream = Compress::new(Level::default(), true);
    let mut frame = Vec::with_capacity(1024);
    zlib_stream.compress_vec(b"the end", &mut frame, FlushCompress::Finish).unwrap();
    frame.extend(b"more");
    let error = zlib(LIMIT).read(&frame).unwrap_err();
    assert!(error.contains("ended"), "{error}");
}
