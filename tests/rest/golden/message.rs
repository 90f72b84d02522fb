use std::time::Duration;

use syncord::id::{AttachmentId, ChannelId, EmojiId, GuildId, MessageId, RoleId, SkuId, StickerId, UserId};
use syncord::model::component::{
    ActionRow, Button, Container, EntitySelect, FileDisplay, MediaGallery, MediaGalleryItem, Section,
    SelectOption, Separator, SeparatorSpacing, StringSelect, TextDisplay, Thumbnail,
};
use syncord::model::{
    BaseTheme, ChannelType, Color, Component, Embed, EmbedAuthor, EmbedFooter, PollLayoutType, ReactionEmoji,
    ReactionType, SearchAuthorType, SearchEmbedType, SearchHas, SearchSortMode, SearchSortOrder,
    SharedClientTheme, Timestamp,
};
use syncord::rest::{
    AllowedMentions, CreateMessage, CreatePoll, EditMessage, GetChannelMessages, GetChannelPins,
    GetReactions, KeptAttachment, SearchGuildMessages, Upload,
};

use super::book::Book;

pub const MESSAGE: &str = r#"{"id":"9","channel_id":"7","author":{"id":"1","username":"tide"},"content":"aye",
    "timestamp":"2026-05-02T09:14:37.412000+00:00","edited_timestamp":null,"tts":false,"mention_everyone":false,
    "mentions":[],"mention_roles":[],"attachments":[],"embeds":[],"pinned":false,"type":0}"#;

const CHANNEL: ChannelId = ChannelId::new(7);
const ID: MessageId = MessageId::new(9);

/// An embed with everything in it.
pub fn embed() -> Embed {
    Embed::new()
        .title("Tide")
        .description("The water of the day")
        .url("https://example.com/tide")
        .timestamp(Timestamp::new("2026-05-02T06:12:00+00:00"))
        .color(Color(0x1abc9c))
        .footer(EmbedFooter::new("as measured").icon_url("https://example.com/gauge.png"))
        .image("https://example.com/chart.png")
        .thumbnail("https://example.com/moon.png")
        .author(
            EmbedAuthor::new("Harbour")
                .url("https://example.com")
                .icon_url("https://example.com/harbour.png"),
        )
        .inline_field("High", "06:12")
        .field("Low", "12:25")
}

/// Rows as both versions of components have them.
fn rows() -> [ActionRow; 6] {
    let tide = StringSelect::new("tide")
        .option(SelectOption::new("High", "high").description("Water everywhere").emoji("🌊"))
        .option(SelectOption::new("Low", "low").preselected(true))
        .placeholder("Which tide?")
        .min_values(0)
        .max_values(2)
        .disabled(true);
    let users =
        EntitySelect::new("who").default_user(UserId::new(1)).placeholder("Who?").min_values(1).max_values(5);
    let both = EntitySelect::new("whom")
        .default_role(RoleId::new(2))
        .default_user(UserId::new(1))
        .min_values(2)
        .max_values(2);
    let channels = EntitySelect::new("where")
        .channel_types([ChannelType::GUILD_TEXT])
        .default_channel(ChannelId::new(3))
        .disabled(true);
    [
        ActionRow::new([
            Button::primary("again", "Again").emoji("<a:wave:41>"),
            Button::secondary("later", "Later").disabled(true),
            Button::danger("never", "Never").id(3),
            Button::link("https://example.com", "Why?"),
            Button::premium(SkuId::new(5)),
        ]),
        tide.into(),
        ActionRow::new([Component::UserSelect(users)]),
        ActionRow::new([Component::RoleSelect(EntitySelect::new("role").required(false))]),
        ActionRow::new([Component::MentionableSelect(both)]),
        ActionRow::new([Component::ChannelSelect(channels)]).id(44),
    ]
}

fn layout() -> Container {
    let north = MediaGalleryItem::new("attachment://north.png").description("The north").spoiler(true);
    let moon = Thumbnail::new("https://example.com/moon.png").description("The moon").spoiler(true);
    Container::new()
        .accent_color(Color(0x1abc9c))
        .spoiler(true)
        .component(Section::new([TextDisplay::new("High at 06:12")], moon))
        .component(Section::new([TextDisplay::new("Low at 12:25")], Button::success("fine", "Fine")))
        .component(MediaGallery::new([north, "https://example.com/south.png".into()]))
        .component(Separator::new().divider(false).spacing(SeparatorSpacing::LARGE))
        .component(FileDisplay::new("table.csv").spoiler(true))
}

/// As many as a message can have.
pub fn ten_files() -> impl Iterator<Item = Upload> {
    (0..10).map(|number| Upload::bytes(format!("{number}.txt"), number.to_string()))
}

fn theme() -> SharedClientTheme {
    let mut theme = SharedClientTheme::default();
    theme.colors = ["5865F2".to_owned(), "1abc9c".to_owned()].into_iter().collect();
    (theme.gradient_angle, theme.base_mix, theme.base_theme) = (90, 40, Some(BaseTheme::DARK));
    theme
}

