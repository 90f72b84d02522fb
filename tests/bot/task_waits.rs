//! What tasks can wait for, and by whom.

use std::sync::mpsc;
use std::time::Duration;

use syncord::bot::{EventScope, MessageOrClick, Task};
use syncord::events::{InteractionCreate, MessageCreate, MessageReactionAdd};
use syncord::id::UserId;
use syncord::interaction::ResponseError;
use syncord::model::Interaction;
use syncord::model::component::{ActionRow, Button, Label, SelectOption, StringSelect, TextInput};
use syncord::rest::{CreateMessage, Modal};
use syncord::sim::{Channel, Discord, Member, Message};
use syncord::{Bot, Error, Result};

use crate::scene::{Journal, TIMEOUT, bot, discord};

const NO_LONGER_ACTIVE: &str = "This is no longer active.";

/// Ann and Bob, and a channel.
struct Scene {
    discord: Discord,
    ann: Member,
    bob: Member,
    general: Channel,
}

/// A message with a button `b` and a select `s`.
fn question(text: &str) -> CreateMessage {
    let options = [SelectOption::new("Ebb", "ebb"), SelectOption::new("Flow", "flow")];
    CreateMessage::text(text)
        .component(ActionRow::new([Button::primary("b", "Do")]))
        .component(ActionRow::new([StringSelect::new("s").options(options)]))
}

fn modal() -> Modal {
    Modal::new("where", "Where?").component(Label::new("Harbour", TextInput::short("harbour")))
}

impl Scene {
    fn new() -> Scene {
        let discord = discord().start().unwrap();
        let (ann, bob, general) = (discord.member("ann"), discord.member("bob"), discord.channel("general"));
        Scene { discord, ann, bob, general }
    }

    /// A bot that runs a task when Ann says "go".
    fn bot<'a>(
        &self,
        f: impl Fn(&Task, syncord::id::ChannelId, UserId) -> Result + Clone + Send + 'static,
    ) -> Bot<'a> {
        let mut bot = bot(&self.discord);
        bot.waits_for::<InteractionCreate>().waits_for::<MessageCreate>().waits_for::<MessageReactionAdd>();
        bot.on_error(|_, error| panic!("{error}"));
        bot.on_message(move |cx, message| {
            if message.content != "go" {
                return Ok(());
            }
            let (channel, user, f) = (message.channel_id, message.author.id, f.clone());
            Ok(cx.spawn(move |task| f(task, channel, user))?)
        });
        bot
    }

    /// Says "go" and returns what the task asks.
    fn begin(&self) -> Message {
        self.ann.says(&self.general, "go");
        self.general.next_message().unwrap()
    }
}

#[test]
fn a_click_by_a_given_user_is_taken_and_those_of_others_are_not() {
    let scene = Scene::new();
    let bot = scene.bot(|task, channel, user| {
        let asked = task.send(channel, question("Well?"))?;
        for _ in 0..2 {
            let click = task.next_click_by(&asked, user, TIMEOUT)?.unwrap();
            click.reply(format!(
                "{}{} by {}",
                click.custom_id(),
                click.values().concat(),
                click.user().username
            ))?;
        }
        Ok(())
    });
    bot.during(|| {
        let asked = scene.begin();
        let (foreign, other) = (scene.bob.clicks(&asked, "b")?, scene.bob.selects(&asked, "s", ["ebb"])?);
        assert_eq!(scene.ann.clicks(&asked, "b")?.reply()?.content, "b by ann");
        assert_eq!(scene.ann.selects(&asked, "s", ["flow"])?.reply()?.content, "sflow by ann");
        assert_eq!(foreign.reply()?.content, NO_LONGER_ACTIVE);
        assert_eq!(other.reply()?.content, NO_LONGER_ACTIVE);
        Ok(())
    })
    .unwrap();
}

