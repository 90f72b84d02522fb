//! Tasks that wait for clicks and modals, and how they answer them.

use std::sync::mpsc::{self, Sender};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use syncord::bot::ComponentContext;
use syncord::events::{InteractionCreate, MessageCreate};
use syncord::model::component::{ActionRow, Button, Label, SelectOption, StringSelect, TextInput};
use syncord::rest::{CreateMessage, Modal};
use syncord::sim::{Channel, Discord, Fault, Member, Message};
use syncord::tree::command;
use syncord::{Bot, Error, Result};

use crate::logged;
use crate::scene::{PATIENCE, bot, discord};

/// Ann and bob, and a bot that posts a message with a button `b` and a select `s` when somebody talks.
struct Scene {
    discord: Discord,
    ann: Member,
    bob: Member,
    general: Channel,
}

/// The message that is clicked on.
fn asking() -> CreateMessage {
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

    /// A bot whose task hands so many clicks to a closure.
    fn clicked<'a>(
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
                let asked = task.send(channel, asking())?;
                for _ in 0..clicks {
                    f(&task.next_click(&asked, PATIENCE)?.unwrap())?;
                }
                Ok(())
            })?)
        });
        bot
    }

    fn asked(&self) -> Message {
        self.ann.says(&self.general, "go");
        self.general.next_message().unwrap()
    }

    /// What somebody sees.
    fn seen_by(&self, who: &Member) -> Vec<String> {
        who.sees(&self.general).into_iter().map(|message| message.content).collect()
    }
}

#[test]
fn a_click_can_be_answered_in_every_way() {
    let scene = Scene::new();
    let (step, steps) = mpsc::channel::<fn(&ComponentContext) -> Result>();
    let steps = Arc::new(Mutex::new(steps));
    let bot = scene.clicked(6, move |click| {
        let step = steps.lock().unwrap().recv_timeout(PATIENCE)?;
        step(click)
    });
    bot.during(|| {
        let asked = scene.asked();
        let clicks = |answer: fn(&ComponentContext) -> Result| -> Result<_, Error> {
            let click = scene.ann.clicks(asked.id, "b")?;
            step.send(answer).unwrap();
            Ok((click.wait_for_acknowledgement()?, click))
        };
        let (answer, click) = clicks(|cx| cx.reply("everybody"))?;
        assert_eq!((answer.kind, click.reply()?.content), (4, "everybody".to_owned()));

        let (answer, _) = clicks(|cx| cx.reply_ephemeral("ann alone"))?;
        assert_eq!((answer.kind, answer.ephemeral), (4, true));
        assert_eq!(scene.ann.next_ephemeral_message()?.content, "ann alone");

        let (answer, _) = clicks(|cx| cx.update("changed"))?;
        assert_eq!(answer.kind, 7);
        assert!(scene.seen_by(&scene.bob).contains(&"changed".to_owned()));

        let (answer, click) = clicks(|cx| {
            cx.defer_update()?;
            cx.update("changed again")?;
            cx.follow_up_ephemeral("done")?;
            Ok(())
        })?;
        assert_eq!(answer.kind, 6);
        assert_eq!(scene.ann.next_ephemeral_message()?.content, "done");
        assert_eq!(click.followups().len(), 1);
        assert!(scene.seen_by(&scene.bob).contains(&"changed again".to_owned()));

        let (answer, click) = clicks(|cx| {
            cx.defer()?;
            let filled = cx.edit("filled in")?;
            assert_eq!(cx.reply_message()?.id, filled.id);
            Ok(())
        })?;
        assert_eq!((answer.kind, click.reply()?.content), (5, "filled in".to_owned()));

        // What is private replaces what everybody saw coming.
        let (_, click) = clicks(|cx| {
            cx.defer()?;
            cx.reply_ephemeral("but this is secret")
        })?;
        assert_eq!(scene.ann.next_ephemeral_message()?.content, "but this is secret");
        assert!(click.current_reply().is_none());
        assert_eq!(scene.seen_by(&scene.bob), ["go", "changed again", "everybody", "filled in"]);
        assert_eq!(scene.discord.log().violations(), [""; 0]);
        Ok(())
    })
    .unwrap();
}

