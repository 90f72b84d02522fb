//! The token is in no log record of any crate and in no `Debug` output, as text or as bytes. Runs a bot at trace level.

#![allow(clippy::unwrap_used)]

use std::fmt::Write as _;
use std::io::{ErrorKind, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant, SystemTime};

use log::{LevelFilter, Log, Metadata, Record};
use native_tls::{Identity, TlsAcceptor};
use syncord::gateway::send_event::{SendEvent, UpdatePresence};
use syncord::gateway::session::{Input, Now, Session, SessionConfig};
use syncord::gateway::shard::{Shard, ShardConfig};
use syncord::rest::Client;
use syncord::sim::{Discord, Fault};
use syncord::{Bot, Error, InMemoryQueue, Intents, Tls, Token};

/// The token that the simulated Discord accepts, and one that it rejects. Both have the format of Discord's tokens.
const TOKEN: &str = "MTk4NjIyNDgzNDcxOTI1MjQ4.Gk2FMQ.vT0xk-Qz9rLw_7sYpC3nBhE5dJ8mUaX1";
const WRONG: &str = "MTk4NjIyNDgzNDcxOTI1MjQ5.Hj3WqA.zR6yN-eK4tVb_2gMfD0iSuO9cP7lQxZ3";

/// Long enough for a reconnect.
const STEP: Duration = Duration::from_secs(9);

const CA: &[u8] = include_bytes!("tls/ca.pem");
const CERTIFICATE: &[u8] = include_bytes!("tls/localhost.pem");
const KEY: &[u8] = include_bytes!("tls/localhost.key");

struct Collector(Mutex<Vec<String>>);

impl Log for Collector {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn log(&self, record: &Record<'_>) {
        self.0.lock().unwrap().push(format!("{} {}", record.target(), record.args()));
    }

    fn flush(&self) {}
}

static RECORDS: Collector = Collector(Mutex::new(Vec::new()));

#[test]
fn no_log_record_and_no_debug_output_contains_the_token() {
    log::set_logger(&RECORDS).unwrap();
    log::set_max_level(LevelFilter::Trace);
    let plain = thread::spawn(|| {
        live(|bot, discord| {
            bot.api_url(discord.api_url());
        })
    });
    let secured = thread::spawn(|| {
        live(|bot, discord| {
            let port = tls_in_front_of(discord);
            bot.api_url(format!("https://localhost:{port}/api/v10"));
            bot.gateway_url(format!("wss://localhost:{port}"));
            bot.tls(Tls::new().with_root(CA).unwrap());
        })
    });
    let mut output = refused();
    output += &shown();
    output += &plain.join().unwrap();
    output += &secured.join().unwrap();

    let records = RECORDS.0.lock().unwrap();
    // The test is only valid if these crates write logs.
    for target in ["ureq", "tungstenite", "syncord"] {
        assert!(records.iter().any(|record| record.starts_with(target)), "no record of {target}");
    }
    for sign in ["/api/v10/users/@me", "Sec-WebSocket-Key", "resumed", "logged in"] {
        assert!(records.iter().any(|record| record.contains(sign)), "no record with {sign}");
    }
    for token in [TOKEN, WRONG] {
        for needle in search_patterns(token.as_bytes()) {
            let shown: Vec<_> = records.iter().filter(|record| record.contains(&needle)).collect();
            assert!(shown.is_empty(), "{needle} in {shown:#?}");
            assert!(!output.contains(&needle), "{needle} in {output}");
        }
    }
}

