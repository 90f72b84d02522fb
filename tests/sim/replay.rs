//! A session that was recorded is replayed, and the bot does the same again.

use std::cell::Cell;
use std::fs;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use serde_json::{Value, json};
use syncord::bot::Recording;
use syncord::prelude::*;
use syncord::sim::{Discord, Replay, ReplayReport};

/// A folder that is removed at the end.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Folder {
        static NUMBER: AtomicUsize = AtomicUsize::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let path = std::env::temp_dir().join(format!("syncord-replay-{}-{number}", std::process::id()));
        fs::create_dir_all(&path).unwrap();
        Folder(path)
    }

    fn recording(&self) -> PathBuf {
        self.0.join("session.jsonl")
    }

    fn text(&self) -> String {
        fs::read_to_string(self.recording()).unwrap()
    }

    fn lines(&self) -> Vec<Value> {
        self.text().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    /// Changes the text of the recording.
    fn edit(&self, change: impl FnOnce(String) -> String) {
        fs::write(self.recording(), change(self.text())).unwrap();
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

const DAY: Duration = Duration::from_secs(24 * 3600);

const AGAIN: CustomId<()> = CustomId::new("again");

/// The bot under test: it fails when a message has 13 words.
fn features<'a>(bot: &mut Bot<'a>, errors: &'a mut Vec<String>, reply: &'a str) {
    bot.on_error(|_, error| errors.push(error.to_string()));
    bot.on_message(move |cx, message| {
        if message.author.bot {
            return Ok(());
        }
        let words = message.content.split_whitespace().count();
        if words == 13 {
            return Err("13 words".into());
        }
        cx.reply(message, format!("{reply}: {}", message.content.to_uppercase()))?;
        Ok(())
    });
    bot.mount(
        Tree::new("dice")
            .add(
                command("roll", "Rolls dice")
                    .option("color", "Of the die", choices(["red", "blue"]))
                    .option("name", "Of the die", string())
                    .run(|cx, color, name| {
                        cx.defer()?;
                        let text = InteractionMessage::text(format!("{name} is {color}"));
                        cx.reply(text.component(ActionRow::new([Button::primary(AGAIN.with()?, "Again")])))
                    }),
            )
            .add(AGAIN.run(|cx| cx.reply_ephemeral("Once is enough."))),
    );
}

fn record(folder: &Folder, settings: impl FnOnce(Recording) -> Recording) -> Vec<String> {
    let discord = Discord::start().unwrap();
    let (ann, general) = (discord.member("annabel"), discord.channel("general"));
    let mut errors = Vec::new();
    let mut bot = discord.bot();
    bot.record(settings(Recording::new(folder.recording())));
    features(&mut bot, &mut errors, "received");
    bot.during(|| {
        ann.says(&general, "a secret word for annabel@example.org");
        general.next_message()?;
        let rolled = ann.uses(&general, "/roll color:red name:confidential")?.reply()?;
        ann.clicks(&rolled, "again")?;
        ann.next_ephemeral_message()?;
        ann.says(&general, "1 2 3 4 5 6 7 8 9 10 11 12 13");
        ann.says(&general, "after it");
        general.next_message()?;
        discord.settle()?;
        Ok(())
    })
    .unwrap();
    errors
}

fn replay(folder: &Folder, reply: &str) -> (ReplayReport, Vec<String>) {
    let replay = Replay::open(folder.recording()).unwrap();
    let mut errors = Vec::new();
    let mut bot = replay.bot();
    features(&mut bot, &mut errors, reply);
    let report = replay.run(bot).unwrap();
    (report, errors)
}

#[test]
fn a_replay_makes_the_same_calls_and_fails_the_same_way() {
    for with_content in [false, true] {
        let folder = Folder::new();
        let recorded =
            record(&folder, |recording| if with_content { recording.with_content() } else { recording });
        assert!(recorded.len() == 1 && recorded[0].contains("13 words"), "{recorded:?}");
        let (report, errors) = replay(&folder, "received");
        assert!(report.is_as_recorded(), "{report}");
        assert!(report.events > 8 && report.notes.is_empty(), "{report}");
        assert_eq!(errors, recorded);
    }
}

#[test]
fn a_masked_recording_has_neither_tokens_nor_texts() {
    let folder = Folder::new();
    record(&folder, |recording| recording);
    let text = folder.text();
    for secret in [
        "simulated.bot.token",
        "secret",
        "annabel",
        "example.org",
        "confidential",
        "SECRET",
        "Once",
        "received",
    ] {
        assert!(!text.contains(secret), "{secret}: {text}");
    }
    // What the bot decides by stays.
    for kept in ["\"red\"", "\"again\"", "\"roll\"", "MESSAGE_CREATE", "\"Rolls dice\""] {
        assert!(text.contains(kept), "{kept}: {text}");
    }
}

#[test]
fn a_recording_with_content_has_no_token_either() {
    let folder = Folder::new();
    let discord = Discord::start().unwrap();
    let (ann, general) = (discord.member("ann"), discord.channel("general"));
    let mut interactions = Vec::new();
    let mut bot = discord.bot();
    bot.record(Recording::new(folder.recording()).with_content());
    bot.on_message(|_, _| Ok(()));
    bot.on::<InteractionCreate>(|_, interaction| {
        interactions.push((*interaction.token).to_owned());
        Ok(())
    });
    bot.mount(Tree::new("x").add(command("ping", "Answers").run(|cx| cx.reply("pong"))));
    let token = discord.token();
    bot.during(|| {
        ann.says(&general, &format!("my token is {token}"));
        ann.uses(&general, "/ping")?.reply()?;
        discord.settle()?;
        Ok(())
    })
    .unwrap();
    let text = folder.text();
    assert!(text.contains("my token is (the token)"), "{text}");
    assert!(!text.contains(&token));
    assert!(!interactions.is_empty());
    for token in interactions {
        assert!(!text.contains(&token));
    }
}

#[test]
fn a_call_that_was_not_recorded_is_an_error_that_names_it() {
    let folder = Folder::new();
    record(&folder, |recording| recording);
    // The first call in the channel is removed.
    let removed = |line: &&str| !(line.starts_with("{\"call\"") && line.contains("/messages\""));
    folder.edit(|text| text.lines().filter(removed).map(|line| format!("{line}\n")).collect());
    let (report, errors) = replay(&folder, "received");
    assert_eq!(report.extra.len(), 2, "{report}");
    assert!(
        report.extra[0].starts_with("POST /channels/") && report.extra[0].ends_with("/messages"),
        "{report}"
    );
    assert!(errors.iter().any(|error| error.contains(&report.extra[0])), "{errors:?}");
    assert!(
        !report.is_as_recorded() && report.to_string().contains("not recorded: POST /channels/"),
        "{report}"
    );
}

#[test]
fn a_changed_bot_is_reported_call_by_call() {
    let folder = Folder::new();
    record(&folder, Recording::with_content);
    let (report, _) = replay(&folder, "got");
    assert_eq!((report.missing.len(), report.extra.len(), report.different.len()), (0, 0, 2), "{report}");
    let different = report.different[0].differences.join("; ");
    assert!(
        different.contains("content = \"received: A SECRET") && different.contains("\"got: A SECRET"),
        "{report}"
    );

    // A bot that does nothing.
    let replay = Replay::open(folder.recording()).unwrap();
    let mut bot = replay.bot();
    bot.on_ready(|_, _| Ok(()));
    let report = replay.run(bot).unwrap();
    assert!(report.missing.iter().any(|call| call.contains("/messages")), "{report}");
    assert!(report.notes.iter().any(|note| note.contains("intents")), "{report}");
}

#[test]
fn an_event_that_follows_a_call_waits_for_the_call() {
    // The click comes after the message with the button: a task waits for it only then.
    let conversation = |bot: &mut Bot<'_>| {
        bot.waits_for::<InteractionCreate>();
        bot.on_message(|cx, message| {
            if message.author.bot {
                return Ok(());
            }
            let channel = message.channel_id;
            cx.spawn(move |task| {
                let text = CreateMessage::new().content("Sure?");
                let sent =
                    task.send(channel, text.component(ActionRow::new([Button::primary("yes", "Yes")])))?;
                let click = task.next_click(&sent, Duration::from_secs(30))?;
                click.ok_or("no click")?.reply("done")?;
                Ok(())
            })?;
            Ok(())
        });
    };
    let folder = Folder::new();
    let discord = Discord::start().unwrap();
    let (ann, general) = (discord.member("ann"), discord.channel("general"));
    let mut bot = discord.bot();
    bot.record(folder.recording());
    conversation(&mut bot);
    bot.during(|| {
        for _ in 0..3 {
            ann.says(&general, "ask me");
            let asked = general.next_message()?;
            ann.clicks(&asked, "yes")?.reply()?;
        }
        Ok(())
    })
    .unwrap();
    let replay = Replay::open(folder.recording()).unwrap();
    let mut bot = replay.bot();
    conversation(&mut bot);
    let report = replay.run(bot).unwrap();
    assert!(report.is_as_recorded(), "{report}");
}

