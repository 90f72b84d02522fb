//! A gateway that sends the same event many times, and the little of REST that a bot asks for at its start.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::{io, thread};

use syncord::Result;

/// No heartbeat is due while a case runs.
pub(crate) const HELLO: &str = r#"{"t":null,"s":null,"op":10,"d":{"heartbeat_interval":3600000}}"#;

/// Frames are written in blocks of this size.
const BLOCK: usize = 128 << 10;

/// A dispatch as Discord writes it.
pub(crate) fn frame(name: &str, seq: u64, data: &str) -> String {
    format!(r#"{{"t":"{name}","s":{seq},"op":0,"d":{}}}"#, data.trim())
}

/// The data of READY.
pub(crate) fn ready(port: u16) -> String {
    format!(
        r#"{{"v":10,"session_id":"a","resume_gateway_url":"ws://127.0.0.1:{port}","guilds":[],"user":{{"id":"1","username":"bot","discriminator":"0"}},"application":{{"id":"1","flags":0}}}}"#
    )
}

/// Starts a server on another thread, which sends this number of events to each bot that connects. Returns its port.
pub(crate) fn start(name: &'static str, data: &'static str, count: u64) -> io::Result<u16> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
    let port = listener.local_addr()?.port();
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            // An error is the end of the connection.
            thread::spawn(move || serve(stream, port, &|seq| frame(name, seq, data), count));
        }
    });
    Ok(port)
}

/// Answers requests. The one that asks for a websocket becomes one.
fn serve(stream: TcpStream, port: u16, event: &dyn Fn(u64) -> String, count: u64) -> Result {
    let mut head = [0; 2048];
    loop {
        let length = stream.peek(&mut head)?;
        if length == 0 {
            return Ok(());
        }
        if String::from_utf8_lossy(&head[..length]).to_lowercase().contains("upgrade: websocket") {
            return gateway(stream, port, event, count);
        }
        let mut reader = BufReader::new(&stream);
        let mut line = String::new();
        reader.read_line(&mut line)?;
        let body = match line.contains("/gateway/bot ") {
            true => format!(
                r#"{{"url":"ws://127.0.0.1:{port}","shards":1,"session_start_limit":{{"total":1000,"remaining":1000,"reset_after":0,"max_concurrency":1}}}}"#
            ),
            // 1 << 19 and 1 << 15: all intents are allowed.
            false => {
                r#"{"id":"1","username":"bot","discriminator":"0","name":"bot","flags":888888}"#.to_owned()
            }
        };
        while reader.read_line(&mut line)? > 2 {}
        let head = "HTTP/1.1 200 OK\r\nContent-Type: application/json";
        write!(&stream, "{head}\r\nContent-Length: {}\r\n\r\n{body}", body.len())?;
    }
}

fn gateway(stream: TcpStream, port: u16, event: &dyn Fn(u64) -> String, count: u64) -> Result {
    let mut websocket = tungstenite::accept(stream)?;
    websocket.send(HELLO.into())?;
    websocket.read()?;
    websocket.send(frame("READY", 1, &ready(port)).into())?;
    let stream = websocket.get_mut();
    let mut block = Vec::new();
    for n in 0..count {
        let text = event(2 + n);
        block.extend([0x81, 126]);
        block.extend(u16::try_from(text.len())?.to_be_bytes());
        block.extend(text.as_bytes());
        if block.len() > BLOCK {
            stream.write_all(&block)?;
            block.clear();
        }
    }
    stream.write_all(&block)?;
    stream.read_to_end(&mut Vec::new())?;
    Ok(())
}
