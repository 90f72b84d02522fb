//! [`InMemoryQueue`] over real HTTP, as the shards of a process use it.

#![allow(clippy::unwrap_used)]

use std::io::{Read, Write};
use std::net::TcpListener;
use std::sync::{Arc, Barrier, Mutex, Once};
use std::thread;
use std::time::{Duration, Instant, SystemTime};

use log::{Level, LevelFilter, Log, Metadata, Record};
use syncord::gateway::ShardId;
use syncord::gateway::session::{Notice, Now};
use syncord::gateway::shard::{Admission, IdentifyQueue, Shard, ShardConfig, ShardEvent};
use syncord::rest::Client;
use syncord::sim::{Discord, ErrorBody, Fault};
use syncord::{Error, InMemoryQueue, Intents, Token};

/// The deadline of a call, enough for a busy machine.
const DEADLINE: Duration = Duration::from_secs(5);
const HOUR: Duration = Duration::from_secs(3600);
/// A response that is older than this is requested again.
const FRESH: Duration = Duration::from_secs(2);
/// The tolerance of computed times, enough for a busy machine.
const TOLERANCE: Duration = Duration::from_secs(60);

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

/// The warnings about a shard. Each test that calls this uses a different number of shards.
fn warnings(shard: ShardId) -> Vec<String> {
    let begin = format!("shard {shard}: ");
    WARNINGS.0.lock().unwrap().iter().filter(|line| line.starts_with(&begin)).cloned().collect()
}

/// A Discord with this many of 1000 identifies left, reset in ten hours.
fn discord(remaining: u32, max_concurrency: u32) -> Discord {
    Discord::builder().session_start_limit(1000, remaining, 10 * HOUR, max_concurrency).start().unwrap()
}

/// A queue whose client does not retry for long.
fn queue(discord: &Discord) -> InMemoryQueue {
    static LOGGER: Once = Once::new();
    LOGGER.call_once(|| {
        log::set_logger(&WARNINGS).unwrap();
        log::set_max_level(LevelFilter::Warn);
    });
    let token = Token::new(&discord.token()).unwrap();
    let client = Client::builder(token).api_url(discord.api_url()).deadline(DEADLINE).build();
    InMemoryQueue::new(client.unwrap())
}

fn shard(index: u32, total: u32) -> ShardId {
    ShardId { index, total }
}

/// The time on both clocks, this long after now.
fn after(time: Duration) -> Now {
    Now { mono: Instant::now() + time, wall: SystemTime::now() + time }
}

fn now() -> Now {
    after(Duration::ZERO)
}

/// How long the shard has to wait.
#[track_caller]
fn wait(admission: Admission) -> Duration {
    match admission {
        Admission::Wait { until } => until.saturating_duration_since(Instant::now()),
        other => panic!("{other:?}"),
    }
}

#[track_caller]
fn assert_near(time: Duration, expected: Duration) {
    assert!(time <= expected && time + TOLERANCE > expected, "{time:?}, not {expected:?}");
}

#[test]
fn a_permit_comes_with_the_address_that_discord_returns() {
    let discord = discord(1000, 1);
    let admission = queue(&discord).identify(shard(0, 1), false, now());
    assert!(matches!(&admission, Admission::Connect(url) if *url == discord.gateway_url()), "{admission:?}");
    let asked: Vec<_> = discord.requests().into_iter().map(|request| request.path).collect();
    assert_eq!(asked, ["/api/v10/gateway/bot"]);
}

#[test]
fn shards_of_one_bucket_identify_one_after_the_other() {
    let discord = discord(1000, 2);
    let queue = queue(&discord);
    let ask = |index| queue.identify(shard(index, 4), false, now());
    assert!(matches!(ask(0), Admission::Connect(_)));
    assert!(matches!(ask(1), Admission::Connect(_)), "another bucket");
    wait(ask(2));
    // A permit that was not used frees the bucket at once, one that was used does so after five seconds.
    queue.release(shard(0, 4), now());
    queue.release(shard(1, 4), now());
    assert!(matches!(ask(2), Admission::Connect(_)));
    queue.identified(shard(2, 4), now());
    assert_near(wait(ask(0)), Duration::from_millis(5500));
    assert_eq!(discord.requests().len(), 1, "one recent response is enough for all");
}

#[test]
fn a_shard_that_waits_for_another_makes_no_request_to_discord() {
    let discord = discord(1000, 1);
    let queue = queue(&discord);
    assert!(matches!(queue.identify(shard(0, 2), false, now()), Admission::Connect(_)));
    for _ in 0..3 {
        wait(queue.identify(shard(1, 2), false, after(2 * FRESH)));
    }
    assert_eq!(discord.requests().len(), 1);
    queue.release(shard(0, 2), now());
    assert!(matches!(queue.identify(shard(1, 2), false, after(2 * FRESH)), Admission::Connect(_)));
    assert_eq!(discord.requests().len(), 2, "the last response is too old for an identify");
}