#[test]
fn messages() {
    let mut book = Book::open("message");
    let list = format!("[{MESSAGE}]");
    let which = GetChannelMessages::new().before(ID).limit(10);
    let messages = book.call("messages", &list, |rest| rest.messages(CHANNEL, &which));
    assert_eq!(messages[0].id, ID);
    book.call("messages after", &list, |rest| rest.messages(CHANNEL, &GetChannelMessages::new().after(ID)));
    book.call("messages around", &list, |rest| rest.messages(CHANNEL, &GetChannelMessages::new().around(ID)));
    book.call("messages_iter", &list, |rest| rest.messages_iter(CHANNEL).collect::<Result<Vec<_>, _>>());
    assert_eq!(book.call("message", MESSAGE, |rest| rest.message(CHANNEL, ID)).content, "aye");
    for message in creations() {
        let (name, message) = message;
        let made = book.call(name, MESSAGE, |rest| rest.create_message(CHANNEL, message.nonce("n1")));
        assert_eq!((made.id, made.author.username.as_str()), (ID, "tide"));
    }
    for (name, edit) in edits() {
        let edited = book.call(name, MESSAGE, |rest| rest.edit_message(CHANNEL, ID, edit));
        assert_eq!(edited.content, "aye");
    }
    book.perform("delete_message", |rest| rest.reason("low tide").delete_message(CHANNEL, ID));
    book.perform("bulk_delete_messages", |rest| {
        let borrowed: &[MessageId] = &[ID, MessageId::new(10)];
        rest.reason("low tide").bulk_delete_messages(CHANNEL, borrowed)
    });
    book.call("crosspost_message", MESSAGE, |rest| rest.crosspost_message(CHANNEL, ID));
    book.close();
}

fn creations() -> Vec<(&'static str, CreateMessage)> {
    let mentions =
        AllowedMentions::none().everyone().user(UserId::new(1)).role(RoleId::new(2)).replied_user(true);
    let poll = CreatePoll::new("Which tide?")
        .answer("High")
        .answer_with("🌊", "Low")
        .answer_with("<:wave:41>", "None")
        .duration(Duration::from_secs(2 * 60 * 60))
        .allow_multiselect(true)
        .layout_type(PollLayoutType::DEFAULT);
    let sound = Upload::bytes("tide.ogg", "OggS");
    vec![
        ("create_message", "aye".into()),
        (
            "create_message as a reply",
            CreateMessage::text("aye").tts(true).reply_to(MessageId::new(8)).allowed_mentions(mentions),
        ),
        ("create_message that forwards", CreateMessage::forward(ChannelId::new(70), MessageId::new(80))),
        (
            "create_message with embeds",
            CreateMessage::new()
                .embed(embed())
                .embed(Embed::new().description("Second"))
                .suppress_notifications(true),
        ),
        (
            "create_message with files",
            CreateMessage::text("The charts")
                .file(Upload::bytes("north.txt", "north").title("North").description("Up there"))
                .file(Upload::bytes("south.txt", "south").spoiler()),
        ),
        ("create_message with ten files", CreateMessage::new().files(ten_files())),
        (
            "create_message with stickers",
            CreateMessage::new().sticker(StickerId::new(3)).sticker(StickerId::new(4)),
        ),
        ("create_message with a poll", CreateMessage::new().poll(poll)),
        ("create_message with rows", CreateMessage::text("Well?").components(rows().into_iter().take(5))),
        (
            "create_message with a layout",
            CreateMessage::new()
                .component(TextDisplay::new("# Tide").id(7))
                .component(layout())
                .components_v2()
                .component(rows()[5].clone())
                .file(Upload::bytes("north.png", "PNG"))
                .file(Upload::bytes("table.csv", "high,06:12")),
        ),
        (
            "create_message as a voice message",
            CreateMessage::new().voice(sound, Duration::from_millis(1500), [0, 128, 255]),
        ),
        (
            "create_message with a theme",
            CreateMessage::text("Try this").shared_client_theme(theme()).suppress_embeds(true),
        ),
    ]
}

fn edits() -> Vec<(&'static str, EditMessage)> {
    let chart = KeptAttachment::new(AttachmentId::new(41)).description("Corrected").spoiler(true);
    vec![
        ("edit_message", "nay".into()),
        ("edit_message of another user", EditMessage::new().suppress_embeds(true)),
        (
            "edit_message that takes away",
            EditMessage::new().no_content().no_embeds().no_components().no_stickers().drop_attachments(),
        ),
        (
            "edit_message to a layout",
            EditMessage::new().no_content().no_embeds().component(TextDisplay::new("# Tide")),
        ),
        (
            "edit_message with files",
            EditMessage::new()
                .embed(embed())
                .keep_attachment(chart)
                .keep_attachment(AttachmentId::new(42))
                .file(Upload::bytes("east.txt", "east").description("Over there"))
                .allowed_mentions(AllowedMentions::none()),
        ),
        ("edit_message with ten files", EditMessage::new().drop_attachments().files(ten_files())),
        ("edit_message with one more file", EditMessage::new().file(Upload::bytes("west.txt", "west"))),
    ]
}

