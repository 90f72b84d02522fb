//! An interaction is answered once and in time, whatever else the bot does, and to whom it is meant.

use std::sync::{Mutex, mpsc};
use std::thread;
use std::time::{Duration, Instant};

use syncord::bot::{HandlerError, Problem};
use syncord::events::InteractionCreate;
use syncord::interaction::{InitialResponse, ResponseAction, ResponseError, ResponseSource, Visibility};
use syncord::sim::{ErrorBody, Fault, Interaction};
use syncord::tree::{AutocompleteContext, Command, CommandContext, Node, command, string};
use syncord::{Bot, Error, Result};

use crate::scene::Scene;

const PATIENCE: Duration = Duration::from_secs(30);

fn ms(ms: u64) -> Duration {
    Duration::from_millis(ms)
}

/// The command that is used.
fn roll<'a>(f: impl FnMut(&CommandContext) -> Result + 'a) -> Node<'a, Command<'a>> {
    command("roll", "Rolls dice").run(f)
}

impl Scene {
    fn rolling<'a>(&self, node: Node<'a, Command<'a>>) -> Bot<'a> {
        let mut bot = self.bot();
        bot.command(node);
        bot
    }

    fn rolls(&self) -> Interaction {
        self.ann.uses(&self.general, "/roll").unwrap()
    }

    /// What bob can see.
    fn public(&self) -> Vec<String> {
        self.bob.sees(&self.general).into_iter().map(|message| message.content).collect()
    }
}

/// Why a response was not possible.
fn response_error(error: &HandlerError) -> ResponseError {
    let Problem::Failed(cause) = &error.problem else { panic!("{error}") };
    match cause.downcast_ref() {
        Some(Error::Response(error)) => (**error).clone(),
        _ => panic!("{error}"),
    }
}

/// Waits until the bot has answered an interaction.
fn wait_for_answer(interaction: &Mutex<Option<Interaction>>) {
    let end = Instant::now() + PATIENCE;
    loop {
        let known = interaction.lock().unwrap().clone();
        if known.is_some_and(|interaction| interaction.acknowledgement().is_some()) {
            return;
        }
        assert!(Instant::now() < end);
        thread::sleep(ms(5));
    }
}

#[test]
fn a_private_reply_after_an_automatic_public_defer_never_shows_in_public() {
    let scene = Scene::new();
    let used = Mutex::new(None);
    let mut bot = scene.rolling(roll(|cx| {
        wait_for_answer(&used);
        cx.reply_ephemeral("secret")?;
        cx.edit("still secret")?;
        Ok(())
    }));
    bot.auto_defer_after(ms(20));
    bot.during(|| {
        *used.lock().unwrap() = Some(scene.rolls());
        let used = used.lock().unwrap().clone().unwrap();
        let acknowledged = used.wait_for_acknowledgement()?;
        assert_eq!((acknowledged.kind, acknowledged.ephemeral), (5, false));
        let waited = scene.discord.wait_until("the edit", |_| {
            used.followups().iter().any(|message| message.content == "still secret")
        });
        waited?;
        assert_eq!(scene.public(), [""; 0], "nor does the deferral stay");
        let seen: Vec<_> =
            scene.ann.sees(&scene.general).into_iter().map(|message| message.content).collect();
        assert_eq!(seen, ["still secret"]);
        assert_eq!(used.rejected_responses(), []);
        Ok(())
    })
    .unwrap();
}

#[test]
fn a_private_command_is_deferred_privately_and_filled() {
    let scene = Scene::new();
    let used = Mutex::new(None);
    let bot = scene.rolling(
        roll(|cx| {
            wait_for_answer(&used);
            cx.reply_ephemeral("secret")
        })
        .ephemeral()
        .defer_after(ms(20)),
    );
    bot.during(|| {
        *used.lock().unwrap() = Some(scene.rolls());
        let used = used.lock().unwrap().clone().unwrap();
        assert!(used.wait_for_acknowledgement()?.ephemeral);
        assert_eq!(used.reply()?.content, "secret");
        assert!(used.followups().is_empty() && scene.public().is_empty());
        Ok(())
    })
    .unwrap();
}