#[test]
fn a_shard_releases_its_permit_when_the_request_to_discord_failed() {
    let discord = discord(1000, 1);
    let queue = queue(&discord);
    assert!(matches!(queue.identify(shard(0, 2), false, now()), Admission::Connect(_)));
    queue.release(shard(0, 2), now());
    // The second request checks whether Discord refuses the token for every route.
    let fault = Fault::HttpStatus { status: 401, body: ErrorBody::Json, retry_after: None, times: 2 };
    discord.fault(fault);
    let admission = queue.identify(shard(0, 2), false, after(2 * FRESH));
    assert!(matches!(admission, Admission::Refuse(_)), "{admission:?}");
    assert!(matches!(queue.identify(shard(1, 2), false, now()), Admission::Connect(_)));
}

#[test]
fn one_of_the_shards_that_ask_at_the_same_time_gets_the_permit() {
    let discord = discord(1000, 1);
    let queue: Arc<dyn IdentifyQueue> = Arc::new(queue(&discord));
    let barrier = Barrier::new(8);
    let permits = thread::scope(|scope| {
        let ask = |index| {
            let (queue, barrier) = (Arc::clone(&queue), &barrier);
            scope.spawn(move || {
                barrier.wait();
                matches!(queue.identify(shard(index, 8), false, now()), Admission::Connect(_))
            })
        };
        let asking: Vec<_> = (0..8).map(ask).collect();
        asking.into_iter().map(|asked| asked.join().unwrap()).filter(|permit| *permit).count()
    });
    assert_eq!(permits, 1);
}

#[test]
fn at_the_reserve_a_start_is_refused_with_the_time_of_the_reset() {
    let discord = discord(20, 1);
    let admission = queue(&discord).identify(shard(0, 1), false, now());
    let Admission::Refuse(error) = admission else { panic!("{admission:?}") };
    let Error::IdentifyBudget { remaining, total, retry_after } = &error else { panic!("{error}") };
    assert_eq!((*remaining, *total), (20, 1000));
    assert_near(*retry_after, 10 * HOUR);
    assert_eq!(error.retry_after(), Some(*retry_after));
    for part in ["20 of 1000", "600 min"] {
        assert!(error.to_string().contains(part), "{error}");
    }
}

#[test]
fn at_the_reserve_a_shard_that_was_ready_waits_and_logs_it_once() {
    let (discord, shard) = (discord(20, 1), shard(0, 77));
    let queue = queue(&discord);
    for _ in 0..3 {
        assert_near(wait(queue.identify(shard, true, now())), 10 * HOUR + Duration::from_secs(1));
    }
    let warnings = warnings(shard);
    assert_eq!(warnings.len(), 1, "{warnings:?}");
    assert!(warnings[0].contains("used up except for a reserve"), "{warnings:?}");
    assert!(warnings[0].contains("600 min") || warnings[0].contains("601 min"), "{warnings:?}");
}

#[test]
fn below_a_quarter_identifies_are_paced_and_each_reason_is_logged_once() {
    let (discord, shard) = (discord(43, 1), shard(0, 78));
    let queue = queue(&discord);
    // Without the reserve of 20, a quarter is 230. 23 of them are left, so the last tenth of the day has to begin.
    for _ in 0..3 {
        assert_near(wait(queue.identify(shard, false, now())), 10 * HOUR - Duration::from_secs(24 * 360));
    }
    let logged = warnings(shard);
    assert_eq!(logged.len(), 1, "{logged:?}");
    assert!(logged[0].contains("less than a quarter of today's logins"), "{logged:?}");
    assert!(logged[0].ends_with("it may identify in 456 min"), "{logged:?}");

    // Other processes of the bot have used up two hundred identifies.
    let later = self::discord(20, 1);
    let emptied = InMemoryQueue::new(client_of(&later));
    wait(emptied.identify(shard, true, now()));
    assert_eq!(warnings(shard).len(), 2, "a new reason is logged");
}

fn client_of(discord: &Discord) -> Client {
    let token = Token::new(&discord.token()).unwrap();
    Client::builder(token).api_url(discord.api_url()).deadline(DEADLINE).build().unwrap()
}

