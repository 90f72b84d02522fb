//! Buttons and selects, whose custom IDs carry values.

use syncord::id::MessageId;
use syncord::model::component::{ActionRow, Button, EntitySelect, SelectOption, StringSelect};
use syncord::model::{Component, Embed};
use syncord::rest::InteractionMessage;
use syncord::tree::{CustomId, command};

use crate::scene::{Scene, ephemeral_reply};

const VOTE: CustomId<(u64, String)> = CustomId::new("vote/{poll}/{choice}");
const TIDE: CustomId<()> = CustomId::new("tide");
const WHO: CustomId<(i32,)> = CustomId::new("who/{round}");
const WHERE: CustomId<()> = CustomId::new("where");

#[test]
fn components_still_work_after_a_restart() {
    let scene = Scene::new();
    let mut first = scene.bot();
    first.command(command("ask", "Asks").run(|cx| {
        let yes = Button::success(VOTE.with(17, "yes/no: 100 %")?, "Yes");
        cx.reply(InteractionMessage::text("Well?").component(ActionRow::new([yes])))
    }));
    let mut question = MessageId::new(0);
    scene.play(first, || {
        question = scene.ann.uses(&scene.general, "/ask")?.reply()?.id;
        Ok(())
    });

    let mut votes = Vec::new();
    let mut second = scene.bot();
    second.component(VOTE.run(|cx, poll, choice| {
        votes.push((cx.user().username.clone(), poll));
        cx.reply_ephemeral(format!("{choice} in {poll}"))
    }));
    scene.play(second, || {
        // The test does not depend on the escapes: the ID is that of the button.
        let id = VOTE.with(17, "yes/no: 100 %")?;
        let clicked = scene
            .bob
            .clicks(question, "vote/17/yes%2Fno%3A 100 %25")
            .or_else(|_| scene.bob.clicks(question, &id))?;
        assert_eq!(ephemeral_reply(&clicked)?, "yes/no: 100 % in 17");
        Ok(())
    });
    assert_eq!(votes, [("bob".to_owned(), 17)]);
}

#[test]
fn selected_entities_are_resolved() {
    let scene = Scene::new();
    let mut bot = scene.bot();
    bot.command(command("ask", "Asks").run(|cx| {
        let tides = [SelectOption::new("High", "high"), SelectOption::new("Low", "low")];
        cx.reply(
            InteractionMessage::text("Which?")
                .component(ActionRow::new([StringSelect::new("tide").options(tides)]))
                .component(ActionRow::new([Component::UserSelect(
                    EntitySelect::new(WHO.with(3)?).min_values(1).max_values(2),
                )]))
                .component(ActionRow::new([Component::ChannelSelect(EntitySelect::new("where"))])),
        )
    }));
    bot.component(TIDE.run(|cx| cx.reply(cx.values().join(" "))))
        .component(WHO.run(|cx, round| {
            let names: Vec<_> = cx.users().iter().map(|user| user.username.clone()).collect();
            cx.reply(format!("{} in round {round}", names.join(", ")))
        }))
        .component(WHERE.run(|cx| {
            let names: Vec<_> = cx.channels().iter().filter_map(|channel| channel.name.clone()).collect();
            cx.reply(names.join(", "))
        }));
    scene.play(bot, || {
        let (ann, bob) = (&scene.ann, &scene.bob);
        let message = ann.uses(&scene.general, "/ask")?.reply()?.id;
        assert_eq!(bob.selects(message, "tide", ["low"])?.reply()?.content, "low");
        assert_eq!(
            bob.selects(message, "who/3", [bob.id(), ann.id()])?.reply()?.content,
            "bob, ann in round 3"
        );
        assert_eq!(bob.selects(message, "where", [scene.general.id()])?.reply()?.content, "general");
        Ok(())
    });
}

#[test]
fn resolved_members_have_users_and_resolved_roles_have_names() {
    let scene = Scene::new();
    let mut bot = scene.bot();
    bot.command(command("ask", "Asks").run(|cx| {
        let row = |select| ActionRow::new([select]);
        cx.reply(
            InteractionMessage::text("Who?")
                .component(row(Component::MentionableSelect(
                    EntitySelect::new(WHO.with(1)?).min_values(1).max_values(3),
                )))
                .component(row(Component::RoleSelect(EntitySelect::new("where")))),
        )
    }));
    bot.component(WHO.run(|cx, _| {
        let name = |member: syncord::model::Member| member.user.username;
        let members: Vec<_> = cx.members().into_iter().map(name).collect();
        let roles: Vec<_> = cx.roles().iter().map(|role| role.name.clone()).collect();
        cx.reply(format!("{} {} {}", members.join(","), roles.join(","), cx.channels().len()))
    }))
    .component(WHERE.run(|cx| cx.reply(cx.roles()[0].name.clone())));
    scene.play(bot, || {
        let (ann, bob, everyone) = (&scene.ann, &scene.bob, scene.discord.guild_id());
        let message = ann.uses(&scene.general, "/ask")?.reply()?.id;
        let chosen = bob.selects(
            message,
            "who/1",
            [bob.id().to_string(), everyone.to_string(), ann.id().to_string()],
        )?;
        assert_eq!(chosen.reply()?.content, "bob,ann @everyone 0");
        assert_eq!(bob.selects(message, "where", [everyone])?.reply()?.content, "@everyone");
        Ok(())
    });
}

#[test]
fn a_custom_id_with_invalid_values_gets_an_ephemeral_reply() {
    let scene = Scene::new();
    let mut bot = scene.bot();
    bot.command(command("ask", "Asks").run(|cx| {
        let invalid = Button::success("vote/many/yes", "Yes");
        cx.reply(InteractionMessage::text("Well?").component(ActionRow::new([invalid])))
    }))
    .component(VOTE.run(|cx, _, _| cx.reply("never")));
    scene.play(bot, || {
        let message = scene.ann.uses(&scene.general, "/ask")?.reply()?.id;
        let reply = ephemeral_reply(&scene.ann.clicks(message, "vote/many/yes")?)?;
        assert!(reply.starts_with("I could not read this."), "{reply}");
        Ok(())
    });
}

#[test]
fn a_message_takes_the_place_of_the_updated_one() {
    let scene = Scene::new();
    let mut bot = scene.bot();
    bot.command(command("ask", "Asks").run(|cx| {
        let question = InteractionMessage::text("Well?").embed(Embed::new().title("Tide"));
        cx.reply(question.component(ActionRow::new([Button::success(TIDE.with()?, "Yes")])))
    }));
    bot.component(TIDE.run(|cx| cx.update(InteractionMessage::text("Over."))));
    scene.play(bot, || {
        let asked = scene.ann.uses(&scene.general, "/ask")?.reply()?;
        assert!(asked.raw["embeds"][0].is_object() && asked.raw["components"][0].is_object());
        scene.ann.clicks(&asked, "tide")?.wait_for_acknowledgement()?;
        let updated = scene.general.message(asked.id).unwrap();
        assert_eq!(updated.content, "Over.");
        for field in ["embeds", "components"] {
            assert!(updated.raw[field].as_array().is_none_or(Vec::is_empty), "{}", updated.raw);
        }
        Ok(())
    });
}
