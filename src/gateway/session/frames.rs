//! What each frame of Discord means for the session.

use std::time::Duration;

use super::connection::Connection;
use super::disconnect::Disconnect;
use super::hello;
use super::payload;
use super::phase::Phase;
use super::sequence::{Sequence, Verdict};
use super::session::{Session, SessionInfo};
use super::types::{Action, DisconnectCause, Dispatch, Gap, Notice, Now, Step, Target};
use crate::gateway::close_code::After;
use crate::gateway::frame::Envelope;
use crate::gateway::opcode::Opcode;
use crate::json;

/// The minimum and maximum pause after an invalid session, in seconds. The pause is random.
const INVALID_SESSION_PAUSE: (f64, f64) = (1.0, 5.0);

impl Session {
    pub(super) fn on_bytes(&mut self) {
        if let Some(connection) = self.connection_mut() {
            connection.on_bytes();
        }
    }

    /// Frames arrive in order, so the ACK of a heartbeat proves that everything was received that Discord sent before that
    /// heartbeat. The time at which a frame is read proves less: it may have waited in a buffer for a long time.
    fn on_ack(&mut self, now: Now) {
        let sent = self.unacknowledged.pop_front();
        if let (Phase::Ready { .. }, Some(info), Some(sent)) = (&self.phase, &mut self.info, sent) {
            info.caught_up_at = sent.wall;
        }
        if let Some(connection) = self.connection_mut() {
            self.acks += u64::from(connection.on_ack(now.mono, sent.map(|sent| sent.mono)));
        }
    }

