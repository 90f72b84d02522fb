//! Tasks that wait for clicks and modals, and respond to them.

use std::sync::mpsc::{self, Sender};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use syncord::bot::ComponentContext;
use syncord::events::{InteractionCreate, MessageCreate};
use syncord::interaction::{InitialResponse, ResponseAction, ResponseError, ResponseSource, Visibility};
use syncord::model::component::{ActionRow, Button, Label, SelectOption, StringSelect, TextInput};
use syncord::rest::{CreateMessage, Modal};
use syncord::sim::{Channel, Discord, Fault, Member, Message};
use syncord::tree::command;
use syncord::{Bot, BoxError, Error, Result};

use crate::logged;
use crate::scene::{TIMEOUT, bot, discord};

/// Ann and Bob, and a bot that replies to a message with a button `b` and a select `s`.
struct Scene {
    discord: Discord,
    ann: Member,
    bob: Member,
    general: Channel,
}

/// Why a response was not possible.
fn response_error(error: &BoxError) -> ResponseError {
    match error.downcast_ref() {
        Some(Error::Response(error)) => error.clone(),
        _ => panic!("{error}"),
    }
}

/// The message with the components.
fn question() -> CreateMessage {
    let options = [SelectOption::new("Ebb", "ebb"), SelectOption::new("Flow", "flow")];
    CreateMessage::text("Well?")
        .component(ActionRow::new([Button::primary("b", "Do")]))
        .component(ActionRow::new([StringSelect::new("s").options(options)]))
}

impl Scene {
    fn new() -> Scene {
        let discord = discord().start().unwrap();
        let (ann, bob, general) = (discord.member("ann"), discord.member("bob"), discord.channel("general"));
        Scene { discord, ann, bob, general }
    }

    /// A bot whose task passes this number of clicks to a closure.
    fn bot_for_clicks<'a>(
        &self,
        clicks: usize,
        f: impl Fn(&ComponentContext) -> Result + Clone + Send + 'static,
    ) -> Bot<'a> {
        let mut bot = bot(&self.discord);
        bot.waits_for::<InteractionCreate>();
        bot.on_error(|_, error| panic!("{error}"));
        bot.on_message(move |cx, message| {
            if message.author.bot {
                return Ok(());
            }
            let (channel, f) = (message.channel_id, f.clone());
            Ok(cx.spawn(move |task| {
                let question = task.send(channel, question())?;
                for _ in 0..clicks {
                    f(&task.next_click(&question, TIMEOUT)?.unwrap())?;
                }
                Ok(())
            })?)
        });
        bot
    }

    fn post_question(&self) -> Message {
        self.ann.says(&self.general, "go");
        self.general.next_message().unwrap()
    }

    /// The texts of the messages that a member sees.
    fn seen_by(&self, member: &Member) -> Vec<String> {
        member.sees(&self.general).into_iter().map(|message| message.content).collect()
    }
}

#[test]
fn clicks_accept_every_kind_of_response() {
    let scene = Scene::new();
    let (step, steps) = mpsc::channel::<fn(&ComponentContext) -> Result>();
    let steps = Arc::new(Mutex::new(steps));
    let bot = scene.bot_for_clicks(6, move |click| {
        let step = steps.lock().unwrap().recv_timeout(TIMEOUT)?;
        step(click)
    });
    bot.during(|| {
        let question = scene.post_question();
        let clicks = |respond: fn(&ComponentContext) -> Result| -> Result<_, Error> {
            let click = scene.ann.clicks(question.id, "b")?;
            step.send(respond).unwrap();
            Ok((click.wait_for_acknowledgement()?, click))
        };
        let (response, click) = clicks(|cx| cx.reply("for everyone"))?;
        assert_eq!((response.kind, click.reply()?.content), (4, "for everyone".to_owned()));

        let (response, _) = clicks(|cx| cx.reply_ephemeral("ann alone"))?;
        assert_eq!((response.kind, response.ephemeral), (4, true));
        assert_eq!(scene.ann.next_ephemeral_message()?.content, "ann alone");

        let (response, _) = clicks(|cx| cx.update("changed"))?;
        assert_eq!(response.kind, 7);
        assert!(scene.seen_by(&scene.bob).contains(&"changed".to_owned()));

        let (response, click) = clicks(|cx| {
            cx.defer_update()?;
            cx.update("changed again")?;
            cx.follow_up_ephemeral("done")?;
            Ok(())
        })?;
        assert_eq!(response.kind, 6);
        assert_eq!(scene.ann.next_ephemeral_message()?.content, "done");
        assert_eq!(click.followups().len(), 1);
        assert!(scene.seen_by(&scene.bob).contains(&"changed again".to_owned()));

        let (response, click) = clicks(|cx| {
            cx.defer()?;
            let filled = cx.edit("filled in")?;
            assert_eq!(cx.fetch_reply()?.id, filled.id);
            Ok(())
        })?;
        assert_eq!((response.kind, click.reply()?.content), (5, "filled in".to_owned()));

        // An ephemeral reply replaces the public "thinking" state.
        let (_, click) = clicks(|cx| {
            cx.defer()?;
            cx.reply_ephemeral("but this is secret")
        })?;
        assert_eq!(scene.ann.next_ephemeral_message()?.content, "but this is secret");
        assert!(click.current_reply().is_none());
        assert_eq!(scene.seen_by(&scene.bob), ["go", "changed again", "for everyone", "filled in"]);
        assert_eq!(scene.discord.log().violations(), [""; 0]);
        Ok(())
    })
    .unwrap();
}

