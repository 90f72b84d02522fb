//! The identify budget over real HTTP: [`Entry`] as the shards of a process use it.

#![allow(clippy::unwrap_used)]

use std::net::TcpListener;
use std::sync::{Arc, Barrier, Mutex, Once};
use std::thread;
use std::time::{Duration, Instant, SystemTime};

use log::{Level, LevelFilter, Log, Metadata, Record};
use syncord::gateway::ShardId;
use syncord::gateway::session::{Notice, Now};
use syncord::gateway::shard::{Admission, Admit, Shard, ShardConfig, ShardEvent};
use syncord::rest::Client;
use syncord::sim::{Discord, ErrorBody, Fault};
use syncord::{Entry, Error, Intents, Token};

/// How long a call may take on a busy machine.
const PATIENCE: Duration = Duration::from_secs(5);
const HOUR: Duration = Duration::from_secs(3600);
/// What Discord said longer ago than this is asked for again.
const FRESH: Duration = Duration::from_secs(2);
/// How far computed times may be off on a busy machine.
const SLACK: Duration = Duration::from_secs(60);

struct Warnings(Mutex<Vec<String>>);

impl Log for Warnings {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.level() <= Level::Warn
    }

    fn log(&self, record: &Record<'_>) {
        if self.enabled(record.metadata()) {
            self.0.lock().unwrap().push(record.args().to_string());
        }
    }

    fn flush(&self) {}
}

static WARNINGS: Warnings = Warnings(Mutex::new(Vec::new()));

/// The warnings about a shard. Each test that asks has a total of its own.
fn warnings(shard: ShardId) -> Vec<String> {
    let begin = format!("shard {shard}: ");
    WARNINGS.0.lock().unwrap().iter().filter(|line| line.starts_with(&begin)).cloned().collect()
}

/// A Discord with so many logins left of 1000, counted anew in ten hours.
fn discord(remaining: u32, max_concurrency: u32) -> Discord {
    Discord::builder().session_start_limit(1000, remaining, 10 * HOUR, max_concurrency).start().unwrap()
}

/// An entry whose client does not try for long.
fn entry(discord: &Discord) -> Entry {
    static LOGGER: Once = Once::new();
    LOGGER.call_once(|| {
        log::set_logger(&WARNINGS).unwrap();
        log::set_max_level(LevelFilter::Warn);
    });
    let token = Token::new(&discord.token()).unwrap();
    let client = Client::builder(token).api_url(discord.api_url()).deadline(PATIENCE).build();
    Entry::new(client.unwrap())
}

fn shard(index: u32, total: u32) -> ShardId {
    ShardId { index, total }
}

/// The clocks so long after now.
fn after(time: Duration) -> Now {
    Now { mono: Instant::now() + time, wall: SystemTime::now() + time }
}

fn now() -> Now {
    after(Duration::ZERO)
}

/// How long the shard has to wait.
#[track_caller]
fn wait(admit: Admit) -> Duration {
    match admit {
        Admit::Later { at } => at.saturating_duration_since(Instant::now()),
        other => panic!("{other:?}"),
    }
}

#[track_caller]
fn assert_near(time: Duration, expected: Duration) {
    assert!(time <= expected && time + SLACK > expected, "{time:?}, not {expected:?}");
}

#[test]
fn a_permit_comes_with_the_address_that_discord_gives() {
    let discord = discord(1000, 1);
    let admit = entry(&discord).identify(shard(0, 1), false, now());
    assert!(matches!(&admit, Admit::Open(url) if *url == discord.gateway_url()), "{admit:?}");
    let asked: Vec<_> = discord.requests().into_iter().map(|request| request.path).collect();
    assert_eq!(asked, ["/api/v10/gateway/bot"]);
}

