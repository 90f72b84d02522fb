//! Bots that receive their interactions over HTTP.

use std::cell::RefCell;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::{Arc, mpsc};
use std::thread;
use std::time::Duration;

use serde_json::json;
use syncord::bot::{Bot, HttpReceiver};
use syncord::events::InteractionCreate;
use syncord::gateway::send_event::UpdatePresence;
use syncord::interaction::http::{Endpoint, HttpResponse, Payload};
use syncord::interaction::{InteractionOutcome, InteractionResponder};
use syncord::model::WebhookEventData;
use syncord::model::component::{ActionRow, Button, Label, TextInput};
use syncord::rest::{CreateApplicationCommand, InteractionMessage, Modal};
use syncord::sim::{Discord, Interaction};
use syncord::tree::{CustomId, command, string};
use syncord::{Error, Result};
use tiny_http::{Header, Response, Server};

use crate::logged;
use crate::scene::{TIMEOUT, discord};

/// A port that the system chooses.
pub(crate) const ANY_PORT: &str = "127.0.0.1:0";

/// The first line of the response to a request with these headers and this body.
pub(crate) fn status(address: SocketAddr, method: &str, headers: &str, body: &[u8]) -> String {
    let mut socket = TcpStream::connect(address).unwrap();
    let head = format!(
        "{method} / HTTP/1.1\r\nHost: bot\r\nConnection: close\r\n{headers}Content-Length: {}\r\n\r\n",
        body.len()
    );
    socket.write_all(head.as_bytes()).unwrap();
    // The server may respond before it has read everything.
    let _ = socket.write_all(body);
    let mut response = Vec::new();
    let _ = socket.read_to_end(&mut response);
    String::from_utf8_lossy(&response).lines().next().unwrap_or_default().to_owned()
}

/// A bot with a command, whose interactions come over HTTP.
pub(crate) fn ping_bot<'a>(discord: &Discord) -> Bot<'a> {
    let mut bot = discord.bot();
    bot.command(command("ping", "Responds").run(|cx| cx.reply("pong")));
    bot.interactions_over_http(ANY_PORT);
    bot
}

/// A web server of a program, until it is dropped.
pub(crate) struct OwnServer {
    server: Arc<Server>,
}

impl OwnServer {
    /// Gives each request to a receiver.
    fn with_receiver(receiver: HttpReceiver) -> OwnServer {
        OwnServer::start(move |headers, body| receiver.receive(headers.iter().copied(), body))
    }

    pub(crate) fn start(
        respond: impl Fn(&[(&str, &str)], &[u8]) -> HttpResponse + Send + 'static,
    ) -> OwnServer {
        let server = Arc::new(Server::http(ANY_PORT).unwrap());
        let serving = server.clone();
        thread::spawn(move || {
            for mut request in serving.incoming_requests() {
                let mut body = Vec::new();
                request.as_reader().read_to_end(&mut body).unwrap();
                let headers = request.headers().iter();
                let headers: Vec<_> =
                    headers.map(|h| (h.field.as_str().as_str(), h.value.as_str())).collect();
                let response = respond(&headers, &body);
                let content_type = Header::from_bytes("Content-Type", response.content_type).unwrap();
                let answer = Response::from_string(response.body).with_status_code(response.status);
                request.respond(answer.with_header(content_type)).unwrap();
            }
        });
        OwnServer { server }
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}/", self.server.server_addr())
    }
}

impl Drop for OwnServer {
    fn drop(&mut self) {
        self.server.unblock();
    }
}

#[test]
fn commands_components_and_modals_work_without_a_gateway_connection() {
    let discord = discord().start().unwrap();
    let (ann, general) = (discord.member("ann"), discord.channel("general"));
    let mut bot = discord.bot();
    let open: CustomId<()> = CustomId::new("open");
    let reason: CustomId<()> = CustomId::new("reason");
    bot.command(command("ask", "Asks").run(|cx| {
        let button = ActionRow::new([Button::primary(open.with()?, "Open")]);
        cx.reply(InteractionMessage::text("Well?").component(button))
    }));
    bot.component(open.run(|cx| {
        let input = Label::new("Why?", TextInput::short("why"));
        cx.modal(&Modal::new(reason.with()?, "Reason").component(input))
    }));
    bot.modal(reason.run_modal(|cx| cx.reply(cx.value("why").unwrap_or_default())));
    let name = string().autocomplete(|_, typed| vec![format!("{typed}!")]);
    bot.command(command("port", "Where").option("name", "Name", name).run(|cx, name| cx.reply(name)));
    bot.interactions_over_http(ANY_PORT);
    bot.during(|| {
        let asked = ann.uses(&general, "/ask")?;
        assert_eq!(asked.reply()?.content, "Well?");
        ann.clicks(&asked.reply()?, "open")?;
        let sent = ann.submits(&ann.next_modal()?, [("why", "Because.")])?;
        assert_eq!(sent.reply()?.content, "Because.");
        let choices = ann.autocompletes(&general, "/port name:Ki")?;
        assert_eq!(choices[0].name, "Ki!");
        assert_eq!(ann.uses(&general, "/port name:Kiel")?.reply()?.content, "Kiel");
        Ok(())
    })
    .unwrap();
    assert_eq!(discord.log().connections(), 0);
}

