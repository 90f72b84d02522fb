//! The bot's own web server: one thread accepts connections, and each connection has a thread for its only request.
//!
//! Everything has a limit, so that no client can hold the server up: the time of a request, its size, and the number of
//! connections.

use std::io::{self, Write as _};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use super::config::HttpConfig;
use super::receiver::HttpReceiver;
use super::request::{HttpRequest, Unreadable};
use super::timed::TimedSocket;
use crate::bot::context::Shared;
use crate::bot::threads::RECEIVER_STACK;
use crate::error::Error;
use crate::interaction::http::HttpResponse;

/// How long a client may take for its request. Discord itself waits 3 seconds for the response.
const REQUEST_TIMEOUT: Duration = Duration::from_secs(5);

/// How long a client may take for the response. In that time, what it still sends is read: a connection that is closed earlier
/// can lose the response.
const RESPONSE_TIMEOUT: Duration = Duration::from_secs(1);

/// Maximum number of connections. A process often may have 1,024 open files, and the bot needs some for its own connections to
/// Discord.
const MAX_CONNECTIONS: usize = 512;

/// How long the end of the server may take.
const STOP_TIMEOUT: Duration = Duration::from_secs(1);

/// How long to wait before accepting connections again, after the system has refused one.
const PAUSE: Duration = Duration::from_secs(1);

const ONLY_POST: HttpResponse = HttpResponse::refusal(405, "Discord sends interactions here, by POST.");
const MALFORMED: HttpResponse = HttpResponse::refusal(400, "The request could not be read.");
const TOO_SLOW: HttpResponse = HttpResponse::refusal(408, "The request took too long.");
const BODY_TOO_LARGE: HttpResponse = HttpResponse::refusal(413, "The body is too large.");
const HEAD_TOO_LARGE: HttpResponse = HttpResponse::refusal(431, "The headers are too large.");

/// How much of the server clients may take.
#[derive(Clone, Copy)]
struct Limits {
    /// How long a client may take for its request.
    request: Duration,
    /// The number of connections. Further ones are closed.
    connections: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Limits { request: REQUEST_TIMEOUT, connections: MAX_CONNECTIONS }
    }
}

/// A server that gives its requests to a bot. It ends when this is dropped.
pub(crate) struct HttpServer {
    address: SocketAddr,
    is_over: Arc<AtomicBool>,
    accepting: Option<JoinHandle<()>>,
}

/// Begins to receive requests, if the bot does so. Returns its own server, if it has one.
pub(crate) fn start(config: &HttpConfig, shared: &Arc<Shared>) -> Result<Option<HttpServer>, Error> {
    if !config.is_on {
        return Ok(None);
    }
    // Both are set once: a bot starts once.
    let _ = shared.http.is_on.set(());
    let Some(address) = &config.address else { return Ok(None) };
    let server = HttpServer::start(address, HttpReceiver::new(shared), Limits::default()).map_err(|error| {
        Error::setup(format!(
            "the bot cannot receive interactions at {address:?}: {error}; the address has the form \"127.0.0.1:8080\", without \
             http://, and no other program may use its port"
        ))
    })?;
    log::info!("listening for interactions at http://{}", server.address);
    let _ = shared.http.address.set(server.address);
    Ok(Some(server))
}

impl HttpServer {
    /// Listens at an address, such as `127.0.0.1:8080`.
    fn start(address: &str, receiver: HttpReceiver, limits: Limits) -> io::Result<HttpServer> {
        let listener = TcpListener::bind(address)?;
        let address = listener.local_addr()?;
        let is_over = Arc::new(AtomicBool::new(false));
        let connections = Connections { receiver, limits, open: Arc::default() };
        let ended = Arc::clone(&is_over);
        let accepting = thread::Builder::new()
            .name("syncord-http".to_owned())
            .spawn(move || accept(&listener, &connections, &ended))?;
        Ok(HttpServer { address, is_over, accepting: Some(accepting) })
    }
}

impl Drop for HttpServer {
    fn drop(&mut self) {
        self.is_over.store(true, Ordering::Release);
        // A connection ends the wait for one. The port is free when the thread has ended.
        let is_woken = TcpStream::connect_timeout(&reachable(self.address), STOP_TIMEOUT).is_ok();
        if let (true, Some(accepting)) = (is_woken, self.accepting.take()) {
            // It does not panic.
            let _ = accepting.join();
        }
    }
}

/// The address at which this machine can reach a server of its own, which may listen at all addresses.
pub(crate) fn reachable(mut address: SocketAddr) -> SocketAddr {
    match address.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => address.set_ip(Ipv4Addr::LOCALHOST.into()),
        IpAddr::V6(ip) if ip.is_unspecified() => address.set_ip(Ipv6Addr::LOCALHOST.into()),
        _ => {}
    }
    address
}

