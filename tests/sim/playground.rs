//! The playground, with a minimal echo bot.

use std::io::Cursor;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use serde_json::json;
use syncord::sim::{Discord, playground::Playground};

use super::client::{Client, Received, rest};

#[test]
fn input_lines_become_messages_and_replies_are_printed() {
    let discord = Discord::start().unwrap();
    let mut printed = Vec::new();
    let is_over = AtomicBool::new(false);
    thread::scope(|scope| {
        scope.spawn(|| {
            let mut client = Client::ready(&discord);
            client.read_timeout(Duration::from_millis(20));
            while !is_over.load(Ordering::SeqCst) {
                let Received::Frame(frame) = client.read() else { continue };
                if frame["op"] == 1 {
                    client.send(&json!({"op": 1, "d": client.seq}));
                } else if frame["t"] == "MESSAGE_CREATE" && frame["d"]["author"]["bot"] != true {
                    let path = format!("/channels/{}/messages", frame["d"]["channel_id"].as_str().unwrap());
                    rest(&discord, "POST", &path, Some(&json!({"content": frame["d"]["content"]})));
                }
            }
        });
        let result = Playground::new(&discord, Cursor::new("hello\n\nbye\n"), &mut printed).run();
        is_over.store(true, Ordering::SeqCst);
        result.unwrap();
    });
    assert_eq!(String::from_utf8(printed).unwrap(), "hello\nbye\n");
    assert_eq!(discord.log().violations(), [""; 0]);
}
