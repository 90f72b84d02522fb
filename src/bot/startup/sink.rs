//! Where a shard's events go.

use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::bot::context::Shared;
use crate::bot::handler::{ConnectionEvent, EventFilter};
use crate::bot::health::meter::ShardEvents;
use crate::bot::remember::Tracker;
use crate::bot::startup::silence::Silence;
use crate::bot::threads::batch::{Batch, INTERACTION, Name};
use crate::bot::trouble::{HOW_TO_DIAGNOSE, News, WasLasting};
use crate::gateway::event::{Event, Ready};
use crate::gateway::session::{Backpressure, Dispatch, KeptSession, Notice};
use crate::gateway::shard::Sink;
use crate::interaction::Received;
use crate::recording::Recorder;

/// Where a bot's shard puts its events.
pub(crate) struct BotSink<'l> {
    shared: &'l Shared,
    filter: &'l EventFilter,
    shard: u32,
    events: &'l ShardEvents,
    batch: Batch,
    held: bool,
    /// Whether tasks look for entries of the audit log.
    keeps_audit_entries: bool,
    /// Whether the shard has been connected before.
    connected: bool,
    silence: Silence,
    /// The link that adds the bot to a guild, until it is known whether the bot is in one.
    invite_url: Option<String>,
    /// `None` unless the bot remembers its sessions.
    tracker: Option<Tracker>,
    /// `None` unless the bot records its session.
    recorder: Option<&'l Recorder>,
}

impl<'l> BotSink<'l> {
    pub(crate) fn new(
        shared: &'l Shared,
        filter: &'l EventFilter,
        shard: u32,
        events: &'l ShardEvents,
    ) -> BotSink<'l> {
        let tracker = shared.remembered.get().and_then(|remembered| remembered.tracker(shard));
        BotSink {
            shared,
            filter,
            shard,
            events,
            batch: Batch::default(),
            held: false,
            keeps_audit_entries: shared.audit_entries.is_on(),
            connected: false,
            silence: Silence::default(),
            invite_url: None,
            tracker,
            recorder: shared.recorder.get().map(Arc::as_ref),
        }
    }

    /// Reports the link if the bot is in no guild when it starts.
    pub(super) fn inviting(self, url: String) -> Self {
        BotSink { invite_url: Some(url), ..self }
    }

    /// Reports the link if the first session shows that the bot is in no guild.
    fn look_for_guilds(&mut self, ready: &str) {
        let Some(url) = self.invite_url.take() else { return };
        if Ready::decode(ready).is_ok_and(|ready| ready.guilds.is_empty()) {
            let trouble = &self.shared.trouble;
            trouble.warn(&format_args!("the bot is in no server yet: open {url} to add it to one"));
        }
    }
}

impl BotSink<'_> {
    /// Reports that there is no connection, if that lasts. The shard logs the first attempts.
    fn waits_for_connection(&self, why: &str) {
        let trouble = &self.shared.trouble;
        let news = trouble.gateway.lock().failed(Instant::now());
        if let News::Lasting(time) = news {
            trouble.error(&format_args!(
                "shard {}: still no connection to Discord's gateway after {} s: {why}; check the network of this machine, \
                 its DNS, firewall and clock, or {HOW_TO_DIAGNOSE}; trying again until it works",
                self.shard,
                time.as_secs()
            ));
        }
    }

    fn connects_again(&self) {
        let ended = self.shared.trouble.gateway.lock().ended();
        if ended == Some(WasLasting(true)) {
            self.shared.trouble.over(&format_args!("shard {}: connected to Discord again", self.shard));
        }
    }
}

