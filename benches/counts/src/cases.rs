//! What is counted.

use std::hint::black_box;
use std::time::{Instant, SystemTime};

use syncord::bot::Commands;
use syncord::events::{GuildCreate, InteractionCreate, MessageCreate, TypingStart};
use syncord::gateway::event::Event;
use syncord::gateway::frame::Envelope;
use syncord::gateway::session::{Input, Now, Session, SessionConfig};
use syncord::rest::LimitedCall;
use syncord::tree::{Tree, command, group};
use syncord::{Bot, Intents, Result, Token};

use crate::server::{self, frame};

pub(crate) const GUILD_CREATE: &str = include_str!("../fixtures/GUILD_CREATE.json");
pub(crate) const INTERACTION_CREATE: &str = include_str!("../fixtures/INTERACTION_CREATE.json");
pub(crate) const MESSAGE_CREATE: &str = include_str!("../fixtures/MESSAGE_CREATE.json");
pub(crate) const TYPING_START: &str = include_str!("../fixtures/TYPING_START.json");

/// The number of frames that a session receives before the next one begins.
const SESSION_FRAMES: u64 = 1000;

/// A path through the library that runs for each event or request.
#[derive(Clone, Copy)]
pub(crate) enum Case {
    /// The envelope of a frame is read.
    Envelope,
    /// A session receives an event.
    Session,
    DecodeMessage,
    DecodeTyping,
    DecodeGuild,
    DecodeInteraction,
    /// An event comes from a socket to the handler of a bot.
    Deliver,
    /// A REST call is admitted, and its response is recorded.
    Limiter,
    /// The handler of a slash command is found, among 1,000.
    CommandLookup,
}

impl Case {
    pub(crate) const ALL: [Case; 9] = [
        Case::Envelope,
        Case::Session,
        Case::DecodeMessage,
        Case::DecodeTyping,
        Case::DecodeGuild,
        Case::DecodeInteraction,
        Case::Deliver,
        Case::Limiter,
        Case::CommandLookup,
    ];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Case::Envelope => "envelope",
            Case::Session => "session",
            Case::DecodeMessage => "decode-message",
            Case::DecodeTyping => "decode-typing",
            Case::DecodeGuild => "decode-guild",
            Case::DecodeInteraction => "decode-interaction",
            Case::Deliver => "deliver",
            Case::Limiter => "limiter",
            Case::CommandLookup => "command-lookup",
        }
    }

    /// The number of items of the shorter run, so many that what varies between two runs does not count.
    pub(crate) fn items(self) -> u64 {
        match self {
            Case::Envelope | Case::Session => 10 * SESSION_FRAMES,
            Case::DecodeGuild => 100,
            Case::Deliver => 5_000,
            _ => 1_000,
        }
    }
}

/// Runs a case with this number of items. `port` is that of a [server](crate::server) that sends them.
pub(crate) fn run(case: Case, items: u64, port: u16) -> Result {
    match case {
        Case::Envelope => {
            let text = frame("TYPING_START", 7, TYPING_START);
            repeat(items, || Envelope::read(black_box(&text)).is_ok());
        }
        Case::Session => sessions(items)?,
        Case::DecodeMessage => decode::<MessageCreate>(items, MESSAGE_CREATE),
        Case::DecodeTyping => decode::<TypingStart>(items, TYPING_START),
        Case::DecodeGuild => decode::<GuildCreate>(items, GUILD_CREATE),
        Case::DecodeInteraction => decode::<InteractionCreate>(items, INTERACTION_CREATE),
        Case::Deliver => deliver(items, port)?,
        Case::Limiter => {
            let call = LimitedCall::new();
            repeat(items, || call.run());
        }
        Case::CommandLookup => {
            let mut commands = Commands::new(bot_with_commands()?);
            repeat(items, || commands.find(black_box(INTERACTION_CREATE)));
        }
    }
    Ok(())
}

/// Does something that must succeed.
fn repeat(times: u64, mut f: impl FnMut() -> bool) {
    for _ in 0..times {
        assert!(black_box(f()), "the case does nothing");
    }
}

fn decode<E: Event>(items: u64, data: &str) {
    repeat(items, || E::decode(black_box(data)).map(black_box).is_ok());
}

/// Sessions log in and receive the same frames, whose sequence numbers must not repeat within one.
fn sessions(items: u64) -> Result {
    let frames: Vec<String> =
        (0..SESSION_FRAMES).map(|n| frame("TYPING_START", 2 + n, TYPING_START)).collect();
    let config = SessionConfig::new(Token::new("token")?, Intents::all());
    let now = Now { mono: Instant::now(), wall: SystemTime::UNIX_EPOCH };
    for _ in 0..items / SESSION_FRAMES {
        let mut session = Session::new(config.clone(), now, 7);
        session.handle(now, Input::Timeout);
        session.handle(now, Input::Opened);
        session.handle(now, Input::Text(server::HELLO));
        session.handle(now, Input::Text(&frame("READY", 1, &server::ready(0))));
        for text in &frames {
            let step = session.handle(now, Input::Text(black_box(text)));
            assert!(black_box(step).dispatch.is_some(), "the session is not connected");
        }
    }
    Ok(())
}

/// A bot receives events from the server at this port.
fn deliver(items: u64, port: u16) -> Result {
    let mut received = 0;
    let mut bot = Bot::new("token")?;
    bot.api_url(format!("http://127.0.0.1:{port}/api/v10")).gateway_url(format!("ws://127.0.0.1:{port}"));
    bot.on(|cx, typing: &TypingStart| {
        received += u64::from(black_box(typing).guild_id.is_some());
        if received == items {
            cx.stop();
        }
        Ok(())
    });
    bot.run()?;
    Ok(())
}

/// 40 groups of 25 commands, and the command of the fixture.
fn bot_with_commands<'a>() -> Result<Bot<'a>> {
    let mut tree = Tree::new("all").add(command("tide", "Shows the tide").run(|_| Ok(())));
    for name in 0..40 {
        let mut commands = group(&format!("group-{name}"), "Some commands");
        for name in 0..25 {
            commands = commands.add(command(&format!("command-{name}"), "A command").run(|_| Ok(())));
        }
        tree = tree.add(commands);
    }
    let mut bot = Bot::new("token")?;
    bot.mount(tree);
    Ok(bot)
}
