use syncord::id::InteractionId;
use syncord::model::component::{Label, TextInput};
use syncord::rest::{CreateApplicationCommand, InteractionMessage, InteractionResponse, Modal, Upload};
use syncord::sim::Interaction;

use crate::scene::{Scene, code};

/// A scene with the command /roll.
fn scene() -> Scene {
    let scene = Scene::new();
    let roll = CreateApplicationCommand::new("roll").description("Rolls dice");
    scene.rest.create_global_application_command(scene.app, &roll).unwrap();
    scene
}

fn used(scene: &Scene) -> (Interaction, InteractionId, String) {
    let used = scene.ann.uses(&scene.general, "/roll").unwrap();
    let token = used.raw()["token"].as_str().unwrap().to_owned();
    let id = used.id();
    (used, id, token)
}

#[test]
fn an_interaction_gets_a_response_an_edit_and_a_follow_up() {
    let scene = scene();
    let (rest, app) = (&scene.rest, scene.app);
    let (used, id, token) = used(&scene);
    let answer = InteractionMessage::text("four").file(Upload::bytes("dice.txt", "4"));
    rest.create_interaction_response(id, &token, &InteractionResponse::message(answer)).unwrap();
    assert_eq!(used.reply().unwrap().raw["attachments"][0]["filename"], "dice.txt");
    assert_eq!(
        code(rest.create_interaction_response(id, &token, &InteractionResponse::message("five"))),
        40060
    );
    assert_eq!(rest.edit_original_interaction_response(app, &token, "six").unwrap().content, "six");
    assert_eq!(rest.original_interaction_response(app, &token).unwrap().content, "six");
    let secret = InteractionMessage::text("psst").ephemeral(true);
    let followed = rest.create_followup_message(app, &token, secret).unwrap();
    assert_eq!(scene.ann.next_ephemeral_message().unwrap().id, followed.id);
    assert_eq!(rest.edit_followup_message(app, &token, followed.id, "hush").unwrap().content, "hush");
    assert_eq!(rest.followup_message(app, &token, followed.id).unwrap().content, "hush");
    rest.delete_followup_message(app, &token, followed.id).unwrap();
    rest.delete_original_interaction_response(app, &token).unwrap();
    assert_eq!(code(rest.original_interaction_response(app, &token)), 10008);
    assert_eq!(scene.ann.sees(&scene.general), []);
}

#[test]
fn a_modal_is_opened_and_a_response_returns_its_message() {
    let scene = scene();
    let (_, id, token) = used(&scene);
    let modal = Modal::new("report", "Report").component(Label::new("Where?", TextInput::short("where")));
    scene.rest.create_interaction_response(id, &token, &InteractionResponse::Modal(modal)).unwrap();
    let opened = scene.ann.next_modal().unwrap();
    let submitted = scene.ann.submits(&opened, [("where", "Kiel")]).unwrap();
    let token = submitted.raw()["token"].as_str().unwrap().to_owned();
    let made = scene
        .rest
        .create_interaction_response_with_response(
            submitted.id(),
            &token,
            &InteractionResponse::message("thanks"),
        )
        .unwrap();
    assert_eq!(made.resource.unwrap().message.unwrap().content, "thanks");
}