#[test]
fn a_public_reply_to_a_private_command_is_seen_by_all() {
    let scene = Scene::new();
    let bot = scene.rolling(
        roll(|cx| {
            cx.defer_ephemeral()?;
            cx.reply("for all")?;
            assert_eq!(cx.fetch_reply()?.content, "for all");
            cx.delete_reply()?;
            cx.follow_up("once more")?;
            Ok(())
        })
        .ephemeral()
        .no_auto_defer(),
    );
    bot.during(|| {
        scene.rolls();
        assert_eq!(scene.general.next_message()?.content, "for all");
        assert_eq!(scene.general.next_message()?.content, "once more");
        assert_eq!(scene.public(), ["once more"]);
        assert_eq!(scene.ann.try_next_ephemeral_message(), None);
        Ok(())
    })
    .unwrap();
}

#[test]
fn two_hundred_interactions_behind_a_closure_that_sleeps_are_all_answered_in_time() {
    let scene = Scene::new();
    let mut slept = false;
    let mut bot = scene.rolling(roll(|cx| {
        if !std::mem::replace(&mut slept, true) {
            thread::sleep(Duration::from_secs(5));
        }
        cx.reply("done")
    }));
    bot.grace(Duration::ZERO);
    scene.discord.fault(Fault::Delay(ms(100)));
    let mut afters = Vec::new();
    bot.during(|| {
        let used: Vec<Interaction> = (0..200).map(|_| scene.rolls()).collect();
        for one in &used {
            afters.push(one.wait_for_acknowledgement()?.after);
        }
        // A deferral is no end: the first ones are filled in when their turn comes.
        for one in &used[..5] {
            assert_eq!(one.reply()?.content, "done");
        }
        Ok(())
    })
    .unwrap();
    assert_eq!(afters.len(), 200);
    assert!(afters.iter().all(|after| *after < Duration::from_secs(3)), "{afters:?}");
}

#[test]
fn a_reply_waits_for_a_deferral_that_is_under_way() {
    let scene = Scene::new();
    let used = Mutex::new(None);
    let bot = scene.rolling(
        roll(|cx| {
            // The deferral has arrived, and the library does not know that yet.
            wait_for_answer(&used);
            cx.reply("done")
        })
        .defer_after(ms(10)),
    );
    scene.discord.fault(Fault::Delay(ms(300)));
    bot.during(|| {
        *used.lock().unwrap() = Some(scene.rolls());
        let used = used.lock().unwrap().clone().unwrap();
        assert_eq!(used.reply()?.content, "done");
        assert_eq!((used.wait_for_acknowledgement()?.kind, used.rejected_responses()), (5, vec![]));
        assert_eq!(scene.public(), ["done"]);
        Ok(())
    })
    .unwrap();
}

#[test]
fn who_is_not_answered_is_told_so_and_nobody_else() {
    for (text, fails) in [
        ("The bot gave no answer to this.", 0),
        ("Something went wrong, and the bot could not do this.", 1),
        ("Something went wrong, and the bot could not do this.", 2),
    ] {
        let scene = Scene::new();
        let mut bot = scene.rolling(roll(move |_| match fails {
            0 => Ok(()),
            1 => Err("no dice".into()),
            _ => panic!("no dice"),
        }));
        bot.on_error(|_, _| ());
        bot.during(|| {
            let used = scene.rolls();
            let reply = used.reply()?;
            assert_eq!((reply.content.as_str(), used.wait_for_acknowledgement()?.ephemeral), (text, true));
            assert_eq!(scene.public(), [""; 0]);
            Ok(())
        })
        .unwrap();
    }
}

#[test]
fn a_failure_after_the_answer_is_told_beside_it() {
    let scene = Scene::new();
    let mut bot = scene.rolling(roll(|cx| {
        cx.reply("so far")?;
        Err("no further".into())
    }));
    bot.on_error(|_, _| ());
    bot.during(|| {
        let used = scene.rolls();
        assert_eq!(used.reply()?.content, "so far");
        assert!(scene.ann.next_ephemeral_message()?.content.starts_with("Something went wrong"));
        assert_eq!(scene.public(), ["so far"]);
        Ok(())
    })
    .unwrap();
}

