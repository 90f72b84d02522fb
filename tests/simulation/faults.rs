//! Everything that a network, a machine and Discord can do to a session.

use std::time::Duration;

use serde_json::json;
use syncord::gateway::send_event::{Presence, RequestMembers, SendEvent};
use syncord::gateway::session::{Backpressure, Input, State, Stop};
use syncord::id::GuildId;

use super::client::Arrival;
use super::world::{Checked, Event, Heal, Outage, STOP_CODES, World};

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
                let outs = self.peer.request_reconnect(self.t);
                self.route(outs);
            }
            8 | 9 => {
                let resumable = which == 8;
                self.links.iter_mut().filter(|link| link.open).for_each(|link| link.invalidated = true);
                let outs = self.peer.invalidate_sessions(self.t, resumable);
                self.route(outs);
            }
            10 => {
                let time = self.span(200);
                self.peer.mute_acks(true);
                self.after(time, Event::Heal(Heal::Acks));
            }
            11 => self.request_heartbeat(),
            12 => {
                if let Some(link) = self.some_link() {
                    self.arrive(link, Arrival::Garbage);
                }
            }
            13 => self.hold()?,
            14 => self.sleep(),
            15 => {
                let step = i64::try_from(self.span(86_400).as_millis()).unwrap();
                self.clocks.ahead += if self.rng.bool() { step } else { -step };
                self.clocks.stepped = true;
            }
            16 => self.outage()?,
            17 => {
                self.peer.forget_sessions();
                self.peer_drops();
            }
            18 => self.orders()?,
            _ => {
                let i = self.rng.usize(..self.clients.len());
                let client = &self.clients[i];
                if client.session.state() != State::Stopped && !client.opening && !self.asleep {
                    let stop = if self.rng.bool() { Stop::EndSession } else { Stop::KeepSession };
                    self.handle(i, Input::Stop(stop))?;
                }
            }
        }
        Ok(())
    }

    pub(crate) fn heal(&mut self, heal: Heal) -> Checked {
        match heal {
            Heal::Acks => self.peer.mute_acks(false),
            Heal::Release(i) => {
                self.clients[i].held = false;
                self.lit_again();
                if !self.asleep && !self.clients[i].opening {
                    self.handle(i, Input::Backpressure(Backpressure::Off))?;
                } else {
                    // The driver tells it later.
                    self.clients[i].held = true;
                    self.after(secs(1), Event::Heal(Heal::Release(i)));
                }
                self.read(i)?;
            }
            Heal::Wake { mono_stood_still, since } => {
                self.asleep = false;
                if mono_stood_still {
                    self.clocks.lag += self.t - since;
                }
                self.clocks.stepped |= mono_stood_still;
                self.lit_again();
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

    /// A stretch of trouble, short ones as likely as long ones.
    fn span(&mut self, longest: u64) -> Duration {
        let time = secs(1).mul_f64((longest as f64).powf(self.rng.f64()));
        // By the end everything is well again.
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
            let outs = self.peer.close(self.t, self.links[link].conn, code, "as told");
            self.route(outs);
        }
    }

    fn peer_drops(&mut self) {
        if let Some(link) = self.some_link() {
            let outs = self.peer.drop_connection(self.t, self.links[link].conn);
            self.route(outs);
        }
    }

    /// Something between the two breaks the connection, and both are told.
    fn reset(&mut self) -> Checked {
        let Some(link) = self.some_link() else { return Ok(()) };
        self.peer.disconnected(self.t, self.links[link].conn);
        self.links[link].up_cut = true;
        let i = self.links[link].client;
        self.clients[i].unread.push_back(Arrival::Closed(None, "connection reset".into()));
        self.read(i)
    }

    /// Something between the two swallows what is sent, and nobody is told.
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
            // What was under way still arrives.
            link.dark_since.get_or_insert(t + secs(4));
        }
        if up || down {
            self.peer.network_lost(link.conn);
        }
    }

    fn request_heartbeat(&mut self) {
        if !self.asleep && self.clients.iter().all(|client| !client.held) {
            self.last_request = self.t;
            let outs = self.peer.request_heartbeat(self.t);
            self.route(outs);
        }
    }

    fn hold(&mut self) -> Checked {
        let i = self.rng.usize(..self.clients.len());
        let client = &self.clients[i];
        if client.held
            || client.opening
            || self.asleep
            || client.session.state() == State::Stopped
            || self.t < self.last_request + secs(10)
        {
            return Ok(());
        }
        self.clients[i].held = true;
        let time = self.span(600);
        self.after(time, Event::Heal(Heal::Release(i)));
        self.handle(i, Input::Backpressure(Backpressure::On))
    }

    /// The machine sleeps, or only the process stands still.
    fn sleep(&mut self) {
        if self.asleep {
            return;
        }
        for link in self.links.iter().filter(|link| link.open) {
            self.peer.network_lost(link.conn);
        }
        self.asleep = true;
        let heal = Heal::Wake { mono_stood_still: self.rng.bool(), since: self.t };
        let time = self.span(3600);
        self.after(time, Event::Heal(heal));
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

    fn orders(&mut self) -> Checked {
        let i = self.rng.usize(..self.clients.len());
        let many = if self.rng.u8(..10) == 0 { 200 } else { 20 };
        for n in 0..self.rng.u32(1..many) {
            if self.asleep || self.clients[i].opening || self.clients[i].session.state() == State::Stopped {
                return Ok(());
            }
            let order = if self.rng.u8(..3) == 0 {
                SendEvent::update_presence(&Presence::playing(n.to_string()))
            } else if n % 4 == 0 {
                // Each shard has guilds of its own.
                SendEvent::request_members(&RequestMembers::all(GuildId::new(
                    i as u64 * 10 + u64::from(n % 3) + 1,
                )))
            } else {
                SendEvent::raw(8, &json!({"guild_id": "1", "query": "a", "limit": n}))
            };
            self.handle(i, Input::SendEvent(order.unwrap()))?;
        }
        Ok(())
    }

    /// What nobody could hear while it did not listen is counted from now on.
    fn lit_again(&mut self) {
        let t = self.t;
        for link in &mut self.links {
            link.dark_since = link.dark_since.map(|dark| dark.max(t));
        }
    }
}
