use std::time::Duration;

use super::{CreateAutoModerationRule as Create, ModifyAutoModerationRule as Modify};
use crate::error::Error;
use crate::id::{ChannelId, RoleId};
use crate::model::{
    AutoModerationAction as Action, AutoModerationEventType as Event,
    AutoModerationTriggerMetadata as Metadata, AutoModerationTriggerType as Trigger,
};

fn problem(result: Result<(), Error>) -> String {
    let problem = result.map_or_else(|error| error.to_string(), |()| "fine".to_owned());
    problem.trim_end_matches(" (nothing was sent)").to_owned()
}

fn rule(trigger: Trigger, metadata: Metadata) -> Create {
    Create::new("rule", Event::MESSAGE_SEND, trigger, [Action::block_member_interaction()])
        .trigger_metadata(metadata)
}

fn words(count: usize) -> Vec<String> {
    vec!["tide".to_owned(); count]
}

#[test]
fn the_limits_on_trigger_metadata_depend_on_the_trigger() {
    let new = Metadata::new;
    let table = [
        (Trigger::KEYWORD, new().keyword_filter(words(1000)), "fine"),
        (
            Trigger::KEYWORD,
            new().keyword_filter(words(1001)),
            "trigger_metadata.keyword_filter: at most 1000 elements, and this has 1001",
        ),
        (
            Trigger::KEYWORD,
            new().keyword_filter(["fine".to_owned(), "é".repeat(61)]),
            "trigger_metadata.keyword_filter[1]: 1 to 60 characters, and this has 61",
        ),
        (
            Trigger::MEMBER_PROFILE,
            new().regex_patterns(words(11)),
            "trigger_metadata.regex_patterns: at most 10 elements, and this has 11",
        ),
        (
            Trigger::KEYWORD,
            new().regex_patterns(["x".repeat(261)]),
            "trigger_metadata.regex_patterns[0]: 1 to 260 characters, and this has 261",
        ),
        (
            Trigger::KEYWORD,
            new().allow_list(words(101)),
            "trigger_metadata.allow_list: at most 100 elements, and this has 101",
        ),
        (Trigger::KEYWORD_PRESET, new().allow_list(words(1000)), "fine"),
        (
            Trigger::KEYWORD_PRESET,
            new().allow_list(words(1001)),
            "trigger_metadata.allow_list: at most 1000 elements, and this has 1001",
        ),
        (Trigger::MENTION_SPAM, new().mention_total_limit(50), "fine"),
        (
            Trigger::MENTION_SPAM,
            new().mention_total_limit(51),
            "trigger_metadata.mention_total_limit: from 0 to 50, and this is 51",
        ),
    ];
    for (trigger, metadata, expected) in table {
        assert_eq!(problem(rule(trigger, metadata).check()), expected, "{trigger:?}");
    }
    let changes = Modify::new().trigger_metadata(new().allow_list(words(1001)));
    assert_eq!(
        problem(changes.check()),
        "trigger_metadata.allow_list: at most 1000 elements, and this has 1001"
    );
}

#[test]
fn the_actions_of_a_rule_are_limited() {
    let timeout = |seconds| Action::timeout(Duration::from_secs(seconds));
    let mut without_channel = Action::send_alert(ChannelId::new(7));
    without_channel.metadata = None;
    let mut without_duration = timeout(0);
    without_duration.metadata = None;
    let table = [
        (vec![Action::send_alert(ChannelId::new(7)), timeout(2_419_200)], "fine"),
        (vec![], "actions: 1 to 5 elements, and this has 0"),
        (vec![Action::block_message(None); 6], "actions: 1 to 5 elements, and this has 6"),
        (
            vec![Action::block_message(Some("x".repeat(151)))],
            "actions[0].metadata.custom_message: at most 150 characters, and this has 151",
        ),
        (
            vec![Action::block_message(None), timeout(2_419_201)],
            "actions[1].metadata.duration_seconds: from 0 to 2419200 whole seconds, and this is 2419201",
        ),
        (
            vec![without_duration],
            "actions[0].metadata.duration_seconds: is missing: a timeout needs a duration",
        ),
        (vec![without_channel], "actions[0].metadata.channel_id: is missing: an alert needs a channel"),
    ];
    for (actions, expected) in table {
        let rule = rule(Trigger::KEYWORD, Metadata::new()).actions(actions.clone());
        assert_eq!(problem(rule.check()), expected);
        assert_eq!(problem(Modify::new().actions(actions).check()), expected);
    }
}

#[test]
fn only_some_triggers_allow_a_timeout() {
    let timeout = [Action::block_member_interaction(), Action::timeout(Duration::from_secs(60))];
    for (trigger, expected) in [
        (Trigger::KEYWORD, "fine"),
        (Trigger::MENTION_SPAM, "fine"),
        (
            Trigger::SPAM,
            "actions[1].type: TIMEOUT is allowed only with KEYWORD or MENTION_SPAM, and this is SPAM",
        ),
        (
            Trigger::MEMBER_PROFILE,
            "actions[1].type: TIMEOUT is allowed only with KEYWORD or MENTION_SPAM, and this is MEMBER_PROFILE",
        ),
        (Trigger(99), "fine"),
    ] {
        assert_eq!(problem(rule(trigger, Metadata::new()).actions(timeout.clone()).check()), expected);
    }
}

#[test]
fn all_triggers_but_spam_require_metadata() {
    for (trigger, expected) in [
        (Trigger::SPAM, "fine"),
        (Trigger(99), "fine"),
        (Trigger::KEYWORD, "trigger_metadata: is missing: KEYWORD requires it"),
        (Trigger::MENTION_SPAM, "trigger_metadata: is missing: MENTION_SPAM requires it"),
    ] {
        let rule = Create::new("rule", Event::MESSAGE_SEND, trigger, [Action::block_message(None)]);
        assert_eq!(problem(rule.check()), expected);
    }
}

#[test]
fn the_number_of_exempt_roles_and_channels_is_limited() {
    let rule = || rule(Trigger::SPAM, Metadata::new());
    for (rule, expected) in [
        (rule().exempt_roles(vec![RoleId::new(1); 20]).exempt_channels(vec![ChannelId::new(1); 50]), "fine"),
        (rule().exempt_roles(vec![RoleId::new(1); 21]), "exempt_roles: at most 20 elements, and this has 21"),
        (
            rule().exempt_channels(vec![ChannelId::new(1); 51]),
            "exempt_channels: at most 50 elements, and this has 51",
        ),
        (rule().name(""), "name: 1 to 100 characters, and this has 0"),
    ] {
        assert_eq!(problem(rule.check()), expected);
    }
}
