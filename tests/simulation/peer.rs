//! The side of the peer: what it receives and sends, over the links.

use std::time::Duration;

use serde_json::json;
use syncord::sim::peer::{Output, OutputKind};

use super::client::Arrival;
use super::network::Link;
use super::world::{Event, Outgoing, World};

impl World {
    pub(crate) fn deliver_to_peer(&mut self, link: usize, up: Outgoing) {
        let Link { connection, client, .. } = self.links[link];
        let outputs = match up {
            Outgoing::Text(text) => self.peer.receive(self.t, connection, &text),
            Outgoing::Identify(text) => {
                let outputs = self.peer.receive(self.t, connection, &text);
                if let Some((id, _)) = self.peer.session(connection) {
                    let first = self.dispatched[client].len() as u64;
                    self.clients[client].record.first_of.insert(id.to_owned(), first);
                }
                outputs
            }
            Outgoing::Close(code) => {
                self.peer.client_closed(self.t, connection, Some(code));
                Vec::new()
            }
        };
        self.route(outputs);
    }

    pub(crate) fn route(&mut self, outputs: Vec<Output>) {
        for output in outputs {
            let link = self.link_of[&output.conn];
            let arrival = match output.kind {
                OutputKind::Text(text) => Arrival::Text(text),
                OutputKind::Close(code, reason) => Arrival::Closed(Some(code), reason),
                OutputKind::Drop => Arrival::Closed(None, "connection reset".into()),
            };
            self.arrive(link, arrival);
        }
    }

    pub(crate) fn arrive(&mut self, link: usize, arrival: Arrival) {
        if !self.links[link].down_cut {
            let at = self.links[link].down(self.t, &mut self.rng);
            // A replay may contain events that were delivered before, so some events come twice.
            match &arrival {
                Arrival::Text(text) if text.contains("SIMULATED") && text.len() % 5 == 0 => {
                    self.at(at, Event::ToClient(link, Arrival::Text(text.clone())));
                }
                _ => {}
            }
            self.at(at, Event::ToClient(link, arrival));
        }
    }

    pub(crate) fn traffic(&mut self) {
        let burst = if self.rng.u8(..20) == 0 { self.rng.u32(2..30) } else { 1 };
        for _ in 0..burst {
            let shard = self.rng.usize(..self.clients.len());
            let data =
                json!({"guild_id": ((shard as u64) << 22).to_string(), "n": self.dispatched[shard].len()});
            self.dispatched[shard].push(self.t);
            let outputs = self.peer.dispatch(self.t, "SIMULATED", &data);
            self.route(outputs);
        }
        let next = Duration::from_millis(self.rng.u64(1_000..90_000));
        if self.t + next < self.end - Duration::from_secs(15) {
            self.after(next, Event::Traffic);
        }
    }
}
