//! The sockets: accepts connections, answers HTTP requests and upgrades to WebSocket.

use std::collections::BTreeSet;
use std::io;
use std::net::{Ipv4Addr, Shutdown, TcpListener, TcpStream};
use std::sync::Arc;
use std::thread::{self, JoinHandle};
use std::time::Instant;

use tungstenite::handshake::derive_accept_key;

use super::builder::Start;
use super::clock::unix_time;
use super::compress::Compressor;
use super::connection;
use super::control::{self, Answer};
use super::http::{self, Request, Response};
#[cfg(feature = "http-interactions")]
use super::http_delivery::refuse_edit;
use super::hub::{Admission, Hub};
use crate::sync::Mutex;

/// Maximum number of ports to try for one that was not used before.
const MAX_REJECTED: usize = 64;

/// Opens a port, and starts the threads that accept connections and watch the clock. `start` takes the gateway's address.
pub(super) fn start(
    port: u16,
    start: impl FnOnce(&str) -> Start,
) -> io::Result<(Arc<Hub>, Vec<JoinHandle<()>>)> {
    let listener = if port == 0 { listen()? } else { TcpListener::bind((Ipv4Addr::LOCALHOST, port))? };
    let address = listener.local_addr()?;
    let hub = Arc::new(Hub::new(address, start(&format!("ws://{address}"))));
    #[cfg(feature = "http-interactions")]
    hub.change_silently(|state| state.own_hub = Arc::downgrade(&hub));
    let (accepting, clock) = (hub.clone(), hub.clone());
    let threads =
        vec![thread::spawn(move || accept(&accepting, &listener)), thread::spawn(move || clock.run_clock())];
    Ok((hub, threads))
}

/// Opens a port that no other simulated Discord of this process has had: a client remembers limits by address.
fn listen() -> io::Result<TcpListener> {
    static USED: Mutex<BTreeSet<u16>> = Mutex::new(BTreeSet::new());
    let mut rejected = Vec::new();
    loop {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        if USED.lock().insert(listener.local_addr()?.port()) || rejected.len() >= MAX_REJECTED {
            return Ok(listener);
        }
        rejected.push(listener);
    }
}

fn accept(hub: &Arc<Hub>, listener: &TcpListener) {
    for socket in listener.incoming() {
        let Ok(socket) = socket.map(Arc::new) else { continue };
        match hub.change(|state, _| state.admit(&socket)) {
            Admission::Stop => return,
            Admission::Refuse => {}
            Admission::Serve => {
                let hub = hub.clone();
                // A client may disconnect at any time, so the error is not reported.
                thread::spawn(move || drop(serve(&hub, &socket)));
            }
        }
    }
}

/// Answers the requests of one connection. A WebSocket upgrade is the last request.
fn serve(hub: &Arc<Hub>, socket: &Arc<TcpStream>) -> io::Result<()> {
    socket.set_nodelay(true)?;
    let mut buffer = Vec::new();
    while let Some(request) = http::read(socket, &mut buffer)? {
        let is_control = control::is_control_path(&request.path);
        if !is_control
            && (!hub.wait_out_black_hole(None) || hub.read(|state| state.faults.refuse_connections))
        {
            break;
        }
        if !request.is_local(hub.address()) {
            let text = "The simulated Discord answers only requests to 127.0.0.1, and none from pages of other sites.";
            Response::new(403, text).with("Content-Type", "text/plain").write(&**socket)?;
            continue;
        }
        if is_control {
            hub.change_silently(|state| state.is_of_control(socket));
            match control::answer(hub, &request) {
                Answer::Respond(response) => response.write(&**socket)?,
                Answer::Stream(viewer) => {
                    control::stream(hub, &viewer, socket)?;
                    break;
                }
            }
            continue;
        }
        if request.is_upgrade() {
            if upgrade(hub, socket, &request)? {
                let query = request.path.split_once('?').map_or("", |(_, query)| query);
                connection::serve(hub, socket, Compressor::asked_for(query), &buffer);
                return Ok(());
            }
            continue;
        }
        #[cfg(feature = "http-interactions")]
        if let Some(refusal) = refuse_edit(hub, &request) {
            refusal.write(&**socket)?;
            continue;
        }
        let time = unix_time();
        let (response, delay) = hub.change(|state, now| {
            state.in_flight += 1;
            state.last_activity = Instant::now();
            (state.rest(&request, now, time), state.faults.delay)
        });
        hub.sleep(delay);
        let written = match &response {
            Some(response) if hub.wait_out_black_hole(None) => response.write(&**socket),
            _ => Ok(()),
        };
        hub.change(|state, _| {
            state.in_flight -= 1;
            state.last_activity = Instant::now();
        });
        written?;
        if response.is_none() {
            break;
        }
    }
    socket.shutdown(Shutdown::Both)
}

/// Answers an upgrade request. Returns whether the connection is a WebSocket now.
fn upgrade(hub: &Hub, socket: &TcpStream, request: &Request) -> io::Result<bool> {
    let (refused, dropped) = hub.change(|state, now| {
        state.record(request, now);
        let query = request.path.split_once('?').map_or("", |(_, query)| query);
        for required in ["v=10", "encoding=json"] {
            if !query.split('&').any(|pair| pair == required) {
                state.violations.push(format!("gateway connection to {} without {required}", request.path));
            }
        }
        (state.faults.refused_upgrade(), state.faults.drops_accepted())
    });
    let key = request.header("sec-websocket-key").unwrap_or_default();
    if let Some(status) = refused {
        Response::new(status, String::new()).write(socket)?;
        return Ok(false);
    }
    Response::new(101, String::new())
        .with("Upgrade", "websocket")
        .with("Connection", "Upgrade")
        .with("Sec-WebSocket-Accept", derive_accept_key(key.as_bytes()))
        .write(socket)?;
    if dropped {
        socket.shutdown(Shutdown::Both)?;
    }
    Ok(!dropped)
}
