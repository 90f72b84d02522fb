//! Files are sent while they are read.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

use syncord::Token;
use syncord::id::ChannelId;
use syncord::rest::{Client, CreateMessage, Timeouts, Upload};

use crate::requests::MESSAGE;
use crate::server::TOKEN;

const MIB: usize = 1024 * 1024;
const SIZE: usize = 64 * MIB;

/// A timeout that suffices on a busy machine.
const PATIENCE: Duration = Duration::from_secs(120);

/// A reader that generates its bytes. It holds back the second half until a flag is set.
struct Made {
    left: usize,
    permit: Option<Receiver<()>>,
}

impl Read for Made {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.left <= SIZE / 2 {
            if let Some(permit) = self.permit.take() {
                // Were the file collected before it is sent, this would never come.
                permit.recv_timeout(PATIENCE / 2).map_err(io::Error::other)?;
            }
        }
        let count = buffer.len().min(self.left);
        buffer[..count].fill(b'x');
        self.left -= count;
        Ok(count)
    }
}

/// Reads the bytes of a chunked body.
struct Chunks<R> {
    inner: R,
    left: usize,
}

impl<R: BufRead> Chunks<R> {
    /// The next piece; empty at the end.
    fn next(&mut self, buffer: &mut [u8]) -> usize {
        if self.left == 0 {
            let mut line = String::new();
            self.inner.read_line(&mut line).unwrap();
            self.left = usize::from_str_radix(line.trim(), 16).unwrap();
            if self.left == 0 {
                return 0;
            }
        }
        let count = buffer.len().min(self.left);
        let count = self.inner.read(&mut buffer[..count]).unwrap();
        self.left -= count;
        if self.left == 0 {
            self.inner.read_exact(&mut [0; 2]).unwrap();
        }
        count
    }
}

/// The lines of a request's head.
fn head(reader: &mut impl BufRead) -> Vec<String> {
    let lines = reader.lines().map(Result::unwrap);
    lines.take_while(|line| !line.is_empty()).map(|line| line.to_ascii_lowercase()).collect()
}

fn answer(mut stream: &TcpStream) {
    write!(stream, "HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{MESSAGE}", MESSAGE.len()).unwrap();
}

#[test]
fn a_large_file_is_sent_while_it_is_read() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/api/v10", listener.local_addr().unwrap());
    let (permit, permitted) = channel();
    let server = thread::spawn(move || {
        let (stream, _) = listener.accept().unwrap();
        let mut reader = BufReader::new(&stream);
        let head = head(&mut reader);
        assert!(head.contains(&"transfer-encoding: chunked".to_owned()), "{head:?}");
        let mut body = Chunks { inner: reader, left: 0 };
        let (mut count, mut buffer) = (0, vec![0; 64 * 1024]);
        loop {
            let read = body.next(&mut buffer);
            if read == 0 {
                break;
            }
            let before = count;
            count += buffer[..read].iter().filter(|byte| **byte == b'x').count();
            if before < MIB && count >= MIB {
                permit.send(()).unwrap();
            }
        }
        answer(&stream);
        count
    });
    let mut timeouts = Timeouts::default();
    (timeouts.response, timeouts.request) = (PATIENCE, PATIENCE);
    let builder = Client::builder(Token::new(TOKEN).unwrap()).api_url(url);
    let client = builder.timeouts(timeouts).deadline(PATIENCE).build().unwrap();
    let file = Upload::reader("large.bin", Made { left: SIZE, permit: Some(permitted) });
    client.create_message(ChannelId::new(7), CreateMessage::text("large").file(file)).unwrap();
    // The boundary and the names around the file have hardly an x in them.
    let count = server.join().unwrap();
    assert!((SIZE..SIZE + 100).contains(&count), "{count}");
}

#[test]
fn a_file_of_a_path_is_sent_with_its_length() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/api/v10", listener.local_addr().unwrap());
    let server = thread::spawn(move || {
        let (stream, _) = listener.accept().unwrap();
        let mut reader = BufReader::new(&stream);
        let head = head(&mut reader);
        let length = head.iter().find_map(|line| line.strip_prefix("content-length: ")).unwrap();
        let mut body = vec![0; length.parse().unwrap()];
        reader.read_exact(&mut body).unwrap();
        answer(&stream);
        String::from_utf8(body).unwrap()
    });
    let client = Client::builder(Token::new(TOKEN).unwrap()).api_url(url).build().unwrap();
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/rest/uploads.rs");
    client.create_message(ChannelId::new(7), CreateMessage::new().file(Upload::path(path))).unwrap();
    let body = server.join().unwrap();
    assert!(body.contains("filename=\"uploads.rs\"") && body.contains(include_str!("uploads.rs")));
}
