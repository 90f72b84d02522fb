//! Buttons and selects, whose ids carry values.

use syncord::id::MessageId;
use syncord::model::Component;
use syncord::model::component::{ActionRow, Button, EntitySelect, SelectOption, StringSelect};
use syncord::rest::InteractionMessage;
use syncord::tree::{CustomId, command};

use crate::scene::{Scene, told_privately};

const VOTE: CustomId<(u64, String)> = CustomId::new("vote/{poll}/{choice}");
const TIDE: CustomId<()> = CustomId::new("tide");
const WHO: CustomId<(i32,)> = CustomId::new("who/{round}");
const WHERE: CustomId<()> = CustomId::new("where");

#[test]
fn the_ids_of_components_outlive_the_process() {
    let scene = Scene::new();
    let mut asks = scene.bot();
    asks.command(command("ask", "Asks").run(|cx| {
        let yes = Button::success(VOTE.with(17, "yes/no: 100 %")?, "Yes");
        cx.reply(InteractionMessage::text("Well?").component(ActionRow::new([yes])))
    }));
    let mut question = MessageId::new(0);
    scene.play(asks, || {
        question = scene.ann.uses(&scene.general, "/ask")?.reply()?.id;
        Ok(())
    });

    let mut votes = Vec::new();
    let mut counts = scene.bot();
    counts.component(VOTE.run(|cx, poll, choice| {
        votes.push((cx.user().username.clone(), poll));
        cx.reply_ephemeral(format!("{choice} in {poll}"))
    }));
    scene.play(counts, || {
        let clicked = scene.bob.clicks(question, "vote/17/yes%2Fno%3A 100 %25").or_else(|_| {
            // However it is escaped: the id is the button's own.
            let id = VOTE.with(17, "yes/no: 100 %")?;
            scene.bob.clicks(question, &id)
        })?;
        assert_eq!(told_privately(&clicked)?, "yes/no: 100 % in 17");
        Ok(())
    });
    assert_eq!(votes, [("bob".to_owned(), 17)]);
}

#[test]
fn what_was_selected_is_resolved() {
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
        let asked = ann.uses(&scene.general, "/ask")?.reply()?.id;
        assert_eq!(bob.selects(asked, "tide", ["low"])?.reply()?.content, "low");
        assert_eq!(
            bob.selects(asked, "who/3", [bob.id(), ann.id()])?.reply()?.content,
            "bob, ann in round 3"
        );
        assert_eq!(bob.selects(asked, "where", [scene.general.id()])?.reply()?.content, "general");
        Ok(())
    });
}

#[test]
fn members_come_with_their_users_and_roles_with_their_names() {
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
        let name = |member: syncord::model::Member| member.user.map_or(String::new(), |user| user.username);
        let members: Vec<_> = cx.members().into_iter().map(name).collect();
        let roles: Vec<_> = cx.roles().iter().map(|role| role.name.clone()).collect();
        cx.reply(format!("{} {} {}", members.join(","), roles.join(","), cx.channels().len()))
    }))
    .component(WHERE.run(|cx| cx.reply(cx.roles()[0].name.clone())));
    scene.play(bot, || {
        let (ann, bob, everyone) = (&scene.ann, &scene.bob, scene.discord.guild_id());
        let asked = ann.uses(&scene.general, "/ask")?.reply()?.id;
        let chosen =
            bob.selects(asked, "who/1", [bob.id().to_string(), everyone.to_string(), ann.id().to_string()])?;
        assert_eq!(chosen.reply()?.content, "bob,ann @everyone 0");
        assert_eq!(bob.selects(asked, "where", [everyone])?.reply()?.content, "@everyone");
        Ok(())
    });
}

#[test]
fn an_id_whose_values_do_not_parse_is_answered_politely() {
    let scene = Scene::new();
    let mut bot = scene.bot();
    bot.command(command("ask", "Asks").run(|cx| {
        let odd = Button::success("vote/many/yes", "Yes");
        cx.reply(InteractionMessage::text("Well?").component(ActionRow::new([odd])))
    }))
    .component(VOTE.run(|cx, _, _| cx.reply("never")));
    scene.play(bot, || {
        let asked = scene.ann.uses(&scene.general, "/ask")?.reply()?.id;
        let told = told_privately(&scene.ann.clicks(asked, "vote/many/yes")?)?;
        assert!(told.starts_with("I could not read this."), "{told}");
        Ok(())
    });
}
