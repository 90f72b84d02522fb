//! Every interaction gets one response, in time and with the right visibility.

use std::sync::{Mutex, mpsc};
use std::thread;
use std::time::{Duration, Instant};

use syncord::bot::{HandlerError, Problem};
use syncord::events::InteractionCreate;
use syncord::interaction::{InitialResponse, ResponseAction, ResponseError, ResponseSource, Visibility};
use syncord::sim::{ErrorBody, Fault, Interaction};
use syncord::tree::{AutocompleteContext, CommandContext, CommandNode, Node, command, string};
use syncord::{Bot, Error, Result};

use crate::scene::Scene;

const TIMEOUT: Duration = Duration::from_secs(30);

fn ms(ms: u64) -> Duration {
    Duration::from_millis(ms)
}

/// The command of these tests.
fn roll<'a>(f: impl FnMut(&CommandContext) -> Result + 'a) -> Node<'a, CommandNode<'a>> {
    command("roll", "Rolls dice").run(f)
}

impl Scene {
    fn bot_with<'a>(&self, node: Node<'a, CommandNode<'a>>) -> Bot<'a> {
        let mut bot = self.bot();
        bot.command(node);
        bot
    }

    fn use_roll(&self) -> Interaction {
        self.ann.uses(&self.general, "/roll").unwrap()
    }

    /// The messages that bob can see.
    fn public_messages(&self) -> Vec<String> {
        self.bob.sees(&self.general).into_iter().map(|message| message.content).collect()
    }
}

/// Why a response was not possible.
fn response_error(error: &HandlerError) -> ResponseError {
    let Problem::Failed(error) = &error.problem else { panic!("{error}") };
    match error.downcast_ref() {
        Some(Error::Response(error)) => error.clone(),
        _ => panic!("{error}"),
    }
}

/// Waits until the bot has responded to an interaction.
fn wait_for_response(interaction: &Mutex<Option<Interaction>>) {
    let end = Instant::now() + TIMEOUT;
    loop {
        let current = interaction.lock().unwrap().clone();
        if current.is_some_and(|interaction| interaction.acknowledgement().is_some()) {
            return;
        }
        assert!(Instant::now() < end);
        thread::sleep(ms(5));
    }
}

#[test]
fn an_ephemeral_reply_after_a_public_auto_defer_is_never_public() {
    let scene = Scene::new();
    let used = Mutex::new(None);
    let mut bot = scene.bot_with(roll(|cx| {
        wait_for_response(&used);
        cx.reply_ephemeral("secret")?;
        cx.edit("still secret")?;
        Ok(())
    }));
    bot.auto_defer_after(ms(20));
    bot.during(|| {
        *used.lock().unwrap() = Some(scene.use_roll());
        let used = used.lock().unwrap().clone().unwrap();
        let acknowledged = used.wait_for_acknowledgement()?;
        assert_eq!((acknowledged.kind, acknowledged.ephemeral), (5, false));
        let result = scene.discord.wait_until("the edit", |_| {
            used.followups().iter().any(|message| message.content == "still secret")
        });
        result?;
        assert_eq!(scene.public_messages(), [""; 0], "the deferred message is deleted");
        let seen: Vec<_> =
            scene.ann.sees(&scene.general).into_iter().map(|message| message.content).collect();
        assert_eq!(seen, ["still secret"]);
        assert_eq!(used.rejected_responses(), []);
        Ok(())
    })
    .unwrap();
}

#[test]
fn an_ephemeral_command_is_deferred_as_ephemeral_and_edited() {
    let scene = Scene::new();
    let used = Mutex::new(None);
    let bot = scene.bot_with(
        roll(|cx| {
            wait_for_response(&used);
            cx.reply_ephemeral("secret")
        })
        .ephemeral()
        .defer_after(ms(20)),
    );
    bot.during(|| {
        *used.lock().unwrap() = Some(scene.use_roll());
        let used = used.lock().unwrap().clone().unwrap();
        assert!(used.wait_for_acknowledgement()?.ephemeral);
        assert_eq!(used.reply()?.content, "secret");
        assert!(used.followups().is_empty() && scene.public_messages().is_empty());
        Ok(())
    })
    .unwrap();
}