#[test]
fn a_select_gives_what_was_chosen() {
    let scene = Scene::new();
    let bot = scene.clicked(1, |click| {
        let by = &click.user().username;
        assert_eq!(click.message().unwrap().content, "Well?");
        click.reply(format!("{} of {} by {by}", click.values().join(" "), click.custom_id()))
    });
    bot.during(|| {
        let asked = scene.asked();
        assert_eq!(scene.bob.selects(asked.id, "s", ["flow"])?.reply()?.content, "flow of s by bob");
        Ok(())
    })
    .unwrap();
}

/// A task that has opened a modal waits for it.
#[test]
fn a_modal_comes_back_to_the_task_that_opened_it() {
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
            let asked = task.send(channel, asking())?;
            let click = task.next_click(&asked, PATIENCE)?.unwrap();
            let modal =
                Modal::new("where", "Where?").component(Label::new("Harbour", TextInput::short("harbour")));
            click.modal(&modal)?;
            let error = click.reply("too much").unwrap_err().to_string();
            assert!(error.contains("answered with a modal already"), "{error}");
            let sent = task.next_modal("where", PATIENCE)?.unwrap();
            sent.update(format!("to {}", sent.value("harbour").unwrap()))
        })?)
    });
    bot.during(|| {
        let asked = scene.asked();
        scene.ann.clicks(asked.id, "b")?;
        let modal = scene.ann.next_modal()?;
        assert_eq!(modal.title, "Where?");
        let sent = scene.ann.submits(&modal, [("harbour", "Kiel")])?;
        assert_eq!((sent.reply()?.content, sent.wait_for_acknowledgement()?.kind), ("to Kiel".to_owned(), 7));
        Ok(())
    })
    .unwrap();
}

#[test]
fn a_click_that_came_early_is_kept_and_one_that_comes_late_is_answered_politely() {
    let scene = Scene::new();
    let (tell, told) = mpsc::channel();
    let (go, went): (Sender<()>, _) = mpsc::channel();
    let (told, went) = (Mutex::new(told), Mutex::new(Some(went)));
    let mut bot = bot(&scene.discord);
    bot.waits_for::<InteractionCreate>();
    bot.on_message(|cx, message| {
        let channel = message.channel_id;
        let (tell, Some(went)) = (tell.clone(), went.lock().unwrap().take()) else { return Ok(()) };
        Ok(cx.spawn(move |task| {
            let asked = task.send(channel, asking())?;
            went.recv_timeout(PATIENCE)?;
            task.next_click(&asked, Duration::ZERO)?.unwrap().reply("kept")?;
            tell.send(())?;
            Ok(())
        })?)
    });
    bot.during(|| {
        let asked = scene.asked();
        let early = scene.ann.clicks(asked.id, "b")?;
        let never_taken = scene.bob.clicks(asked.id, "b")?;
        // Nobody waits yet, and the library sees to it that Discord does not give up.
        assert_eq!(early.wait_for_acknowledgement()?.kind, 6);
        go.send(())?;
        assert_eq!(early.followups_soon(&scene.discord)?, "kept");
        told.lock().unwrap().recv_timeout(PATIENCE)?;
        assert_eq!(scene.bob.next_ephemeral_message()?.content, "This is no longer active.");
        assert_eq!(never_taken.rejected_responses(), []);
        let late = scene.bob.clicks(asked.id, "b")?;
        assert_eq!(late.reply()?.content, "This is no longer active.");
        Ok(())
    })
    .unwrap();
}

trait Soon {
    fn followups_soon(&self, discord: &Discord) -> Result<String, Error>;
}

