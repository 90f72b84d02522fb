//! What each frame of Discord's means for the session.

use std::time::Duration;

use super::leaving::Leave;
use super::link::Link;
use super::types::{Action, Dispatch, Gap, Notice, Now, Step, Target};
use super::{Phase, READY_PATIENCE, REPLAY_PATIENCE, Resumable, Session, payload};
use crate::gateway::close_code::After;
use crate::gateway::frame::{self, Envelope};
use crate::gateway::opcode::Opcode;

/// After an invalid session: a random time between these two, in seconds.
const INVALID_SESSION_WAIT: (f64, f64) = (1.0, 5.0);

impl Session {
    pub(super) fn heard(&mut self, now: Now) {
        self.last_heard = now;
        if let Some(link) = self.link_mut() {
            link.heard();
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
                    step.actions.push(Action::Send(beat));
                }
            }
            Some(Opcode::HeartbeatAck) => {
                if let Some(link) = self.link_mut() {
                    link.acknowledged(now.mono);
                }
            }
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
        let Ok(hello) = frame::parse::<payload::Hello>(data) else {
            return self.leave(now, Leave::ours("Discord said hello without a heartbeat interval"), step);
        };
        let jitter = self.rng.f64();
        let held = self.held;
        let Phase::ExpectHello { link, target, .. } = &mut self.phase else { return };
        let mut link = std::mem::take(link);
        link.start(now.mono, Duration::from_millis(hello.heartbeat_interval), jitter);
        link.hold(now.mono, held);
        link.count(now.mono);
        match (&target, &self.resumable) {
            (Target::Resume(_), Some(session)) => {
                step.actions.push(Action::Send(payload::resume(
                    &self.config.token,
                    &session.id,
                    session.seq,
                )));
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
        let resumable = frame::parse::<bool>(data).unwrap_or(false) && self.resumable.is_some();
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
        if name == "READY" {
            self.ready(now, envelope.seq, envelope.data, step);
        } else if let (Some(session), Some(seq)) = (&mut self.resumable, envelope.seq) {
            if seq <= session.seq {
                log::debug!("dropping {name} with sequence number {seq}, which was delivered before");
                return;
            }
            session.seq = seq;
        }
        match &mut self.phase {
            Phase::ExpectResumed { link, .. } if name == "RESUMED" => {
                let link = std::mem::take(link);
                self.arrived(now, link, true, step);
            }
            Phase::ExpectResumed { until, .. } => *until = now.mono + REPLAY_PATIENCE,
            _ => {}
        }
        step.dispatch = Some(Dispatch { seq: envelope.seq, name, data: envelope.data });
    }

    fn ready(&mut self, now: Now, seq: Option<u64>, data: &str, step: &mut Step<'_>) {
        if self.resumable.is_some() {
            self.forget("Discord began a new session");
        }
        match (frame::parse::<payload::Ready>(data), seq) {
            (Ok(ready), Some(seq)) => {
                self.resumable = Some(Resumable { id: ready.session_id, url: ready.resume_gateway_url, seq });
            }
            _ => log::warn!(
                "READY came without a session id or a sequence number: this session cannot be resumed"
            ),
        }
        if let Some(lost) = self.lost.take() {
            step.actions.push(Action::Notice(Notice::Gap(Gap {
                last_seq: Some(lost.last_seq),
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
        self.ladder.arrived();
        self.phase = Phase::Ready { link, since: now.mono };
        step.actions.push(Action::Notice(Notice::Connected { resumed }));
    }
}