    pub(super) fn on_text<'t>(&mut self, now: Now, text: &'t str, step: &mut Step<'t>) {
        if self.connection().is_none() {
            return;
        }
        let envelope = match Envelope::read(text) {
            Ok(envelope) => envelope,
            // Such a frame would come again after a resume.
            Err(e) if e.is_object() => {
                log::warn!("a frame of Discord is ignored: {e}");
                return;
            }
            Err(e) => {
                let why = format!("Discord sent an invalid frame ({e})");
                return self.drop_connection(now, DisconnectCause::InvalidFrame, why, step);
            }
        };
        match Opcode::from_code(envelope.op) {
            Some(Opcode::Dispatch) => self.on_dispatch(now, envelope, step),
            Some(Opcode::Heartbeat) => {
                let seq = self.seq();
                if let Some(heartbeat) =
                    self.connection_mut().and_then(|it| it.requested_heartbeat(now.mono, seq))
                {
                    self.unacknowledged.push_back(now);
                    step.actions.push(Action::Send(heartbeat));
                }
            }
            Some(Opcode::HeartbeatAck) => self.on_ack(now),
            Some(Opcode::Hello) => self.on_hello(now, envelope.data, step),
            Some(Opcode::Reconnect) => {
                let why = "Discord asked to reconnect (op 7)";
                self.drop_connection(now, DisconnectCause::ReconnectRequested, why, step);
            }
            Some(Opcode::InvalidSession) => self.on_invalid_session(now, envelope.data, step),
            // An opcode that this version does not know.
            _ => {}
        }
    }

    fn on_hello(&mut self, now: Now, data: &str, step: &mut Step<'_>) {
        let jitter = self.rng.f64();
        let paused = self.paused;
        let Phase::ExpectHello { connection, target, .. } = &mut self.phase else { return };
        let interval = hello::heartbeat_interval(data);
        let mut connection = std::mem::take(connection);
        connection.on_hello(now.mono, interval, jitter);
        self.reconnect.record_reached();
        connection.set_paused(now.mono, paused);
        connection.record_send(now.mono);
        self.login_sent = now;
        self.unacknowledged.clear();
        match (&target, self.info.as_ref().and_then(SessionInfo::position)) {
            (Target::Resume(_), Some((id, seq))) => {
                step.actions.push(Action::Send(payload::resume(&self.config.token, id, seq)));
                if let Some(info) = &mut self.info {
                    info.sequence.on_resume();
                }
                self.phase = Phase::expect_resumed(connection, now.mono);
            }
            _ => {
                let identify = payload::identify(&self.config, self.outbox.presence());
                self.outbox.on_identify();
                step.actions.push(Action::Identify(identify));
                self.phase = Phase::expect_ready(connection, now.mono);
            }
        }
    }

    fn on_invalid_session(&mut self, now: Now, data: &str, step: &mut Step<'_>) {
        let resumable = payload::is_true(data) && self.position().is_some();
        let (low, high) = INVALID_SESSION_PAUSE;
        let pause = Duration::from_secs_f64(low + (high - low) * self.rng.f64());
        let (why, after) = if resumable {
            ("Discord interrupted the session (op 9, resumable)", After::Resume)
        } else {
            ("Discord ended the session (op 9)", After::Identify)
        };
        let end = Disconnect::by_us(DisconnectCause::InvalidSession, why);
        self.disconnect(now, Disconnect { pause, after, ..end }, step);
    }

    fn on_dispatch<'t>(&mut self, now: Now, envelope: Envelope<'t>, step: &mut Step<'t>) {
        // Before Hello there is no login that READY or RESUMED could end, and no heartbeat.
        if matches!(self.phase, Phase::ExpectHello { .. }) {
            return;
        }
        let replaying = matches!(self.phase, Phase::ExpectResumed { .. });
        let Some(name) = envelope.name else {
            log::debug!("an event without a name is ignored");
            // It was received, so a resume does not have to bring it again.
            self.judge(envelope.seq, "without a name", replaying);
            return;
        };
        if name == "READY" {
            self.on_ready(now, envelope.seq, envelope.data, step);
        }
        if name == "RATE_LIMITED" {
            self.on_rate_limited(now, envelope.data);
        }
        match &mut self.phase {
            Phase::ExpectResumed { connection, .. } if name == "RESUMED" => {
                let connection = std::mem::take(connection);
                self.outbox.on_resumed();
                self.on_connected(now, connection, true, step);
            }
            Phase::ExpectResumed { .. } => self.phase.restart_timeout(now.mono),
            _ => {}
        }
        let seq = envelope.seq.filter(|_| name != "READY");
        // RESUMED ends the replay, whatever its number is.
        if self.judge(seq, &name, replaying) == Verdict::Repeat && name != "RESUMED" {
            return;
        }
        let dispatch = Dispatch::new(envelope.seq, name, envelope.data);
        step.dispatch = Some(Dispatch { last_seq: self.seq(), ..dispatch });
    }

    /// Judges the sequence number of an event, if it has one.
    fn judge(&mut self, seq: Option<u64>, name: &str, replaying: bool) -> Verdict {
        let (Some(info), Some(seq)) = (&mut self.info, seq) else { return Verdict::New };
        let verdict = info.sequence.receive(seq, replaying);
        match verdict {
            Verdict::New => {}
            Verdict::Repeat => {
                log::debug!(
                    "event {name} has the sequence number {seq}, which was delivered before: it is dropped"
                );
            }
            Verdict::Odd => {
                let level = if info.odd_number_logged { log::Level::Debug } else { log::Level::Warn };
                info.odd_number_logged = true;
                let last = info.sequence.last().unwrap_or_default();
                log::log!(
                    level,
                    "event {name} has the sequence number {seq}, which cannot follow {last}: the event is delivered, and \
                     the number is not used for a resume"
                );
            }
        }
        verdict
    }

    /// Discord refused a send event that came too soon after another. It is sent again when Discord allows it.
    fn on_rate_limited(&mut self, now: Now, data: &str) {
        let Ok(limited) = json::read::<payload::RateLimited>(data) else { return };
        let retry_after = Duration::try_from_secs_f64(limited.retry_after).unwrap_or_default();
        // No other opcode has a limit that the event reports.
        if limited.opcode.is_none_or(|op| op == Opcode::RequestGuildMembers.code()) {
            self.outbox.on_refused(now.mono, limited.meta.guild_id, retry_after);
        }
    }

    fn on_ready(&mut self, now: Now, seq: Option<u64>, data: &str, step: &mut Step<'_>) {
        self.drop_session("Discord began a new session");
        let mut ready = json::read::<payload::Ready>(data).unwrap_or_default();
        ready.session_id = ready.session_id.filter(|id| !id.is_empty());
        ready.resume_gateway_url = ready.resume_gateway_url.filter(|url| !url.is_empty());
        if ready.session_id.is_none() || seq.is_none() {
            log::warn!("READY has no session ID or no sequence number, so this session cannot be resumed");
        }
        self.info = Some(SessionInfo {
            id: ready.session_id,
            resume_url: ready.resume_gateway_url,
            sequence: Sequence::new(seq),
            odd_number_logged: false,
            caught_up_at: self.login_sent.wall,
        });
        if let Some(lost) = self.lost.take() {
            step.actions.push(Action::Notice(Notice::Gap(Gap {
                last_seq: lost.last_seq,
                since: lost.since,
                until: now.wall,
                why: lost.why,
            })));
        }
        if let Some(connection) = self.connection_mut() {
            let connection = std::mem::take(connection);
            self.on_connected(now, connection, false, step);
        }
    }

    fn on_connected(&mut self, now: Now, connection: Connection, resumed: bool, step: &mut Step<'_>) {
        self.was_ready = true;
        if let Some(info) = &mut self.info {
            info.caught_up_at = self.login_sent.wall;
        }
        self.reconnect.record_connected();
        self.phase = Phase::Ready { connection, since: now.mono };
        step.actions.push(Action::Notice(Notice::Connected { resumed }));
    }
}
