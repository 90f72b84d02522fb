//! A server that sends the same message many times.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::time::Duration;
use std::{env, thread};

use syncord::Result;

/// Whether the messages come one at a time, as in a real bot, and not as fast as they can be read.
pub(crate) fn is_paced() -> bool {
    env::var_os("PACED").is_some()
}

/// The number of foreign messages.
pub(crate) fn events() -> usize {
    if is_paced() { 10_000 } else { 200_000 }
}

/// The pause after each message, if they come one at a time.
const PAUSE: Duration = Duration::from_micros(100);

/// Frames are written in blocks of this size.
const BLOCK: usize = 128 << 10;

pub(crate) fn run() -> Result {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let port = listener.local_addr()?.port();
    println!("{port}");
    for stream in listener.incoming() {
        let stream = stream?;
        thread::spawn(move || serve(stream, port));
    }
    Ok(())
}

/// Answers requests. The first one of the gateway becomes a websocket.
fn serve(stream: TcpStream, port: u16) -> Result {
    let mut peeked = [0; 2048];
    loop {
        let length = stream.peek(&mut peeked)?;
        let head = String::from_utf8_lossy(&peeked[..length]).to_lowercase();
        if length == 0 {
            return Ok(());
        }
        if head.contains("upgrade: websocket") {
            return gateway(stream, port);
        }
        let mut reader = BufReader::new(&stream);
        let mut line = String::new();
        reader.read_line(&mut line)?;
        let path = line.split(' ').nth(1).unwrap_or_default().to_owned();
        while reader.read_line(&mut line)? > 2 {}
        let body = match path.rsplit('/').next() {
            Some("bot") => format!(
                r#"{{"url":"ws://127.0.0.1:{port}","shards":1,"session_start_limit":{{"total":1000,"remaining":1000,"reset_after":0,"max_concurrency":1}}}}"#
            ),
            // 1 << 19 and 1 << 15: all intents are allowed.
            _ => r#"{"id":"1","username":"bot","discriminator":"0","name":"bot","flags":888888}"#.to_owned(),
        };
        let head = "HTTP/1.1 200 OK\r\nContent-Type: application/json";
        write!(&stream, "{head}\r\nContent-Length: {}\r\n\r\n{body}", body.len())?;
    }
}

fn gateway(stream: TcpStream, port: u16) -> Result {
    stream.set_nodelay(true)?;
    let mut websocket = tungstenite::accept(stream)?;
    websocket.send(r#"{"op":10,"d":{"heartbeat_interval":3600000}}"#.into())?;
    websocket.read()?;
    let ready = format!(
        r#"{{"op":0,"s":1,"t":"READY","d":{{"session_id":"a","resume_gateway_url":"ws://127.0.0.1:{port}","user":{{"id":"1","username":"bot","discriminator":"0"}}}}}}"#
    );
    websocket.send(ready.into())?;
    websocket.send(message(2, "!spawn", 7).into())?;
    // The bot's tasks start, and its memory is measured.
    thread::sleep(Duration::from_secs(1));
    websocket.send(message(3, "!begin", 7).into())?;
    let mut block = Vec::new();
    let stream = websocket.get_mut();
    for n in 0..events() {
        frame(
            &mut block,
            &message(4 + n, "can you check the keel when you are back from the harbour please", 7),
        );
        if is_paced() {
            thread::sleep(PAUSE);
        }
        if block.len() > BLOCK || is_paced() {
            stream.write_all(&block)?;
            block.clear();
        }
    }
    frame(&mut block, &message(4 + events(), "!end", 7));
    stream.write_all(&block)?;
    stream.read_to_end(&mut Vec::new())?;
    Ok(())
}

/// Adds a websocket frame.
fn frame(block: &mut Vec<u8>, text: &str) {
    block.extend([0x81, 126]);
    block.extend((text.len() as u16).to_be_bytes());
    block.extend(text.as_bytes());
}

/// A message as Discord sends it, with its fields in the same order.
fn message(seq: usize, content: &str, author: u64) -> String {
    let member = r#""roles":["555092646297731073","622273708249186304"],"premium_since":null,"pending":false,"nick":null,"mute":false,"joined_at":"2019-03-12T18:04:11.221000+00:00","flags":0,"deaf":false,"communication_disabled_until":null,"banner":null,"avatar":null"#;
    let id = 1_500_062_951_300_792_337 + seq as u64;
    format!(
        r#"{{"t":"MESSAGE_CREATE","s":{seq},"op":0,"d":{{"type":0,"tts":false,"timestamp":"2026-05-02T09:14:37.412000+00:00","referenced_message":null,"pinned":false,"nonce":"1368000000000000000","mentions":[],"mention_roles":[],"mention_everyone":false,"member":{{{member}}},"id":"{id}","flags":0,"embeds":[],"edited_timestamp":null,"content":"{content}","components":[],"channel_type":0,"channel_id":"555088666872119298","author":{{"username":"mira.fjord","public_flags":0,"primary_guild":null,"id":"14663922264689{author:04}","global_name":"Mira","display_name_styles":null,"discriminator":"0","collectibles":null,"avatar_decoration_data":null,"avatar":"a_5f2d1c90b7e34a6688d1f0c2ab39e417"}},"attachments":[],"guild_id":"555088666830176256"}}}}"#
    )
}