#[test]
fn a_select_returns_the_chosen_values() {
    let scene = Scene::new();
    let bot = scene.bot_for_clicks(1, |click| {
        let by = &click.user().username;
        assert_eq!(click.message().unwrap().content, "Well?");
        click.reply(format!("{} of {} by {by}", click.values().join(" "), click.custom_id()))
    });
    bot.during(|| {
        let question = scene.post_question();
        assert_eq!(scene.bob.selects(question.id, "s", ["flow"])?.reply()?.content, "flow of s by bob");
        Ok(())
    })
    .unwrap();
}

#[test]
fn a_submitted_modal_reaches_the_task_that_opened_it() {
    let scene = Scene::new();
    let mut bot = bot(&scene.discord);
    bot.waits_for::<InteractionCreate>();
    bot.on_error(|_, error| panic!("{error}"));
    bot.on_message(|cx, message| {
        let channel = message.channel_id;
        if message.author.bot {
            return Ok(());
        }
        Ok(cx.spawn(move |task| {
            let question = task.send(channel, question())?;
            let click = task.next_click(&question, TIMEOUT)?.unwrap();
            let modal =
                Modal::new("where", "Where?").component(Label::new("Harbour", TextInput::short("harbour")));
            click.modal(&modal)?;
            let error = click.reply("too much").unwrap_err();
            let expected = ResponseError::AlreadyResponded {
                response: InitialResponse::Modal,
                source: ResponseSource::Handler,
                action: ResponseAction::Reply(Visibility::Public),
            };
            assert_eq!(response_error(&error), expected);
            let sent = task.next_modal("where", TIMEOUT)?.unwrap();
            sent.update(format!("to {}", sent.value("harbour").unwrap()))
        })?)
    });
    bot.during(|| {
        let question = scene.post_question();
        scene.ann.clicks(question.id, "b")?;
        let modal = scene.ann.next_modal()?;
        assert_eq!(modal.title, "Where?");
        let sent = scene.ann.submits(&modal, [("harbour", "Kiel")])?;
        assert_eq!((sent.reply()?.content, sent.wait_for_acknowledgement()?.kind), ("to Kiel".to_owned(), 7));
        Ok(())
    })
    .unwrap();
}

#[test]
fn an_early_click_waits_for_its_task_and_a_late_one_gets_an_ephemeral_reply() {
    let scene = Scene::new();
    let (sender, receiver) = mpsc::channel();
    let (allow, may_take): (Sender<()>, _) = mpsc::channel();
    let (receiver, may_take) = (Mutex::new(receiver), Mutex::new(Some(may_take)));
    let mut bot = bot(&scene.discord);
    bot.waits_for::<InteractionCreate>();
    bot.on_message(|cx, message| {
        let channel = message.channel_id;
        let (sender, Some(may_take)) = (sender.clone(), may_take.lock().unwrap().take()) else {
            return Ok(());
        };
        Ok(cx.spawn(move |task| {
            let question = task.send(channel, question())?;
            may_take.recv_timeout(TIMEOUT)?;
            task.next_click(&question, Duration::ZERO)?.unwrap().reply("kept")?;
            sender.send(())?;
            Ok(())
        })?)
    });
    bot.during(|| {
        let question = scene.post_question();
        let early = scene.ann.clicks(question.id, "b")?;
        let untaken = scene.bob.clicks(question.id, "b")?;
        // No task waits yet, so the library defers the click.
        assert_eq!(early.wait_for_acknowledgement()?.kind, 6);
        allow.send(())?;
        assert_eq!(early.first_followup(&scene.discord)?, "kept");
        receiver.lock().unwrap().recv_timeout(TIMEOUT)?;
        assert_eq!(scene.bob.next_ephemeral_message()?.content, "This is no longer active.");
        assert_eq!(untaken.rejected_responses(), []);
        let late = scene.bob.clicks(question.id, "b")?;
        assert_eq!(late.reply()?.content, "This is no longer active.");
        Ok(())
    })
    .unwrap();
}