#[test]
fn a_slow_handler_is_deferred() {
    let discord = discord().start().unwrap();
    let (ann, general) = (discord.member("ann"), discord.channel("general"));
    let mut bot = discord.bot();
    bot.auto_defer_after(Duration::from_millis(50));
    bot.command(command("slow", "Takes long").run(|cx| {
        thread::sleep(Duration::from_millis(400));
        cx.reply("done")
    }));
    bot.interactions_over_http(ANY_PORT);
    let handle = bot.handle();
    bot.during(|| {
        assert_eq!(ann.uses(&general, "/slow")?.reply()?.content, "done");
        let outcomes = handle.health().interactions.outcomes;
        assert!(outcomes.contains(&(InteractionOutcome::AutoDeferred, 1)), "{outcomes:?}");
        Ok(())
    })
    .unwrap();
}

#[test]
fn a_task_waits_for_a_click() {
    let discord = discord().start().unwrap();
    let (ann, general) = (discord.member("ann"), discord.channel("general"));
    let mut bot = discord.bot();
    bot.command(command("sure", "Asks").waits_for::<InteractionCreate>().run(|cx| {
        cx.spawn(|task| {
            let answer = task.confirm("Sure?")?;
            task.follow_up(format!("{answer:?}"))?;
            Ok(())
        })?;
        Ok(())
    }));
    bot.interactions_over_http(ANY_PORT);
    bot.during(|| {
        let asked = ann.uses(&general, "/sure")?;
        let question = asked.reply()?;
        let yes = question.raw["components"][0]["components"][0]["custom_id"].as_str().ok_or("a button")?;
        ann.clicks(question.id, yes)?;
        discord.wait_until("the follow-up", |_| !asked.followups().is_empty())?;
        assert_eq!(asked.followups()[0].content, "Some(true)");
        Ok(())
    })
    .unwrap();
    assert_eq!(discord.log().connections(), 0);
}

#[test]
fn a_bot_with_other_handlers_connects_to_the_gateway_too() {
    let discord = discord().start().unwrap();
    let (ann, general) = (discord.member("ann"), discord.channel("general"));
    let mut bot = ping_bot(&discord);
    bot.on_message(|cx, message| {
        if !message.author.bot {
            cx.reply(message, "read")?;
        }
        Ok(())
    });
    bot.during(|| {
        ann.says(&general, "hello");
        assert_eq!(general.next_message()?.content, "read");
        assert_eq!(ann.uses(&general, "/ping")?.reply()?.content, "pong");
        Ok(())
    })
    .unwrap();
    assert_eq!(discord.log().connections(), 1);
}

#[test]
fn a_web_server_of_the_program_serves_the_endpoint() {
    let discord = discord().start().unwrap();
    let (ann, general) = (discord.member("ann"), discord.channel("general"));
    let mut bot = discord.bot();
    bot.command(command("ping", "Responds").run(|cx| cx.reply("pong")));
    let receiver = bot.http_receiver();
    let server = OwnServer::with_receiver(receiver.clone());
    let empty: [(&str, &str); 0] = [];
    assert_eq!(receiver.receive(empty, b"{}").status, 503, "before the login");
    let handle = bot.handle();
    bot.during(|| {
        // It must answer a ping, and refuse a wrong signature.
        discord.set_interactions_endpoint(&server.url())?;
        assert_eq!(ann.uses(&general, "/ping")?.reply()?.content, "pong");
        let counts = || handle.health().http.unwrap();
        // Counted by the thread of the server, which may be later than the bot's.
        discord.wait_until("the count", |_| counts().accepted > 0)?;
        let http = counts();
        assert_eq!((http.pings, http.refused, http.accepted, http.unavailable), (1, 1, 1, 1));
        assert_eq!(handle.http_address(), None);
        Ok(())
    })
    .unwrap();
    assert!(discord.set_interactions_endpoint(&server.url()).is_err(), "after the end");
    // One before the login, and one after the end.
    assert_eq!(handle.health().http.unwrap().unavailable, 2);
}

