//! An HTTP server on loopback that sends scripted responses and records the requests.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

use syncord::Token;
use syncord::rest::{Client, ClientBuilder};

pub const TOKEN: &str = "MTk4NjIyNDgzNDcxOTI1MjQ4.Cl2FMQ.a-secret-that-shows-nowhere";

/// What to do about a request.
#[derive(Clone)]
pub enum Do {
    /// Status line and headers, and the body; the length is added.
    Answer(String, Vec<u8>),
    /// Close the connection without a response.
    HangUp,
    /// Leave the connection open without a response.
    Ignore,
}

/// A response with status 200 and JSON.
pub fn ok(body: &str) -> Do {
    answer("200 OK\r\nContent-Type: application/json", body)
}

pub fn answer(head: &str, body: impl AsRef<[u8]>) -> Do {
    Do::Answer(head.to_owned(), body.as_ref().to_vec())
}

#[derive(Clone, Debug)]
pub struct Asked {
    pub line: String,
    /// Names in lower case, in the order of the request.
    pub headers: Vec<(String, String)>,
    pub body: String,
    /// The number of its connection.
    pub connection: usize,
}

impl Asked {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

#[derive(Clone)]
pub struct Server {
    pub url: String,
    asked: Arc<Mutex<Vec<Asked>>>,
}

impl Server {
    /// A server that sends these responses in order, and then repeats the last one.
    pub fn that(answers: &[Do]) -> Server {
        let answers = answers.to_vec();
        Server::deciding(move |number, _| answers[number.min(answers.len() - 1)].clone())
    }

    /// A server that chooses the response from the number of earlier requests.
    pub fn deciding(decide: impl Fn(usize, &Asked) -> Do + Send + Sync + 'static) -> Server {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}/api/v10", listener.local_addr().unwrap());
        let server = Server { url, asked: Arc::default() };
        let (asked, decide) = (server.asked.clone(), Arc::new(decide));
        thread::spawn(move || {
            for (connection, stream) in listener.incoming().enumerate() {
                let (asked, decide) = (asked.clone(), decide.clone());
                thread::spawn(move || serve(&stream.unwrap(), connection, &asked, &*decide));
            }
        });
        server
    }

    pub fn builder(&self) -> ClientBuilder {
        Client::builder(Token::new(TOKEN).unwrap()).api_url(&self.url)
    }

    pub fn client(&self) -> Client {
        self.builder().build().unwrap()
    }

    pub fn asked(&self) -> Vec<Asked> {
        self.asked.lock().unwrap().clone()
    }

    pub fn lines(&self) -> Vec<String> {
        self.asked().into_iter().map(|asked| asked.line).collect()
    }
}

fn serve(
    stream: &TcpStream,
    connection: usize,
    asked: &Mutex<Vec<Asked>>,
    decide: &dyn Fn(usize, &Asked) -> Do,
) {
    let mut reader = BufReader::new(stream);
    let mut writer = stream;
    while let Some(request) = read(&mut reader, connection) {
        let number = {
            let mut asked = asked.lock().unwrap();
            asked.push(request.clone());
            asked.len() - 1
        };
        match decide(number, &request) {
            Do::HangUp => return,
            Do::Ignore => thread::park(),
            Do::Answer(head, body) => {
                let head = format!("HTTP/1.1 {head}\r\nContent-Length: {}\r\n\r\n", body.len());
                if writer.write_all(&[head.as_bytes(), &body].concat()).is_err() {
                    return;
                }
            }
        }
    }
}

fn read(reader: &mut impl BufRead, connection: usize) -> Option<Asked> {
    let mut line = String::new();
    if reader.read_line(&mut line).ok()? == 0 {
        return None;
    }
    let mut headers = Vec::new();
    loop {
        let mut header = String::new();
        reader.read_line(&mut header).ok()?;
        let Some((name, value)) = header.trim_end().split_once(':') else { break };
        headers.push((name.to_ascii_lowercase(), value.trim().to_owned()));
    }
    let line = line.trim_end().trim_end_matches(" HTTP/1.1").to_owned();
    let mut asked = Asked { line, headers, body: String::new(), connection };
    let mut body = Vec::new();
    if asked.header("transfer-encoding") == Some("chunked") {
        while read_chunk(reader, &mut body)? {}
    } else {
        let length = asked.header("content-length").map_or(0, |length| length.parse().unwrap());
        body.resize(length, 0);
        reader.read_exact(&mut body).ok()?;
    }
    asked.body = String::from_utf8(body).unwrap();
    Some(asked)
}

/// Reads a chunk of a body of unknown length. Returns `false` after the last one.
fn read_chunk(reader: &mut impl BufRead, body: &mut Vec<u8>) -> Option<bool> {
    let mut length = String::new();
    reader.read_line(&mut length).ok()?;
    let length = usize::from_str_radix(length.trim(), 16).unwrap();
    let mut chunk = vec![0; length + "\r\n".len()];
    reader.read_exact(&mut chunk).ok()?;
    body.extend(&chunk[..length]);
    Some(length > 0)
}
