//! What happens, as [server-sent events](https://html.spec.whatwg.org/multipage/server-sent-events.html).

use std::io::{self, Write};
use std::net::TcpStream;
use std::sync::Arc;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::Duration;

use serde_json::{Value, json};

use super::call::{self, Call};
use super::problem::Problem;
use crate::id::UserId;
use crate::sim::hub::Hub;
use crate::sim::observed::{Exchange, Observed};

/// How often a comment is sent while nothing happens, so that a client that has left is noticed.
const COMMENT_INTERVAL: Duration = Duration::from_secs(10);

/// Who watches: all events, or only those that one person sees.
pub(in crate::sim) struct Viewer(Option<UserId>);

impl Viewer {
    /// The person that a query names.
    pub(super) fn of(hub: &Arc<Hub>, query: &str) -> Result<Viewer, Problem> {
        let arguments = call::arguments(query, &[])?;
        let call = Call::new(hub, Duration::ZERO, &arguments);
        let person = call.optional_text("as").map(|name| call.member(name)).transpose()?;
        Ok(Viewer(person.map(|person| person.id())))
    }

    fn sees(&self, hub: &Hub, observed: &Observed) -> bool {
        match (self.0, observed) {
            (Some(user), Observed::Event((name, data))) => {
                hub.read(|state| state.world.is_seen_by(user, name, data))
            }
            _ => true,
        }
    }
}

/// Sends what happens until the client leaves or the simulated Discord stops.
pub(in crate::sim) fn stream(hub: &Hub, viewer: &Viewer, mut socket: &TcpStream) -> io::Result<()> {
    let (sender, receiver) = channel();
    let subscription = hub.observe(sender);
    let head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nCache-Control: no-store\r\nConnection: close\r\n\r\n:\n\n";
    let mut written = socket.write_all(head.as_bytes());
    while written.is_ok() {
        written = match receiver.recv_timeout(COMMENT_INTERVAL) {
            Ok(observed) if !viewer.sees(hub, &observed) => Ok(()),
            Ok(observed) => {
                let (kind, data) = text(&observed);
                // JSON text has no line breaks.
                socket.write_all(format!("event: {kind}\ndata: {data}\n\n").as_bytes())
            }
            Err(RecvTimeoutError::Timeout) => socket.write_all(b":\n\n"),
            Err(RecvTimeoutError::Disconnected) => break,
        };
    }
    hub.stop_observing(subscription);
    written
}

/// The kind of what happened, and its data.
fn text(observed: &Observed) -> (&'static str, Value) {
    match observed {
        Observed::Event((name, data)) => ("event", json!({"name": name, "data": data})),
        Observed::Response(exchange) => {
            let Exchange { method, path, status, body, response, limits } = &**exchange;
            (
                "request",
                json!({
                    "method": method, "path": path, "status": status,
                    "body": body, "response": response, "limits": limits,
                }),
            )
        }
        Observed::Frame { connection, by_client, frame } => {
            ("frame", json!({"connection": connection, "by_client": by_client, "frame": frame}))
        }
        Observed::Closed { connection, by_client, code } => {
            ("closed", json!({"connection": connection, "by_client": by_client, "code": code}))
        }
    }
}