#[test]
fn all_messages_of_an_ephemeral_command_are_ephemeral() {
    let scene = Scene::new();
    let used = Mutex::new(None);
    let mut bot = scene.bot_with(
        roll(|cx| {
            cx.reply("first")?;
            cx.follow_up("second")?;
            Ok(())
        })
        .ephemeral(),
    );
    bot.command(command("defers", "x").ephemeral().run(|cx| {
        cx.defer()?;
        cx.follow_up("first")?;
        cx.follow_up("second")?;
        Ok(())
    }));
    bot.command(command("late", "x").ephemeral().defer_after(ms(20)).run(|cx| {
        wait_for_response(&used);
        cx.reply("first")?;
        cx.follow_up("second")?;
        Ok(())
    }));
    bot.during(|| {
        for line in ["/roll", "/defers", "/late"] {
            let interaction = scene.ann.uses(&scene.general, line)?;
            *used.lock().unwrap() = Some(interaction.clone());
            assert!(interaction.wait_for_acknowledgement()?.ephemeral, "{line}");
            assert_eq!(interaction.reply()?.content, "first", "{line}");
            scene.discord.wait_until("the second message", |_| interaction.followups().len() == 1)?;
        }
        assert_eq!(scene.public_messages(), [""; 0]);
        Ok(())
    })
    .unwrap();
}

#[test]
fn a_public_reply_to_an_ephemeral_command_is_public() {
    let scene = Scene::new();
    let bot = scene.bot_with(
        roll(|cx| {
            cx.defer_ephemeral()?;
            cx.reply_public("for all")?;
            assert_eq!(cx.fetch_reply()?.content, "for all");
            cx.delete_reply()?;
            cx.follow_up_public("once more")?;
            Ok(())
        })
        .ephemeral()
        .no_auto_defer(),
    );
    bot.during(|| {
        scene.use_roll();
        assert_eq!(scene.general.next_message()?.content, "for all");
        assert_eq!(scene.general.next_message()?.content, "once more");
        assert_eq!(scene.public_messages(), ["once more"]);
        assert_eq!(scene.ann.try_next_ephemeral_message(), None);
        Ok(())
    })
    .unwrap();
}

#[test]
fn a_reply_has_the_visibility_that_the_handler_announced() {
    let scene = Scene::new();
    let bot = scene.bot_with(
        roll(|cx| {
            cx.defer_ephemeral()?;
            cx.reply("for you")?;
            Ok(cx.follow_up("for all").map(drop)?)
        })
        .no_auto_defer(),
    );
    bot.during(|| {
        scene.use_roll();
        assert_eq!(scene.general.next_message()?.content, "for all");
        assert_eq!(scene.ann.next_ephemeral_message()?.content, "for you");
        assert_eq!(scene.public_messages(), ["for all"]);
        Ok(())
    })
    .unwrap();
}

#[test]
fn two_hundred_interactions_behind_a_sleeping_handler_are_acknowledged_while_it_sleeps() {
    let scene = Scene::new();
    let mut slept = false;
    let mut bot = scene.bot_with(roll(|cx| {
        if !std::mem::replace(&mut slept, true) {
            thread::sleep(Duration::from_secs(5));
        }
        cx.reply("done")
    }));
    bot.grace(Duration::ZERO);
    scene.discord.fault(Fault::Delay(ms(100)));
    // A busy machine may take longer than Discord's 3 seconds. That these are kept is a test of the pure schedule.
    scene.discord.interaction_timeout(Duration::from_secs(30));
    let mut delays = Vec::new();
    bot.during(|| {
        let used: Vec<Interaction> = (0..200).map(|_| scene.use_roll()).collect();
        for interaction in &used {
            delays.push(interaction.wait_for_acknowledgement()?.after);
        }
        // Deferred interactions still get their reply, when their handler runs.
        for interaction in &used[..5] {
            assert_eq!(interaction.reply()?.content, "done");
        }
        Ok(())
    })
    .unwrap();
    assert_eq!(delays.len(), 200);
    assert!(delays.iter().all(|delay| *delay < Duration::from_secs(5)), "{delays:?}");
}

#[test]
fn a_reply_waits_for_a_deferral_in_flight() {
    let scene = Scene::new();
    let used = Mutex::new(None);
    let bot = scene.bot_with(
        roll(|cx| {
            // Discord has received the deferral. The library has no response for it yet.
            wait_for_response(&used);
            cx.reply("done")
        })
        .defer_after(ms(10)),
    );
    scene.discord.fault(Fault::Delay(ms(300)));
    bot.during(|| {
        *used.lock().unwrap() = Some(scene.use_roll());
        let used = used.lock().unwrap().clone().unwrap();
        assert_eq!(used.reply()?.content, "done");
        assert_eq!((used.wait_for_acknowledgement()?.kind, used.rejected_responses()), (5, vec![]));
        assert_eq!(scene.public_messages(), ["done"]);
        Ok(())
    })
    .unwrap();
}

