use syncord::rest::{CreateWebhook, ExecuteWebhook, ModifyWebhook, ModifyWebhookWithToken, Upload};

use crate::scene::{Scene, code};

#[test]
fn webhooks_are_created_executed_modified_and_deleted() {
    let scene = Scene::new();
    let rest = &scene.rest;
    let made = rest.create_webhook(scene.here(), &CreateWebhook::new("Tides")).unwrap();
    let hook = rest.as_webhook(made.id, made.token.as_deref().unwrap());
    let posted =
        hook.execute(ExecuteWebhook::text("High").username("Ebb").file(Upload::bytes("a.txt", "a"))).unwrap();
    assert_eq!((posted.author.username.as_str(), posted.attachments.len()), ("Ebb", 1));
    hook.execute_unawaited("Low").unwrap();
    assert_eq!(scene.general.next_message().unwrap().content, "High");
    assert_eq!(scene.general.next_message().unwrap().content, "Low");
    assert_eq!(hook.edit_message(posted.id, "Higher").unwrap().content, "Higher");
    assert_eq!(hook.message(posted.id).unwrap().content, "Higher");
    hook.delete_message(posted.id).unwrap();
    assert_eq!(code(hook.message(posted.id)), 10008);
    assert_eq!(
        hook.modify(&ModifyWebhookWithToken::new().name("Moon")).unwrap().name.as_deref(),
        Some("Moon")
    );
    rest.modify_webhook(made.id, &ModifyWebhook::new().name("Sun")).unwrap();
    assert_eq!(hook.info().unwrap().name.as_deref(), Some("Sun"));
    assert_eq!(rest.guild_webhooks(scene.guild).unwrap()[0].id, made.id);
    assert_eq!(rest.webhook(made.id).unwrap().user.unwrap().username, "bot");
    hook.delete().unwrap();
    assert_eq!(code(rest.webhook(made.id)), 10015);
}
