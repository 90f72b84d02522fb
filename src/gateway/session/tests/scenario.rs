//! Brings a session into the state that a test is about, and describes its actions in short texts.

use std::time::{Duration, Instant, SystemTime};

use serde_json::{Value, json};

use crate::gateway::send_event::{SendEvent, UpdatePresence};
use crate::gateway::session::{
    Action, Gap, Input, Notice, Now, PreviousSession, Session, SessionConfig, State, Step, Target,
};
use crate::{Intents, Token};

pub(super) const INTERVAL: Duration = Duration::from_secs(40);
pub(super) const RESUME_URL: &str = "wss://resume.example";
pub(super) const TOKEN: &str = "MTA.secret.token";

/// A duration in seconds.
pub(super) fn s(seconds: f64) -> Duration {
    Duration::from_secs_f64(seconds)
}

/// A session and its two clocks.
pub(super) struct Scenario {
    pub(super) session: Session,
    pub(super) now: Now,
    start: Now,
    interval: Duration,
    /// The frames that were sent.
    pub(super) sent: Vec<Value>,
    pub(super) gaps: Vec<Gap>,
    /// The length of the latest pause.
    pub(super) pause: Duration,
}

impl Scenario {
    /// A new session.
    pub(super) fn new() -> Scenario {
        Scenario::seeded(7)
    }

    pub(super) fn seeded(seed: u64) -> Scenario {
        Scenario::configured(seed, None)
    }

    pub(super) fn configured(seed: u64, presence: Option<UpdatePresence>) -> Scenario {
        Scenario::with(seed, |config| config.presence = presence)
    }

    /// A session with what an earlier process left.
    pub(super) fn after(previous: PreviousSession) -> Scenario {
        Scenario::with(7, |config| config.previous = Some(previous))
    }

    fn with(seed: u64, configure: impl FnOnce(&mut SessionConfig)) -> Scenario {
        let start = Now { mono: Instant::now(), wall: SystemTime::UNIX_EPOCH + s(1e9) };
        let mut config = SessionConfig::new(Token::new(TOKEN).unwrap(), Intents::GUILD_MESSAGES);
        configure(&mut config);
        Scenario {
            session: Session::new(config, start, seed),
            now: start,
            start,
            interval: INTERVAL,
            sent: Vec::new(),
            gaps: Vec::new(),
            pause: Duration::ZERO,
        }
    }

    /// The socket is open. Hello is expected.
    pub(super) fn connected(mut self) -> Scenario {
        assert_eq!(self.input(Input::Timeout), ["open main, to identify"]);
        assert_eq!(self.input(Input::Opened), [""; 0]);
        self
    }

    /// The identify was sent.
    pub(super) fn identifying() -> Scenario {
        let mut it = Scenario::new().connected();
        assert_eq!(it.hello(), ["identify"]);
        it
    }

    /// READY was received with the sequence number 1, and the first heartbeat was acknowledged.
    pub(super) fn ready() -> Scenario {
        Scenario::new().made_ready()
    }

    pub(super) fn made_ready(self) -> Scenario {
        self.made_ready_at(1)
    }

    pub(super) fn made_ready_at(self, seq: u64) -> Scenario {
        let mut it = self.connected();
        assert_eq!(it.hello(), ["identify"]);
        assert_eq!(it.ready_comes("first", seq), ["connected".to_owned(), format!("event READY {seq}")]);
        while it.sent.last().is_none_or(|frame| frame["op"] != 1) {
            it.wake();
        }
        assert_eq!(it.ack(), [""; 0]);
        it
    }

    /// The session received the events 2 and 3, lost its connection, and sent a resume over the next one.
    pub(super) fn resuming() -> Scenario {
        let mut it = Scenario::ready();
        it.event(2);
        it.event(3);
        it.lose();
        it.reach_hello();
        assert_eq!(it.hello(), ["resume first 3"]);
        it
    }

    /// Passes one input. Returns the actions.
    pub(super) fn input(&mut self, input: Input<'_>) -> Vec<String> {
        let step = self.session.handle(self.now, input);
        let actions = self.describe_step(step);
        let (state, deadline) = (self.session.state(), self.session.deadline());
        let is_opening_or_stopped =
            state == State::Stopped || actions.iter().any(|action| action.starts_with("open "));
        assert!(
            is_opening_or_stopped || deadline.is_some() || state == State::Connecting,
            "nothing is scheduled"
        );
        actions
    }

    pub(super) fn text(&mut self, text: &str) -> Vec<String> {
        self.input(Input::Text(text))
    }

    pub(super) fn frame(&mut self, frame: &Value) -> Vec<String> {
        self.text(&frame.to_string())
    }

    pub(super) fn hello(&mut self) -> Vec<String> {
        let interval = u64::try_from(self.interval.as_millis()).unwrap();
        self.frame(&json!({"t": null, "s": null, "op": 10, "d": {"heartbeat_interval": interval}}))
    }

    pub(super) fn with_interval(mut self, interval: Duration) -> Scenario {
        self.interval = interval;
        self
    }

    pub(super) fn ready_comes(&mut self, id: &str, seq: u64) -> Vec<String> {
        let data = json!({"session_id": id, "resume_gateway_url": RESUME_URL, "guilds": []});
        self.frame(&json!({"t": "READY", "s": seq, "op": 0, "d": data}))
    }