#[test]
fn a_user_without_a_reply_receives_an_ephemeral_message() {
    for (text, fails) in [
        ("The bot gave no answer to this.", 0),
        ("Something went wrong, and the bot could not do this.", 1),
        ("Something went wrong, and the bot could not do this.", 2),
    ] {
        let scene = Scene::new();
        let mut bot = scene.bot_with(roll(move |_| match fails {
            0 => Ok(()),
            1 => Err("no dice".into()),
            _ => panic!("no dice"),
        }));
        bot.on_error(|_, _| ());
        bot.during(|| {
            let used = scene.use_roll();
            let reply = used.reply()?;
            assert_eq!((reply.content.as_str(), used.wait_for_acknowledgement()?.ephemeral), (text, true));
            assert_eq!(scene.public_messages(), [""; 0]);
            Ok(())
        })
        .unwrap();
    }
}

#[test]
fn a_failure_after_the_reply_is_an_ephemeral_followup() {
    let scene = Scene::new();
    let mut bot = scene.bot_with(roll(|cx| {
        cx.reply("so far")?;
        Err("no further".into())
    }));
    bot.on_error(|_, _| ());
    bot.during(|| {
        let used = scene.use_roll();
        assert_eq!(used.reply()?.content, "so far");
        assert!(scene.ann.next_ephemeral_message()?.content.starts_with("Something went wrong"));
        assert_eq!(scene.public_messages(), ["so far"]);
        Ok(())
    })
    .unwrap();
}

#[test]
fn a_task_keeps_the_interaction_of_its_command_open() {
    let scene = Scene::new();
    let (ended, has_ended) = mpsc::channel();
    let has_ended = Mutex::new(has_ended);
    let bot = scene.bot_with(roll(|cx| {
        let ended = ended.clone();
        cx.spawn(move |task| {
            // The handler has returned without a response.
            task.sleep(ms(200))?;
            assert!(task.user().username == "ann");
            task.reply("late, but well")?;
            ended.send(())?;
            Ok(())
        })?;
        Ok(())
    }));
    bot.during(|| {
        let used = scene.use_roll();
        assert_eq!(used.reply()?.content, "late, but well");
        has_ended.lock().unwrap().recv_timeout(TIMEOUT)?;
        Ok(())
    })
    .unwrap();
    assert_eq!(scene.ann.try_next_ephemeral_message(), None);
}

#[test]
fn a_task_that_ends_without_a_reply_gets_the_fallback_reply() {
    let scene = Scene::new();
    let bot = scene.bot_with(roll(|cx| Ok(cx.spawn(|_| Ok(()))?)));
    bot.during(|| {
        assert_eq!(scene.use_roll().reply()?.content, "The bot gave no answer to this.");
        Ok(())
    })
    .unwrap();
}

#[test]
fn without_auto_defer_the_error_of_a_late_reply_says_how_late_and_why() {
    let scene = Scene::new();
    let (sender, receiver) = mpsc::channel();
    let mut bot = scene.bot_with(
        roll(|cx| {
            thread::sleep(ms(3050));
            cx.reply("too late")
        })
        .no_auto_defer(),
    );
    bot.on_error(move |_, error| sender.send(response_error(error)).unwrap());
    bot.during(move || {
        let used = scene.use_roll();
        let ResponseError::TooLate(late) = receiver.recv_timeout(TIMEOUT)? else {
            panic!("the response is too late")
        };
        assert_eq!((late.timing.allowed, &late.blocked_by), (ms(3000), &None));
        assert!(late.timing.late_by() >= ms(50) && late.timing.handling >= ms(3050), "{late}");
        assert_eq!(
            (used.acknowledgement(), used.rejected_responses()),
            (None, vec![]),
            "no request was sent"
        );
        Ok(())
    })
    .unwrap();
}

#[test]
fn a_late_reply_names_the_slow_handlers_that_it_waited_for() {
    let scene = Scene::new();
    let (sender, receiver) = mpsc::channel();
    let (started, has_started) = mpsc::channel();
    let mut bot = scene.bot_with(roll(|cx| cx.reply("too late")).no_auto_defer());
    bot.on_message(move |_, _| {
        started.send(())?;
        thread::sleep(ms(4000));
        Ok(())
    });
    bot.on_error(move |_, error| sender.send(response_error(error)).unwrap());
    bot.during(move || {
        scene.ann.says(&scene.general, "sleep");
        has_started.recv_timeout(TIMEOUT)?;
        scene.use_roll();
        let error = receiver.recv_timeout(TIMEOUT)?;
        assert!(error.to_string().contains("; the handlers of MESSAGE_CREATE took 4."), "{error}");
        let ResponseError::TooLate(late) = error else { panic!("{error}") };
        let blocked_by = late.blocked_by.as_ref().unwrap();
        assert_eq!(blocked_by.event, "MESSAGE_CREATE");
        assert!(blocked_by.took >= ms(4000) && late.timing.queued >= ms(3000), "{late}");
        Ok(())
    })
    .unwrap();
}