#[test]
fn while_discord_is_unreachable_the_last_count_less_own_identifies_decides() {
    let discord = discord(117, 16);
    let queue = queue(&discord);
    let ask = |index, delay| queue.identify(shard(index, 16), false, after(delay));
    for index in 0..2 {
        assert!(matches!(ask(index, Duration::ZERO), Admission::Connect(_)), "{index}");
        queue.identified(shard(index, 16), now());
    }
    discord.fault(Fault::RefuseConnections(true));
    // 117 were left when Discord was last asked, and 115 are left now: too few for the rest of the day.
    assert!(wait(ask(2, FRESH)) > Duration::from_secs(100));
    // The address is still known as well.
    let admission = queue.address(shard(2, 16), None, after(FRESH));
    assert!(matches!(&admission, Admission::Connect(url) if *url == discord.gateway_url()), "{admission:?}");

    discord.clear_faults();
    assert!(matches!(ask(2, 2 * FRESH), Admission::Connect(_)), "Discord's own count has precedence");
}

#[test]
fn before_discord_was_ever_reached_a_shard_retries_soon() {
    let discord = discord(1000, 1);
    let queue = queue(&discord);
    discord.fault(Fault::RefuseConnections(true));
    let pause = wait(queue.identify(shard(0, 1), false, now()));
    assert!(pause <= Duration::from_secs(1), "{pause:?}");
    discord.clear_faults();
    assert!(matches!(queue.identify(shard(0, 1), false, now()), Admission::Connect(_)));
}

#[test]
fn a_refused_token_ends_the_shard() {
    let discord = discord(1000, 1);
    let client = Client::builder(Token::new("MTE.not-the.right-one").unwrap()).api_url(discord.api_url());
    let admission = InMemoryQueue::new(client.build().unwrap()).identify(shard(0, 1), false, now());
    assert!(matches!(admission, Admission::Refuse(Error::Token { .. })), "{admission:?}");
}

#[test]
fn a_resume_uses_the_sessions_address_unless_a_gateway_address_is_set() {
    let discord = discord(0, 1);
    let resume = |queue: InMemoryQueue| match queue.address(shard(0, 1), Some("wss://resume.example"), now())
    {
        Admission::Connect(url) => url,
        other => panic!("{other:?}"),
    };
    assert_eq!(resume(queue(&discord)), "wss://resume.example");
    assert_eq!(resume(queue(&discord).gateway_url("ws://127.0.0.1:1")), "ws://127.0.0.1:1");
    assert_eq!(discord.requests(), [], "a resume sends no request");
}

/// The paths of the websockets that a bot opens: one to identify and one to resume.
fn websocket_paths(is_overridden: bool) -> Vec<String> {
    let discord = discord(1000, 1);
    let mut bot = discord.bot();
    bot.on_message(|_, _| Ok(()));
    if is_overridden {
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
    assert_eq!(websocket_paths(false), [format!("/{query}"), format!("/resume/{query}")]);
    assert_eq!(websocket_paths(true), [format!("/proxy/{query}"), format!("/proxy/{query}")]);
}

#[test]
fn the_shards_of_a_bot_identify_five_seconds_apart() {
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

#[test]
fn two_bots_with_one_token_identify_five_seconds_apart() {
    let discord = discord(900, 1);
    let [first, second] = [(); 2].map(|()| queue(&discord));
    assert!(matches!(first.identify(shard(0, 1), false, now()), Admission::Connect(_)));
    wait(second.identify(shard(0, 1), false, now()));
    first.identified(shard(0, 1), now());
    assert_near(wait(second.identify(shard(0, 1), false, now())), Duration::from_millis(5500));
    // Another Discord has other limits.
    let other = self::discord(900, 1);
    assert!(matches!(queue(&other).identify(shard(0, 1), false, now()), Admission::Connect(_)));
}

#[test]
fn a_queue_that_is_dropped_returns_its_permit() {
    let discord = discord(900, 1);
    let [first, second] = [(); 2].map(|()| queue(&discord));
    assert!(matches!(first.identify(shard(0, 1), false, now()), Admission::Connect(_)));
    wait(second.identify(shard(0, 1), false, now()));
    drop(first);
    assert!(matches!(second.identify(shard(0, 1), false, now()), Admission::Connect(_)));
}

#[test]
fn a_number_that_cannot_be_used_is_named_at_first_and_does_not_end_a_bot_later() {
    let gateway = |remaining: &str, reset_after: &str| {
        format!(
            r#"{{"url":"wss://gateway.example","shards":1,"session_start_limit":
                {{"total":1000,"remaining":{remaining},"reset_after":{reset_after},"max_concurrency":1}}}}"#
        )
    };
    let unusable = [("remaining", "-1", gateway("-1", "0")), ("reset_after", "1e19", gateway("900", "1e19"))];
    for (name, value, body) in unusable {
        let first = serve(vec![body.clone()]);
        let Admission::Refuse(error) = first.identify(shard(0, 1), false, now()) else { panic!("{name}") };
        assert!(error.to_string().contains(&format!("{name} = {value}")), "{error}");

        // Later the last numbers that could be read decide.
        let later = serve(vec![gateway("900", "36000000"), body]);
        for time in [Duration::ZERO, 2 * FRESH] {
            let admission = later.identify(shard(0, 1), false, after(time));
            assert!(matches!(admission, Admission::Connect(_)), "{name}: {admission:?}");
        }
        assert_eq!(later.limit().map(|limit| limit.remaining), Some(900));
    }
}