#[test]
fn an_incomplete_last_line_is_read_and_said() {
    let folder = Folder::new();
    record(&folder, |recording| recording);
    folder.edit(|text| text[..text.len() - 20].to_owned());
    let (report, errors) = replay(&folder, "received");
    assert!(errors[0].contains("13 words"));
    assert!(report.notes.iter().any(|note| note.contains("incomplete")), "{report}");

    folder.edit(|text| text.replacen("{\"event\"", "{\"evt", 1));
    let error = Replay::open(folder.recording()).unwrap_err().to_string();
    assert!(error.contains("line "), "{error}");
}

#[test]
fn a_recording_of_another_version_is_said_and_one_of_another_format_is_refused() {
    let folder = Folder::new();
    record(&folder, |recording| recording);
    let version = format!("\"version\":\"{}\"", env!("CARGO_PKG_VERSION"));
    folder.edit(|text| text.replacen(&version, "\"version\":\"9.8.7\"", 1));
    let (report, _) = replay(&folder, "received");
    assert!(report.is_as_recorded() && report.notes[0].contains("syncord 9.8.7"), "{report}");
    assert_eq!(Replay::open(folder.recording()).unwrap().version(), "9.8.7");

    folder.edit(|text| text.replacen("\"format\":1", "\"format\":2", 1));
    let error = Replay::open(folder.recording()).unwrap_err().to_string();
    assert!(error.contains("use version 9.8.7 or newer"), "{error}");

    folder.edit(|_| "{}\n".to_owned());
    let error = Replay::open(folder.recording()).unwrap_err().to_string();
    assert!(error.contains("does not begin"), "{error}");
}