#[test]
fn late_autocomplete_gives_no_choices_and_no_error() {
    let scene = Scene::new();
    let slow = |_: &AutocompleteContext, _: &str| {
        thread::sleep(ms(300));
        ["Kiel"]
    };
    let node = command("roll", "Rolls dice")
        .option("port", "Where", string().autocomplete(slow).optional())
        .run(|_, _| Ok(()))
        .no_auto_defer();
    let mut bot = scene.bot_with(node);
    bot.auto_defer_after(ms(20));
    bot.during(|| {
        assert_eq!(scene.ann.autocompletes(&scene.general, "/roll port:ki")?, []);
        Ok(())
    })
    .unwrap();
    assert_eq!(scene.ann.try_next_ephemeral_message(), None);
}

#[test]
fn a_raw_interaction_handler_alone_is_not_auto_deferred() {
    let scene = Scene::new();
    scene.start_and_stop(scene.bot_with(roll(|_| Ok(()))));
    let mut bot = scene.bot();
    bot.auto_defer_after(ms(10));
    let (sender, receiver) = mpsc::channel();
    let receiver = Mutex::new(receiver);
    bot.on::<InteractionCreate>(move |_, _| Ok(sender.send(())?));
    bot.during(|| {
        let used = scene.use_roll();
        receiver.lock().unwrap().recv_timeout(TIMEOUT)?;
        thread::sleep(ms(100));
        assert_eq!(used.acknowledgement(), None);
        Ok(())
    })
    .unwrap();
}

#[test]
fn a_response_that_failed_with_a_server_error_is_sent_again_and_counts_once() {
    let scene = Scene::new();
    let bot = scene.bot_with(roll(|cx| {
        cx.reply("once")?;
        match cx.reply("twice").unwrap_err().downcast_ref::<Error>() {
            Some(Error::Response(error)) => {
                let expected = ResponseError::AlreadyResponded {
                    response: InitialResponse::Reply(Visibility::Public),
                    source: ResponseSource::Handler,
                    action: ResponseAction::Reply(Visibility::Public),
                };
                assert_eq!(*error, expected);
            }
            other => panic!("{other:?}"),
        }
        cx.edit("once, changed")?;
        Ok(())
    }));
    bot.during(|| {
        let fault = Fault::HttpStatus { status: 502, body: ErrorBody::Html, retry_after: None, times: 1 };
        scene.discord.fault(fault);
        let used = scene.use_roll();
        scene.discord.wait_until("the edit", |_| scene.public_messages() == ["once, changed"])?;
        assert_eq!((used.wait_for_acknowledgement()?.kind, used.rejected_responses()), (4, vec![]));
        Ok(())
    })
    .unwrap();
}

#[test]
fn after_a_network_error_an_edit_finds_the_reply_that_arrived() {
    let scene = Scene::new();
    let bot = scene.bot_with(roll(|cx| {
        scene.discord.fault(Fault::Delay(TIMEOUT));
        let error = cx.reply("arrived").unwrap_err();
        assert!(matches!(error.downcast_ref(), Some(Error::Network { .. })), "{error}");
        scene.discord.fault(Fault::Delay(Duration::ZERO));
        cx.edit("arrived, and changed")?;
        Ok(())
    }));
    bot.during(|| {
        let used = scene.use_roll();
        scene.discord.wait_until("the edit", |_| scene.public_messages() == ["arrived, and changed"])?;
        assert_eq!(used.rejected_responses(), []);
        Ok(())
    })
    .unwrap();
}

#[test]
fn a_failure_after_a_reply_that_may_have_arrived_keeps_that_reply() {
    let scene = Scene::new();
    let mut bot = scene.bot_with(roll(|cx| {
        scene.discord.fault(Fault::Delay(TIMEOUT));
        let error = cx.reply("arrived").unwrap_err();
        scene.discord.fault(Fault::Delay(Duration::ZERO));
        Err(error)
    }));
    bot.on_error(|_, _| ());
    bot.during(|| {
        let used = scene.use_roll();
        assert!(scene.ann.next_ephemeral_message()?.content.starts_with("Something went wrong"));
        assert_eq!(scene.public_messages(), ["arrived"]);
        assert_eq!(used.rejected_responses(), []);
        Ok(())
    })
    .unwrap();
}

#[test]
fn a_lost_reply_can_be_sent_again_while_there_is_time() {
    let scene = Scene::new();
    let bot = scene.bot_with(roll(|cx| {
        let fault = Fault::HttpStatus { status: 502, body: ErrorBody::Html, retry_after: None, times: 2 };
        scene.discord.fault(fault);
        assert!(cx.reply("lost").is_err());
        cx.reply("said")
    }));
    bot.during(|| {
        let used = scene.use_roll();
        assert_eq!((used.reply()?.content.as_str(), used.wait_for_acknowledgement()?.kind), ("said", 4));
        Ok(())
    })
    .unwrap();
}