#[test]
fn pins() {
    let mut book = Book::open("message_pins");
    let page = format!(
        r#"{{"items":[{{"pinned_at":"2026-05-02T09:14:37.412000+00:00","message":{MESSAGE}}}],"has_more":false}}"#
    );
    let which = GetChannelPins::new().before(Timestamp::new("2026-05-03T00:00:00+00:00")).limit(5);
    let pins = book.call("channel_pins", &page, |rest| rest.channel_pins(CHANNEL, &which));
    assert_eq!((pins.items[0].message.id, pins.has_more), (ID, false));
    let pins = book.call("channel_pins_iter", &page, |rest| {
        rest.channel_pins_iter(CHANNEL).collect::<Result<Vec<_>, _>>()
    });
    assert_eq!(pins.len(), 1);
    book.perform("pin_message", |rest| rest.reason("worth it").pin_message(CHANNEL, ID));
    book.perform("unpin_message", |rest| rest.reason("no more").unpin_message(CHANNEL, ID));
    book.close();
}

#[test]
fn reactions() {
    let mut book = Book::open("message_reactions");
    let wave = ReactionEmoji::Custom { id: EmojiId::new(41), name: "wave".to_owned() };
    book.perform("create_reaction", |rest| rest.create_reaction(CHANNEL, ID, "👍"));
    book.perform("create_reaction with a custom emoji", |rest| {
        rest.create_reaction(CHANNEL, ID, wave.clone())
    });
    book.perform("delete_own_reaction", |rest| rest.delete_own_reaction(CHANNEL, ID, "👍"));
    book.perform("delete_user_reaction", |rest| rest.delete_user_reaction(CHANNEL, ID, "👍", UserId::new(1)));
    let users = r#"[{"id":"1","username":"tide"}]"#;
    let which = GetReactions::new().kind(ReactionType::BURST).after(UserId::new(5)).limit(100);
    let found = book.call("reactions", users, |rest| rest.reactions(CHANNEL, ID, "👍", &which));
    assert_eq!(found[0].username, "tide");
    let all = book.call("reactions_iter", users, |rest| {
        rest.reactions_iter(CHANNEL, ID, "<:wave:41>").collect::<Result<Vec<_>, _>>()
    });
    assert_eq!(all.len(), 1);
    book.perform("delete_all_reactions", |rest| rest.delete_all_reactions(CHANNEL, ID));
    book.perform("delete_all_reactions_for_emoji", |rest| {
        rest.delete_all_reactions_for_emoji(CHANNEL, ID, "👍")
    });
    book.close();
}

#[test]
fn search() {
    let mut book = Book::open("message_search");
    let guild = GuildId::new(6);
    let found = format!(
        r#"{{"doing_deep_historical_index":false,"total_results":2,"messages":[[{MESSAGE}],[{MESSAGE}]],
            "threads":[{{"id":"7","type":11}}],"members":[{{"id":"7","user_id":"1","join_timestamp":"2026-05-02T09:14:37+00:00","flags":0}}]}}"#
    );
    let which = SearchGuildMessages::new()
        .limit(5)
        .offset(10)
        .max_id(MessageId::new(99))
        .min_id(MessageId::new(1))
        .slop(3)
        .content("high tide")
        .channel_id(vec![CHANNEL, ChannelId::new(8)])
        .author_type(vec![SearchAuthorType::USER, SearchAuthorType::BOT.negated()])
        .author_id(vec![UserId::new(1)])
        .mentions(vec![UserId::new(2)])
        .mentions_role_id(vec![RoleId::new(3)])
        .mention_everyone(false)
        .replied_to_user_id(vec![UserId::new(4)])
        .replied_to_message_id(vec![MessageId::new(5)])
        .pinned(true)
        .has(vec![SearchHas::FILE, SearchHas::LINK.negated()])
        .embed_type(vec![SearchEmbedType::GIF])
        .embed_provider(vec!["Tenor".to_owned()])
        .link_hostname(vec!["example.com".to_owned()])
        .attachment_filename(vec!["chart.png".to_owned()])
        .attachment_extension(vec!["png".to_owned()])
        .sort_by(SearchSortMode::RELEVANCE)
        .sort_order(SearchSortOrder::ASCENDING)
        .include_nsfw(true);
    let search = book.call("search_guild_messages", &found, |rest| rest.search_guild_messages(guild, &which));
    assert_eq!((search.total_results, search.results().count()), (2, 2));
    assert_eq!((search.threads.len(), search.members.len()), (1, 1));
    book.close();
}
