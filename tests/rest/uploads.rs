//! Files are sent while they are read.

use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, SystemTime};

use syncord::id::ChannelId;
use syncord::rest::{Client, CreateMessage, ImageData, SoundData, Timeouts, Upload};
use syncord::{Error, Limit, Token};

use crate::requests::MESSAGE;
use crate::server::{Server, TOKEN, ok};

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
    timeouts.idle = PATIENCE;
    let builder = Client::builder(Token::new(TOKEN).unwrap()).api_url(url);
    let client = builder.timeouts(timeouts).deadline(PATIENCE).build().unwrap();
    let file = Upload::reader("large.bin", Made { left: SIZE, permit: Some(permitted) });
    let message = CreateMessage::text("large").file(file);
    client.upload_limit(None).create_message(ChannelId::new(7), message).unwrap();
    // The boundary and the names around the file contain few x.
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

/// A file that is removed at the end of its test.
struct Temporary(std::path::PathBuf);

impl Temporary {
    fn new(content: &[u8]) -> Temporary {
        let name = format!("syncord-upload-{:016x}.bin", fastrand::u64(..));
        let file = Temporary(std::env::temp_dir().join(name));
        fs::write(&file.0, content).unwrap();
        file
    }

    fn upload(&self) -> Upload {
        Upload::path(&self.0).filename("tide.bin")
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
    }
}

/// Reads the head of a request, and returns the length of its body.
fn body_length(reader: &mut impl BufRead) -> usize {
    let head = head(reader);
    head.iter().find_map(|line| line.strip_prefix("content-length: ")).unwrap().parse().unwrap()
}

/// The problem with the file of the only attachment.
fn problem(error: &Error) -> String {
    match error {
        Error::Invalid { field, problem, .. } if field == "files[0]" => problem.clone(),
        error => panic!("{error}"),
    }
}

fn patient_client(url: String) -> Client {
    let mut timeouts = Timeouts::default();
    timeouts.idle = PATIENCE;
    let builder = Client::builder(Token::new(TOKEN).unwrap()).api_url(url);
    builder.timeouts(timeouts).deadline(PATIENCE).build().unwrap()
}

#[test]
fn a_file_that_shrinks_while_it_is_sent_is_never_posted() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/api/v10", listener.local_addr().unwrap());
    let file = Temporary::new(&vec![b'x'; 32 * MIB]);
    let path = file.0.clone();
    let server = thread::spawn(move || {
        let (stream, _) = listener.accept().unwrap();
        let mut reader = BufReader::new(&stream);
        let length = body_length(&mut reader);
        reader.read_exact(&mut [0; 1000]).unwrap();
        File::options().write(true).open(path).unwrap().set_len(1000).unwrap();
        // The connection ends before the body does. A second one would be an answered retry.
        let rest = reader.read_to_end(&mut Vec::new()).unwrap();
        drop(reader);
        listener.set_nonblocking(true).unwrap();
        (length - 1000 - rest, listener.accept().is_err())
    });
    let client = patient_client(url);
    let message = CreateMessage::new().file(file.upload());
    let error = client.upload_limit(None).create_message(ChannelId::new(7), message).unwrap_err();
    let text = problem(&error);
    assert!(text.starts_with("tide.bin cannot be read: it had 33554432 bytes and now has "), "{text}");
    assert!(text.ends_with(" (at most a part of the request was sent, which Discord ignores)"), "{text}");
    // The other side of the connection must end for the server to see it.
    drop(client);
    let (missing, is_alone) = server.join().unwrap();
    assert!(missing > 0 && is_alone, "{missing} bytes are missing");
}