#[test]
fn shards_of_one_bucket_log_in_one_after_the_other() {
    let discord = discord(1000, 2);
    let entry = entry(&discord);
    let ask = |index| entry.identify(shard(index, 4), false, now());
    assert!(matches!(ask(0), Admit::Open(_)));
    assert!(matches!(ask(1), Admit::Open(_)), "another bucket");
    wait(ask(2));
    // A permit that was not used frees the bucket at once, one that was used does so after five seconds.
    entry.unused(shard(0, 4), now());
    entry.unused(shard(1, 4), now());
    assert!(matches!(ask(2), Admit::Open(_)));
    entry.identified(shard(2, 4), now());
    assert_near(wait(ask(0)), Duration::from_millis(5500));
    assert_eq!(discord.requests().len(), 1, "a fresh answer serves them all");
}

#[test]
fn a_shard_that_waits_for_another_does_not_have_discord_asked() {
    let discord = discord(1000, 1);
    let entry = entry(&discord);
    assert!(matches!(entry.identify(shard(0, 2), false, now()), Admit::Open(_)));
    for _ in 0..3 {
        wait(entry.identify(shard(1, 2), false, after(2 * FRESH)));
    }
    assert_eq!(discord.requests().len(), 1);
    entry.unused(shard(0, 2), now());
    assert!(matches!(entry.identify(shard(1, 2), false, after(2 * FRESH)), Admit::Open(_)));
    assert_eq!(discord.requests().len(), 2, "what is known is too old to log in by");
}

#[test]
fn a_shard_for_which_discord_could_not_be_asked_gives_its_permit_back() {
    let discord = discord(1000, 1);
    let entry = entry(&discord);
    assert!(matches!(entry.identify(shard(0, 2), false, now()), Admit::Open(_)));
    entry.unused(shard(0, 2), now());
    let fault = Fault::HttpStatus { status: 401, body: ErrorBody::Json, retry_after: None, times: 1 };
    discord.fault(fault);
    let admit = entry.identify(shard(0, 2), false, after(2 * FRESH));
    assert!(matches!(admit, Admit::Refuse(_)), "{admit:?}");
    assert!(matches!(entry.identify(shard(1, 2), false, now()), Admit::Open(_)));
}

#[test]
fn of_shards_that_ask_at_the_same_time_one_gets_the_permit() {
    let discord = discord(1000, 1);
    let entry: Arc<dyn Admission> = Arc::new(entry(&discord));
    let barrier = Barrier::new(8);
    let permits = thread::scope(|scope| {
        let ask = |index| {
            let (entry, barrier) = (Arc::clone(&entry), &barrier);
            scope.spawn(move || {
                barrier.wait();
                matches!(entry.identify(shard(index, 8), false, now()), Admit::Open(_))
            })
        };
        let asking: Vec<_> = (0..8).map(ask).collect();
        asking.into_iter().map(|asked| asked.join().unwrap()).filter(|permit| *permit).count()
    });
    assert_eq!(permits, 1);
}

#[test]
fn at_the_reserve_a_start_is_refused_with_the_time_of_the_next_count() {
    let discord = discord(20, 1);
    let admit = entry(&discord).identify(shard(0, 1), false, now());
    let Admit::Refuse(error) = admit else { panic!("{admit:?}") };
    let Error::IdentifyBudget { remaining, total, retry_after } = &error else { panic!("{error}") };
    assert_eq!((*remaining, *total), (20, 1000));
    assert_near(*retry_after, 10 * HOUR);
    assert_eq!(error.retry_after(), Some(*retry_after));
    for part in ["20 of 1000", "600 min"] {
        assert!(error.to_string().contains(part), "{error}");
    }
}

#[test]
fn at_the_reserve_a_shard_that_was_logged_in_waits_and_says_so_once() {
    let (discord, shard) = (discord(20, 1), shard(0, 77));
    let entry = entry(&discord);
    for _ in 0..3 {
        assert_near(wait(entry.identify(shard, true, now())), 10 * HOUR + Duration::from_secs(1));
    }
    let warnings = warnings(shard);
    assert_eq!(warnings.len(), 1, "{warnings:?}");
    assert!(warnings[0].contains("used up but for a reserve"), "{warnings:?}");
    assert!(warnings[0].contains("600 min") || warnings[0].contains("601 min"), "{warnings:?}");
}

