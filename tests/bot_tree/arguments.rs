//! The arguments of a command arrive as values of the declared types.

use syncord::Result;
use syncord::model::{Attachment, Channel, ChannelType, Member, Role, User};
use syncord::sim::SimError;
use syncord::tree::{
    CommandContext, Mentionable, OneOf, attachment, boolean, channel, choices, command, integer, member,
    mentionable, number, one_of, role, string, user,
};

use crate::scene::{Scene, ephemeral_reply};

#[expect(clippy::too_many_arguments, reason = "one of each kind")]
#[expect(clippy::needless_pass_by_value, reason = "handlers take values")]
fn all(
    cx: &CommandContext,
    text: String,
    whole: i64,
    broken: f64,
    yes: bool,
    who: User,
    one: Member,
    channel_in_guild: Channel,
    rank: Role,
    any: Mentionable,
    file: Attachment,
) -> Result {
    let member = one.user.username;
    let any = match any {
        Mentionable::Member(member) => format!("member {}", member.user.username),
        other => format!("{:?}", other.id()),
    };
    cx.reply(format!(
        "{text} {whole} {broken} {yes} {} {member} {} {} {any} {}",
        who.username,
        channel_in_guild.name.unwrap_or_default(),
        rank.name,
        file.filename,
    ))
}

#[test]
fn values_of_every_kind_are_read() {
    let scene = Scene::new();
    let mut bot = scene.bot();
    bot.command(
        command("all", "Takes one of each")
            .option("text", "x", string())
            .option("whole", "x", integer(..))
            .option("broken", "x", number(..))
            .option("yes", "x", boolean())
            .option("who", "x", user())
            .option("one", "x", member())
            .option("channel_in_guild", "x", channel().channel_types([ChannelType::GUILD_TEXT]))
            .option("rank", "x", role())
            .option("any", "x", mentionable())
            .option("file", "x", attachment())
            .run(all),
    );
    scene.play(bot, || {
        let line = "/all text:two words whole:-7 broken:2.5 yes:true who:@ann one:@bob channel_in_guild:#general \
                    rank:@everyone any:@bob file:chart.png";
        assert_eq!(
            scene.ann_uses(line)?,
            "two words -7 2.5 true ann bob general @everyone member bob chart.png"
        );
        Ok(())
    });
}

#[test]
fn optional_options_may_be_missing_and_handlers_can_borrow_locals() {
    let scene = Scene::new();
    let mut rolled = 0;
    let mut bot = scene.bot();
    bot.command(
        command("roll", "Rolls dice")
            .option("sides", "Faces of a die", integer(2..=1000))
            .option("times", "How many dice", integer(1..=20).optional())
            .option("note", "Shown with the result", string().optional())
            .run(|cx, sides, times, note| {
                rolled += 1;
                cx.reply(format!("{} {}", sides * times.unwrap_or(1), note.unwrap_or_default()))
            }),
    );
    scene.play(bot, || {
        assert_eq!(scene.ann_uses("/roll sides:6")?.trim(), "6");
        assert_eq!(scene.ann_uses("/roll sides:6 note:for luck times:3")?, "18 for luck");
        let too_few = scene.ann.uses(&scene.general, "/roll sides:1");
        assert!(matches!(too_few, Err(SimError::NotPossible { .. })), "the client does not send it");
        Ok(())
    });
    assert_eq!(rolled, 2);
}

#[derive(Clone, Debug)]
enum Colour {
    Red,
    Green,
}

impl OneOf for Colour {
    const ALL: &'static [(&'static str, Self)] = &[("Red", Colour::Red), ("Green", Colour::Green)];
}

#[test]
fn choices_are_read_as_values_and_as_enum_variants() {
    let scene = Scene::new();
    let mut bot = scene.bot();
    bot.command(
        command("paint", "Paints")
            .option("colour", "Which", one_of::<Colour>())
            .option("size", "How large", choices([("Small", 1), ("Large", 2)]))
            .option("on", "On what", choices(["paper", "wood"]).optional())
            .run(|cx, colour, size, on| cx.reply(format!("{colour:?} {} {on:?}", size + 1))),
    );
    scene.play(bot, || {
        assert_eq!(scene.ann_uses("/paint colour:Green size:Large")?, "Green 3 None");
        assert_eq!(scene.ann_uses("/paint colour:Red size:Small on:wood")?, "Red 2 Some(\"wood\")");
        Ok(())
    });
}

#[test]
fn a_command_can_have_25_options() {
    let scene = Scene::new();
    let mut bot = scene.bot();
    macro_rules! sum {
        ($($name:ident)*) => {
            command("sum", "Adds")
                $(.option(stringify!($name), "x", integer(..).optional()))*
                .run(|cx, $($name),*| cx.reply([$($name.unwrap_or(0)),*].iter().sum::<i64>().to_string()))
        };
    }
    bot.command(sum!(a b c d e f g h i j k l m n o p q r s t u v w x y));
    scene.play(bot, || {
        assert_eq!(scene.ann_uses("/sum a:1 m:20 y:300")?, "321");
        Ok(())
    });
}

#[test]
fn in_direct_messages_there_are_users_but_no_members() {
    let scene = Scene::new();
    let mut bot = scene.bot();
    bot.command(
        command("who", "Who")
            .option("user", "x", user())
            .option("any", "x", mentionable())
            .option("channel", "x", channel().optional())
            .run(|cx, user, any, channel| {
                assert!(
                    matches!(any, Mentionable::User(_)) && cx.guild_id().is_none() && cx.member().is_none()
                );
                let channel = channel.and_then(|channel| channel.name);
                cx.reply(format!("{} {} {channel:?}", user.username, any.id()))
            }),
    )
    .command(command("mate", "x").option("who", "x", member()).run(|cx, _| cx.reply("never")));
    scene.play(bot, || {
        let direct = scene.discord.dm_channel(&scene.ann);
        let uses = |line: &str| scene.ann.uses(&direct, line);
        let bob = scene.bob.id();
        assert_eq!(uses("/who user:@ann any:@bob")?.reply()?.content, format!("ann {bob} None"));
        let expected = format!("ann {bob} Some(\"general\")");
        assert_eq!(uses("/who user:@ann any:@bob channel:#general")?.reply()?.content, expected);
        let reply = ephemeral_reply(&uses("/mate who:@bob")?)?;
        assert_eq!(reply, "`who`: This user is not a member of this server.");
        Ok(())
    });
}
