//! What each frame of Discord's means for the session.

use std::time::Duration;

use super::connection::Link;
use super::disconnect::Leave;
use super::phase::{Phase, READY_PATIENCE, REPLAY_PATIENCE};
use super::types::{Action, Dispatch, Gap, Notice, Now, Step, Target};
use super::{Login, Session, payload};
use crate::gateway::close_code::After;
use crate::gateway::frame::Envelope;
use crate::gateway::opcode::Opcode;
use crate::json;

/// After an invalid session: a random time between these two, in seconds.
const INVALID_SESSION_WAIT: (f64, f64) = (1.0, 5.0);

impl Session {
    pub(super) fn heard(&mut self) {
        if let Some(link) = self.link_mut() {
            link.heard();
        }
    }

    /// Frames come in order, so with the ACK of a beat everything has come that Discord sent before that beat.
    /// When a frame is *read* says less: after a sleep or a hold it may have lain there for long.
    fn acknowledged(&mut self, now: Now) {
        let beat = self.beats.pop_front();
        if let (Phase::Ready { .. }, Some(login), Some(beat)) = (&self.phase, &mut self.login, beat) {
            login.complete = beat;
        }
        if let Some(link) = self.link_mut() {
            link.acknowledged(now.mono, beat.map(|beat| beat.mono));
        }
    }

    pub(super) fn text<'t>(&mut self, now: Now, text: &'t str, step: &mut Step<'t>) {
        if self.link().is_none() {
            return;
        }
        let envelope = match Envelope::read(text) {
            Ok(envelope) => envelope,
            Err(e) => {
                return self.leave(
                    now,
                    Leave::ours(format!("Discord sent a frame that makes no sense ({e})")),
                    step,
                );
            }
        };
        match Opcode::from_code(envelope.op) {
            Some(Opcode::Dispatch) => self.dispatch(now, envelope, step),
            Some(Opcode::Heartbeat) => {
                let seq = self.seq();
                if let Some(beat) = self.link_mut().and_then(|link| link.extra_beat(now.mono, seq)) {
                    self.beats.push_back(now);
                    step.actions.push(Action::Send(beat));
                }
            }
            Some(Opcode::HeartbeatAck) => self.acknowledged(now),
            Some(Opcode::Hello) => self.hello(now, envelope.data, step),
            Some(Opcode::Reconnect) => {
                self.leave(now, Leave::ours("Discord asked to reconnect (op 7)"), step);
            }
            Some(Opcode::InvalidSession) => self.invalid_session(now, envelope.data, step),
            // What Discord adds tomorrow breaks nothing.
            _ => {}
        }
    }

    fn hello(&mut self, now: Now, data: &str, step: &mut Step<'_>) {
        let interval = json::read::<payload::Hello>(data).map_or(0, |hello| hello.heartbeat_interval);
        if interval == 0 {
            return self.leave(now, Leave::ours("Discord said hello without a heartbeat interval"), step);
        }
        let jitter = self.rng.f64();
        let held = self.held;
        let Phase::ExpectHello { link, target, .. } = &mut self.phase else { return };
        let mut link = std::mem::take(link);
        link.start(now.mono, Duration::from_millis(interval), jitter);
        self.ladder.reached();
        link.hold(now.mono, held);
        link.count(now.mono);
        self.login_sent = now;
        self.beats.clear();
        match (&target, self.login.as_ref().and_then(Login::position)) {
            (Target::Resume(_), Some((id, seq))) => {
                step.actions.push(Action::Send(payload::resume(&self.config.token, id, seq)));
                self.phase = Phase::ExpectResumed { link, until: now.mono + REPLAY_PATIENCE };
            }
            _ => {
                let identify = payload::identify(&self.config, self.outbox.presence());
                self.outbox.identified();
                step.actions.push(Action::Identify(identify));
                self.phase = Phase::ExpectReady { link, until: now.mono + READY_PATIENCE };
            }
        }
    }

    fn invalid_session(&mut self, now: Now, data: &str, step: &mut Step<'_>) {
        let resumable = json::read::<bool>(data).unwrap_or(false) && self.position().is_some();
        let (low, high) = INVALID_SESSION_WAIT;
        let wait = Duration::from_secs_f64(low + (high - low) * self.rng.f64());
        let (why, after) = if resumable {
            ("Discord interrupted the session (op 9, resumable)", After::Resume)
        } else {
            ("Discord ended the session (op 9)", After::Identify)
        };
        self.leave(now, Leave { wait, after, ..Leave::ours(why) }, step);
    }

    fn dispatch<'t>(&mut self, now: Now, envelope: Envelope<'t>, step: &mut Step<'t>) {
        let Some(name) = envelope.name else { return };
        // A login cannot be over before it began: without hello there is no heartbeat to live by.
        if matches!(self.phase, Phase::ExpectHello { .. }) {
            return;
        }
        if name == "READY" {
            self.ready(now, envelope.seq, envelope.data, step);
        }
        if name == "RATE_LIMITED" {
            self.rate_limited(now, envelope.data);
        }
        match &mut self.phase {
            Phase::ExpectResumed { link, .. } if name == "RESUMED" => {
                let link = std::mem::take(link);
                self.outbox.resumed();
                self.arrived(now, link, true, step);
            }
            Phase::ExpectResumed { .. } => self.phase.wait_anew(now.mono),
            _ => {}
        }
        let numbered = envelope.seq.filter(|_| name != "READY");
        if let (Some(login), Some(seq)) = (&mut self.login, numbered) {
            if login.seq.is_some_and(|last| seq <= last) {
                log::debug!("dropping {name} with sequence number {seq}, which was delivered before");
                return;
            }
            login.seq = Some(seq);
        }
        step.dispatch = Some(Dispatch::new(envelope.seq, name, envelope.data));
    }

    /// An order came too soon after another: it is sent again when Discord takes it.
    fn rate_limited(&mut self, now: Now, data: &str) {
        let Ok(limited) = json::read::<payload::RateLimited>(data) else { return };
        let retry_after = Duration::try_from_secs_f64(limited.retry_after).unwrap_or_default();
        if limited.opcode == Opcode::RequestGuildMembers.code() {
            self.outbox.refused(now.mono, limited.meta.guild_id, retry_after);
        }
    }

    fn ready(&mut self, now: Now, seq: Option<u64>, data: &str, step: &mut Step<'_>) {
        self.forget("Discord began a new session");
        let ready = json::read::<payload::Ready>(data).unwrap_or_default();
        if ready.session_id.is_none() || seq.is_none() {
            log::warn!(
                "READY came without a session id or a sequence number: this session cannot be resumed"
            );
        }
        self.login = Some(Login {
            id: ready.session_id,
            url: ready.resume_gateway_url,
            seq,
            complete: self.login_sent,
        });
        if let Some(lost) = self.lost.take() {
            step.actions.push(Action::Notice(Notice::Gap(Gap {
                last_seq: lost.last_seq,
                since: lost.since.wall,
                until: now.wall,
                why: lost.why,
            })));
        }
        if let Some(link) = self.phase.link_mut() {
            let link = std::mem::take(link);
            self.arrived(now, link, false, step);
        }
    }

    fn arrived(&mut self, now: Now, link: Link, resumed: bool, step: &mut Step<'_>) {
        self.was_ready = true;
        if let Some(login) = &mut self.login {
            login.complete = self.login_sent;
        }
        self.ladder.arrived();
        self.phase = Phase::Ready { link, since: now.mono };
        step.actions.push(Action::Notice(Notice::Connected { resumed }));
    }
}