impl Sink for BotSink<'_> {
    fn event(&mut self, event: &Dispatch<'_>) {
        let name = Name::of_dispatch(event);
        self.events.received.count_alone(name);
        if let Some(recorder) = self.recorder {
            recorder.event(self.shard, event.seq, &event.name, event.data);
        }
        if self.invite_url.is_some() && &*event.name == Ready::NAME {
            self.look_for_guilds(event.data);
        }
        // What a task waits for does not wait behind slow handlers, and neither does the deferral of an interaction.
        let received = (name == INTERACTION).then(|| self.shared.receive_interaction(event.data));
        let Received { header, offer } = received.unwrap_or_default();
        self.shared.mailboxes.offer(name, event.data, offer);
        if self.keeps_audit_entries {
            self.shared.audit_entries.offer(&event.name, event.data);
        }
        if self.shared.member_requests.are_open() {
            self.shared.member_requests.offer(&event.name, event.data);
        }
        let has_handler = self.filter.has_handler(name);
        let position = self.tracker.as_mut().map_or(0, |tracker| tracker.received(event, has_handler));
        if has_handler {
            match header {
                Some(header) => self.batch.push_interaction(self.shard, event.data, header, position),
                None => self.batch.push_event(self.shard, event, position),
            }
        }
    }

    fn notice(&mut self, notice: Notice) {
        if let Some(recorder) = self.recorder {
            recorder.connection(self.shard, change(&notice));
        }
        let kind = match notice {
            Notice::Connected { resumed } => {
                match std::mem::replace(&mut self.connected, true) {
                    true => self.shared.member_requests.connected(self.shard, resumed),
                    false => self.shared.queue.shard_connected(),
                }
                self.connects_again();
                self.silence.connected(Instant::now());
                ConnectionEvent::Connected
            }
            Notice::Disconnected(_) => ConnectionEvent::Disconnected,
            Notice::Waiting { ref why, .. } => return self.waits_for_connection(why),
            Notice::Gap(_) => ConnectionEvent::Gap,
        };
        if self.filter.has_connection_handler(kind) {
            self.batch.push_notice(self.shard, notice);
        }
    }

    fn caught_up(&mut self, session: &KeptSession) {
        if let Some(tracker) = &self.tracker {
            tracker.caught_up(session);
        }
    }

    fn flush(&mut self) -> Backpressure {
        if self.silence.is_undecided() {
            let report = self.silence.report(Instant::now(), self.filter, &self.events.received);
            if let Some(report) = report {
                log::info!("shard {}: {report}", self.shard);
            }
        }
        // Not while events arrive: then this would cost something for each of them.
        if self.batch.is_empty() && self.shared.health.calls.is_running() {
            self.shared.report_long_call(Instant::now());
        }
        if self.batch.is_empty() && !self.held {
            return Backpressure::Off;
        }
        self.events.queued.add_alone(self.batch.len() as u64);
        let backpressure = self.shared.queue.publish(&mut self.batch);
        self.held = backpressure == Backpressure::On;
        backpressure
    }

    fn wait_for_room(&mut self, timeout: Duration) {
        self.shared.queue.wait_for_room(timeout);
    }
}

/// A change of the connection, for people who read a recording.
fn change(notice: &Notice) -> String {
    match notice {
        Notice::Connected { resumed: false } => "connected with a new session".to_owned(),
        Notice::Connected { resumed: true } => "resumed".to_owned(),
        Notice::Disconnected(disconnected) => format!("disconnected: {}", disconnected.why),
        Notice::Gap(gap) => format!("events were lost after {:?}: {}", gap.last_seq, gap.why),
        Notice::Waiting { why, .. } => format!("no connection: {why}"),
    }
}

#[cfg(test)]
mod tests {
    use std::time::Instant;

    use super::BotSink;
    use crate::bot::context::Shared;
    use crate::bot::handler::EventFilter;
    use crate::bot::health::meter::ShardEvents;
    use crate::bot::members::{Arrival, Waited};
    use crate::gateway::session::Notice;
    use crate::gateway::shard::Sink;

    #[test]
    fn collected_members_are_requested_again_in_a_new_session_but_not_in_the_first() {
        let (shared, filter, events) = (Shared::new(), EventFilter::default(), ShardEvents::default());
        let mut sink = BotSink::new(&shared, &filter, 0, &events);
        let request = shared.member_requests.register("nonce".to_owned(), 0);
        let arrived = || request.wait(Instant::now());
        sink.notice(Notice::Connected { resumed: false });
        assert_eq!(arrived(), Waited::TimedOut);
        sink.notice(Notice::Connected { resumed: true });
        assert_eq!(arrived(), Waited::Arrived(Arrival::Resumed));
        sink.notice(Notice::Connected { resumed: false });
        assert_eq!(arrived(), Waited::Arrived(Arrival::NewSession));
    }

    #[test]
    fn attempts_without_a_connection_count_until_there_is_one() {
        let (shared, filter, events) = (Shared::new(), EventFilter::default(), ShardEvents::default());
        let mut sink = BotSink::new(&shared, &filter, 0, &events);
        let failures = || shared.trouble.gateway.lock().failures();
        for attempts in 1..=3 {
            sink.notice(Notice::Waiting { until: Instant::now(), why: "no route".to_owned(), attempts });
            assert_eq!(failures(), attempts);
        }
        sink.notice(Notice::Connected { resumed: true });
        assert_eq!(failures(), 0);
    }
}
