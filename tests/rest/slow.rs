//! Slow lines: a request lives as long as bytes move, and only the call's deadline ends it.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use syncord::id::ChannelId;
use syncord::rest::{Client, ClientBuilder, CreateMessage, Timeouts, Upload};
use syncord::{Error, Token};

use crate::requests::MESSAGE;
use crate::server::TOKEN;

const MIB: u64 = 1024 * 1024;

/// A server that handles each connection with a function. It counts the connections.
fn server(handle: impl Fn(&TcpStream) + Send + Sync + 'static) -> (ClientBuilder, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/api/v10", listener.local_addr().unwrap());
    let connections = Arc::new(AtomicUsize::new(0));
    let (count, handle) = (connections.clone(), Arc::new(handle));
    thread::spawn(move || {
        for stream in listener.incoming() {
            count.fetch_add(1, Ordering::SeqCst);
            let handle = handle.clone();
            thread::spawn(move || handle(&stream.unwrap()));
        }
    });
    (Client::builder(Token::new(TOKEN).unwrap()).api_url(url), connections)
}

/// Reads the head of a request. Returns the length of its body.
fn head(reader: &mut impl BufRead) -> u64 {
    let lines = reader.lines().map(Result::unwrap);
    let lines: Vec<_> = lines.take_while(|line| !line.is_empty()).collect();
    let length = lines.iter().find_map(|line| line.strip_prefix("content-length: "));
    length.map_or(0, |length| length.parse().unwrap())
}

fn timeouts(idle: Duration, min_upload_rate: u64) -> Timeouts {
    let mut timeouts = Timeouts::default();
    (timeouts.idle, timeouts.min_upload_rate) = (idle, min_upload_rate);
    timeouts
}

fn upload(client: &Client, size: u64) -> Result<(), Error> {
    let file = Upload::bytes("chart.png", vec![0; size as usize]);
    client.upload_limit(size).create_message(ChannelId::new(7), CreateMessage::new().file(file)).map(drop)
}

#[test]
fn an_upload_over_a_slow_line_is_sent_once() {
    let size = 16 * MIB;
    let (builder, connections) = server(move |mut stream| {
        let mut reader = BufReader::new(stream);
        let mut missing = head(&mut reader);
        assert!(missing > size);
        // Two seconds in total, far longer than the idle timeout.
        while missing > 0 {
            thread::sleep(Duration::from_millis(50));
            let piece = missing.min(size / 40);
            std::io::copy(&mut (&mut reader).take(piece), &mut std::io::sink()).unwrap();
            missing -= piece;
        }
        write!(stream, "HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{MESSAGE}", MESSAGE.len()).unwrap();
    });
    let timeouts = timeouts(Duration::from_millis(300), MIB);
    upload(&builder.timeouts(timeouts).build().unwrap(), size).unwrap();
    assert_eq!(connections.load(Ordering::SeqCst), 1);
}

#[test]
fn a_response_that_arrives_before_the_end_of_the_body_is_read_although_the_connection_is_closed() {
    let (builder, connections) = server(move |mut stream| {
        head(&mut BufReader::new(stream));
        let body = r#"{"code":40005,"message":"Request entity too large"}"#;
        let response = format!("HTTP/1.1 413 Too Large\r\nContent-Length: {}\r\n\r\n{body}", body.len());
        // In one write, because the system drops what it has not sent yet when it resets the connection, and it does that
        // because the rest of the body is unread.
        stream.write_all(response.as_bytes()).unwrap();
    });
    let client = builder.build().unwrap();
    let error = upload(&client, 32 * MIB).unwrap_err();
    assert!(matches!(&error, Error::Http(_)), "{error}");
    assert!(error.to_string().contains("Request entity too large"), "{error}");
    assert_eq!(connections.load(Ordering::SeqCst), 1);
}

#[test]
fn a_response_that_arrives_slowly_is_read_to_its_end() {
    let (builder, connections) = server(|mut stream| {
        head(&mut BufReader::new(stream));
        let response = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{MESSAGE}", MESSAGE.len());
        // Head and body take three seconds, longer than the idle timeout.
        for piece in response.as_bytes().chunks(response.len() / 30) {
            stream.write_all(piece).unwrap();
            thread::sleep(Duration::from_millis(100));
        }
    });
    let client = builder.timeouts(timeouts(Duration::from_secs(2), MIB)).build().unwrap();
    client.create_message(ChannelId::new(7), "aye").unwrap();
    assert_eq!(connections.load(Ordering::SeqCst), 1);
}

#[test]
fn a_request_without_progress_ends_at_the_idle_timeout_and_is_retried() {
    let (builder, connections) = server(|_| thread::park());
    let timeouts = timeouts(Duration::from_millis(50), u64::MAX);
    let client = builder.timeouts(timeouts).deadline(Duration::from_secs(300)).build().unwrap();
    let error = client.current_user().unwrap_err();
    assert!(error.to_string().ends_with("no response in time"), "{error}");
    assert_eq!(connections.load(Ordering::SeqCst), 4);
    // The system takes only a part of it.
    let error = upload(&client, 64 * MIB).unwrap_err();
    assert!(error.to_string().ends_with("the other side takes no data any more"), "{error}");
    assert_eq!(connections.load(Ordering::SeqCst), 8);
}

#[test]
fn the_deadline_ends_a_request_although_bytes_move() {
    let (builder, connections) = server(|mut stream| {
        head(&mut BufReader::new(stream));
        while stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n").is_ok() {
            thread::sleep(Duration::from_millis(20));
        }
    });
    let timeouts = timeouts(Duration::from_secs(60), MIB);
    let client = builder.timeouts(timeouts).deadline(Duration::from_millis(300)).build().unwrap();
    let error = client.current_user().unwrap_err();
    assert!(matches!(error, Error::Network { .. }) && error.is_temporary(), "{error}");
    assert!(error.to_string().ends_with("no complete response before the deadline"), "{error}");
    assert_eq!(connections.load(Ordering::SeqCst), 1);
}
