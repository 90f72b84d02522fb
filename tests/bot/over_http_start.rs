//! How bots start that receive their interactions over HTTP.

use std::net::TcpListener;
use std::time::Duration;

use syncord::cache::Cache;
use syncord::events::{InteractionCreate, MessageCreate};
use syncord::gateway::send_event::UpdatePresence;
use syncord::interaction::http::Endpoint;
use syncord::sim::{Discord, Fault};
use syncord::tree::command;
use syncord::{Bot, Error, Intents};

use crate::child;
use crate::logged;
use crate::over_http::{ANY_PORT, OwnServer, ping_bot, status};
use crate::scene::{self, discord, eventually};

#[test]
fn a_bot_says_that_no_interactions_come_over_http_yet() {
    if !child::is_child() {
        // The log is that of a whole process.
        child::run("over_http_start::a_bot_says_that_no_interactions_come_over_http_yet", &[]);
        return;
    }
    let expected = "WARN Discord sends no interactions over HTTP yet";
    let discord = discord().start().unwrap();
    let bot = ping_bot(&discord);
    // The simulated Discord sets the URL of this one.
    logged::during(|| bot.during(|| Ok(())).unwrap());
    assert!(!logged::has(expected));
    discord.clear_interactions_endpoint();
    let start = |has_commands: bool| {
        let mut bot = scene::bot(&discord);
        bot.on_message(|_, _| Ok(()));
        bot.on_webhook_event(|_, _| Ok(()));
        if has_commands {
            bot.command(command("ping", "Responds").run(|cx| cx.reply("pong")));
        }
        let _receiver = bot.http_receiver();
        logged::during(|| bot.during(|| Ok(())).unwrap());
    };
    // A bot that only wants webhook events needs no such URL.
    start(false);
    assert!(!logged::has(expected));
    start(true);
    assert!(logged::has(expected));
}

#[test]
fn a_bot_of_the_gateway_says_that_its_interactions_go_elsewhere() {
    let discord = discord().start().unwrap();
    let endpoint = Endpoint::new(&discord.public_key()).unwrap();
    let server =
        OwnServer::start(move |headers, body| endpoint.receive(headers.iter().copied(), body).response);
    discord.set_interactions_endpoint(&server.url()).unwrap();
    let mut bot = scene::bot(&discord);
    bot.command(command("ping", "Responds").run(|cx| cx.reply("pong")));
    logged::during(|| bot.during(|| Ok(())).unwrap());
    assert!(logged::has(&format!("WARN Discord sends the interactions to {}", server.url())));
}

#[test]
fn a_bot_gets_its_interactions_at_any_address_of_this_machine() {
    // A machine may lack some of them.
    let addresses = ["127.0.0.1:0", "127.0.0.2:0", "0.0.0.0:0", "[::1]:0", "[::]:0"];
    for address in addresses.into_iter().filter(|address| TcpListener::bind(address).is_ok()) {
        let discord = discord().start().unwrap();
        let (ann, general) = (discord.member("ann"), discord.channel("general"));
        let mut bot = ping_bot(&discord);
        bot.interactions_over_http(address);
        bot.during(|| {
            let reply = ann.uses(&general, "/ping")?.reply();
            assert_eq!(reply.unwrap_or_else(|error| panic!("{address}: {error}")).content, "pong");
            Ok(())
        })
        .unwrap();
    }
}

#[test]
fn only_what_comes_over_the_gateway_needs_a_connection() {
    type Declare = fn(&mut Bot<'_>);
    let rows: [(&str, Declare, u64); 9] = [
        ("a timer", |bot| _ = bot.every(Duration::from_secs(1), |_| Ok(())), 0),
        ("interactions", |bot| _ = bot.on::<InteractionCreate>(|_, _| Ok(())), 0),
        ("messages", |bot| _ = bot.on_message(|_, _| Ok(())), 1),
        ("all events", |bot| _ = bot.on_any(|_, _, _| Ok(())), 1),
        ("connections", |bot| _ = bot.on_connected(|_, _| Ok(())), 1),
        ("what a task waits for", |bot| _ = bot.waits_for::<MessageCreate>(), 1),
        ("a presence", |bot| _ = bot.presence(UpdatePresence::online()), 1),
        ("intents", |bot| _ = bot.add_intents(Intents::GUILDS), 1),
        ("a cache", |bot| _ = bot.cache(Cache::new()), 1),
    ];
    for (what, declare, connections) in rows {
        let discord = discord().start().unwrap();
        let mut bot = ping_bot(&discord);
        declare(&mut bot);
        bot.during(|| Ok(())).unwrap();
        assert_eq!(discord.log().connections(), connections, "{what}");
    }
}

#[test]
fn a_bot_that_needs_the_gateway_too_is_not_ready_without_it() {
    let discord = Discord::builder().timeout(Duration::from_millis(500)).start().unwrap();
    discord.fault(Fault::RefuseUpgrade { status: 503, times: u32::MAX });
    let mut bot = ping_bot(&discord);
    bot.on_message(|_, _| Ok(()));
    let handle = bot.handle();
    let _running = bot.start().unwrap();
    // From its login on it verifies requests.
    let address = handle.http_address().unwrap();
    eventually("the login", || status(address, "POST", "", b"{}") == "HTTP/1.1 401 Unauthorized");
    assert!(discord.wait_until_ready().is_err());
}

#[test]
fn an_address_that_is_taken_is_an_error_at_the_start() {
    let discord = discord().start().unwrap();
    let taken = TcpListener::bind(ANY_PORT).unwrap();
    let address = taken.local_addr().unwrap().to_string();
    for address in [address.as_str(), "nonsense", ""] {
        let mut bot = ping_bot(&discord);
        bot.interactions_over_http(address);
        let error = bot.start().unwrap_err();
        assert!(matches!(error, Error::Setup { .. }), "{error:?}");
        assert!(error.to_string().contains(&format!("interactions at {address:?}")), "{error}");
    }
}

#[test]
fn a_handler_of_webhook_events_needs_http() {
    let discord = discord().start().unwrap();
    let mut bot = discord.bot();
    bot.on_webhook_event(|_, _| Ok(()));
    let error = bot.start().unwrap_err();
    assert!(error.to_string().contains("bot.interactions_over_http(..)"), "{error}");
}
