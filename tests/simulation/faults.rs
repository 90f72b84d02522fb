//! The faults: what a network, a machine and Discord can do to a session.

use std::time::Duration;

use serde_json::json;
use syncord::gateway::send_event::{RequestMembers, SendEvent, UpdatePresence};
use syncord::gateway::session::{Backpressure, Input, State, Stop};
use syncord::id::GuildId;

use super::client::Arrival;
use super::world::{Checked, Event, Outage, Recovery, STOP_CODES, World};

const KEEPING: [u16; 12] = [4000, 4001, 4002, 4003, 4005, 4008, 4900, 1000, 1001, 1006, 1012, 3000];
const ENDING: [u16; 2] = [4007, 4009];

fn secs(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

impl World {
    pub(crate) fn fault(&mut self) -> Checked {
        let next = secs(self.rng.u64(5..900));
        if self.t + next < self.quiet_from() {
            self.after(next, Event::Fault);
        }
        self.totals.faults += 1;
        self.trouble(secs(1));
        let which = self.rng.u8(..20);
        if self.verbose {
            println!("{:?} fault {which}", self.t);
        }
        match which {
            0 | 1 => self.close(),
            2 => self.peer_drops(),
            3 => self.reset()?,
            4 => self.cut(true, true),
            5 => self.cut(true, false),
            6 => self.cut(false, true),
            7 => {
                let outputs = self.peer.request_reconnect(self.t, &self.peer.connections());
                self.route(outputs);
            }
            8 | 9 => {
                let resumable = which == 8;
                self.links.iter_mut().filter(|link| link.open).for_each(|link| link.invalidated = true);
                let outputs = self.peer.invalidate_sessions(self.t, &self.peer.connections(), resumable);
                self.route(outputs);
            }
            10 => {
                let time = self.span(200);
                self.peer.mute_acks(true);
                self.after(time, Event::Recovery(Recovery::Acks));
            }
            11 => self.request_heartbeat(),
            12 => {
                if let Some(link) = self.some_link() {
                    self.arrive(link, Arrival::Invalid);
                }
            }
            13 => self.pause()?,
            14 => self.suspend(),
            15 => {
                let step = i64::try_from(self.span(86_400).as_millis()).unwrap();
                self.clocks.wall_ahead_ms += if self.rng.bool() { step } else { -step };
                self.clocks.wall_stepped = true;
            }
            16 => self.outage()?,
            17 => {
                self.peer.forget_sessions();
                self.peer_drops();
            }
            18 => self.send_events()?,
            _ => {
                let i = self.rng.usize(..self.clients.len());
                let client = &self.clients[i];
                if client.session.state() != State::Stopped && !client.opening && !self.suspended {
                    let stop = if self.rng.bool() { Stop::EndSession } else { Stop::KeepSession };
                    self.handle(i, Input::Stop(stop))?;
                }
            }
        }
        Ok(())
    }

    pub(crate) fn recover(&mut self, recover: Recovery) -> Checked {
        match recover {
            Recovery::Acks => self.peer.mute_acks(false),
            Recovery::Release(i) => {
                self.clients[i].paused = false;
                self.reset_silence();
                if !self.suspended && !self.clients[i].opening {
                    self.handle(i, Input::Backpressure(Backpressure::Off))?;
                } else {
                    // The driver passes it later.
                    self.clients[i].paused = true;
                    self.after(secs(1), Event::Recovery(Recovery::Release(i)));
                }
                self.read(i)?;
            }
            Recovery::Wake { mono_stopped, since } => {
                self.suspended = false;
                if mono_stopped {
                    self.clocks.mono_lag += self.t - since;
                }
                self.clocks.wall_stepped |= mono_stopped;
                self.reset_silence();
                for i in 0..self.clients.len() {
                    self.read(i)?;
                }
            }
        }
        Ok(())
    }

    fn trouble(&mut self, time: Duration) {
        self.trouble_until = self.trouble_until.max(self.t + time);
    }

    /// A random length of trouble, on a logarithmic scale.
    fn span(&mut self, max_secs: u64) -> Duration {
        let time = secs(1).mul_f64((max_secs as f64).powf(self.rng.f64()));
        // The last part of the simulation is free of trouble.
        let time = time.min(self.quiet_from().saturating_sub(self.t));
        self.trouble(time);
        time
    }

    fn some_link(&mut self) -> Option<usize> {
        let open: Vec<usize> = self.clients.iter().filter_map(|client| client.link).collect();
        self.rng.choice(open)
    }

    fn close(&mut self) {
        let code = match self.rng.u8(..10) {
            0 => self.rng.choice(STOP_CODES),
            1 | 2 => self.rng.choice(ENDING),
            _ => self.rng.choice(KEEPING),
        };
        if let (Some(link), Some(code)) = (self.some_link(), code) {
            let outputs = self.peer.close(self.t, self.links[link].connection, code, "simulated");
            self.route(outputs);
        }
    }

    fn peer_drops(&mut self) {
        if let Some(link) = self.some_link() {
            let outputs = self.peer.drop_connection(self.t, self.links[link].connection);
            self.route(outputs);
        }
    }

    /// The network breaks the connection, and both sides notice.
    fn reset(&mut self) -> Checked {
        let Some(link) = self.some_link() else { return Ok(()) };
        self.peer.disconnected(self.t, self.links[link].connection);
        self.links[link].up_cut = true;
        let i = self.links[link].client;
        self.clients[i].unread.push_back(Arrival::Closed(None, "connection reset".into()));
        self.read(i)
    }

    /// The network drops data, and neither side notices.
    fn cut(&mut self, up: bool, down: bool) {
        let recent = self.t < self.last_request + secs(10);
        if let Some(link) = self.some_link().filter(|_| !recent) {
            self.cut_link(link, up, down);
        }
    }

    fn cut_link(&mut self, link: usize, up: bool, down: bool) {
        let t = self.t;
        let link = &mut self.links[link];
        link.up_cut |= up;
        link.down_cut |= down;
        if down {
            // Data that was sent before still arrives.
            link.silent_since.get_or_insert(t + secs(4));
        }
        if up || down {
            self.peer.network_lost(link.connection);
        }
    }

    fn request_heartbeat(&mut self) {
        if !self.suspended && self.clients.iter().all(|client| !client.paused) {
            self.last_request = self.t;
            let outputs = self.peer.request_heartbeat(self.t, &self.peer.connections());
            self.route(outputs);
        }
    }

    fn pause(&mut self) -> Checked {
        let i = self.rng.usize(..self.clients.len());
        let client = &self.clients[i];
        if client.paused
            || client.opening
            || self.suspended
            || client.session.state() == State::Stopped
            || self.t < self.last_request + secs(10)
        {
            return Ok(());
        }
        self.clients[i].paused = true;
        let time = self.span(600);
        self.after(time, Event::Recovery(Recovery::Release(i)));
        self.handle(i, Input::Backpressure(Backpressure::On))
    }

    /// The machine is suspended, or only the process stops.
    fn suspend(&mut self) {
        if self.suspended {
            return;
        }
        for link in self.links.iter().filter(|link| link.open) {
            self.peer.network_lost(link.connection);
        }
        self.suspended = true;
        let recover = Recovery::Wake { mono_stopped: self.rng.bool(), since: self.t };
        let time = self.span(3600);
        self.after(time, Event::Recovery(recover));
    }

    fn outage(&mut self) -> Checked {
        let kind = [Outage::Refused, Outage::Timeout, Outage::Mute][self.rng.usize(..3)];
        let time = self.span(7200);
        self.outage = Some((kind, self.t + time));
        let open: Vec<usize> = self.clients.iter().filter_map(|client| client.link).collect();
        for link in open {
            self.cut_link(link, true, true);
        }
        Ok(())
    }

    fn send_events(&mut self) -> Checked {
        let i = self.rng.usize(..self.clients.len());
        let max = if self.rng.u8(..10) == 0 { 200 } else { 20 };
        for n in 0..self.rng.u32(1..max) {
            if self.suspended || self.clients[i].opening || self.clients[i].session.state() == State::Stopped
            {
                return Ok(());
            }
            let event = if self.rng.u8(..3) == 0 {
                SendEvent::update_presence(&UpdatePresence::playing(n.to_string()))
            } else if n % 4 == 0 {
                // Each shard has its own guilds.
                SendEvent::request_members(&RequestMembers::all(GuildId::new(
                    i as u64 * 10 + u64::from(n % 3) + 1,
                )))
            } else {
                SendEvent::raw(8, &json!({"guild_id": "1", "query": "a", "limit": n}))
            };
            self.handle(i, Input::SendEvent(event.unwrap()))?;
        }
        Ok(())
    }

    /// A client that did not read could not notice silence. It is counted from now on.
    fn reset_silence(&mut self) {
        let t = self.t;
        for link in &mut self.links {
            link.silent_since = link.silent_since.map(|silent_since| silent_since.max(t));
        }
    }
}