    pub(super) fn event(&mut self, seq: u64) -> Vec<String> {
        self.frame(&json!({"t": "EVENT", "s": seq, "op": 0, "d": {}}))
    }

    pub(super) fn resumed(&mut self, seq: u64) -> Vec<String> {
        self.frame(&json!({"t": "RESUMED", "s": seq, "op": 0, "d": {}}))
    }

    pub(super) fn ack(&mut self) -> Vec<String> {
        self.frame(&json!({"t": null, "s": null, "op": 11, "d": null}))
    }

    /// The connection breaks without a close code.
    pub(super) fn lose(&mut self) -> Vec<String> {
        self.input(Input::Closed { code: None, reason: "reset".into() })
    }

    pub(super) fn close(&mut self, code: u16) -> Vec<String> {
        self.input(Input::Closed { code: Some(code), reason: "so".into() })
    }

    pub(super) fn send(&mut self, event: &SendEvent) -> Vec<String> {
        self.input(Input::SendEvent(event.clone()))
    }

    /// From `Disconnected` or `Opening` to `ExpectHello`.
    pub(super) fn reach_hello(&mut self) {
        if self.session.state() == State::Disconnected {
            self.wake();
        }
        assert_eq!(self.session.deadline(), None, "a socket is being opened");
        assert_eq!(self.input(Input::Opened), [""; 0]);
    }

    /// Lets time pass on both clocks, without an input.
    pub(super) fn pass(&mut self, time: Duration) {
        self.now.mono += time;
        self.now.wall += time;
    }

    /// Lets time pass until the deadline. Returns the actions.
    pub(super) fn wake(&mut self) -> Vec<String> {
        let deadline = self.session.deadline().expect("something is scheduled");
        self.pass(deadline.saturating_duration_since(self.now.mono));
        self.input(Input::Timeout)
    }

    /// Lets time pass, with an input at every deadline. Returns the actions and their times in milliseconds.
    pub(super) fn run(&mut self, time: Duration) -> Vec<(u128, String)> {
        self.run_with(time, |_| {})
    }

    /// Like [`run`](Scenario::run), with every heartbeat acknowledged at once.
    pub(super) fn run_acknowledged(&mut self, time: Duration) -> Vec<(u128, String)> {
        self.run_with(time, |it| {
            it.ack();
        })
    }

    /// Like [`run`](Scenario::run), with a reaction to each heartbeat.
    pub(super) fn run_with(
        &mut self,
        time: Duration,
        mut on_heartbeat: impl FnMut(&mut Scenario),
    ) -> Vec<(u128, String)> {
        let (from, mut all) = (self.now.mono, Vec::new());
        let end = from + time;
        for _ in 0..100_000 {
            match self.session.deadline() {
                Some(at) if at <= end => {
                    let actions = self.wake();
                    let heartbeat = actions.iter().any(|action| action.starts_with("heartbeat"));
                    let after = (self.now.mono - from).as_millis();
                    all.extend(actions.into_iter().map(|action| (after, action)));
                    if heartbeat {
                        on_heartbeat(self);
                    }
                }
                Some(_) => {
                    self.pass(end - self.now.mono);
                    return all;
                }
                None => return all,
            }
        }
        panic!("the deadline does not move: {:?}", self.session);
    }

    /// The time since the scenario began.
    pub(super) fn elapsed(&self) -> Duration {
        self.now.mono - self.start.mono
    }

    fn describe_step(&mut self, step: Step<'_>) -> Vec<String> {
        let mut actions: Vec<String> = step.actions.into_iter().map(|action| self.describe(action)).collect();
        actions.retain(|action| action != "wait");
        if let Some(event) = step.dispatch {
            actions.push(format!("event {} {}", event.name, event.seq.unwrap()));
        }
        actions
    }

    fn describe(&mut self, action: Action) -> String {
        match action {
            Action::Open(Target::Identify { was_ready: false }) => "open main, to identify".into(),
            Action::Open(Target::Identify { was_ready: true }) => "open main, to identify again".into(),
            Action::Open(Target::Resume(None)) => "open main, to resume".into(),
            Action::Open(Target::Resume(Some(url))) => format!("open {url}, to resume"),
            Action::Send(text) | Action::SendEvent(text) | Action::Identify(text) => {
                let frame: Value = serde_json::from_str(&text).unwrap();
                let data = &frame["d"];
                let text = match frame["op"].as_u64().unwrap() {
                    1 => format!("heartbeat {data}"),
                    2 => "identify".into(),
                    3 => format!("presence {}", data["activities"][0]["name"]),
                    6 => format!("resume {} {}", data["session_id"].as_str().unwrap(), data["seq"]),
                    op => format!("send {op} {data}"),
                };
                self.sent.push(frame);
                text
            }
            Action::Close(code) => format!("close {code}"),
            Action::Notice(Notice::Connected { resumed: false }) => "connected".into(),
            Action::Notice(Notice::Connected { resumed: true }) => "resumed".into(),
            Action::Notice(Notice::Disconnected(end)) => {
                let code = end.code.map(|code| format!(" {code}")).unwrap_or_default();
                format!("disconnected{code}, {:?}", end.after).to_lowercase()
            }
            Action::Notice(Notice::Gap(gap)) => {
                self.gaps.push(gap);
                "gap".into()
            }
            Action::Notice(Notice::Waiting { until, .. }) => {
                self.pause = until - self.now.mono;
                "wait".into()
            }
            Action::Stop(ended) => format!("stop: {ended:?}"),
        }
    }
}
