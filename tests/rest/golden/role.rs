use syncord::id::{GuildId, RoleId};
use syncord::model::{Color, Permissions, RoleColors};
use syncord::rest::{CreateGuildRole, ImageData, ModifyGuildRole};

use super::book::Book;

const GUILD: GuildId = GuildId::new(197038439483310086);
const ROLE: RoleId = RoleId::new(41771983423143936);

const WHOLE: &str = r#"{"id":"41771983423143936","name":"Harbour Master","color":3447003,"colors":{"primary_color":3447003,"secondary_color":null,"tertiary_color":null},"hoist":true,"icon":"cf3ced8600b777c9486c6d8d84fb4327","unicode_emoji":null,"position":1,"permissions":"66321471","managed":false,"mentionable":false,"flags":0}"#;

#[test]
#[expect(deprecated, reason = "each field once")]
fn roles() {
    let mut book = Book::open("role");
    let list = format!("[{WHOLE}]");
    let all = book.call("guild_roles", &list, |rest| rest.guild_roles(GUILD));
    assert_eq!(all[0].name, "Harbour Master");
    let role = book.call("guild_role", WHOLE, |rest| rest.guild_role(GUILD, ROLE));
    assert_eq!(role.colors.unwrap().primary_color, Color(3447003));
    let counts = r#"{"613425648685547541":1337,"1409696176629878905":2}"#;
    let counts = book.call("guild_role_member_counts", counts, |rest| rest.guild_role_member_counts(GUILD));
    assert_eq!((counts.get(613425648685547541.into()), counts.get(ROLE)), (Some(1337), None));

    let image = || ImageData::new("GIF89a").unwrap();
    let new = CreateGuildRole::new()
        .name("Harbour Master")
        .permissions(Permissions::MOVE_MEMBERS)
        .color(Color(0x34_98_db))
        .colors(RoleColors::gradient(Color(0x34_98_db), Color(0x1f_8b_4c)))
        .hoist(true)
        .icon(image())
        .unicode_emoji("⚓")
        .mentionable(true);
    book.call("create_guild_role", WHOLE, |rest| {
        rest.reason("the old one sank").create_guild_role(GUILD, &new)
    });
    book.call("create_guild_role: as it comes", WHOLE, |rest| {
        rest.create_guild_role(GUILD, &CreateGuildRole::new())
    });

    let all = book.call("modify_guild_role_positions", &list, |rest| {
        rest.reason("by rank").modify_guild_role_positions(GUILD, &[(ROLE, 2), (RoleId::new(7), 1)])
    });
    assert_eq!(all.len(), 1);

    let changes = ModifyGuildRole::new()
        .name("Pilot")
        .permissions(Permissions::empty())
        .color(Color(0))
        .colors(RoleColors::HOLOGRAPHIC)
        .hoist(false)
        .icon(image())
        .unicode_emoji("🧭")
        .mentionable(false);
    book.call("modify_guild_role", WHOLE, |rest| {
        rest.reason("demoted").modify_guild_role(GUILD, ROLE, &changes)
    });
    let plain = ModifyGuildRole::new().no_colors().no_icon().no_unicode_emoji();
    book.call("modify_guild_role: plain", WHOLE, |rest| rest.modify_guild_role(GUILD, ROLE, &plain));
    book.perform("delete_guild_role", |rest| rest.reason("unused").delete_guild_role(GUILD, ROLE));
    book.close();
}