#[test]
fn a_task_holds_the_interaction_of_its_command() {
    let scene = Scene::new();
    let (ended, has_ended) = mpsc::channel();
    let has_ended = Mutex::new(has_ended);
    let bot = scene.rolling(roll(|cx| {
        let ended = ended.clone();
        cx.spawn(move |task| {
            // The closure has ended, and nobody was told anything.
            task.sleep(ms(200))?;
            assert!(task.user().username == "ann");
            task.reply("late, but well")?;
            ended.send(())?;
            Ok(())
        })?;
        Ok(())
    }));
    bot.during(|| {
        let used = scene.rolls();
        assert_eq!(used.reply()?.content, "late, but well");
        has_ended.lock().unwrap().recv_timeout(PATIENCE)?;
        Ok(())
    })
    .unwrap();
    assert_eq!(scene.ann.try_next_ephemeral_message(), None);
}

#[test]
fn a_task_that_ends_without_an_answer_leaves_one() {
    let scene = Scene::new();
    let bot = scene.rolling(roll(|cx| Ok(cx.spawn(|_| Ok(()))?)));
    bot.during(|| {
        assert_eq!(scene.rolls().reply()?.content, "The bot gave no answer to this.");
        Ok(())
    })
    .unwrap();
}

#[test]
fn without_auto_defer_a_late_reply_says_how_late_it_is_and_why() {
    let scene = Scene::new();
    let (tell, told) = mpsc::channel();
    let mut bot = scene.rolling(
        roll(|cx| {
            thread::sleep(ms(3050));
            cx.reply("too late")
        })
        .no_auto_defer(),
    );
    bot.on_error(move |_, error| tell.send(response_error(error)).unwrap());
    bot.during(move || {
        let used = scene.rolls();
        let ResponseError::TooLate { timing, blocked_by } = told.recv_timeout(PATIENCE)? else {
            panic!("the response is too late")
        };
        assert_eq!((timing.allowed, blocked_by), (ms(3000), None));
        assert!(timing.late_by() >= ms(50) && timing.handling >= ms(3050), "{timing}");
        assert_eq!(
            (used.acknowledgement(), used.rejected_responses()),
            (None, vec![]),
            "it was not even tried"
        );
        Ok(())
    })
    .unwrap();
}

#[test]
fn a_late_reply_names_the_slow_handlers_that_it_waited_for() {
    let scene = Scene::new();
    let (tell, told) = mpsc::channel();
    let (sleep, sleeps) = mpsc::channel();
    let mut bot = scene.rolling(roll(|cx| cx.reply("too late")).no_auto_defer());
    bot.on_message(move |_, _| {
        sleep.send(())?;
        thread::sleep(ms(4000));
        Ok(())
    });
    bot.on_error(move |_, error| tell.send(response_error(error)).unwrap());
    bot.during(move || {
        scene.ann.says(&scene.general, "sleep");
        sleeps.recv_timeout(PATIENCE)?;
        scene.rolls();
        let error = told.recv_timeout(PATIENCE)?;
        assert!(error.to_string().contains("; the handlers of MESSAGE_CREATE took 4."), "{error}");
        let ResponseError::TooLate { timing, blocked_by: Some(blocked_by) } = error else {
            panic!("{error}")
        };
        assert_eq!(blocked_by.event, "MESSAGE_CREATE");
        assert!(blocked_by.took >= ms(4000) && timing.queued >= ms(3000), "{timing}");
        Ok(())
    })
    .unwrap();
}

#[test]
fn suggestions_that_do_not_come_are_none_and_no_error() {
    let scene = Scene::new();
    let slow = |_: &AutocompleteContext, _: &str| {
        thread::sleep(ms(300));
        ["Kiel"]
    };
    let node = command("roll", "Rolls dice")
        .option("port", "Where", string().autocomplete(slow).optional())
        .run(|_, _| Ok(()))
        .no_auto_defer();
    let mut bot = scene.rolling(node);
    bot.auto_defer_after(ms(20));
    bot.during(|| {
        assert_eq!(scene.ann.autocompletes(&scene.general, "/roll port:ki")?, []);
        Ok(())
    })
    .unwrap();
    assert_eq!(scene.ann.try_next_ephemeral_message(), None);
}

