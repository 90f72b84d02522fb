//! Makes things go wrong.

use std::time::Duration;

use super::fault::{Fault, Faults};
use super::hub::State;
use super::outgoing::Outgoing;
use super::peer::ConnectionId;
use super::schedule::Schedule;

impl State {
    /// Begins a fault on the connections of these shards, or on all.
    pub(super) fn fault(&mut self, now: Duration, fault: Fault, shards: Option<&[u32]>) {
        let open = shards.map_or_else(|| self.peer.connections(), |shards| self.peer.connections_of(shards));
        let outputs = match fault {
            Fault::DropSocket => open.iter().flat_map(|conn| self.peer.drop_connection(now, *conn)).collect(),
            Fault::Reconnect => self.peer.request_reconnect(now, &open),
            Fault::InvalidSession { resumable } => self.peer.invalidate_sessions(now, &open, resumable),
            Fault::Close(code, reason) => {
                open.iter().flat_map(|conn| self.peer.close(now, *conn, code, &reason)).collect()
            }
            Fault::RequestHeartbeat => self.peer.request_heartbeat(now, &open),
            Fault::InvalidJson => return self.send_to(&open, || Outgoing::plain_text("not {json")),
            Fault::BinaryFrame => return self.send_to(&open, || Outgoing::binary(b"\x00\xff\x83h\x02")),
            Fault::OversizedFrame => return self.send_to(&open, Outgoing::oversized),
            Fault::MuteAcks(mute) if shards.is_some() => return self.peer.mute_acks_of(&open, mute),
            Fault::BlackHole(duration) => {
                self.faults.black_hole_has_bounds = shards.is_some();
                return self.open_black_hole(now, duration, &open);
            }
            lasting => return self.begin_lasting_fault(lasting),
        };
        self.deliver(outputs);
    }

    /// Begins a fault that lasts or that occurs later.
    fn begin_lasting_fault(&mut self, fault: Fault) {
        match fault {
            Fault::MuteAcks(mute) => self.peer.mute_acks(mute),
            Fault::ForgetSessions => self.peer.forget_sessions(),
            Fault::SlowBytes { per_chunk, pause } => self.faults.slow_bytes = Some((per_chunk, pause)),
            Fault::HttpStatus { times, .. } | Fault::Http429 { times, .. } => {
                self.faults.http.push_back((fault, times));
            }
            Fault::Delay(delay) => self.faults.delay = delay,
            Fault::RefuseConnections(refuse) => self.faults.refuse_connections = refuse,
            Fault::RefuseUpgrade { status, times } => self.faults.refuse_upgrade = (status, times),
            Fault::AcceptThenClose { times } => self.faults.accept_then_close = times,
            // `fault` has handled the others.
            _ => {}
        }
    }

    pub(super) fn clear_faults(&mut self, now: Duration) {
        self.end_black_hole(now);
        self.peer.mute_acks(false);
        self.faults = Faults::default();
        self.schedule = Schedule::default();
    }

    fn open_black_hole(&mut self, now: Duration, duration: Option<Duration>, conns: &[ConnectionId]) {
        let end = duration.map_or(Duration::MAX, |duration| now.saturating_add(duration));
        self.faults.black_hole_ends = Some(end);
        self.cut_off.extend(conns);
        self.cut_off.iter().for_each(|conn| self.peer.network_lost(*conn));
    }

    pub(super) fn end_black_hole(&mut self, now: Duration) {
        self.faults.black_hole_ends = None;
        for conn in self.cut_off.drain() {
            self.peer.network_restored(now, conn);
        }
    }

    pub(super) fn send_to(&self, conns: &[ConnectionId], outgoing: impl Fn() -> Outgoing) {
        for sender in conns.iter().filter_map(|conn| self.senders.get(conn)) {
            let _ = sender.send(outgoing());
        }
    }
}
