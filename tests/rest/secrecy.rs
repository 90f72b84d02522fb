//! The token shows nowhere.

use std::sync::Mutex;

use log::{LevelFilter, Log, Metadata, Record};
use syncord::id::ChannelId;

use crate::server::{Do, Server, TOKEN, answer, ok};

struct Collector(Mutex<String>);

impl Log for Collector {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn log(&self, record: &Record<'_>) {
        let line = format!("{} {}\n", record.target(), record.args());
        self.0.lock().unwrap().push_str(&line);
    }

    fn flush(&self) {}
}

static LOG: Collector = Collector(Mutex::new(String::new()));

#[test]
fn no_line_of_any_crate_shows_the_token() {
    log::set_logger(&LOG).unwrap();
    log::set_max_level(LevelFilter::Trace);
    let server = Server::that(&[
        ok(crate::requests::MESSAGE),
        Do::HangUp,
        answer("500 Internal Server Error", "<html>oops"),
        answer("429 Too Many Requests\r\nRetry-After: 0\r\nVia: 1.1 google", ""),
        answer("302 Found\r\nLocation: http://127.0.0.1:9/", ""),
        answer("401 Unauthorized", r#"{"message":"401: Unauthorized","code":0}"#),
    ]);
    let client = server.client();
    client.create_message(ChannelId::new(7), "aye").unwrap();
    let mut told = String::new();
    for _ in 0..3 {
        told += &format!("{:?} ", client.create_message(ChannelId::new(7), "aye"));
    }
    told += &format!("{client:?} {:?}", server.builder());
    let log = LOG.0.lock().unwrap().clone();
    // The collector does see what the HTTP client says, so its silence means something.
    assert!(log.contains("ureq") && log.contains("/channels/7/messages"), "{log}");
    let secret = TOKEN.rsplit('.').next().unwrap();
    let as_bytes = format!("{:?}", secret.as_bytes());
    for needle in [TOKEN, secret, as_bytes.trim_matches(['[', ']'])] {
        assert!(!log.contains(needle) && !told.contains(needle), "{log} {told}");
    }
}
