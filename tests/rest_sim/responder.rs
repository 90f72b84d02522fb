//! Responses to interactions with a REST client alone, without a gateway and a bot.

use serde_json::json;
use syncord::Error;
use syncord::interaction::{
    InitialResponse, InteractionKind, InteractionResponder, ResponseAction, ResponseError, ResponseSource,
    Visibility,
};
use syncord::model::Interaction;
use syncord::rest::CreateApplicationCommand;
use syncord::sim;

use crate::scene::Scene;

/// Ann uses a command. Returns it, and a responder that was created from its JSON.
fn used_command(scene: &Scene) -> (sim::Interaction, InteractionResponder) {
    let roll = CreateApplicationCommand::new("roll").description("Rolls dice");
    scene.rest.create_global_application_command(scene.app, &roll).unwrap();
    let used = scene.ann.uses(&scene.general, "/roll").unwrap();
    let interaction: Interaction = serde_json::from_str(&used.raw().to_string()).unwrap();
    let responder = InteractionResponder::new(&scene.rest, &interaction);
    (used, responder)
}

fn response_error<T: std::fmt::Debug>(result: Result<T, Error>) -> ResponseError {
    match result.unwrap_err() {
        Error::Response(error) => error,
        other => panic!("{other}"),
    }
}

#[test]
fn an_interaction_is_deferred_replied_to_edited_and_followed_up() {
    let scene = Scene::new();
    let (used, responder) = used_command(&scene);
    assert_eq!(responder.id(), used.id());
    responder.defer().unwrap();
    responder.reply("four").unwrap();
    assert_eq!(used.reply().unwrap().content, "four");
    assert_eq!(responder.edit("five").unwrap().content, "five");
    assert_eq!(responder.fetch_reply().unwrap().content, "five");
    responder.follow_up("six").unwrap();
    assert_eq!(used.followups()[0].content, "six");
    responder.delete_reply().unwrap();
    assert_eq!(used.current_reply(), None);
}

#[test]
fn an_ephemeral_reply_after_a_public_defer_is_never_public() {
    let scene = Scene::new();
    let (_, responder) = used_command(&scene);
    responder.defer().unwrap();
    responder.reply_ephemeral("psst").unwrap();
    assert_eq!(scene.ann.next_ephemeral_message().unwrap().content, "psst");
    assert_eq!(scene.discord.member("bob").sees(&scene.general), []);
}

#[test]
fn a_program_can_tell_response_errors_apart() {
    let scene = Scene::new();
    let (used, responder) = used_command(&scene);
    let reply = ResponseAction::Reply(Visibility::Public);
    assert_eq!(
        response_error(responder.edit("too early")),
        ResponseError::NoResponseYet { action: ResponseAction::Edit }
    );
    let wrong_kind = response_error(responder.defer_update());
    assert_eq!(
        wrong_kind,
        ResponseError::WrongKind { kind: InteractionKind::Command, action: ResponseAction::DeferUpdate }
    );
    assert!(
        wrong_kind.to_string().ends_with(": there is no message to change yet, so use defer"),
        "{wrong_kind}"
    );
    responder.reply("four").unwrap();
    assert_eq!(
        response_error(responder.reply("five")),
        ResponseError::AlreadyResponded {
            response: InitialResponse::Reply(Visibility::Public),
            source: ResponseSource::Handler,
            action: reply,
        }
    );
    responder.delete_reply().unwrap();
    assert_eq!(response_error(responder.edit("gone")), ResponseError::Deleted);

    // A second responder does not know of the first one's response. Discord does.
    let interaction: Interaction = serde_json::from_value(used.raw()).unwrap();
    let second = InteractionResponder::new(&scene.rest, &interaction);
    assert_eq!(response_error(second.reply("five")), ResponseError::RespondedElsewhere);
}

#[test]
fn a_response_to_an_unknown_interaction_is_too_late() {
    let scene = Scene::new();
    let raw = json!({"id": "7", "application_id": scene.app, "type": 3, "token": "expired", "version": 1,
        "data": {"custom_id": "old", "component_type": 2}, "message": null});
    let interaction: Interaction = serde_json::from_value(raw).unwrap();
    let responder = InteractionResponder::new(&scene.rest, &interaction);
    let ResponseError::TooLate(late) = response_error(responder.update("late")) else {
        panic!("Discord does not know the interaction")
    };
    assert_eq!((late.timing.allowed.as_secs(), late.blocked_by), (3, None));
}