#[test]
fn a_click_on_any_of_several_messages_is_found_by_a_filter() {
    let scene = Scene::new();
    let bot = scene.bot(|task, channel, _| {
        let asked = [task.send(channel, question("One?"))?, task.send(channel, question("Two?"))?];
        let on_these = |interaction: &Interaction| {
            interaction.message.as_ref().is_some_and(|on| asked.iter().any(|asked| asked.id == on.id))
        };
        let click = task.next_click_where(on_these, TIMEOUT)?.unwrap();
        click.update(format!("{} by {}", click.message().unwrap().content, click.user().username))
    });
    bot.during(|| {
        scene.begin();
        let second = scene.general.next_message()?;
        scene.bob.clicks(&second, "b")?.wait_for_acknowledgement()?;
        assert_eq!(scene.ann.sees(&scene.general).last().unwrap().content, "Two? by bob");
        Ok(())
    })
    .unwrap();
}

#[test]
fn one_wait_takes_a_message_or_a_click_whichever_comes_first() {
    let scene = Scene::new();
    let bot = scene.bot(|task, channel, user| {
        let asked = task.send(channel, question("Well?"))?;
        loop {
            match task.next_message_or_click(&asked, user, TIMEOUT)?.unwrap() {
                MessageOrClick::Message(message) if message.content == "end" => return Ok(()),
                MessageOrClick::Message(message) => {
                    drop(task.send(channel, format!("said {}", message.content))?);
                }
                MessageOrClick::Click(click) => click.reply(format!("clicked {}", click.custom_id()))?,
            }
        }
    });
    bot.during(|| {
        let asked = scene.begin();
        scene.bob.says(&scene.general, "noise");
        let foreign = scene.bob.clicks(&asked, "b")?;
        scene.ann.says(&scene.general, "one");
        assert_eq!(scene.general.next_message()?.content, "said one");
        assert_eq!(scene.ann.clicks(&asked, "b")?.reply()?.content, "clicked b");
        scene.ann.says(&scene.general, "two");
        assert_eq!(scene.general.next_message()?.content, "said two");
        scene.ann.says(&scene.general, "end");
        assert_eq!(foreign.reply()?.content, NO_LONGER_ACTIVE);
        Ok(())
    })
    .unwrap();
}

#[test]
fn modals_with_the_same_custom_id_are_distinguished_by_their_users() {
    let scene = Scene::new();
    let bot = scene.bot(|task, channel, user| {
        let asked = task.send(channel, question("Well?"))?;
        for _ in 0..2 {
            task.next_click(&asked, TIMEOUT)?.unwrap().modal(&modal())?;
        }
        let sent = task.next_modal_by("where", user, TIMEOUT)?.unwrap();
        sent.reply(format!("{} by {}", sent.value("harbour").unwrap(), sent.user().username))?;
        let sent = task.next_modal("where", TIMEOUT)?.unwrap();
        sent.reply(format!("then {} by {}", sent.value("harbour").unwrap(), sent.user().username))
    });
    bot.during(|| {
        let asked = scene.begin();
        scene.bob.clicks(&asked, "b")?;
        let bobs = scene.bob.next_modal()?;
        scene.ann.clicks(&asked, "b")?;
        let anns = scene.ann.next_modal()?;
        let by_bob = scene.bob.submits(&bobs, [("harbour", "Bergen")])?;
        let by_ann = scene.ann.submits(&anns, [("harbour", "Kiel")])?;
        assert_eq!(by_ann.reply()?.content, "Kiel by ann");
        assert_eq!(by_bob.reply()?.content, "then Bergen by bob");
        Ok(())
    })
    .unwrap();
}

#[test]
fn an_interaction_of_any_kind_can_be_responded_to_in_every_way_of_its_kind() {
    let scene = Scene::new();
    let bot = scene.bot(|task, channel, _| {
        task.send(channel, question("Well?"))?;
        let next = || task.next_interaction(|_| true, TIMEOUT);
        let click = next()?.unwrap();
        click.modal(&modal())?;
        let sent = next()?.unwrap();
        sent.defer_update()?;
        sent.update("changed")?;
        let error = sent.modal(&modal()).unwrap_err();
        assert!(
            matches!(error.downcast_ref(), Some(Error::Response(ResponseError::WrongKind { .. }))),
            "{error}"
        );
        next()?.unwrap().update("changed again")
    });
    bot.during(|| {
        let asked = scene.begin();
        scene.ann.clicks(&asked, "b")?;
        let modal = scene.ann.next_modal()?;
        assert_eq!(scene.ann.submits(&modal, [("harbour", "Kiel")])?.wait_for_acknowledgement()?.kind, 6);
        scene.discord.wait_until("the change", |_| {
            scene.ann.sees(&scene.general).last().is_some_and(|last| last.content == "changed")
        })?;
        assert_eq!(scene.ann.clicks(&asked, "b")?.wait_for_acknowledgement()?.kind, 7);
        assert_eq!(scene.ann.sees(&scene.general).last().unwrap().content, "changed again");
        Ok(())
    })
    .unwrap();
}