#[test]
fn a_full_recording_ends_and_says_what_it_lacks() {
    let folder = Folder::new();
    record(&folder, |recording| recording.max_size(6_000));
    assert!(folder.text().len() <= 6_000);
    let last = folder.lines().pop().unwrap();
    let dropped = &last["dropped"];
    assert!(
        dropped["events"].as_u64() > Some(0) && dropped["why"] == json!("the recording is full"),
        "{last}"
    );
    let replay = Replay::open(folder.recording()).unwrap();
    assert!(replay.version() == env!("CARGO_PKG_VERSION"));
}

#[test]
fn a_response_that_failed_fails_again() {
    use syncord::sim::{ErrorBody, Fault};
    let folder = Folder::new();
    let discord = Discord::start().unwrap();
    let (ann, general) = (discord.member("ann"), discord.channel("general"));
    let mut recorded = Vec::new();
    let mut bot = discord.bot();
    bot.record(folder.recording());
    features(&mut bot, &mut recorded, "received");
    let forbidden = Fault::HttpStatus { status: 403, body: ErrorBody::Json, retry_after: None, times: 1 };
    bot.during(|| {
        discord.fault_at("POST /channels/{channel_id}/messages", 1, forbidden);
        ann.says(&general, "one");
        ann.says(&general, "two");
        general.next_message()?;
        Ok(())
    })
    .unwrap();
    assert_eq!(recorded.len(), 1);
    let (report, errors) = replay(&folder, "received");
    assert!(report.is_as_recorded(), "{report}");
    assert_eq!(errors, recorded);
}

