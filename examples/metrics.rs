//! A bot with a web server for a supervisor and for Prometheus: `/healthz`, `/readyz` and `/metrics`.
//!
//! `cargo run --example metrics`, then `curl http://127.0.0.1:9100/metrics`. Another address: `METRICS_ADDRESS`.

use std::time::Duration;
use std::{env, thread};

use syncord::bot::Health;
use syncord::prelude::*;
use tiny_http::{Header, Response, Server};

fn main() -> syncord::Result {
    let log = env_logger::Env::default().default_filter_or("warn");
    // At the trace level the websocket crate would log private messages.
    env_logger::Builder::from_env(log).parse_filters("tungstenite=warn").init();

    let mut bot = Bot::from_env_or_playground()?;
    bot.log_health_every(Duration::from_secs(60));
    bot.slow_handler_after(Duration::from_millis(500)).stuck_handler_after(Duration::from_secs(30));
    bot.on_message(|cx, message| {
        match message.content.as_str() {
            "ping" => drop(cx.reply(message, "pong")?),
            "fail" => return Err("this is counted".into()),
            "health" => drop(cx.reply(message, cx.health().to_string())?),
            _ => {}
        }
        Ok(())
    });

    let address = env::var("METRICS_ADDRESS").unwrap_or_else(|_| "127.0.0.1:9100".to_owned());
    let server = Server::http(&address)?;
    eprintln!("serving http://{}/metrics", server.server_addr());
    let handle = bot.handle();
    // A separate thread, so that it answers while the bot's thread is in a handler. It ends with the process.
    thread::spawn(move || serve(&server, &handle));
    bot.run()?;
    Ok(())
}

/// Answers all requests, one after the other.
fn serve(server: &Server, handle: &Handle) {
    let media_type = format!("Content-Type: {}", Health::PROMETHEUS_MEDIA_TYPE);
    let media_type: Header = media_type.parse().expect("it is a valid header");
    for request in server.incoming_requests() {
        let health = handle.health();
        let (is_fine, body) = match request.url() {
            "/healthz" => (health.is_alive(), summary(&health)),
            "/readyz" => (health.is_ready(), summary(&health)),
            "/metrics" => (true, health.to_prometheus()),
            _ => (false, "try /healthz, /readyz or /metrics\n".to_owned()),
        };
        let status = if is_fine { 200 } else { 503 };
        let response = Response::from_string(body).with_status_code(status).with_header(media_type.clone());
        // The client may have gone.
        let _ = request.respond(response);
    }
}

fn summary(health: &Health) -> String {
    format!("{health}\n")
}