#[test]
fn a_retry_sends_the_same_bytes() {
    for content in [vec![b'x'; 100], vec![b'x'; MIB]] {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}/api/v10", listener.local_addr().unwrap());
        let server = thread::spawn(move || {
            let mut bodies = Vec::new();
            for attempt in 0..2 {
                let (stream, _) = listener.accept().unwrap();
                let mut reader = BufReader::new(&stream);
                let mut body = vec![0; body_length(&mut reader)];
                reader.read_exact(&mut body).unwrap();
                bodies.push(body);
                if attempt == 1 {
                    answer(&stream);
                }
            }
            bodies
        });
        let file = Temporary::new(&content);
        let message = CreateMessage::new().file(file.upload());
        patient_client(url).create_message(ChannelId::new(7), message).unwrap();
        let bodies = server.join().unwrap();
        assert_eq!(bodies[0], bodies[1]);
        assert!(bodies[0].windows(content.len()).any(|part| part == content));
    }
}

#[test]
fn a_file_that_has_changed_since_the_first_attempt_is_not_sent_again() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/api/v10", listener.local_addr().unwrap());
    let file = Temporary::new(&vec![b'x'; MIB]);
    let path = file.0.clone();
    let server = thread::spawn(move || {
        let (stream, _) = listener.accept().unwrap();
        let mut reader = BufReader::new(&stream);
        let mut body = vec![0; body_length(&mut reader)];
        reader.read_exact(&mut body).unwrap();
        let later = SystemTime::now() + Duration::from_secs(60);
        File::options().write(true).open(path).unwrap().set_modified(later).unwrap();
    });
    let message = CreateMessage::new().file(file.upload());
    let error = patient_client(url).create_message(ChannelId::new(7), message).unwrap_err();
    server.join().unwrap();
    let expected =
        "tide.bin cannot be read: it has changed since the first attempt to send it (it was not sent again)";
    assert_eq!(problem(&error), expected);
}

#[test]
fn a_file_over_the_limit_is_not_sent_unless_the_caller_says_so() {
    let server = Server::that(&[ok(MESSAGE)]);
    let file = Temporary::new(&vec![b'x'; 10 * MIB + 1]);
    let client = patient_client(server.url.clone());
    for upload in [file.upload(), Upload::bytes("tide.bin", vec![b'x'; 10 * MIB + 1])] {
        let post = |client: &Client| {
            client.create_message(ChannelId::new(7), CreateMessage::new().file(upload.clone()))
        };
        let limited = |client: &Client, max| {
            let error = post(client).unwrap_err();
            let actual = 10 * MIB as u64 + 1;
            assert!(
                matches!(&error, Error::Invalid { field, limit: Some(limit), .. }
                    if field == "files[0]" && *limit == Limit::Bytes { max, actual }),
                "{error}"
            );
        };
        let before = server.lines().len();
        limited(&client, 10 * MIB as u64);
        limited(&client.upload_limit(MIB as u64), MIB as u64);
        assert_eq!(server.lines().len(), before);
        post(&client.upload_limit(10 * MIB as u64 + 1)).unwrap();
        post(&client.upload_limit(None)).unwrap();
    }
}

#[test]
fn only_regular_files_are_opened() {
    let server = Server::that(&[ok(MESSAGE)]);
    let folder = std::env::temp_dir();
    let error = server
        .client()
        .create_message(ChannelId::new(7), CreateMessage::new().file(Upload::path(&folder).filename("x")))
        .unwrap_err();
    assert!(problem(&error).contains("is a directory, not a regular file"), "{error}");
    for error in [ImageData::path(&folder).unwrap_err(), SoundData::path(&folder).unwrap_err()] {
        assert!(error.to_string().contains("is a directory, not a regular file"), "{error}");
    }
    assert_eq!(server.lines(), Vec::<String>::new());
}

#[cfg(target_os = "linux")]
#[test]
fn a_file_whose_metadata_has_no_length_is_sent_whole() {
    let server = Server::that(&[ok(MESSAGE)]);
    let file = Upload::path("/proc/self/status");
    server.client().create_message(ChannelId::new(7), CreateMessage::new().file(file)).unwrap();
    let asked = &server.asked()[0];
    assert!(asked.body.contains("Pid:") && asked.header("content-length").is_some(), "{}", asked.body);
}
