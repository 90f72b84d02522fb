//! Answers of REST: as objects, and through a client as statuses, errors and limits.

use std::io::{Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::sync::{Mutex, OnceLock};
use std::thread;

use syncord::Token;
use syncord::id::{ChannelId, MessageId};
use syncord::rest::Client;

use crate::objects;

/// The statuses that a client does not answer with a second attempt.
const STATUSES: [&str; 5] = ["200 OK", "201 Created", "400 Bad Request", "404 Not Found", "409 Conflict"];

/// What the server answers.
static BODY: Mutex<(usize, Vec<u8>)> = Mutex::new((0, Vec::new()));

/// Reads a body as every object, and as the body of a response with a status that depends on its first byte.
pub fn response(data: &[u8]) {
    if let Ok(text) = std::str::from_utf8(data) {
        objects::read_as_all(text);
    }
    let status = data.first().map_or(0, |byte| usize::from(*byte) % STATUSES.len());
    *BODY.lock().expect("no holder panics") = (status, data.to_vec());
    // The result may be anything.
    let _ = client().message(ChannelId::new(5), MessageId::new(7));
}

fn client() -> &'static Client {
    static CLIENT: OnceLock<Client> = OnceLock::new();
    CLIENT.get_or_init(|| {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a port is free");
        let address = listener.local_addr().expect("the socket has an address");
        thread::spawn(move || {
            listener.incoming().flatten().for_each(|stream| drop(thread::spawn(|| serve(stream))))
        });
        let token = Token::new("MTE.fuzz.token-of-no-real-bot").expect("the token is well-formed");
        Client::builder(token)
            .api_url(format!("http://{address}/api/v10"))
            .requests_per_second(1_000_000)
            .build()
            .expect("the address is valid")
    })
}

/// Answers every request on a connection. The requests have no bodies.
fn serve(mut stream: TcpStream) {
    let mut buffer = Vec::new();
    loop {
        while let Some(end) = buffer.windows(4).position(|four| four == b"\r\n\r\n") {
            buffer.drain(..end + 4);
            let (status, body) = BODY.lock().expect("no holder panics").clone();
            let head = format!(
                "HTTP/1.1 {}\r\nVia: 1.1 google\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n",
                STATUSES[status],
                body.len()
            );
            if stream.write_all(&[head.as_bytes(), &body].concat()).is_err() {
                return;
            }
        }
        let mut part = [0; 4096];
        match stream.read(&mut part) {
            Ok(0) | Err(_) => return,
            Ok(read) => buffer.extend_from_slice(&part[..read]),
        }
    }
}