#[test]
fn the_address_of_the_gateway_has_no_default_at_another_server_than_discord() {
    for (url, part) in
        [(r#""url":null,"#, "url = null"), (r#""url":5,"#, "url = 5"), ("", "`url` is missing")]
    {
        let body = format!(
            r#"{{{url}"shards":1,"session_start_limit":
                {{"total":1000,"remaining":900,"reset_after":1000,"max_concurrency":1}}}}"#
        );
        let queue = serve(vec![body]);
        let Admission::Refuse(error) = queue.identify(shard(0, 1), false, now()) else { panic!("{part}") };
        assert!(error.to_string().contains(part), "{error}");
    }
}

/// A queue whose Discord gives these responses, one to each request. The last one is repeated.
fn serve(bodies: Vec<String>) -> InMemoryQueue {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/api/v10", listener.local_addr().unwrap());
    thread::spawn(move || {
        for (n, stream) in listener.incoming().enumerate() {
            let (mut stream, body) = (stream.unwrap(), &bodies[n.min(bodies.len() - 1)]);
            let _ = stream.read(&mut [0; 4096]);
            let head =
                format!("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: {}\r\n\r\n", body.len());
            let _ = stream.write_all((head + body).as_bytes());
        }
    });
    InMemoryQueue::new(Client::builder(Token::new("token").unwrap()).api_url(url).build().unwrap())
}

/// Delegates everything, and counts used and released permits.
struct Counting {
    queue: InMemoryQueue,
    /// The numbers of permits that were used and released.
    counts: Mutex<(u32, u32)>,
}

impl IdentifyQueue for Counting {
    fn address(&self, shard: ShardId, resume: Option<&str>, now: Now) -> Admission {
        self.queue.address(shard, resume, now)
    }

    fn identify(&self, shard: ShardId, was_ready: bool, now: Now) -> Admission {
        self.queue.identify(shard, was_ready, now)
    }

    fn identified(&self, shard: ShardId, now: Now) {
        self.counts.lock().unwrap().0 += 1;
        self.queue.identified(shard, now);
    }

    fn release(&self, shard: ShardId, now: Now) {
        self.counts.lock().unwrap().1 += 1;
        self.queue.release(shard, now);
    }
}

#[test]
fn a_shard_whose_connection_ends_before_hello_releases_its_permit() {
    let discord = discord(900, 1);
    discord.fault(Fault::AcceptThenClose { times: 1 });
    let queue = Arc::new(Counting { queue: queue(&discord), counts: Mutex::new((0, 0)) });
    let config = ShardConfig::new(Token::new(&discord.token()).unwrap(), Intents::empty());
    let mut shard = Shard::new(config, queue.clone());
    let ready = shard.find_map(|event| match event.unwrap() {
        ShardEvent::Dispatch { name, .. } => Some(name),
        _ => None,
    });
    assert_eq!(ready.as_deref(), Some("READY"));
    assert_eq!(*queue.counts.lock().unwrap(), (1, 1));
}

/// A queue that lets every shard connect to one address.
struct FakeQueue(String);

impl IdentifyQueue for FakeQueue {
    fn address(&self, _: ShardId, _: Option<&str>, _: Now) -> Admission {
        Admission::Connect(self.0.clone())
    }

    fn identify(&self, shard: ShardId, _: bool, now: Now) -> Admission {
        self.address(shard, None, now)
    }

    fn identified(&self, _: ShardId, _: Now) {}

    fn release(&self, _: ShardId, _: Now) {}
}

#[test]
fn an_unreachable_gateway_is_logged_once() {
    let discord = discord(1000, 1);
    // Installs the logger.
    drop(queue(&discord));
    let mut config = ShardConfig::new(Token::new(&discord.token()).unwrap(), Intents::empty());
    config.shard = shard(0, 79);
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let mut shard_79 = Shard::new(config, Arc::new(FakeQueue(format!("ws://127.0.0.1:{port}"))));
    for attempt in 1..=3 {
        let event = shard_79.next().unwrap().unwrap();
        assert!(
            matches!(&event, ShardEvent::Notice(Notice::Waiting { attempts, .. }) if *attempts == attempt)
        );
    }
    let warnings = warnings(shard(0, 79));
    assert_eq!(warnings.len(), 1, "{warnings:?}");
    assert!(warnings[0].contains("no connection to Discord"), "{warnings:?}");
}
