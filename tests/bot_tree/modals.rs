//! Modals, from the command that opens one to what was filled in.

use syncord::model::component::{Label, TextInput};
use syncord::rest::Modal;
use syncord::tree::{CustomId, Tree, command};

use crate::scene::Scene;

const REPORT: CustomId<(u32,)> = CustomId::new("report/{number}");

#[test]
fn a_modal_comes_back_with_the_values_in_its_id_and_its_fields() {
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
