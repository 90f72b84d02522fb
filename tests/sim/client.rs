//! A minimal client that shares no code with the crate.

use std::net::TcpStream;
use std::time::Duration;

use serde_json::{Value, json};
use syncord::sim::Discord;
use tungstenite::protocol::WebSocket;
use tungstenite::{Error, Message};

/// GUILDS, GUILD_MESSAGES, GUILD_MESSAGE_TYPING, DIRECT_MESSAGES, MESSAGE_CONTENT
pub(crate) const INTENTS: u64 = 1 | 1 << 9 | 1 << 11 | 1 << 12 | 1 << 15;

/// The result of reading a frame.
#[derive(Debug, PartialEq)]
pub(crate) enum Received {
    Frame(Value),
    /// A text frame that is not JSON, or a binary frame.
    InvalidFrame,
    Closed(u16),
    /// The connection ended without a close frame: end of stream, reset, or an impossible frame.
    Disconnected(String),
    /// Nothing arrived in time.
    Timeout,
}

pub(crate) struct Client {
    websocket: WebSocket<TcpStream>,
    pub(crate) session: String,
    pub(crate) resume_url: String,
    pub(crate) seq: Option<u64>,
}

impl Client {
    /// Connects to the address that REST returns.
    pub(crate) fn connect(discord: &Discord) -> Client {
        let url = rest(discord, "GET", "/gateway/bot", None).1["url"].as_str().unwrap().to_owned();
        Client::open(&url).unwrap()
    }

    pub(crate) fn open(url: &str) -> Result<Client, String> {
        let host = url.strip_prefix("ws://").unwrap().split('/').next().unwrap();
        let stream = TcpStream::connect(host).map_err(|e| e.to_string())?;
        stream.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
        let url = format!("{url}/?v=10&encoding=json");
        let (websocket, _) = tungstenite::client(url, stream).map_err(|e| e.to_string())?;
        Ok(Client { websocket, session: String::new(), resume_url: String::new(), seq: None })
    }

    /// Connects, identifies, and reads READY and GUILD_CREATE.
    pub(crate) fn ready(discord: &Discord) -> Client {
        let mut client = Client::connect(discord);
        assert_eq!(client.frame()["op"], json!(10));
        client.identify(discord, INTENTS);
        let ready = client.event("READY");
        client.session = ready["session_id"].as_str().unwrap().to_owned();
        client.resume_url = ready["resume_gateway_url"].as_str().unwrap().to_owned();
        client.event("GUILD_CREATE");
        client
    }

    pub(crate) fn identify(&mut self, discord: &Discord, intents: u64) {
        let data = json!({"token": discord.token(), "intents": intents, "properties": {}});
        self.send(&json!({"op": 2, "d": data}));
    }

    /// Connects again and sends a resume.
    pub(crate) fn resume(&self, discord: &Discord) -> Client {
        let mut client = Client::open(&self.resume_url).unwrap();
        assert_eq!(client.frame()["op"], json!(10));
        let data = json!({"token": discord.token(), "session_id": self.session, "seq": self.seq});
        client.send(&json!({"op": 6, "d": data}));
        client
    }

    pub(crate) fn send(&mut self, frame: &Value) {
        self.websocket.send(Message::text(frame.to_string())).unwrap();
    }

    /// Sends a frame of any kind. Fails when the other side has closed the connection.
    pub(crate) fn send_raw(&mut self, message: Message) -> Result<(), Error> {
        self.websocket.send(message)
    }

    pub(crate) fn read_timeout(&mut self, timeout: Duration) {
        self.websocket.get_ref().set_read_timeout(Some(timeout)).unwrap();
    }

    pub(crate) fn close(&mut self, code: u16) {
        let frame = tungstenite::protocol::CloseFrame { code: code.into(), reason: "".into() };
        self.websocket.close(Some(frame)).unwrap();
        while self.websocket.read().is_ok() {}
    }

