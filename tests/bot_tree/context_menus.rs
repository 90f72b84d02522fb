//! User and message commands.

use syncord::tree::{member_command, message_command, user_command};

use crate::scene::Scene;

#[test]
fn a_context_menu_command_receives_its_target() {
    let scene = Scene::new();
    let mut bot = scene.bot();
    bot.command(user_command("High Five").run(|cx, user| cx.reply(format!("to {}", user.username))))
        .command(
            member_command("Show")
                .run(|cx, member| cx.reply(format!("{} since {}", member.user.username, member.roles.len()))),
        )
        .command(user_command("Greet").run(|cx, _| {
            let member = cx.target_member().map(|member| member.user);
            cx.reply(format!("Hello, {}", member.map_or(String::new(), |user| user.username)))
        }))
        .command(message_command("Quote").run(|cx, message| cx.reply(format!("> {}", message.content))));
    scene.play(bot, || {
        let message = scene.bob.says(&scene.general, "the tide is in");
        let (ann, general) = (&scene.ann, &scene.general);
        assert_eq!(ann.uses_on_user(general, "High Five", &scene.bob)?.reply()?.content, "to bob");
        assert_eq!(ann.uses_on_user(general, "Show", &scene.bob)?.reply()?.content, "bob since 0");
        assert_eq!(ann.uses_on_user(general, "Greet", &scene.bob)?.reply()?.content, "Hello, bob");
        assert_eq!(ann.uses_on_message(general, "Quote", message)?.reply()?.content, "> the tide is in");
        Ok(())
    });
}