impl Soon for syncord::sim::Interaction {
    /// The first message that follows.
    fn followups_soon(&self, discord: &Discord) -> Result<String, Error> {
        discord.wait_until("a message that follows", |_| !self.followups().is_empty())?;
        Ok(self.followups()[0].content.clone())
    }
}

#[test]
fn a_click_that_is_taken_and_not_answered_leaves_a_word() {
    let scene = Scene::new();
    let bot = scene.clicked(1, |_| Ok(()));
    bot.during(|| {
        let asked = scene.asked();
        let click = scene.ann.clicks(asked.id, "b")?;
        assert_eq!(click.reply()?.content, "The bot gave no answer to this.");
        assert!(click.wait_for_acknowledgement()?.ephemeral);
        Ok(())
    })
    .unwrap();
}

#[test]
fn the_other_programs_answer_is_named_as_such() {
    let scene = Scene::new();
    let (tell, told) = mpsc::channel();
    let bot = scene.clicked(1, move |click| {
        let interaction = click.interaction();
        let other = syncord::rest::InteractionResponse::message("first");
        click.rest().create_interaction_response(interaction.id, &interaction.token, &other)?;
        tell.send(click.reply("second").unwrap_err().to_string())?;
        Ok(())
    });
    bot.during(move || {
        let asked = scene.asked();
        assert_eq!(scene.ann.clicks(asked.id, "b")?.reply()?.content, "first");
        let error = told.recv_timeout(PATIENCE)?;
        assert!(error.starts_with("somebody else has answered"), "{error}");
        Ok(())
    })
    .unwrap();
}

#[test]
fn calls_of_closures_end_at_the_bots_deadline() {
    let scene = Scene::new();
    let mut bot = bot(&scene.discord);
    let (tell, told) = mpsc::channel();
    bot.call_deadline(Duration::from_millis(200));
    bot.on_message(move |cx, message| {
        if message.author.bot {
            return Ok(());
        }
        Ok(tell.send(cx.send(message.channel_id, "hello").unwrap_err())?)
    });
    bot.during(move || {
        let never = Duration::from_secs(600);
        let scope = syncord::sim::RateLimitScope::User;
        scene.discord.fault(Fault::Http429 { retry_after: never, scope, times: 1 });
        scene.ann.says(&scene.general, "go");
        let error = told.recv_timeout(PATIENCE)?;
        assert!(matches!(error, Error::RateLimited { .. }), "{error}");
        assert!(error.retry_after().unwrap() > Duration::from_secs(500));
        Ok(())
    })
    .unwrap();
}

/// A bot whose task waits for messages that do not come, and for clicks if it gets that far.
fn with_a_task_that_waits<'a>(scene: &Scene) -> Bot<'a> {
    let mut bot = bot(&scene.discord);
    bot.waits_for::<InteractionCreate>().waits_for::<MessageCreate>();
    bot.on_message(|cx, message| {
        if message.author.bot {
            return Ok(());
        }
        let channel = message.channel_id;
        Ok(cx.spawn(move |task| {
            task.send(channel, asking())?;
            task.next_interaction(|interaction| interaction.modal().is_some(), PATIENCE)?;
            Ok(())
        })?)
    });
    bot
}

#[test]
fn a_click_that_every_task_has_turned_down_is_answered_politely() {
    let scene = Scene::new();
    let mut bot = with_a_task_that_waits(&scene);
    bot.auto_defer_after(Duration::from_millis(50));
    bot.during(|| {
        let asked = scene.asked();
        let click = scene.ann.clicks(asked.id, "b")?;
        // Of those, a deferral is none.
        let told = scene.ann.next_ephemeral_message()?;
        assert_eq!(told.content, "This is no longer active.");
        assert_eq!(click.rejected_responses(), []);
        Ok(())
    })
    .unwrap();
}

