use syncord::id::GuildId;
use syncord::rest::{CurrentUserGuilds, ImageData, ModifyCurrentUser};

use super::book::Book;

const USER: &str = r#"{"id":"80351110224678912","username":"nelly","discriminator":"0","global_name":"Nelly","avatar":null}"#;

#[test]
fn users() {
    let mut book = Book::open("user");
    let user = book.call("current_user", USER, |rest| rest.current_user());
    assert_eq!(user.username, "nelly");
    let changes =
        ModifyCurrentUser::new().username("nelly").avatar(ImageData::new("GIF89a").unwrap()).no_banner();
    book.call("modify_current_user", USER, |rest| rest.modify_current_user(&changes));
    let alone = ModifyCurrentUser::new().no_avatar();
    book.call("modify_current_user, its avatar alone", USER, |rest| rest.modify_current_user(&alone));
    let which = CurrentUserGuilds::new().after(GuildId::new(7)).limit(50).with_counts(true);
    let guild = r#"[{"id":"197038439483310086","name":"Testers","icon":null,"owner":true,"permissions":"36953089","features":[]}]"#;
    let guilds = book.call("current_user_guilds", guild, |rest| rest.current_user_guilds(&which));
    assert_eq!(guilds[0].name.as_deref(), Some("Testers"));
    book.close();
}
