//! How much of a rate limit is used at several round trips: `cargo bench --bench limits`. It takes a minute.
//!
//! A server on loopback delays each request and response by half of the round trip, and enforces one limit. On a busy
//! machine its threads and the client's wake up late: the round trips differ more, and the shares are lower. With
//! `chrt -f 10` before the command they are not delayed.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use syncord::Token;
use syncord::id::ChannelId;
use syncord::rest::Client;

const ROUND_TRIPS: [u64; 5] = [0, 50, 100, 200, 400];

/// Enough to use the global limit at the longest round trip.
const THREADS: usize = 40;

/// The time in which the limiter learns the limit and the round trip. It does not count.
const WARM_UP: Duration = Duration::from_secs(4);
const MEASURED: Duration = Duration::from_secs(15);

/// A limit, and whether it is the global one, which no header describes.
#[derive(Clone, Copy)]
struct Limit {
    name: &'static str,
    count: u32,
    period: Duration,
    is_global: bool,
}

#[derive(Default)]
struct Window {
    opened: Option<Instant>,
    used: u32,
    served: u32,
    refused: u32,
}

fn main() {
    // `cargo test --benches` runs it without this argument.
    if !std::env::args().any(|argument| argument == "--bench") {
        return;
    }
    let limit = |name, count, millis, is_global| Limit {
        name,
        count,
        period: Duration::from_millis(millis),
        is_global,
    };
    for limit in [
        limit("global, 50 in 1 s", 50, 1000, true),
        limit("bucket, 1 in 0.25 s", 1, 250, false),
        limit("bucket, 5 in 1 s", 5, 1000, false),
    ] {
        let results = thread::scope(|scope| {
            let runs =
                ROUND_TRIPS.map(|millis| scope.spawn(move || measure(limit, Duration::from_millis(millis))));
            runs.map(|run| run.join().expect("a run panicked"))
        });
        for (millis, (share, refused)) in ROUND_TRIPS.iter().zip(results) {
            println!("{:<20} {millis:>3} ms: {:>5.1} %, {refused} refused", limit.name, 100.0 * share);
        }
    }
}

/// Sends as much as the limit allows. Returns the used share of it and the number of 429s.
fn measure(limit: Limit, round_trip: Duration) -> (f64, u32) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("no port");
    let url = format!("http://{}/api/v10", listener.local_addr().expect("no address"));
    let window = Arc::new(Mutex::new(Window::default()));
    let shared = Arc::clone(&window);
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let window = Arc::clone(&shared);
            thread::spawn(move || drop(serve(&stream, limit, round_trip / 2, &window)));
        }
    });
    let token = Token::new("bench").expect("a token");
    let client =
        Client::builder(token).api_url(url).requests_per_second(if limit.is_global { 50 } else { 10_000 });
    let client = client.deadline(Duration::from_secs(600)).build().expect("a client");
    let served = || window.lock().expect("not poisoned").served;
    let end = Instant::now() + WARM_UP + MEASURED;
    thread::scope(|scope| {
        for _ in 0..THREADS {
            scope.spawn(|| {
                while Instant::now() < end {
                    drop(client.trigger_typing(ChannelId::new(7)));
                }
            });
        }
        thread::sleep(WARM_UP);
        let before = served();
        thread::sleep(MEASURED);
        let rate = f64::from(served() - before) / MEASURED.as_secs_f64();
        let allowed = f64::from(limit.count) / limit.period.as_secs_f64();
        (rate / allowed, window.lock().expect("not poisoned").refused)
    })
}

/// Answers the requests of one connection.
fn serve(stream: &TcpStream, limit: Limit, delay: Duration, window: &Mutex<Window>) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let (mut reader, mut writer) = (BufReader::new(stream), stream);
    loop {
        let mut length = 0;
        loop {
            let mut line = String::new();
            if reader.read_line(&mut line)? == 0 {
                return Ok(());
            }
            let line = line.trim_end().to_ascii_lowercase();
            if let Some(value) = line.strip_prefix("content-length:") {
                length = value.trim().parse().unwrap_or(0);
            }
            if line.is_empty() {
                break;
            }
        }
        io::copy(&mut reader.by_ref().take(length), &mut io::sink())?;
        thread::sleep(delay);
        let response = window.lock().expect("not poisoned").respond(Instant::now(), limit);
        thread::sleep(delay);
        writer.write_all(response.as_bytes())?;
    }
}

impl Window {
    fn respond(&mut self, now: Instant, limit: Limit) -> String {
        if self.opened.is_none_or(|opened| now >= opened + limit.period) {
            (self.opened, self.used) = (Some(now), 0);
        }
        let end = self.opened.map_or(now, |opened| opened + limit.period);
        let reset_after = end.saturating_duration_since(now).as_micros().div_ceil(1000);
        let reset_after = format!("{}.{:03}", reset_after / 1000, reset_after % 1000);
        let is_full = self.used >= limit.count;
        self.used += u32::from(!is_full);
        let headers = match limit.is_global {
            true => String::new(),
            false => format!(
                "X-RateLimit-Bucket: a\r\nX-RateLimit-Limit: {}\r\nX-RateLimit-Remaining: {}\r\nX-RateLimit-Reset-After: {reset_after}\r\n",
                limit.count,
                limit.count - self.used
            ),
        };
        if is_full {
            self.refused += 1;
            let body = format!(
                r#"{{"message":"limited","retry_after":{reset_after},"global":{}}}"#,
                limit.is_global
            );
            return format!(
                "HTTP/1.1 429 Too Many Requests\r\nVia: 1.1 bench\r\n{headers}Content-Length: {}\r\n\r\n{body}",
                body.len()
            );
        }
        self.served += 1;
        format!("HTTP/1.1 204 No Content\r\n{headers}\r\n")
    }
}