#[test]
fn below_a_quarter_logins_are_paced_and_each_reason_is_told_once() {
    let (discord, shard) = (discord(220, 1), shard(0, 78));
    let entry = entry(&discord);
    // Ten hours for the 200 that are not in reserve: one in three minutes.
    for _ in 0..3 {
        assert_near(wait(entry.identify(shard, false, now())), Duration::from_secs(180));
    }
    let told = warnings(shard);
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].contains("less than a quarter of today's logins"), "{told:?}");
    assert!(told[0].ends_with("it may log in in 3 min"), "{told:?}");

    // Two hundred logins later, by other processes of this bot.
    let later = self::discord(20, 1);
    let emptied = Entry::new(client_of(&later));
    wait(emptied.identify(shard, true, now()));
    assert_eq!(warnings(shard).len(), 2, "another reason is news");
}

fn client_of(discord: &Discord) -> Client {
    let token = Token::new(&discord.token()).unwrap();
    Client::builder(token).api_url(discord.api_url()).deadline(PATIENCE).build().unwrap()
}

#[test]
fn while_discord_cannot_be_asked_the_last_count_less_own_use_decides() {
    let discord = discord(251, 16);
    let entry = entry(&discord);
    let ask = |index, then| entry.identify(shard(index, 16), false, after(then));
    for index in 0..2 {
        assert!(matches!(ask(index, Duration::ZERO), Admit::Open(_)), "{index}");
        entry.identified(shard(index, 16), now());
    }
    discord.fault(Fault::RefuseConnections(true));
    // 249 are left by now, less than a quarter, though 251 were when Discord was last asked.
    assert!(wait(ask(2, FRESH)) > Duration::from_secs(100));
    // The address is still known, too.
    let admit = entry.address(shard(2, 16), None, after(FRESH));
    assert!(matches!(&admit, Admit::Open(url) if *url == discord.gateway_url()), "{admit:?}");

    discord.clear_faults();
    assert!(matches!(ask(2, 2 * FRESH), Admit::Open(_)), "Discord's own count goes first");
}

#[test]
fn before_discord_was_ever_reached_a_shard_is_told_to_come_back_soon() {
    let discord = discord(1000, 1);
    let entry = entry(&discord);
    discord.fault(Fault::RefuseConnections(true));
    let pause = wait(entry.identify(shard(0, 1), false, now()));
    assert!(pause <= Duration::from_secs(1), "{pause:?}");
    discord.clear_faults();
    assert!(matches!(entry.identify(shard(0, 1), false, now()), Admit::Open(_)));
}

#[test]
fn a_refused_token_ends_the_shard() {
    let discord = discord(1000, 1);
    let client = Client::builder(Token::new("MTE.not-the.right-one").unwrap()).api_url(discord.api_url());
    let admit = Entry::new(client.build().unwrap()).identify(shard(0, 1), false, now());
    assert!(matches!(admit, Admit::Refuse(Error::Token { .. })), "{admit:?}");
}

#[test]
fn a_resume_goes_to_the_sessions_address_unless_one_stands_for_the_whole_gateway() {
    let discord = discord(0, 1);
    let resume = |entry: Entry| match entry.address(shard(0, 1), Some("wss://resume.example"), now()) {
        Admit::Open(url) => url,
        other => panic!("{other:?}"),
    };
    assert_eq!(resume(entry(&discord)), "wss://resume.example");
    assert_eq!(resume(entry(&discord).gateway_url("ws://127.0.0.1:1")), "ws://127.0.0.1:1");
    assert_eq!(discord.requests(), [], "a resume asks for nothing");
}

/// The paths of the websockets that a bot opens: one to log in, one to resume.
fn opened(stands_in: bool) -> Vec<String> {
    let discord = discord(1000, 1);
    let mut bot = discord.bot();
    bot.on_message(|_, _| Ok(()));
    if stands_in {
        bot.gateway_url(format!("{}/proxy", discord.gateway_url()));
    }
    bot.during(|| {
        discord.fault(Fault::DropSocket);
        discord.wait_until("a resume", |discord| discord.log().resumes() == 1)?;
        Ok(())
    })
    .unwrap();
    let requests = discord.requests().into_iter();
    requests.filter(|request| request.header("upgrade").is_some()).map(|request| request.path).collect()
}