trait FirstFollowup {
    fn first_followup(&self, discord: &Discord) -> Result<String, Error>;
}

impl FirstFollowup for syncord::sim::Interaction {
    /// Waits for the first follow-up message.
    fn first_followup(&self, discord: &Discord) -> Result<String, Error> {
        discord.wait_until("a follow-up message", |_| !self.followups().is_empty())?;
        Ok(self.followups()[0].content.clone())
    }
}

#[test]
fn a_click_without_a_response_gets_a_reply_from_the_library() {
    let scene = Scene::new();
    let bot = scene.bot_for_clicks(1, |_| Ok(()));
    bot.during(|| {
        let question = scene.post_question();
        let click = scene.ann.clicks(question.id, "b")?;
        assert_eq!(click.reply()?.content, "The bot gave no answer to this.");
        assert!(click.wait_for_acknowledgement()?.ephemeral);
        Ok(())
    })
    .unwrap();
}

#[test]
fn a_response_sent_by_another_program_is_reported_as_such() {
    let scene = Scene::new();
    let (sender, receiver) = mpsc::channel();
    let bot = scene.bot_for_clicks(1, move |click| {
        let interaction = click.interaction();
        let other = syncord::rest::InteractionResponse::message("first");
        click.rest().create_interaction_response(interaction.id, &interaction.token, &other)?;
        sender.send(response_error(&click.reply("second").unwrap_err()))?;
        Ok(())
    });
    bot.during(move || {
        let question = scene.post_question();
        assert_eq!(scene.ann.clicks(question.id, "b")?.reply()?.content, "first");
        assert_eq!(receiver.recv_timeout(TIMEOUT)?, ResponseError::RespondedElsewhere);
        Ok(())
    })
    .unwrap();
}

#[test]
fn rest_calls_of_handlers_end_at_the_bots_call_deadline() {
    let scene = Scene::new();
    let mut bot = bot(&scene.discord);
    let (sender, receiver) = mpsc::channel();
    bot.call_deadline(Duration::from_millis(200));
    bot.on_message(move |cx, message| {
        if message.author.bot {
            return Ok(());
        }
        Ok(sender.send(cx.send(message.channel_id, "hello").unwrap_err())?)
    });
    bot.during(move || {
        let never = Duration::from_secs(600);
        let scope = syncord::sim::RateLimitScope::User;
        scene.discord.fault(Fault::Http429 { retry_after: never, scope, times: 1 });
        scene.ann.says(&scene.general, "go");
        let error = receiver.recv_timeout(TIMEOUT)?;
        assert!(matches!(error, Error::RateLimited { .. }), "{error}");
        assert!(error.retry_after().unwrap() > Duration::from_secs(500));
        Ok(())
    })
    .unwrap();
}

/// A bot whose task waits for a modal that does not come.
fn bot_with_a_waiting_task<'a>(scene: &Scene) -> Bot<'a> {
    let mut bot = bot(&scene.discord);
    bot.waits_for::<InteractionCreate>().waits_for::<MessageCreate>();
    bot.on_message(|cx, message| {
        if message.author.bot {
            return Ok(());
        }
        let channel = message.channel_id;
        Ok(cx.spawn(move |task| {
            task.send(channel, question())?;
            task.next_interaction(|interaction| interaction.modal().is_some(), TIMEOUT)?;
            Ok(())
        })?)
    });
    bot
}

#[test]
fn a_click_that_no_task_takes_gets_an_ephemeral_reply() {
    let scene = Scene::new();
    let mut bot = bot_with_a_waiting_task(&scene);
    bot.auto_defer_after(Duration::from_millis(50));
    bot.during(|| {
        let question = scene.post_question();
        let click = scene.ann.clicks(question.id, "b")?;
        // The first response must be this reply, not a deferral.
        let reply = scene.ann.next_ephemeral_message()?;
        assert_eq!(reply.content, "This is no longer active.");
        assert_eq!(click.rejected_responses(), []);
        Ok(())
    })
    .unwrap();
}

