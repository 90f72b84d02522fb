use syncord::id::{ChannelId, GuildId, JoinRequestId, RoleId};
use syncord::model::{
    JoinRequestStatus, OnboardingMode, OnboardingPrompt, OnboardingPromptType, PromptOption,
    WelcomeScreenChannel,
};
use syncord::rest::{
    ActionGuildJoinRequest, GetGuildJoinRequests, ModifyGuildOnboarding, ModifyGuildWelcomeScreen,
};

use super::book::Book;

const GUILD: GuildId = GuildId::new(960007075288915998);
const CHANNEL: ChannelId = ChannelId::new(962007075288916001);

const SCREEN: &str = r#"{"description":"Discord Developers is a place to learn about Discord's API.","welcome_channels":[{"channel_id":"697138785317814292","description":"Follow for official Discord API updates","emoji_id":null,"emoji_name":"📡"}]}"#;

const ONBOARDING: &str = r#"{"guild_id":"960007075288915998","prompts":[{"id":"1067461047608422473","title":"What do you want to do in this community?","options":[{"id":"1067461047608422476","title":"Chat with Friends","description":"","emoji":{"id":"1070002302032826408","name":"test","animated":true},"role_ids":[],"channel_ids":["962007075288916001"]},{"id":"1070004843541954678","title":"Get Gud","description":"We have excellent teachers!","emoji":{"id":null,"name":"😀","animated":false},"role_ids":["982014491980083211"],"channel_ids":[]}],"single_select":false,"required":false,"in_onboarding":true,"type":0}],"default_channel_ids":["998678771706110023"],"enabled":true,"mode":0}"#;

const REQUEST: &str = r#"{"id":"7","created_at":"2026-05-02T09:14:37.412000+00:00","reviewed_at":null,"application_status":"SUBMITTED","rejection_reason":null,"guild_id":"960007075288915998","user_id":"7","user":{"id":"7","username":"nelly","discriminator":"0","avatar":null},"form_responses":[{"field_type":"TERMS","label":"Rules","required":true,"values":["Do not feed the gulls"],"response":true},{"field_type":"TEXT_INPUT","label":"Your boat?","response":"Marie"}]}"#;

#[test]
fn newcomers() {
    let mut book = Book::open("newcomers");
    let screen = book.call("guild_welcome_screen", SCREEN, |rest| rest.guild_welcome_screen(GUILD));
    assert_eq!(screen.welcome_channels[0].emoji_name.as_deref(), Some("📡"));
    let changes = ModifyGuildWelcomeScreen::new()
        .enabled(true)
        .welcome_channels([
            WelcomeScreenChannel::new(CHANNEL, "Read the rules").emoji("📜"),
            WelcomeScreenChannel::new(CHANNEL, "Say hello").emoji("wave:1070002302032826408"),
            WelcomeScreenChannel::new(CHANNEL, "Look around"),
        ])
        .description("Mind the step.");
    book.call("modify_guild_welcome_screen", SCREEN, |rest| {
        rest.reason("spring").modify_guild_welcome_screen(GUILD, &changes)
    });
    let wordless = ModifyGuildWelcomeScreen::new().no_description();
    book.call("modify_guild_welcome_screen: wordless", SCREEN, |rest| {
        rest.modify_guild_welcome_screen(GUILD, &wordless)
    });

    let read = book.call("guild_onboarding", ONBOARDING, |rest| rest.guild_onboarding(GUILD));
    assert_eq!(read.prompts[0].options[1].title, "Get Gud");
    let mut boats = OnboardingPrompt::new(
        "Which boat?",
        [
            PromptOption::new("Sail").emoji("⛵").description("With wind").channel(CHANNEL),
            PromptOption::new("Steam").emoji("funnel:1070002302032826408").role(RoleId::new(7)),
        ],
    );
    boats.kind = OnboardingPromptType::DROPDOWN;
    boats.required = true;
    let prompts: Vec<_> = read.prompts.into_iter().chain([boats]).collect();
    let changes = ModifyGuildOnboarding::new()
        .prompts(prompts)
        .default_channel_ids([CHANNEL])
        .enabled(true)
        .mode(OnboardingMode::ONBOARDING_ADVANCED);
    let changed = book.call("modify_guild_onboarding", ONBOARDING, |rest| {
        rest.reason("boats").modify_guild_onboarding(GUILD, &changes)
    });
    assert!(changed.enabled);
    let off = ModifyGuildOnboarding::new().enabled(false);
    book.call("modify_guild_onboarding: off", ONBOARDING, |rest| rest.modify_guild_onboarding(GUILD, &off));

    let welcome = r#"{"guild_id":"960007075288915998","enabled":true,"welcome_message":{"author_ids":["7"],"message":"Ahoy [username]"},"new_member_actions":[{"channel_id":"962007075288916001","action_type":1,"title":"Say hello","description":"","emoji":{"id":null,"name":"👋","animated":false}}],"resource_channels":[{"channel_id":"962007075288916001","title":"Rules","description":"Read them"}]}"#;
    let welcome =
        book.call("guild_new_member_welcome", welcome, |rest| rest.guild_new_member_welcome(GUILD)).unwrap();
    assert_eq!((welcome.new_member_actions.len(), welcome.resource_channels.len()), (1, 1));
    let none = book.perform("guild_new_member_welcome: none", |rest| rest.guild_new_member_welcome(GUILD));
    assert!(none.is_none());

    let which = GetGuildJoinRequests::new()
        .status(JoinRequestStatus::SUBMITTED)
        .limit(10)
        .before(JoinRequestId::new(9))
        .after(JoinRequestId::new(3));
    let page = format!(r#"{{"total":1,"guild_join_requests":[{REQUEST}]}}"#);
    let requests = book.call("guild_join_requests", &page, |rest| rest.guild_join_requests(GUILD, &which));
    assert_eq!(requests.total, Some(1));
    let answer = requests.guild_join_requests[0].form_responses[1].response.as_ref().unwrap();
    assert_eq!(answer.get(), r#""Marie""#);
    let all: Vec<_> = book.call("guild_join_requests_iter", &page, |rest| {
        Ok(rest.guild_join_requests_iter(GUILD, JoinRequestStatus::SUBMITTED).collect())
    });
    assert_eq!(all.len(), 1);
    let rejection = ActionGuildJoinRequest::new(JoinRequestStatus::REJECTED).rejection_reason("no boat");
    let request = book.call("action_guild_join_request", REQUEST, |rest| {
        rest.action_guild_join_request(GUILD, JoinRequestId::new(7), &rejection)
    });
    assert_eq!(request.user_id, 7.into());
    let approval = ActionGuildJoinRequest::new(JoinRequestStatus::APPROVED).no_rejection_reason();
    book.call("action_guild_join_request: approved", REQUEST, |rest| {
        rest.action_guild_join_request(GUILD, JoinRequestId::new(7), &approval)
    });
    book.close();
}
