use syncord::id::{GuildId, UserId};
use syncord::model::ChannelType;
use syncord::rest::{Client, CreateGroupDm, GetCurrentUserGuilds, ImageData, ModifyCurrentUser};

use super::book::Book;

const USER: &str = r#"{"id":"80351110224678912","username":"nelly","discriminator":"0","global_name":"Nelly","avatar":null}"#;

#[test]
fn users() {
    let mut book = Book::open("user");
    let user = book.call("current_user", USER, Client::current_user);
    assert_eq!(user.username, "nelly");
    let changes = ModifyCurrentUser::new()
        .username("nelly")
        .avatar(ImageData::new("GIF89a").unwrap())
        .banner(ImageData::new("GIF89a").unwrap());
    book.call("modify_current_user", USER, |rest| rest.modify_current_user(&changes));
    let bare = ModifyCurrentUser::new().no_avatar().no_banner();
    book.call("modify_current_user, its pictures", USER, |rest| rest.modify_current_user(&bare));
    let which = GetCurrentUserGuilds::new()
        .before(GuildId::new(90))
        .after(GuildId::new(7))
        .limit(50)
        .with_counts(true);
    let guild = r#"[{"id":"197038439483310086","name":"Testers","icon":null,"owner":true,"permissions":"36953089","features":[]}]"#;
    let guilds = book.call("current_user_guilds", guild, |rest| rest.current_user_guilds(&which));
    assert_eq!(guilds[0].name.as_deref(), Some("Testers"));
    let user = book.call("user", USER, |rest| rest.user(UserId::new(80351110224678912)));
    assert_eq!(user.display_name(), "Nelly");
    book.perform("leave_guild", |rest| rest.leave_guild(GuildId::new(7)));
    let channel = r#"{"id":"319674150115610528","type":1,"last_message_id":null,"recipients":[{"id":"80351110224678912","username":"nelly"}]}"#;
    let channel = book.call("create_dm", channel, |rest| rest.create_dm(UserId::new(80351110224678912)));
    assert_eq!((channel.kind, channel.recipients[0].id), (ChannelType::DM, user.id));
    let group = CreateGroupDm::new(vec!["a-token".into(), "another".into()])
        .nicks([(UserId::new(80351110224678912), "Nell".to_owned())].into());
    let channel =
        r#"{"id":"319674150115710528","type":3,"name":null,"icon":null,"owner_id":"1","recipients":[]}"#;
    let channel = book.call("create_group_dm", channel, |rest| rest.create_group_dm(&group));
    assert_eq!(channel.kind, ChannelType::GROUP_DM);
    assert!(!format!("{group:?}").contains("a-token"));
    book.close();
}