#[test]
fn an_on_any_handler_does_not_prevent_the_automatic_reply() {
    let scene = Scene::new();
    let mut bot = bot_with_a_waiting_task(&scene);
    bot.auto_defer_after(Duration::from_millis(50));
    bot.on_any(|_, _, _| Ok(()));
    bot.during(|| {
        let question = scene.post_question();
        scene.ann.clicks(question.id, "b")?;
        assert_eq!(scene.ann.next_ephemeral_message()?.content, "This is no longer active.");
        Ok(())
    })
    .unwrap();
}

#[test]
fn an_interaction_that_a_handler_receives_raw_is_not_deferred_until_a_task_takes_it() {
    let scene = Scene::new();
    let (sender, receiver) = mpsc::channel();
    let (step, steps) = mpsc::channel::<()>();
    let steps = Arc::new(Mutex::new(steps));
    let mut bot = bot(&scene.discord);
    bot.auto_defer_after(Duration::from_millis(20)).waits_for::<InteractionCreate>();
    bot.on::<InteractionCreate>(move |_, _| Ok(sender.send(())?));
    bot.on_message(move |cx, message| {
        if message.author.bot {
            return Ok(());
        }
        let (channel, steps) = (message.channel_id, Arc::clone(&steps));
        Ok(cx.spawn(move |task| {
            let question = task.send(channel, question())?;
            steps.lock().unwrap().recv_timeout(TIMEOUT)?;
            let click = task.next_click(&question, TIMEOUT)?.unwrap();
            steps.lock().unwrap().recv_timeout(TIMEOUT)?;
            click.reply("at last")
        })?)
    });
    bot.during(move || {
        let question = scene.post_question();
        let click = scene.ann.clicks(question.id, "b")?;
        receiver.recv_timeout(TIMEOUT)?;
        std::thread::sleep(Duration::from_millis(100));
        assert_eq!(click.acknowledgement(), None);
        step.send(())?;
        assert_eq!(click.wait_for_acknowledgement()?.kind, 6);
        step.send(())?;
        assert_eq!(click.first_followup(&scene.discord)?, "at last");
        Ok(())
    })
    .unwrap();
}

#[test]
fn a_task_takes_interactions_of_any_kind_but_not_as_raw_events() {
    let scene = Scene::new();
    let mut bot = bot(&scene.discord);
    bot.waits_for::<InteractionCreate>();
    bot.on_message(|cx, message| {
        if message.author.bot {
            return Ok(());
        }
        let channel = message.channel_id;
        Ok(cx.spawn(move |task| {
            task.send(channel, question())?;
            let error = task.next::<InteractionCreate>(|_| true, TIMEOUT).unwrap_err().to_string();
            assert!(error.contains("next_interaction"), "{error}");
            let any = task.next_interaction(|interaction| interaction.component().is_some(), TIMEOUT)?;
            any.unwrap().reply("taken")
        })?)
    });
    bot.on_error(|_, error| panic!("{error}"));
    bot.during(|| {
        let question = scene.post_question();
        let click = scene.ann.clicks(question.id, "b")?;
        assert_eq!(click.reply()?.content, "taken");
        assert_eq!(click.rejected_responses(), []);
        Ok(())
    })
    .unwrap();
    assert_eq!(scene.ann.try_next_ephemeral_message(), None);
}

#[test]
fn a_missing_response_is_logged_by_node_and_the_user_learns_whether_it_failed() {
    let scene = Scene::new();
    let mut bot = bot(&scene.discord);
    bot.command(command("silent", "x").run(|_| Ok(())))
        .command(command("busy", "x").run(|cx| Ok(cx.spawn(|_| Ok(()))?)))
        .command(command("failing", "x").run(|cx| Ok(cx.spawn(|_| Err("no luck".into()))?)))
        .command(command("panicking", "x").run(|cx| Ok(cx.spawn(|_| panic!("no luck"))?)));
    let errors = Mutex::new(0);
    bot.on_error(|_, _| *errors.lock().unwrap() += 1);
    let (ran, _) = logged::during(|| {
        bot.during(|| {
            let no_response = "The bot gave no answer to this.";
            let failure = "Something went wrong, and the bot could not do this.";
            for (line, reply) in [
                ("/silent", no_response),
                ("/busy", no_response),
                ("/failing", failure),
                ("/panicking", failure),
            ] {
                let used = scene.ann.uses(&scene.general, line)?;
                assert_eq!(used.reply()?.content, reply, "{line}");
            }
            Ok(())
        })
    });
    ran.unwrap();
    assert_eq!(errors.into_inner().unwrap(), 2);
    for node in ["/silent", "a task of /busy", "a task of /failing", "a task of /panicking"] {
        let line = format!("WARN {node} ended without a response to the interaction");
        assert!(logged::has(&line), "{line}");
    }
}
