//! A gateway with TLS, and the little of REST that a bot asks for at its start.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Condvar, Mutex};
use std::thread;

use native_tls::{Identity, TlsAcceptor, TlsStream};
use syncord::Result;

/// The authority that signed the gateway's certificate.
pub(crate) const CA: &[u8] = include_bytes!("../../../tests/tls/ca.pem");
const CERTIFICATE: &[u8] = include_bytes!("../../../tests/tls/localhost.pem");
const KEY: &[u8] = include_bytes!("../../../tests/tls/localhost.key");

/// Messages are written in blocks of this size.
const BLOCK: usize = 64 << 10;
const STACK: usize = 256 << 10;
/// The first byte of a TLS connection.
const TLS_HANDSHAKE: u8 = 22;

struct Server {
    port: u16,
    tls: TlsAcceptor,
    shards: u32,
    /// The number of messages for all shards together.
    events: u64,
    /// The number of shards that have identified.
    identified: Mutex<u32>,
    changed: Condvar,
}

pub(crate) fn run(shards: u32, events: u64) -> Result {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let port = listener.local_addr()?.port();
    println!("{port}");
    let tls = TlsAcceptor::new(Identity::from_pkcs8(CERTIFICATE, KEY)?)?;
    let (identified, changed) = (Mutex::new(0), Condvar::new());
    let server = Arc::new(Server { port, tls, shards, events, identified, changed });
    for stream in listener.incoming() {
        let (server, stream) = (Arc::clone(&server), stream?);
        thread::Builder::new().stack_size(STACK).spawn(move || drop(server.serve(stream)))?;
    }
    Ok(())
}

impl Server {
    fn serve(&self, stream: TcpStream) -> Result {
        stream.set_nodelay(true)?;
        let mut first = [0];
        stream.peek(&mut first)?;
        if first[0] == TLS_HANDSHAKE { self.gateway(self.tls.accept(stream)?) } else { self.rest(&stream) }
    }

    fn rest(&self, stream: &TcpStream) -> Result {
        let mut reader = BufReader::new(stream);
        loop {
            let mut line = String::new();
            if reader.read_line(&mut line)? == 0 {
                return Ok(());
            }
            let path = line.split(' ').nth(1).unwrap_or_default().to_owned();
            while reader.read_line(&mut line)? > 2 {}
            let (port, shards) = (self.port, self.shards);
            let body = match path.rsplit('/').next() {
                Some("bot") => format!(
                    r#"{{"url":"wss://localhost:{port}","shards":1,"session_start_limit":{{"total":100000,"remaining":100000,"reset_after":0,"max_concurrency":{shards}}}}}"#
                ),
                // 1 << 19 and 1 << 15: all intents are allowed.
                _ => r#"{"id":"1","username":"bot","discriminator":"0","name":"bot","flags":888888}"#
                    .to_owned(),
            };
            let head = "HTTP/1.1 200 OK\r\nContent-Type: application/json";
            write!(&*stream, "{head}\r\nContent-Length: {}\r\n\r\n{body}", body.len())?;
        }
    }

    fn gateway(&self, stream: TlsStream<TcpStream>) -> Result {
        let mut websocket = tungstenite::accept(stream).map_err(|e| e.to_string())?;
        // No heartbeat is due while the client is measured.
        websocket.send(r#"{"op":10,"d":{"heartbeat_interval":3600000}}"#.into())?;
        websocket.read()?;
        let ready = format!(
            r#"{{"op":0,"s":1,"t":"READY","d":{{"v":10,"session_id":"a","session_type":"normal","resume_gateway_url":"wss://localhost:{}","user":{{"id":"1","username":"bot","discriminator":"0","avatar":null,"bot":true,"mfa_enabled":false,"verified":true,"email":null,"flags":0}},"guilds":[],"application":{{"id":"1","flags":0}}}}}}"#,
            self.port
        );
        websocket.send(ready.into())?;
        if self.events > 0 {
            self.wait_for_all();
            let stream = websocket.get_mut();
            let mut block = Vec::new();
            for n in 0..self.events.div_ceil(u64::from(self.shards)) {
                frame(&mut block, &message(2 + n));
                if block.len() > BLOCK {
                    stream.write_all(&block)?;
                    block.clear();
                }
            }
            stream.write_all(&block)?;
        }
        loop {
            let frame = websocket.read()?;
            if frame.to_text()?.contains(r#""op":1"#) {
                websocket.send(r#"{"op":11}"#.into())?;
            }
        }
    }

    /// Waits until every shard has identified.
    fn wait_for_all(&self) {
        let mut identified = self.identified.lock().expect("no thread panics");
        *identified += 1;
        self.changed.notify_all();
        while *identified < self.shards {
            identified = self.changed.wait(identified).expect("no thread panics");
        }
    }
}

/// Adds a websocket frame.
fn frame(block: &mut Vec<u8>, text: &str) {
    block.extend([0x81, 126]);
    block.extend((text.len() as u16).to_be_bytes());
    block.extend(text.as_bytes());
}

/// A message as Discord sends it, with its fields in the same order.
fn message(seq: u64) -> String {
    let member = r#""roles":["555092646297731073","622273708249186304"],"premium_since":null,"pending":false,"nick":null,"mute":false,"joined_at":"2019-03-12T18:04:11.221000+00:00","flags":0,"deaf":false,"communication_disabled_until":null,"banner":null,"avatar":null"#;
    let id = 1_500_062_951_300_792_337 + seq;
    format!(
        r#"{{"t":"MESSAGE_CREATE","s":{seq},"op":0,"d":{{"type":0,"tts":false,"timestamp":"2026-05-02T09:14:37.412000+00:00","referenced_message":null,"pinned":false,"nonce":"1368000000000000000","mentions":[],"mention_roles":[],"mention_everyone":false,"member":{{{member}}},"id":"{id}","flags":0,"embeds":[],"edited_timestamp":null,"content":"can you check the keel when you are back from the harbour please","components":[],"channel_type":0,"channel_id":"555088666872119298","author":{{"username":"mira.fjord","public_flags":0,"primary_guild":null,"id":"14663922264689","global_name":"Mira","display_name_styles":null,"discriminator":"0","collectibles":null,"avatar_decoration_data":null,"avatar":"a_5f2d1c90b7e34a6688d1f0c2ab39e417"}},"attachments":[],"guild_id":"555088666830176256"}}}}"#
    )
}
