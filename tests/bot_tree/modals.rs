//! Modals, from the command that opens one to the submitted values.

use serde_json::{Value, json};
use syncord::model::Component;
use syncord::model::component::{Checkbox, EntitySelect, FileUpload, Label, TextInput};
use syncord::rest::Modal;
use syncord::tree::{CustomId, Tree, command};

use crate::scene::Scene;

const REPORT: CustomId<(u32,)> = CustomId::new("report/{number}");

#[test]
fn a_submitted_modal_has_the_values_of_its_custom_id_and_its_fields() {
    let scene = Scene::new();
    let mut bot = scene.bot();
    bot.mount(
        Tree::new("reports")
            .add(command("report", "Reports a tide").run(|cx| {
                let place = Label::new("Where?", TextInput::short("where"));
                cx.modal(&Modal::new(REPORT.with(4u32)?, "Report").component(place))
            }))
            .add(REPORT.run_modal(|cx, number| {
                cx.reply(format!("{number}: {}", cx.value("where").unwrap_or_default()))
            })),
    );
    scene.play(bot, || {
        scene.ann.uses(&scene.general, "/report")?;
        let modal = scene.ann.next_modal()?;
        assert_eq!(modal.custom_id, "report/4");
        assert_eq!(scene.ann.submits(&modal, [("where", "Kiel")])?.reply()?.content, "4: Kiel");
        Ok(())
    });
}

#[test]
fn entities_checkboxes_and_files_of_a_modal_are_resolved() {
    let scene = Scene::new();
    let mut bot = scene.bot();
    bot.command(command("report", "Reports a tide").run(|cx| {
        let select = |id: &str| EntitySelect::new(id).min_values(1).max_values(2);
        let fields = [
            Label::new("Who?", Component::MentionableSelect(select("who"))),
            Label::new("Where?", Component::ChannelSelect(select("where"))),
            Label::new("Which role?", Component::RoleSelect(select("rank"))),
            Label::new("How?", FileUpload::new("charts").min_values(1).max_values(2)),
            Label::new("Soon?", Checkbox::new("soon")),
        ];
        cx.modal(&fields.into_iter().fold(Modal::new(REPORT.with(4u32)?, "Report"), Modal::component))
    }));
    bot.modal(REPORT.run_modal(|cx, _| {
        let users: Vec<_> = cx.users("who").iter().map(|user| user.username.clone()).collect();
        let members = cx.members("who").into_iter().map(|member| member.user);
        let members: Vec<_> = members.map(|user| user.username).collect();
        let channels: Vec<_> = cx.channels("where").iter().filter_map(|one| one.name.clone()).collect();
        let roles: Vec<_> = cx.roles("rank").iter().map(|role| role.name.clone()).collect();
        let files: Vec<_> = cx.files("charts").iter().map(|file| file.filename.clone()).collect();
        assert_eq!((users.join(","), members.join(",")), ("bob,ann".to_owned(), "bob,ann".to_owned()));
        assert_eq!((cx.users("where").len(), cx.files("who").len(), cx.roles("none").len()), (0, 0, 0));
        assert!(!cx.is_checked("who") && !cx.is_checked("none"));
        let [channels, roles, files] = [channels, roles, files].map(|names| names.join(","));
        cx.reply(format!("{channels} {roles} {files} {}", cx.is_checked("soon")))
    }));
    scene.play(bot, || {
        let (ann, bob) = (&scene.ann, &scene.bob);
        ann.uses(&scene.general, "/report")?;
        let modal = ann.next_modal()?;
        let fields: [(&str, Value); 5] = [
            ("who", json!([bob.id(), ann.id()])),
            ("where", json!([scene.general.id()])),
            ("rank", json!([scene.discord.guild_id()])),
            ("charts", json!(["north.png", "south.png"])),
            ("soon", json!(true)),
        ];
        let reply = ann.submits(&modal, fields)?.reply()?.content;
        assert_eq!(reply, "general @everyone north.png,south.png true");
        Ok(())
    });
}