/// Identify, reply, resume, a lost session, a new one, and the stop.
fn live(set_up: impl FnOnce(&mut Bot<'_>, &Discord)) -> String {
    let discord = Discord::builder().token(TOKEN).start().unwrap();
    let (general, ann) = (discord.channel("general"), discord.member("ann"));
    let mut output = String::new();
    let mut bot = Bot::new(TOKEN).unwrap();
    set_up(&mut bot, &discord);
    bot.on_message(|cx, message| {
        if !message.author.bot {
            write!(output, "{cx:?} {:?} ", cx.rest())?;
            cx.reply(message, &message.content)?;
            cx.set_presence(&UpdatePresence::playing("chess"))?;
        }
        Ok(())
    });
    let shown = format!("{bot:?} ");
    bot.during(|| {
        for fault in [None, Some(Fault::DropSocket), Some(Fault::InvalidSession { resumable: false })] {
            let sessions = discord.log().resumes() + discord.log().identifies();
            if let Some(fault) = fault {
                discord.fault(fault);
                discord.wait_until("the bot to come back", |discord| {
                    discord.log().resumes() + discord.log().identifies() > sessions
                        && discord.live_sessions() == 1
                })?;
            }
            ann.says(&general, "hello");
            assert_eq!(general.next_message()?.content, "hello");
        }
        Ok(())
    })
    .unwrap();
    let log = discord.log();
    assert_eq!((log.identifies(), log.resumes(), log.violations()), (2, 1, &[][..]));
    shown + &output
}

/// A token rejected by REST, and one rejected only by the gateway.
fn refused() -> String {
    let discord = &Discord::builder().token(TOKEN).start().unwrap();
    let client = Client::builder(Token::new(WRONG).unwrap()).api_url(discord.api_url()).build().unwrap();
    let mut output = format!("{:?} {:?} ", client.current_user().unwrap_err(), InMemoryQueue::new(client));
    let elsewhere = Discord::builder().token(WRONG).start().unwrap();
    for (token, gateway) in [(WRONG, discord), (TOKEN, &elsewhere)] {
        let mut bot = Bot::new(token).unwrap();
        bot.api_url(discord.api_url()).gateway_url(gateway.gateway_url()).on_message(|_, _| Ok(()));
        let error = bot.run().unwrap_err();
        assert!(matches!(error, Error::Token { .. }), "{error:?}");
        write!(output, "{error} {error:?} ").unwrap();
    }
    output
}

/// The `Debug` output of everything that contains a token.
fn shown() -> String {
    let token = || Token::new(TOKEN).unwrap();
    let mut now = Now { mono: Instant::now(), wall: SystemTime::now() };
    let config = SessionConfig::new(token(), Intents::GUILDS);
    let mut output = format!("{:?} {config:?} ", token());
    let order = SendEvent::update_presence(&UpdatePresence::playing("chess")).unwrap();
    let mut session = Session::new(config, now, 7);
    for input in [
        Input::Timeout,
        Input::Opened,
        Input::Text(r#"{"op":10,"d":{"heartbeat_interval":41250}}"#),
        Input::Text(r#"{"op":0,"s":1,"t":"READY","d":{"session_id":"s","resume_gateway_url":"wss://r"}}"#),
        Input::SendEvent(order),
        Input::Closed { code: None, reason: "reset".into() },
        Input::Timeout,
        Input::Opened,
        Input::Text(r#"{"op":10,"d":{"heartbeat_interval":41250}}"#),
    ] {
        let step = session.handle(now, input);
        now = Now { mono: now.mono + STEP, wall: now.wall + STEP };
        write!(output, "{step:?} {session:?} ").unwrap();
    }
    // The token was sent, in identify and resume.
    assert!(output.contains("Identify(") && output.contains("Open(Resume("), "{output}");
    let client = Client::new(token());
    let config = ShardConfig::new(token(), Intents::GUILDS);
    let queue = Arc::new(InMemoryQueue::new(client.clone()));
    write!(output, "{:?} {client:?} {config:?} {queue:?} ", Client::builder(token())).unwrap();
    let shard = Shard::new(config, queue);
    write!(output, "{:?} {:?} ", shard.monitor(), Bot::new(TOKEN).unwrap()).unwrap();
    for text in [TOKEN.replace('.', " "), format!("{TOKEN}\u{e9}")] {
        write!(output, "{:?} ", Token::new(&text).unwrap_err()).unwrap();
    }
    output
}

/// Starts a proxy that terminates TLS. Returns its port.
fn tls_in_front_of(discord: &Discord) -> u16 {
    let identity = Identity::from_pkcs8(CERTIFICATE, KEY).unwrap();
    let acceptor = TlsAcceptor::new(identity).unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let behind = discord.gateway_url().replace("ws://", "");
    thread::spawn(move || {
        for tcp in listener.incoming() {
            let (acceptor, behind) = (acceptor.clone(), behind.clone());
            thread::spawn(move || {
                let tcp = tcp.unwrap();
                tcp.set_nodelay(true).unwrap();
                // Ignore clients that disconnect.
                let Ok(tls) = acceptor.accept(tcp) else { return };
                tls.get_ref().set_read_timeout(Some(Duration::from_millis(5))).unwrap();
                let plain = TcpStream::connect(behind).unwrap();
                plain.set_read_timeout(Some(Duration::from_millis(5))).unwrap();
                pass(tls, plain);
            });
        }
    });
    port
}

/// Copies in both directions until one side closes.
fn pass(mut one: impl Read + Write, mut other: impl Read + Write) {
    let mut buffer = [0; 16 * 1024];
    loop {
        for forth in [true, false] {
            let read = if forth { one.read(&mut buffer) } else { other.read(&mut buffer) };
            let length = match read {
                Ok(0) => return,
                Ok(length) => length,
                Err(e) if matches!(e.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => continue,
                Err(_) => return,
            };
            let bytes = &buffer[..length];
            let written = if forth { other.write_all(bytes) } else { one.write_all(bytes) };
            if written.is_err() {
                return;
            }
        }
    }
}

/// All sequences of eight bytes of the token, in all forms in which they could be printed.
fn search_patterns(token: &[u8]) -> Vec<String> {
    let mut needles = Vec::new();
    for part in token.windows(8) {
        let joined = |format: fn(&u8) -> String, between: &str| {
            part.iter().map(format).collect::<Vec<_>>().join(between)
        };
        needles.push(String::from_utf8(part.to_vec()).unwrap());
        needles.push(joined(u8::to_string, ", "));
        for between in ["", " ", ", "] {
            needles.push(joined(|byte| format!("{byte:02x}"), between));
            needles.push(joined(|byte| format!("{byte:02X}"), between));
        }
        needles.push(joined(|byte| format!("0x{byte:02x}"), ", "));
    }
    // Base64 depends on the token's offset within three bytes. Its first and last characters depend on the bytes around it.
    for before in 0..3 {
        let encoded = base64(&[&[0; 2][..before], token].concat());
        let clean = encoded.trim_end_matches('=');
        needles.push(clean[before + 1..clean.len() - 1].to_owned());
    }
    needles
}

fn base64(bytes: &[u8]) -> String {
    const SIGNS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for three in bytes.chunks(3) {
        let padded = [0, three[0], three.get(1).copied().unwrap_or(0), three.get(2).copied().unwrap_or(0)];
        let number = u32::from_be_bytes(padded);
        for place in 0..4 {
            let sign = SIGNS[(number >> (18 - 6 * place) & 63) as usize];
            text.push(if place <= three.len() { sign as char } else { '=' });
        }
    }
    text
}

#[test]
fn the_search_patterns_cover_every_form() {
    assert_eq!(base64(b"syncord"), "c3luY29yZA==");
    let needles = search_patterns(b"syncord!");
    for needle in [
        "syncord!",
        "115, 121, 110, 99, 111, 114, 100, 33",
        "73796e636f726421",
        "73 79 6E 63 6F 72 64 21",
        "0x73, 0x79, 0x6e, 0x63, 0x6f, 0x72, 0x64, 0x21",
        "3luY29yZC",
    ] {
        assert!(needles.iter().any(|known| known == needle), "{needle} is not in {needles:#?}");
    }
}
