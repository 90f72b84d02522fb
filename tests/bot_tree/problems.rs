//! Everything that Discord would reject is reported together, with its path.

use syncord::events::MessageCreate;
use syncord::model::Locale;
use syncord::tree::{CustomId, Tree, command, group, guild_only, integer, on, string, user_command};
use syncord::{Bot, Error};

const VOTE: CustomId<(u64,)> = CustomId::new("vote/{poll}");
const BALLOT: CustomId<(String,)> = CustomId::new("vote/{ballot}");

#[expect(clippy::reversed_empty_ranges, reason = "one of the problems")]
fn invalid_bot<'a>() -> Bot<'a> {
    let mut bot = Bot::new("token").unwrap();
    bot.mount(
        Tree::new("dice")
            .add(command("Roll", "").option("sides", "Faces", integer(6..=2)).run(|_, _| Ok(())))
            .add(
                group("crew", "The crew").add(
                    command("add", "Adds")
                        .option("note", "x", string().optional())
                        .option("who", "x", string())
                        .run(|_, _, _| Ok(())),
                ),
            )
            .add(VOTE.run(|_, _| Ok(())))
            .add(BALLOT.run(|_, _| Ok(())))
            // A check of a tree is allowed for its events. A check of the event itself is a problem.
            .check(guild_only())
            .add(on::<MessageCreate>(|_, _| Ok(())).check(guild_only()).no_auto_defer()),
    );
    bot.command(user_command("Wave").run(|_, _| Ok(()))).command(user_command("Wave").run(|_, _| Ok(())));
    bot
}

#[test]
fn all_problems_are_reported_together_with_their_paths() {
    let text = |error: Error| match error {
        Error::Setup { problem } => problem,
        other => panic!("{other}"),
    };
    let planned = text(invalid_bot().plan_commands().unwrap_err());
    let lines: Vec<_> = planned.lines().collect();
    let expected = [
        "dice Roll: the name has the upper-case letter `R`",
        "dice Roll: the description has 0 characters",
        "dice Roll sides: min_value, 6, is greater than max_value, 2",
        "dice crew add: `who` is required, but comes after `note`",
        "Wave: user command \"Wave\" is declared twice",
        "dice component vote/{ballot}: the custom ID ",
        "dice on::<MessageCreate>: .check(..) does nothing for an event",
        "dice on::<MessageCreate>: .no_auto_defer() does nothing for an event",
    ];
    for start in expected {
        assert!(lines.iter().any(|line| line.starts_with(start)), "{start}\n{planned}");
    }
    assert_eq!(lines.len(), expected.len(), "{planned}");
    assert_eq!(text(invalid_bot().start().map(drop).unwrap_err()), planned);
    assert_eq!(text(invalid_bot().run().unwrap_err()), planned);
}

#[test]
fn each_problem_has_the_path_of_its_tree() {
    let mut bot = Bot::new("token").unwrap();
    let without_description = |name| command(name, "").run(|_| Ok(()));
    bot.mount(
        Tree::new("a")
            .add(command("ping", "x").run(|_| Ok(())))
            .add(command("wave", "x").run(|_| Ok(())))
            .add(group("admin", "x").add(command("ban", "x").run(|_| Ok(())))),
    );
    bot.mount(
        Tree::new("b")
            .add(without_description("ping"))
            .add(user_command("wave").name_localized(Locale::DE, "").run(|_, _| Ok(())))
            .add(user_command("admin panel").nsfw().contexts([]).run(|_, _| Ok(())))
            .add(command("", "x").option("who", "", string()).run(|_, _| Ok(()))),
    );
    bot.command(without_description("ping"));
    bot.modal(VOTE.run_modal(|_, _| Ok(()))).modal(BALLOT.run_modal(|_, _| Ok(())));
    let problems = bot.plan_commands().unwrap_err().to_string();
    let lines: Vec<_> = problems.lines().collect();
    let (modals, commands): (Vec<_>, Vec<_>) = lines.into_iter().partition(|line| line.starts_with("modal "));
    assert_eq!(
        commands,
        [
            "b ping: /ping is declared twice; the other is in a",
            "b ping: the description has 0 characters; 1 to 100 are allowed",
            "b wave: the name in de has 0 characters; 1 to 32 are allowed",
            "b admin panel: contexts is empty",
            "b (no name): the name has 0 characters; 1 to 32 are allowed",
            "b (no name) who: the description has 0 characters; 1 to 100 are allowed",
            "ping: /ping is declared twice; the other is in a",
            "ping: the description has 0 characters; 1 to 100 are allowed",
        ]
    );
    assert_eq!(modals.len(), 1, "{problems}");
    let expected = "`vote/{poll}` and `vote/{ballot}`: give one of them another beginning";
    assert!(modals[0].ends_with(expected), "{problems}");
}

#[test]
fn a_command_of_the_bot_itself_is_named_as_such() {
    let mut bot = Bot::new("token").unwrap();
    bot.command(command("roll", "x").run(|_| Ok(())));
    bot.mount(Tree::new("other").add(command("roll", "x").run(|_| Ok(()))));
    assert_eq!(
        bot.plan_commands().unwrap_err().to_string(),
        "other roll: /roll is declared twice; the other was added to the bot itself, with Bot::command"
    );
}