#[test]
fn a_bare_listener_alone_is_left_to_itself() {
    let scene = Scene::new();
    scene.start_and_stop(scene.rolling(roll(|_| Ok(()))));
    let mut bot = scene.bot();
    bot.auto_defer_after(ms(10));
    let (tell, told) = mpsc::channel();
    let told = Mutex::new(told);
    bot.on::<InteractionCreate>(move |_, _| Ok(tell.send(())?));
    bot.during(|| {
        let used = scene.rolls();
        told.lock().unwrap().recv_timeout(PATIENCE)?;
        thread::sleep(ms(100));
        assert_eq!(used.acknowledgement(), None);
        Ok(())
    })
    .unwrap();
}

#[test]
fn a_broken_answer_is_sent_once_more_and_counts_once() {
    let scene = Scene::new();
    let bot = scene.rolling(roll(|cx| {
        cx.reply("once")?;
        match cx.reply("twice").unwrap_err().downcast_ref::<Error>() {
            Some(Error::Response(error)) => {
                let expected = ResponseError::AlreadyResponded {
                    response: InitialResponse::Reply(Visibility::Public),
                    source: ResponseSource::Handler,
                    action: ResponseAction::Reply(Visibility::Public),
                };
                assert_eq!(**error, expected);
            }
            other => panic!("{other:?}"),
        }
        cx.edit("once, changed")?;
        Ok(())
    }));
    bot.during(|| {
        let broken = Fault::HttpStatus { status: 502, body: ErrorBody::Html, retry_after: None, times: 1 };
        scene.discord.fault(broken);
        let used = scene.rolls();
        scene.discord.wait_until("the edit", |_| scene.public() == ["once, changed"])?;
        assert_eq!((used.wait_for_acknowledgement()?.kind, used.rejected_responses()), (4, vec![]));
        Ok(())
    })
    .unwrap();
}

#[test]
fn after_a_break_an_edit_finds_what_has_arrived() {
    let scene = Scene::new();
    let bot = scene.rolling(roll(|cx| {
        scene.discord.fault(Fault::Delay(PATIENCE));
        let error = cx.reply("arrived").unwrap_err();
        assert!(matches!(error.downcast_ref(), Some(Error::Network { .. })), "{error}");
        scene.discord.fault(Fault::Delay(Duration::ZERO));
        cx.edit("arrived, and changed")?;
        Ok(())
    }));
    bot.during(|| {
        let used = scene.rolls();
        scene.discord.wait_until("the edit", |_| scene.public() == ["arrived, and changed"])?;
        assert_eq!(used.rejected_responses(), []);
        Ok(())
    })
    .unwrap();
}

#[test]
fn a_failure_after_an_answer_that_may_have_arrived_takes_nothing_away() {
    let scene = Scene::new();
    let mut bot = scene.rolling(roll(|cx| {
        scene.discord.fault(Fault::Delay(PATIENCE));
        let error = cx.reply("arrived").unwrap_err();
        scene.discord.fault(Fault::Delay(Duration::ZERO));
        Err(error)
    }));
    bot.on_error(|_, _| ());
    bot.during(|| {
        let used = scene.rolls();
        assert!(scene.ann.next_ephemeral_message()?.content.starts_with("Something went wrong"));
        assert_eq!(scene.public(), ["arrived"]);
        assert_eq!(used.rejected_responses(), []);
        Ok(())
    })
    .unwrap();
}

#[test]
fn what_was_lost_on_the_way_is_said_once_more_while_there_is_time() {
    let scene = Scene::new();
    let bot = scene.rolling(roll(|cx| {
        let broken = Fault::HttpStatus { status: 502, body: ErrorBody::Html, retry_after: None, times: 2 };
        scene.discord.fault(broken);
        assert!(cx.reply("lost").is_err());
        cx.reply("said")
    }));
    bot.during(|| {
        let used = scene.rolls();
        assert_eq!((used.reply()?.content.as_str(), used.wait_for_acknowledgement()?.kind), ("said", 4));
        Ok(())
    })
    .unwrap();
}