    pub(crate) fn read(&mut self) -> Received {
        loop {
            return match self.websocket.read() {
                Ok(Message::Text(text)) => match serde_json::from_str::<Value>(&text) {
                    Ok(frame) => {
                        self.seq = frame["s"].as_u64().or(self.seq);
                        Received::Frame(frame)
                    }
                    Err(_) => Received::InvalidFrame,
                },
                Ok(Message::Binary(_)) => Received::InvalidFrame,
                Ok(Message::Close(frame)) => Received::Closed(frame.unwrap().code.into()),
                Ok(_) => continue,
                Err(Error::Io(e))
                    if matches!(e.kind(), std::io::ErrorKind::WouldBlock | std::io::ErrorKind::TimedOut) =>
                {
                    Received::Timeout
                }
                Err(error) => Received::Disconnected(error.to_string()),
            };
        }
    }

    pub(crate) fn frame(&mut self) -> Value {
        match self.read() {
            Received::Frame(frame) => frame,
            other => panic!("{other:?} instead of a frame"),
        }
    }

    /// Reads the next frame, which must be this event. Returns its data.
    pub(crate) fn event(&mut self, name: &str) -> Value {
        let frame = self.frame();
        assert_eq!(frame["t"], json!(name), "{frame}");
        frame["d"].clone()
    }
}

/// Sends a valid request of a bot. Returns status, body and headers.
pub(crate) fn rest(
    discord: &Discord,
    method: &str,
    path: &str,
    body: Option<&Value>,
) -> (u16, Value, ureq::http::HeaderMap) {
    let (status, text, headers) = request(discord, method, path, body, &format!("Bot {}", discord.token()));
    (status, serde_json::from_str(&text).unwrap_or_default(), headers)
}

pub(crate) fn request(
    discord: &Discord,
    method: &str,
    path: &str,
    body: Option<&Value>,
    authorization: &str,
) -> (u16, String, ureq::http::HeaderMap) {
    let body = body.map(Value::to_string).unwrap_or_default();
    send(discord, method, path, ("application/json", body.into_bytes()), authorization)
}

/// Sends a form of a bot: texts by name, and files by name and file name. Returns status, body and headers.
pub(crate) fn form(
    discord: &Discord,
    method: &str,
    path: &str,
    texts: &[(&str, &str)],
    files: &[(&str, &str, &[u8])],
) -> (u16, String, ureq::http::HeaderMap) {
    let mut body = Vec::new();
    for (name, text) in texts {
        let head = format!("--line\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{text}\r\n");
        body.extend(head.into_bytes());
    }
    for (name, file, content) in files {
        let head = format!(
            "--line\r\nContent-Disposition: form-data; name=\"{name}\"; filename=\"{file}\"\r\n\
             Content-Type: application/octet-stream\r\n\r\n"
        );
        body.extend(head.into_bytes());
        body.extend_from_slice(content);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(b"--line--\r\n");
    let authorization = format!("Bot {}", discord.token());
    send(discord, method, path, ("multipart/form-data; boundary=line", body), &authorization)
}

fn send(
    discord: &Discord,
    method: &str,
    path: &str,
    (kind, body): (&str, Vec<u8>),
    authorization: &str,
) -> (u16, String, ureq::http::HeaderMap) {
    let agent: ureq::Agent = ureq::Agent::config_builder()
        .http_status_as_error(false)
        .timeout_global(Some(Duration::from_secs(10)))
        .build()
        .into();
    let request = ureq::http::Request::builder()
        .method(method)
        .uri(format!("{}{path}", discord.api_url()))
        .header("Authorization", authorization)
        .header("User-Agent", "DiscordBot (https://example.com, 1)")
        .header("Content-Type", kind)
        .body(body)
        .unwrap();
    let mut response = agent.run(request).unwrap();
    let text = String::from_utf8_lossy(&response.body_mut().read_to_vec().unwrap()).into_owned();
    (response.status().as_u16(), text, response.headers().clone())
}