#[test]
fn a_closure_that_hears_everything_keeps_nobody_from_an_answer_in_time() {
    let scene = Scene::new();
    let mut bot = with_a_task_that_waits(&scene);
    bot.auto_defer_after(Duration::from_millis(50));
    bot.on_any(|_, _, _| Ok(()));
    bot.during(|| {
        let asked = scene.asked();
        scene.ann.clicks(asked.id, "b")?;
        assert_eq!(scene.ann.next_ephemeral_message()?.content, "This is no longer active.");
        Ok(())
    })
    .unwrap();
}

#[test]
fn what_a_closure_hears_bare_is_left_to_it_until_a_task_takes_it() {
    let scene = Scene::new();
    let (tell, told) = mpsc::channel();
    let (step, steps) = mpsc::channel::<()>();
    let steps = Arc::new(Mutex::new(steps));
    let mut bot = bot(&scene.discord);
    bot.auto_defer_after(Duration::from_millis(20)).waits_for::<InteractionCreate>();
    bot.on::<InteractionCreate>(move |_, _| Ok(tell.send(())?));
    bot.on_message(move |cx, message| {
        if message.author.bot {
            return Ok(());
        }
        let (channel, steps) = (message.channel_id, Arc::clone(&steps));
        Ok(cx.spawn(move |task| {
            let asked = task.send(channel, asking())?;
            steps.lock().unwrap().recv_timeout(PATIENCE)?;
            let click = task.next_click(&asked, PATIENCE)?.unwrap();
            steps.lock().unwrap().recv_timeout(PATIENCE)?;
            click.reply("at last")
        })?)
    });
    bot.during(move || {
        let asked = scene.asked();
        let click = scene.ann.clicks(asked.id, "b")?;
        told.recv_timeout(PATIENCE)?;
        std::thread::sleep(Duration::from_millis(100));
        assert_eq!(click.acknowledgement(), None);
        step.send(())?;
        assert_eq!(click.wait_for_acknowledgement()?.kind, 6);
        step.send(())?;
        assert_eq!(click.followups_soon(&scene.discord)?, "at last");
        Ok(())
    })
    .unwrap();
}

#[test]
fn a_task_takes_interactions_of_any_kind_and_answers_them_but_not_as_bare_events() {
    let scene = Scene::new();
    let mut bot = bot(&scene.discord);
    bot.waits_for::<InteractionCreate>();
    bot.on_message(|cx, message| {
        if message.author.bot {
            return Ok(());
        }
        let channel = message.channel_id;
        Ok(cx.spawn(move |task| {
            task.send(channel, asking())?;
            let error = task.next::<InteractionCreate>(|_| true, PATIENCE).unwrap_err().to_string();
            assert!(error.contains("next_interaction"), "{error}");
            let any = task.next_interaction(|interaction| interaction.component().is_some(), PATIENCE)?;
            any.unwrap().reply("taken")
        })?)
    });
    bot.on_error(|_, error| panic!("{error}"));
    bot.during(|| {
        let asked = scene.asked();
        let click = scene.ann.clicks(asked.id, "b")?;
        assert_eq!(click.reply()?.content, "taken");
        assert_eq!(click.rejected_responses(), []);
        Ok(())
    })
    .unwrap();
    assert_eq!(scene.ann.try_next_ephemeral_message(), None);
}

#[test]
fn who_gives_no_answer_is_logged_by_name_and_its_user_told_whether_it_failed() {
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
            let silence = "The bot gave no answer to this.";
            let failure = "Something went wrong, and the bot could not do this.";
            for (line, told) in
                [("/silent", silence), ("/busy", silence), ("/failing", failure), ("/panicking", failure)]
            {
                let used = scene.ann.uses(&scene.general, line)?;
                assert_eq!(used.reply()?.content, told, "{line}");
            }
            Ok(())
        })
    });
    ran.unwrap();
    assert_eq!(errors.into_inner().unwrap(), 2);
    for who in ["/silent", "a task of /busy", "a task of /failing", "a task of /panicking"] {
        let line = format!("WARN {who} ended without an answer to the interaction");
        assert!(logged::has(&line), "{line}");
    }
}
