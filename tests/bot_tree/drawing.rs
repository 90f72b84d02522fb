//! The drawing of a bot.

use syncord::Bot;
use syncord::events::{Connected, MessageReactionAdd};
use syncord::model::Permissions;
use syncord::tree::{CustomId, Tree, choices, command, group, integer, message_command, on, string, user};

const VOTE: CustomId<(u64, String)> = CustomId::new("vote/{poll}/{choice}");
const REPORT: CustomId<()> = CustomId::new("report");

fn ban(_: &syncord::tree::CommandContext, _: syncord::model::User) -> syncord::Result {
    Ok(())
}

fn dice() -> Tree<'static> {
    Tree::new("dice")
        .add(
            command("roll", "Rolls dice")
                .option("sides", "Faces of a die", integer(2..=1000))
                .option("times", "How many dice", integer(1..).optional())
                .option("how", "How", choices(["high", "low"]).optional())
                .option(
                    "note",
                    "Shown with it",
                    string().max_length(80).autocomplete(|_, _| ["hm"]).optional(),
                )
                .run(|_, _, _, _, _| Ok(())),
        )
        .add(
            group("admin", "Moderation")
                .default_member_permissions(Permissions::BAN_MEMBERS)
                .add(command("ban", "Bans a member").option("who", "Who", user()).run(ban))
                .add(group("role", "Roles").add(command("list", "Lists them").run(|_| Ok(())))),
        )
        .add(VOTE.run(|_, _, _| Ok(())))
        .add(REPORT.run_modal(|_| Ok(())))
        .add(on::<MessageReactionAdd>(|_, _| Ok(())))
}

const DRAWN: &str = "\
bot
├── on::<Connected>
├── dice
│   ├── /roll — Rolls dice
│   │   ├── sides: integer, 2..=1000 — Faces of a die
│   │   ├── times: integer, 1.., optional — How many dice
│   │   ├── how: string, one of high | low, optional — How
│   │   └── note: string, ..=80 long, autocomplete, optional — Shown with it
│   ├── /admin — Moderation (BAN_MEMBERS)
│   │   ├── ban — Bans a member
│   │   │   └── who: user — Who
│   │   └── role — Roles
│   │       └── list — Lists them
│   ├── component vote/{poll}/{choice}
│   ├── modal report
│   └── on::<MessageReactionAdd>: GUILD_MESSAGE_REACTIONS | DIRECT_MESSAGE_REACTIONS
└── message command \"Quote\"
intents: GUILD_MESSAGE_REACTIONS | DIRECT_MESSAGE_REACTIONS";

#[test]
fn a_bot_is_drawn_with_commands_arguments_and_intents() {
    let mut bot = Bot::new("token").unwrap();
    bot.on::<Connected>(|_, _| Ok(()));
    bot.mount(dice());
    bot.command(message_command("Quote").run(|_, _| Ok(())));
    assert_eq!(bot.to_string(), DRAWN);
}

#[test]
fn what_messages_can_call_is_drawn() {
    let mut bot = Bot::new("token").unwrap();
    bot.mount(
        Tree::new("harbour").text().add(
            group("log", "The log")
                .alias("l")
                .text_prefix("?")
                .add(command("list", "Lists it").text_only().run(|_| Ok(()))),
        ),
    );
    let drawn = bot.to_string();
    let expected = "bot\n\
        └── harbour, also by text\n    \
            └── /log — The log, prefix ?, alias l\n        \
                └── list — Lists it, by text only\n\
        intents: GUILD_MESSAGES | DIRECT_MESSAGES | MESSAGE_CONTENT";
    assert_eq!(drawn, expected);
}
