use syncord::id::GuildId;
use syncord::rest::{CreateGuildTemplate, ModifyGuildTemplate};

use super::book::Book;

const GUILD: GuildId = GuildId::new(197038439483310086);
const CODE: &str = "hgM48av5Q69A";

const TEMPLATE: &str = r#"{"code":"hgM48av5Q69A","name":"Friends & Family","description":"","usage_count":49605,"creator_id":"132837293881950208","creator":{"id":"132837293881950208","username":"hoges","discriminator":"0","avatar":null},"created_at":"2020-04-02T21:10:38+00:00","updated_at":"2020-05-01T17:57:38+00:00","source_guild_id":"678070694164299796","serialized_source_guild":{"name":"Friends & Family","description":null,"region":"us-west","verification_level":0,"default_message_notifications":0,"explicit_content_filter":0,"preferred_locale":"en-US","afk_timeout":300,"roles":[{"id":0,"name":"@everyone","permissions":104324689,"color":0,"hoist":false,"mentionable":false}],"channels":[],"afk_channel_id":null,"system_channel_id":2,"system_channel_flags":0,"icon_hash":null},"is_dirty":null}"#;

#[test]
fn guild_templates() {
    let mut book = Book::open("guild_template");
    let template = book.call("guild_template", TEMPLATE, |rest| rest.guild_template(CODE));
    assert_eq!((template.usage_count, template.serialized_source_guild.roles.len()), (49605, 1));
    let list = format!("[{TEMPLATE}]");
    let all = book.call("guild_templates", &list, |rest| rest.guild_templates(GUILD));
    assert_eq!(all[0].code, CODE);
    let new = CreateGuildTemplate::new("Friends & Family").description("For all of us");
    book.call("create_guild_template", TEMPLATE, |rest| rest.create_guild_template(GUILD, &new));
    let bare = CreateGuildTemplate::new("Friends").no_description();
    book.call("create_guild_template: undescribed", TEMPLATE, |rest| {
        rest.create_guild_template(GUILD, &bare)
    });
    book.call("sync_guild_template", TEMPLATE, |rest| rest.sync_guild_template(GUILD, CODE));
    let changes = ModifyGuildTemplate::new().name("Family").description("For some of us");
    book.call("modify_guild_template", TEMPLATE, |rest| rest.modify_guild_template(GUILD, CODE, &changes));
    let bare = ModifyGuildTemplate::new().no_description();
    book.call("modify_guild_template: undescribed", TEMPLATE, |rest| {
        rest.modify_guild_template(GUILD, CODE, &bare)
    });
    let gone = book.call("delete_guild_template", TEMPLATE, |rest| rest.delete_guild_template(GUILD, CODE));
    assert_eq!(gone.name, "Friends & Family");
    book.close();
}