#[test]
fn a_bots_own_gateway_address_is_used_for_the_resume_too() {
    let query = "?v=10&encoding=json";
    assert_eq!(opened(false), [format!("/{query}"), format!("/resume/{query}")]);
    assert_eq!(opened(true), [format!("/proxy/{query}"), format!("/proxy/{query}")]);
}

#[test]
fn the_shards_of_a_bot_keep_their_distance() {
    let discord = Discord::builder().shards(2).start().unwrap();
    let mut bot = discord.bot();
    bot.on_message(|_, _| Ok(()));
    bot.during(|| {
        assert_eq!(discord.live_sessions(), 2);
        Ok(())
    })
    .unwrap();
    assert_eq!((discord.log().identifies(), discord.log().violations()), (2, &[][..]));
}

/// Passes everything on and counts what becomes of the permits.
struct Counting {
    entry: Entry,
    /// Permits used, and given back.
    counts: Mutex<(u32, u32)>,
}

impl Admission for Counting {
    fn address(&self, shard: ShardId, resume: Option<&str>, now: Now) -> Admit {
        self.entry.address(shard, resume, now)
    }

    fn identify(&self, shard: ShardId, was_ready: bool, now: Now) -> Admit {
        self.entry.identify(shard, was_ready, now)
    }

    fn identified(&self, shard: ShardId, now: Now) {
        self.counts.lock().unwrap().0 += 1;
        self.entry.identified(shard, now);
    }

    fn unused(&self, shard: ShardId, now: Now) {
        self.counts.lock().unwrap().1 += 1;
        self.entry.unused(shard, now);
    }
}

#[test]
fn a_shard_whose_connection_ends_before_hello_gives_its_permit_back() {
    let discord = discord(900, 1);
    discord.fault(Fault::AcceptThenClose { times: 1 });
    let admission = Arc::new(Counting { entry: entry(&discord), counts: Mutex::new((0, 0)) });
    let config = ShardConfig::new(Token::new(&discord.token()).unwrap(), Intents::NONE);
    let mut shard = Shard::new(config, admission.clone());
    let ready = shard.find_map(|event| match event.unwrap() {
        ShardEvent::Dispatch { name, .. } => Some(name),
        _ => None,
    });
    assert_eq!(ready.as_deref(), Some("READY"));
    assert_eq!(*admission.counts.lock().unwrap(), (1, 1));
}

/// Sends all shards where nobody is.
struct Nowhere(String);

impl Admission for Nowhere {
    fn address(&self, _: ShardId, _: Option<&str>, _: Now) -> Admit {
        Admit::Open(self.0.clone())
    }

    fn identify(&self, shard: ShardId, _: bool, now: Now) -> Admit {
        self.address(shard, None, now)
    }

    fn identified(&self, _: ShardId, _: Now) {}

    fn unused(&self, _: ShardId, _: Now) {}
}

#[test]
fn a_gateway_that_is_away_is_warned_about_once() {
    let discord = discord(1000, 1);
    // Has the warnings collected.
    drop(entry(&discord));
    let mut config = ShardConfig::new(Token::new(&discord.token()).unwrap(), Intents::NONE);
    config.shard = shard(0, 79);
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let mut waits = Shard::new(config, Arc::new(Nowhere(format!("ws://127.0.0.1:{port}"))));
    for attempt in 1..=3 {
        let told = waits.next().unwrap().unwrap();
        assert!(
            matches!(&told, ShardEvent::Notice(Notice::Waiting { attempts, .. }) if *attempts == attempt)
        );
    }
    let warnings = warnings(shard(0, 79));
    assert_eq!(warnings.len(), 1, "{warnings:?}");
    assert!(warnings[0].contains("no connection to Discord"), "{warnings:?}");
}