#[test]
fn a_recording_that_is_there_keeps_its_content_under_another_name() {
    let folder = Folder::new();
    record(&folder, |recording| recording);
    let first = folder.text();
    record(&folder, |recording| recording);
    assert_eq!(fs::read_to_string(folder.0.join("session.jsonl.old")).unwrap(), first);
}

#[test]
fn words_of_commands_in_messages_can_be_kept() {
    let folder = Folder::new();
    let discord = Discord::start().unwrap();
    let (ann, general) = (discord.member("ann"), discord.channel("general"));
    let mut bot = discord.bot();
    bot.record(Recording::new(folder.recording()).keep_words(["!roll"]));
    bot.on_message(|_, _| Ok(()));
    bot.during(|| {
        ann.says(&general, "!roll my dice");
        Ok(discord.settle()?)
    })
    .unwrap();
    assert!(folder.text().contains("!roll xx xxxx"), "{}", folder.text());
}

#[test]
fn each_shard_receives_its_own_events() {
    let folder = Folder::new();
    let discord = Discord::builder().shards(2).session_start_limit(1000, 1000, DAY, 2).start().unwrap();
    let features = |bot: &mut Bot<'_>| {
        bot.on_message(|cx, message| {
            if !message.author.bot {
                cx.reply(message, "pong")?;
            }
            Ok(())
        });
    };
    let (ann, general) = (discord.member("ann"), discord.channel("general"));
    let direct = discord.dm_channel(&ann);
    let mut bot = discord.bot();
    bot.record(folder.recording());
    features(&mut bot);
    bot.during(|| {
        for channel in [&general, &direct, &general] {
            ann.says(channel, "ping");
            channel.next_message()?;
        }
        Ok(())
    })
    .unwrap();
    let replay = Replay::open(folder.recording()).unwrap();
    let shards = Cell::new(0);
    let mut bot = replay.bot();
    features(&mut bot);
    bot.on_ready(|_, _| {
        shards.set(shards.get() + 1);
        Ok(())
    });
    let report = replay.run(bot).unwrap();
    assert!(report.is_as_recorded(), "{report}");
    assert_eq!(shards.get(), 2);
}

#[test]
fn a_text_command_is_called_again_although_texts_are_masked() {
    let roll = |bot: &mut Bot<'_>| {
        bot.text_prefix("!");
        let dice = command("roll", "Rolls a die").option("sides", "Faces", integer(2..=1000)).text();
        bot.mount(Tree::new("dice").add(dice.run(|cx, sides| cx.reply(format!("of {sides}")))));
    };
    let folder = Folder::new();
    let discord = Discord::start().unwrap();
    let (ann, general) = (discord.member("ann"), discord.channel("general"));
    let mut bot = discord.bot();
    bot.record(folder.recording());
    roll(&mut bot);
    bot.during(|| {
        ann.says(&general, "!roll");
        general.next_message()?;
        ann.says(&general, "a roll of secrets");
        discord.settle()?;
        Ok(())
    })
    .unwrap();
    assert!(folder.text().contains("\"!roll\"") && !folder.text().contains("secrets"), "{}", folder.text());
    let replay = Replay::open(folder.recording()).unwrap();
    let mut bot = replay.bot();
    roll(&mut bot);
    let report = replay.run(bot).unwrap();
    assert!(report.is_as_recorded(), "{report}");
}
