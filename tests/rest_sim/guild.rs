use syncord::rest::{
    CreateGuildTemplate, GetGuildAuditLog, ModifyGuild, ModifyGuildOnboarding, ModifyGuildTemplate,
    ModifyGuildWelcomeScreen, ModifyGuildWidget,
};

use crate::scene::{Scene, code, json};

#[test]
fn the_guild_is_fetched_and_modified() {
    let scene = Scene::new();
    let rest = &scene.rest;
    let changed =
        rest.reason("new owner").modify_guild(scene.guild, &ModifyGuild::new().name("Harbour")).unwrap();
    assert_eq!((changed.name.as_str(), scene.last_entry()), ("Harbour", (1, Some("new owner".into()))));
    assert_eq!(rest.guild(scene.guild).unwrap().name, "Harbour");
    assert_eq!(rest.guild_with_counts(scene.guild).unwrap().approximate_member_count, Some(2));
    assert_eq!(rest.guild_preview(scene.guild).unwrap().name, "Harbour");
    assert_eq!(code(rest.guild(5.into())), 10004);
    assert!(!rest.guild_voice_regions(scene.guild).unwrap().is_empty());
    assert_eq!(rest.guild_integrations(scene.guild).unwrap().len(), 0);
    assert_eq!(json(rest.guild_vanity_url(scene.guild).unwrap())["uses"], 0);
}

#[test]
fn the_settings_of_a_guild_are_stored() {
    let scene = Scene::new();
    let (rest, guild) = (&scene.rest, scene.guild);
    rest.modify_guild_widget(guild, &ModifyGuildWidget::new().enabled(true)).unwrap();
    assert!(rest.guild_widget_settings(guild).unwrap().enabled);
    assert_eq!(rest.guild_widget(guild).unwrap().name, "Playground");
    let picture = rest.guild_widget_image(guild, &syncord::model::WidgetStyle::SHIELD).unwrap();
    assert!(picture.starts_with(b"\x89PNG"));
    rest.modify_guild_welcome_screen(guild, &ModifyGuildWelcomeScreen::new().description("Ahoy")).unwrap();
    assert_eq!(rest.guild_welcome_screen(guild).unwrap().description.as_deref(), Some("Ahoy"));
    rest.modify_guild_onboarding(guild, &ModifyGuildOnboarding::new().enabled(true)).unwrap();
    assert!(rest.guild_onboarding(guild).unwrap().enabled);
}

#[test]
fn templates_are_created_modified_synced_and_deleted() {
    let scene = Scene::new();
    let (rest, guild) = (&scene.rest, scene.guild);
    let made = rest.create_guild_template(guild, &CreateGuildTemplate::new("Fleet")).unwrap();
    let changes = ModifyGuildTemplate::new().description("All ships");
    assert_eq!(rest.modify_guild_template(guild, &made.code, &changes).unwrap().name, "Fleet");
    rest.sync_guild_template(guild, &made.code).unwrap();
    assert_eq!(rest.guild_template(&made.code).unwrap().description.as_deref(), Some("All ships"));
    assert_eq!(rest.guild_templates(guild).unwrap().len(), 1);
    rest.delete_guild_template(guild, &made.code).unwrap();
    assert_eq!(code(rest.guild_template(&made.code)), 10057);
}

#[test]
fn the_audit_log_is_iterated() {
    let scene = Scene::new();
    for number in 0..3 {
        let name = ModifyGuild::new().name(format!("Harbour {number}"));
        scene.rest.reason(number.to_string()).modify_guild(scene.guild, &name).unwrap();
    }
    let entries = scene.rest.guild_audit_log_iter(scene.guild, &GetGuildAuditLog::new().limit(2));
    let reasons: Vec<_> = entries.map(|entry| json(entry.unwrap())["reason"].clone()).collect();
    assert_eq!(reasons, ["2", "1", "0"]);
}