#[test]
fn a_wait_for_a_scope_takes_only_its_events() {
    let scene = Scene::new();
    let bot = scene.bot(|task, channel, user| {
        let (asked, other) = (task.send(channel, "This?")?, task.send(channel, "Or this?")?);
        let scope = EventScope::new().message(asked.id).user(user);
        let reaction = task.next_in::<MessageReactionAdd>(scope, |_| true, TIMEOUT)?.unwrap();
        assert_eq!((reaction.message_id, reaction.user_id), (asked.id, user));
        // What the first wait was not for is still there.
        let scope = EventScope::new().message(other.id);
        let reaction = task.next_in::<MessageReactionAdd>(scope, |_| true, Duration::ZERO)?.unwrap();
        assert_eq!(reaction.message_id, other.id);
        task.send(channel, "right")?;
        Ok(())
    });
    bot.during(|| {
        let first = scene.begin();
        let second = scene.general.next_message()?;
        scene.bob.reacts(&scene.general, &first, "👍");
        scene.ann.reacts(&scene.general, &second, "👍");
        scene.ann.reacts(&scene.general, &first, "👍");
        assert_eq!(scene.general.next_message()?.content, "right");
        Ok(())
    })
    .unwrap();
}

#[test]
fn a_wait_for_two_types_names_the_one_that_was_not_declared() {
    let discord = discord().start().unwrap();
    let (ann, general) = (discord.member("ann"), discord.channel("general"));
    let journal = Journal::default();
    let mut bot = bot(&discord);
    bot.waits_for::<MessageCreate>();
    bot.on_message(|cx, message| {
        let message = message.0.clone();
        Ok(cx.spawn(move |task| {
            task.next_message_or_click(&message, message.author.id, TIMEOUT)?;
            Ok(())
        })?)
    });
    bot.on_error(|_, error| journal.add(error));
    bot.during(|| {
        ann.says(&general, "hello");
        journal.wait_for("task at ");
        assert!(journal.lines()[0].ends_with("add .waits_for::<InteractionCreate>() to it"));
        Ok(())
    })
    .unwrap();
}

#[test]
fn a_hundred_tasks_each_receive_the_message_that_they_wait_for() {
    const COUNT: usize = 100;
    let discord = discord().start().unwrap();
    let (ann, general) = (discord.member("ann"), discord.channel("general"));
    let others: Vec<_> = (0..COUNT).map(|n| discord.member(&format!("user{n}"))).collect();
    let users: Vec<_> = others.iter().map(Member::id).collect();
    let journal = Journal::default();
    let (sender, received) = mpsc::channel();
    let mut bot = bot(&discord);
    bot.max_tasks(COUNT).waits_for::<MessageCreate>();
    bot.on_error(|_, error| panic!("{error}"));
    bot.on_message(|cx, message| {
        if message.content != "go" {
            return Ok(());
        }
        for user in users.clone() {
            let (channel, sender) = (message.channel_id, sender.clone());
            cx.spawn(move |task| {
                let answer = task.next_message(channel, user, TIMEOUT)?.unwrap();
                assert_eq!(answer.content, user.to_string());
                Ok(sender.send(user)?)
            })?;
        }
        journal.add("spawned");
        Ok(())
    });
    let journal = &journal;
    bot.during(move || {
        ann.says(&general, "go");
        journal.wait_for("spawned");
        for other in others.iter().rev() {
            ann.says(&general, "noise");
            other.says(&general, &other.id().to_string());
            assert_eq!(received.recv_timeout(TIMEOUT)?, other.id());
        }
        Ok(())
    })
    .unwrap();
}