#[test]
fn a_program_without_a_bot_serves_the_endpoint() {
    let discord = discord().start().unwrap();
    let (ann, general) = (discord.member("ann"), discord.channel("general"));
    let client = discord.rest();
    client
        .create_global_application_command(
            discord.application_id(),
            &CreateApplicationCommand::new("ping").description("Responds"),
        )
        .unwrap();
    let endpoint = Endpoint::new(&discord.public_key()).unwrap();
    let server = OwnServer::start(move |headers, body| {
        let incoming = endpoint.receive(headers.iter().copied(), body);
        if let Some(Payload::Interaction(json)) = incoming.payload {
            let interaction: syncord::model::Interaction = serde_json::from_str(json).unwrap();
            InteractionResponder::new(&client, &interaction).reply("pong").unwrap();
        }
        incoming.response
    });
    discord.set_interactions_endpoint(&server.url()).unwrap();
    assert_eq!(ann.uses(&general, "/ping").unwrap().reply().unwrap().content, "pong");
}

#[test]
fn the_server_of_the_bot_refuses_what_is_not_from_discord() {
    let discord = discord().start().unwrap();
    let bot = ping_bot(&discord);
    let handle = bot.handle();
    bot.during(|| {
        let address = handle.http_address().unwrap();
        let unsigned = br#"{"id":"1","token":"t","type":2,"data":{"name":"ping"}}"#;
        let forged = format!("X-Signature-Ed25519: {}\r\nX-Signature-Timestamp: 1\r\n", "0".repeat(128));
        assert_eq!(status(address, "POST", "", unsigned), "HTTP/1.1 401 Unauthorized");
        assert_eq!(status(address, "POST", &forged, unsigned), "HTTP/1.1 401 Unauthorized");
        assert_eq!(status(address, "GET", "", b""), "HTTP/1.1 405 Method Not Allowed");
        let large = vec![b' '; 5 << 20];
        assert_eq!(status(address, "POST", "", &large), "HTTP/1.1 413 Content Too Large");
        let health = handle.health();
        assert_eq!((health.http.unwrap().refused, health.interactions.received), (2, 0));
        assert!(health.is_ready(), "{health}");
        assert!(health.to_string().contains("no gateway connection"), "{health}");
        assert!(health.to_string().contains("2 requests over HTTP, 2 refused"), "{health}");
        assert!(health.to_prometheus().contains(r#"syncord_http_requests_total{outcome="refused"} 2"#));
        Ok(())
    })
    .unwrap();
}

#[test]
fn webhook_events_reach_their_handler() {
    let discord = discord().start().unwrap();
    let seen = RefCell::new(Vec::new());
    let kinds = RefCell::new(Vec::new());
    let mut bot = discord.bot();
    bot.on_webhook_event(|_, payload| {
        let event = payload.event.as_ref().ok_or("an event")?;
        if let Some(WebhookEventData::ApplicationAuthorized(authorized)) = &event.data {
            seen.borrow_mut().push(authorized.user.username.clone());
        }
        kinds.borrow_mut().push(event.kind.as_str().to_owned());
        Ok(())
    });
    bot.interactions_over_http(ANY_PORT);
    let handle = bot.handle();
    bot.during(|| {
        discord.set_webhook_events_endpoint(&format!("http://{}/", handle.http_address().unwrap()))?;
        let user = json!({"id": "7", "username": "mira", "discriminator": "0"});
        discord.webhook_event("APPLICATION_AUTHORIZED", json!({"user": user, "scopes": ["bot"]}))?;
        discord.webhook_event("SOMETHING_NEW", json!({"a": 1}))?;
        Ok(())
    })
    .unwrap();
    assert_eq!(
        (&*kinds.borrow(), &*seen.borrow()),
        (&vec!["APPLICATION_AUTHORIZED".to_owned(), "SOMETHING_NEW".to_owned()], &vec!["mira".to_owned()])
    );
    assert_eq!(discord.log().connections(), 0);
}

#[test]
fn interactions_beyond_the_limit_are_refused_and_the_others_are_handled() {
    let discord = discord().start().unwrap();
    let (ann, general) = (discord.member("ann"), discord.channel("general"));
    let (release, wait) = mpsc::channel::<()>();
    let (entered, has_entered) = mpsc::channel::<()>();
    let mut bot = discord.bot();
    bot.max_posts(1);
    bot.command(command("wait", "Blocks the bot's thread").run(move |cx| {
        entered.send(())?;
        wait.recv()?;
        cx.reply("released")
    }));
    bot.interactions_over_http(ANY_PORT);
    let (handle, discord) = (bot.handle(), &discord);
    let during = || {
        bot.during(move || {
            let first = ann.uses(&general, "/wait")?;
            has_entered.recv()?;
            // Many, so that some of them come at the same moment.
            let others: Vec<Interaction> =
                (0..40).map(|_| ann.uses(&general, "/wait")).collect::<Result<_, _>>()?;
            discord.wait_until("the refusals", |_| handle.health().http.unwrap().unavailable >= 39)?;
            // What is refused is not taken in, so the library does not defer it.
            assert_eq!(handle.health().interactions.received, 2);
            release.send(())?;
            release.send(())?;
            assert_eq!(first.reply()?.content, "released");
            assert_eq!(others.iter().filter(|other| other.reply().is_ok()).count(), 1);
            Ok(())
        })
    };
    logged::during(during).0.unwrap();
    // The first one, and then fewer and fewer.
    assert_eq!(logged::count("WARN a request of Discord is refused, because too many events wait"), 6);
}

#[test]
fn a_late_reply_names_the_slow_handler_that_it_waited_for() {
    let discord = discord().start().unwrap();
    let (ann, general) = (discord.member("ann"), discord.channel("general"));
    let (sender, errors) = mpsc::channel();
    let (entered, has_entered) = mpsc::channel();
    let mut bot = discord.bot();
    bot.command(command("slow", "Takes long").run(move |cx| {
        entered.send(())?;
        thread::sleep(Duration::from_secs(4));
        cx.reply("done")
    }));
    bot.command(command("quick", "Waits").run(|cx| cx.reply("too late")).no_auto_defer());
    bot.on_error(move |_, error| sender.send(error.to_string()).unwrap());
    bot.interactions_over_http(ANY_PORT);
    bot.during(move || {
        ann.uses(&general, "/slow")?;
        has_entered.recv_timeout(TIMEOUT)?;
        ann.uses(&general, "/quick")?;
        let error = errors.recv_timeout(TIMEOUT)?;
        assert!(error.contains("; the handlers of INTERACTION_CREATE took "), "{error}");
        Ok(())
    })
    .unwrap();
}

#[test]
fn a_stop_responds_to_interactions_that_wait() {
    let discord = discord().start().unwrap();
    let (ann, general) = (discord.member("ann"), discord.channel("general"));
    let mut bot = discord.bot();
    bot.grace(Duration::from_millis(200));
    bot.command(command("slow", "Takes long").run(|cx| {
        // After the stop no request is accepted.
        discord.wait_until("two requests", |_| cx.health().http.is_some_and(|http| http.accepted == 2))?;
        cx.stop();
        thread::sleep(Duration::from_millis(500));
        cx.reply("done")
    }));
    bot.interactions_over_http(ANY_PORT);
    let handle = bot.handle();
    bot.during(|| {
        let uses: Vec<Interaction> = (0..2).map(|_| ann.uses(&general, "/slow")).collect::<Result<_, _>>()?;
        for used in &uses {
            assert!(!used.reply()?.content.is_empty());
        }
        Ok(())
    })
    .unwrap();
    let report = handle.stop_report().unwrap();
    assert_eq!(report.events, 1, "{report}");
}

#[test]
fn what_needs_the_gateway_is_an_error_without_a_connection() {
    let discord = discord().start().unwrap();
    let (ann, general) = (discord.member("ann"), discord.channel("general"));
    let mut bot = discord.bot();
    bot.command(command("away", "Changes the presence").run(|cx| {
        let presence = cx.set_presence(&UpdatePresence::online()).unwrap_err();
        let channels = cx.request_channel_info(cx.guild()?.id).unwrap_err();
        assert!(matches!((&presence, &channels), (Error::Setup { .. }, Error::Setup { .. })));
        assert_eq!(presence.to_string(), channels.to_string());
        cx.reply(presence.to_string())
    }));
    bot.interactions_over_http(ANY_PORT);
    bot.during(|| {
        let reply = ann.uses(&general, "/away")?.reply()?.content;
        assert!(reply.contains("no gateway connection") && reply.contains("bot.presence(..)"), "{reply}");
        Ok(())
    })
    .unwrap();
}

#[test]
fn a_bot_without_a_gateway_connection_says_how_it_stopped() {
    let discord = discord().start().unwrap();
    let bot = ping_bot(&discord);
    let handle = bot.handle();
    let ((), log) = logged::during(|| bot.during(|| Ok(())).unwrap());
    let report = handle.stop_report().unwrap();
    assert!(log.contains(&format!("INFO {report}")), "{report}, {log:?}");
}
