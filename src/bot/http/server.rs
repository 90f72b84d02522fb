//! The bot's own web server.

use std::io::{self, Read as _};
use std::mem;
use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use tiny_http::{Header, Method, Request, Response, Server, StatusCode};

use super::config::HttpConfig;
use super::receiver::HttpReceiver;
use crate::bot::context::Shared;
use crate::error::Error;
use crate::interaction::http::HttpResponse;
use crate::sync::Mutex;

/// The number of threads that wait for requests. None of them waits for a handler, and there are more while slow clients send.
const WORKERS: usize = 4;

/// The maximum size of a body, in bytes. An interaction with all that it can refer to is far smaller.
const MAX_BODY: u64 = 4 << 20;

/// The maximum size of a body that is left to `tiny_http`, which reads the rest of it into memory.
const MAX_REST: u64 = 64 << 20;

/// How long to wait before accepting connections again, after the system has refused one.
const PAUSE: Duration = Duration::from_secs(1);

/// How long the end of the server waits for the port to be closed, which another thread does.
const CLOSING: Duration = Duration::from_secs(1);
const CLOSING_STEP: Duration = Duration::from_millis(1);

const ONLY_POST: HttpResponse = HttpResponse::refusal(405, "Discord sends interactions here, by POST.");
const UNREADABLE: HttpResponse = HttpResponse::refusal(400, "The body of the request could not be read.");
const TOO_LARGE: HttpResponse = HttpResponse::refusal(413, "The body of the request is too large.");

/// A server that gives its requests to a bot. It ends when this is dropped.
pub(crate) struct HttpServer {
    workers: Arc<Workers>,
}

/// What the threads share that read requests.
struct Workers {
    receiver: HttpReceiver,
    /// `None` once the server has ended. A thread keeps it only while it waits for a request: one that reads from a slow client
    /// must not keep the port open.
    server: Mutex<Option<Arc<Server>>>,
    address: SocketAddr,
    /// How many threads wait for a request.
    waiting: AtomicUsize,
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
    log::info!("listening for interactions at http://{}", server.workers.address);
    let _ = shared.http.address.set(server.workers.address);
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
        let workers = Arc::new(Workers {
            receiver: receiver.clone(),
            server: Mutex::new(Some(Arc::new(server))),
            address: local,
            waiting: AtomicUsize::new(0),
        });
        let started = HttpServer { workers };
        for _ in 0..WORKERS {
            started.workers.add().map_err(|error| failed(&error))?;
        }
        Ok(started)
    }
}

impl Drop for HttpServer {
    fn drop(&mut self) {
        let Some(mut server) = self.workers.server.lock().take() else { return };
        let end = Instant::now() + CLOSING;
        while Instant::now() < end {
            server.unblock();
            match Arc::try_unwrap(server) {
                // Ends the thread that accepts connections.
                Ok(last) => {
                    drop(last);
                    break;
                }
                Err(shared) => server = shared,
            }
            thread::sleep(CLOSING_STEP);
        }
        // So that the next bot can listen there.
        while Instant::now() < end && TcpListener::bind(self.workers.address).is_err() {
            thread::sleep(CLOSING_STEP);
        }
    }
}

impl Workers {
    fn add(self: &Arc<Self>) -> io::Result<()> {
        let workers = Arc::clone(self);
        let worker = thread::Builder::new().name("syncord-http".to_owned());
        worker.spawn(move || workers.serve()).map(drop)
    }

    /// Responds to requests until the server ends, or enough other threads wait for them.
    fn serve(self: &Arc<Self>) {
        while let Some(server) = self.server() {
            self.waiting.fetch_add(1, Ordering::AcqRel);
            let received = server.recv();
            let is_last = self.waiting.fetch_sub(1, Ordering::AcqRel) == 1;
            match received {
                Ok(request) => {
                    drop(server);
                    // The client may be slow, and the next request must not wait for it.
                    if is_last {
                        self.add_for_next();
                    }
                    respond(request, &self.receiver);
                }
                Err(error) => self.listen_again(server, &error),
            }
            if self.waiting.load(Ordering::Acquire) >= WORKERS {
                return;
            }
        }
    }

    /// After a connection could not be accepted, such as for want of file descriptors, the server accepts no other.
    fn listen_again(&self, failed: Arc<Server>, error: &io::Error) {
        // Otherwise the thread was only told to leave this server.
        if !self.server().is_some_and(|current| Arc::ptr_eq(&current, &failed)) {
            return;
        }
        drop(failed);
        let mut reason = error.to_string();
        while self.server().is_some() {
            log::error!("the server for interactions cannot accept connections, and tries again: {reason}");
            thread::sleep(PAUSE);
            let started = TcpListener::bind(self.address).map_err(Into::into);
            match started.and_then(|listener| Server::from_listener(listener, None)) {
                Ok(server) => return self.replace(server),
                Err(error) => reason = error.to_string(),
            }
        }
    }

    /// The threads that wait at the previous server come to this one.
    fn replace(&self, server: Server) {
        let mut current = self.server.lock();
        let Some(previous) = current.take() else { return };
        *current = Some(Arc::new(server));
        drop(current);
        (0..self.waiting.load(Ordering::Acquire)).for_each(|_| previous.unblock());
    }

    fn add_for_next(self: &Arc<Self>) {
        if let Err(error) = self.add() {
            log::error!("the system gives no thread for the next request of Discord: {error}");
        }
    }

    fn server(&self) -> Option<Arc<Server>> {
        self.server.lock().clone()
    }
}

fn respond(mut request: Request, receiver: &HttpReceiver) {
    let HttpResponse { status, content_type, body } = receive(&mut request, receiver);
    log::debug!("{} {}: {status}", request.method(), request.url());
    // The name of the header is valid, and so are the content types.
    let content_type = Header::from_bytes("Content-Type", content_type).ok();
    let headers = content_type.into_iter().collect();
    let response = Response::new(StatusCode(status), headers, body.as_bytes(), Some(body.len()), None);
    if announces_more_than(&request, MAX_REST) {
        // Dropped, it would allocate what the client has announced, which aborts the program if that is more than the memory. So
        // it is leaked with its connection. Discord sends no such request.
        mem::forget(request.upgrade("HTTP/1.1", response));
        return;
    }
    if let Err(error) = request.respond(response) {
        log::debug!("Discord did not wait for the response to its request: {error}");
    }
}

fn receive(request: &mut Request, receiver: &HttpReceiver) -> HttpResponse {
    if *request.method() != Method::Post {
        return ONLY_POST;
    }
    if announces_more_than(request, MAX_BODY) {
        return TOO_LARGE;
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

/// Whether the client has announced a body that is larger than this.
fn announces_more_than(request: &Request, size: u64) -> bool {
    request.body_length().is_some_and(|length| length as u64 > size)
}
