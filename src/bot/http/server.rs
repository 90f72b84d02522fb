//! The bot's own web server.

use std::io::{self, Read as _};
use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use tiny_http::{Header, Method, Request, Response, Server, StatusCode};

use super::config::HttpConfig;
use super::receiver::HttpReceiver;
use crate::bot::context::Shared;
use crate::error::Error;
use crate::interaction::http::HttpResponse;

/// The number of threads that read requests. None of them waits for a handler.
const WORKERS: usize = 4;

/// The maximum size of a body, in bytes. An interaction with all that it can refer to is far smaller.
const MAX_BODY: u64 = 4 << 20;

/// How long to wait before accepting connections again, after the system has refused one.
const PAUSE: Duration = Duration::from_secs(1);

const ONLY_POST: HttpResponse = HttpResponse::refusal(405, "Discord sends interactions here, by POST.");
const UNREADABLE: HttpResponse = HttpResponse::refusal(400, "The body of the request could not be read.");
const TOO_LARGE: HttpResponse = HttpResponse::refusal(413, "The body of the request is too large.");

/// A server that gives its requests to a bot. It ends when this is dropped.
pub(crate) struct HttpServer {
    address: SocketAddr,
    is_over: Arc<AtomicBool>,
    server: Arc<Server>,
}

/// Begins to receive requests, if the bot does so. Returns its own server, if it has one.
pub(crate) fn start(config: &HttpConfig, shared: &Arc<Shared>) -> Result<Option<HttpServer>, Error> {
    if !config.is_on {
        return Ok(None);
    }
    // Both are set once: a bot starts once.
    let _ = shared.http.is_on.set(());
    let Some(address) = &config.address else { return Ok(None) };
    let server = HttpServer::start(address, &HttpReceiver::new(shared))?;
    log::info!("listening for interactions at http://{}", server.address);
    let _ = shared.http.address.set(server.address);
    Ok(Some(server))
}

impl HttpServer {
    /// Listens at an address, such as `127.0.0.1:8080`.
    fn start(address: &str, receiver: &HttpReceiver) -> Result<HttpServer, Error> {
        let failed = |error: &dyn std::fmt::Display| {
            Error::setup(format!(
                "the bot cannot receive interactions at {address:?}: {error}; the address has the form \"127.0.0.1:8080\", and \
                 no other program may use its port"
            ))
        };
        let listener = TcpListener::bind(address).map_err(|error| failed(&error))?;
        let local = listener.local_addr().map_err(|error| failed(&error))?;
        let server = Server::from_listener(listener, None).map_err(|error| failed(&error))?;
        let started = HttpServer { address: local, is_over: Arc::default(), server: Arc::new(server) };
        for _ in 0..WORKERS {
            let (server, receiver) = (Arc::clone(&started.server), receiver.clone());
            let is_over = Arc::clone(&started.is_over);
            let worker = thread::Builder::new().name("syncord-http".to_owned());
            worker.spawn(move || serve(&server, &receiver, &is_over)).map_err(|error| failed(&error))?;
        }
        Ok(started)
    }
}

impl Drop for HttpServer {
    fn drop(&mut self) {
        self.is_over.store(true, Ordering::Release);
        (0..WORKERS).for_each(|_| self.server.unblock());
    }
}

/// Responds to requests until the server ends.
fn serve(server: &Server, receiver: &HttpReceiver, is_over: &AtomicBool) {
    while !is_over.load(Ordering::Acquire) {
        match server.recv() {
            Ok(request) => respond(request, receiver),
            Err(error) if !is_over.load(Ordering::Acquire) => {
                log::error!("the server for interactions: {error}");
                thread::sleep(PAUSE);
            }
            Err(_) => {}
        }
    }
}

fn respond(mut request: Request, receiver: &HttpReceiver) {
    let HttpResponse { status, content_type, body } = receive(&mut request, receiver);
    log::debug!("{} {}: {status}", request.method(), request.url());
    // The name of the header is valid, and so are the content types.
    let content_type = Header::from_bytes("Content-Type", content_type).ok();
    let headers = content_type.into_iter().collect();
    let response = Response::new(StatusCode(status), headers, body.as_bytes(), Some(body.len()), None);
    if let Err(error) = request.respond(response) {
        log::debug!("Discord did not wait for the response to its request: {error}");
    }
}

fn receive(request: &mut Request, receiver: &HttpReceiver) -> HttpResponse {
    if *request.method() != Method::Post {
        return ONLY_POST;
    }
    let body = match read_body(request) {
        Ok(Some(body)) => body,
        Ok(None) => return TOO_LARGE,
        Err(error) => {
            log::debug!("the body of a request could not be read: {error}");
            return UNREADABLE;
        }
    };
    let headers = request.headers().iter();
    receiver.receive(headers.map(|header| (header.field.as_str().as_str(), header.value.as_str())), &body)
}

/// The body; `None` if it is too large.
fn read_body(request: &mut Request) -> io::Result<Option<Vec<u8>>> {
    let mut body = Vec::new();
    request.as_reader().take(MAX_BODY + 1).read_to_end(&mut body)?;
    Ok((body.len() as u64 <= MAX_BODY).then_some(body))
}