/// Accepts connections until the server ends.
fn accept(listener: &TcpListener, connections: &Connections, is_over: &AtomicBool) {
    let mut failures = 0;
    loop {
        let accepted = listener.accept();
        if is_over.load(Ordering::Acquire) {
            return;
        }
        match accepted.and_then(|(socket, _)| connections.serve(socket)) {
            Ok(()) => {}
            // The next connection does not wait: that this client has closed its own is no trouble of the system.
            Err(error) if is_of_client(&error) => {
                log::debug!("a connection for interactions has ended before it was accepted: {error}");
            }
            Err(error) => {
                failures += 1;
                connections.receiver.trouble().warn_rarely(
                    &format_args!(
                        "the server for interactions cannot accept a connection: {error}; if the process has too many files \
                         or threads, raise its limits; trying again every {PAUSE:?}"
                    ),
                    failures,
                );
                thread::sleep(PAUSE);
            }
        }
    }
}

/// Whether the client has closed a connection before it was accepted.
fn is_of_client(error: &io::Error) -> bool {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    matches!(error.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset)
}

/// What the threads of the connections share.
struct Connections {
    receiver: HttpReceiver,
    limits: Limits,
    open: Arc<AtomicUsize>,
}

/// Counts a connection as long as it is open.
struct Open(Arc<AtomicUsize>);

impl Drop for Open {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::AcqRel);
    }
}

impl Connections {
    /// Responds to the request of a connection, on a thread of its own.
    fn serve(&self, socket: TcpStream) -> io::Result<()> {
        let open = Open(Arc::clone(&self.open));
        let Limits { request, connections } = self.limits;
        if self.open.fetch_add(1, Ordering::AcqRel) >= connections {
            log::debug!("a connection for interactions is closed, because {connections} are open");
            self.receiver.count_unavailable();
            return Ok(());
        }
        let receiver = self.receiver.clone();
        let thread = thread::Builder::new().name("syncord-http".to_owned()).stack_size(RECEIVER_STACK);
        let serve = move || {
            if let Err(error) = respond(&socket, &receiver, request) {
                log::debug!("a request for interactions was not responded to: {error}");
            }
            drop(open);
        };
        thread.spawn(serve).map(drop)
    }
}

/// Responds to the only request of a connection, which may take this long. Then the connection ends.
fn respond(socket: &TcpStream, receiver: &HttpReceiver, timeout: Duration) -> io::Result<()> {
    socket.set_nodelay(true)?;
    let request = HttpRequest::read(&mut TimedSocket::new(socket, Instant::now() + timeout));
    let is_head = matches!(request, Err(Unreadable::OtherMethod { is_head: true }));
    let response = match request {
        Ok(request) => {
            receiver.receive(request.headers.iter().map(|(name, value)| (name, value)), &request.body)
        }
        Err(Unreadable::OtherMethod { .. }) => ONLY_POST,
        Err(Unreadable::Malformed) => MALFORMED,
        Err(Unreadable::TooSlow) => TOO_SLOW,
        Err(Unreadable::BodyTooLarge) => BODY_TOO_LARGE,
        Err(Unreadable::HeadTooLarge) => HEAD_TOO_LARGE,
        // There is nobody to respond to.
        Err(Unreadable::Socket(error)) => return Err(error),
    };
    log::debug!("a request for interactions is responded to with status {}", response.status);
    let mut timed = TimedSocket::new(socket, Instant::now() + RESPONSE_TIMEOUT);
    timed.write_all(text_of(response, is_head).as_bytes())?;
    socket.shutdown(Shutdown::Write)?;
    // The client has the response. What it does now does not matter.
    let _ = io::copy(&mut timed, &mut io::sink());
    Ok(())
}

/// A response as it is sent. To a HEAD request it has the same headers, and no body.
fn text_of(HttpResponse { status, content_type, body }: HttpResponse, is_head: bool) -> String {
    let reason = match status {
        200 => "OK",
        202 => "Accepted",
        204 => "No Content",
        400 => "Bad Request",
        401 => "Unauthorized",
        405 => "Method Not Allowed",
        408 => "Request Timeout",
        413 => "Content Too Large",
        431 => "Request Header Fields Too Large",
        503 => "Service Unavailable",
        // It may be empty.
        _ => "",
    };
    let mut text =
        format!("HTTP/1.1 {status} {reason}\r\nContent-Type: {content_type}\r\nConnection: close\r\n");
    if status == ONLY_POST.status {
        text += "Allow: POST\r\n";
    }
    // A response with this status has no length.
    if status != 204 {
        text += &format!("Content-Length: {}\r\n", body.len());
    }
    text += "\r\n";
    text + if is_head { "" } else { body }
}

#[cfg(test)]
mod tests;
