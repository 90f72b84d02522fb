//! Which intents the handlers need, and the report about them: pure.

use std::fmt::Write as _;

use crate::bot::error::HandlerId;
use crate::bot::trouble::{HOW_TO_DIAGNOSE, Trouble};
use crate::error::Error;
use crate::gateway::intents::{self, Intents, PRIVILEGED_REVIEW};
use crate::model::ApplicationFlags;

/// Where privileged intents are switched on.
const SWITCHES: &str =
    "https://discord.com/developers/applications → your application → Bot → Privileged Gateway Intents";

/// The flags of an application that say which privileged intents it may use: approved by Discord, and before that
/// ([`PRIVILEGED_REVIEW`]).
/// See [application flags](https://docs.discord.com/developers/resources/application#application-object-application-flags).
const FLAGS: [(Intents, ApplicationFlags, &str); 3] = [
    (
        Intents::GUILD_PRESENCES,
        ApplicationFlags::GATEWAY_PRESENCE.union(ApplicationFlags::GATEWAY_PRESENCE_LIMITED),
        "Presence Intent",
    ),
    (
        Intents::GUILD_MEMBERS,
        ApplicationFlags::GATEWAY_GUILD_MEMBERS.union(ApplicationFlags::GATEWAY_GUILD_MEMBERS_LIMITED),
        "Server Members Intent",
    ),
    (
        Intents::MESSAGE_CONTENT,
        ApplicationFlags::GATEWAY_MESSAGE_CONTENT.union(ApplicationFlags::GATEWAY_MESSAGE_CONTENT_LIMITED),
        "Message Content Intent",
    ),
];

/// The privileged intents, each with its switch in the developer portal.
pub(crate) fn privileged_intents() -> impl Iterator<Item = (Intents, &'static str)> {
    FLAGS.iter().map(|(intent, _, switch)| (*intent, *switch))
}

/// Whether a privileged intent is switched on for an application with these flags.
pub(crate) fn is_switched_on(intent: Intents, application_flags: ApplicationFlags) -> bool {
    FLAGS.iter().any(|(known, flags, _)| *known == intent && application_flags.intersects(*flags))
}

/// What one handler needs.
#[derive(Clone, Debug)]
pub(crate) struct IntentRequest {
    pub(crate) handler: HandlerId,
    /// The event, or `None` for all events.
    pub(crate) event: Option<&'static str>,
    pub(crate) intents: Intents,
}

/// How the program changed the computed intents.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct IntentOverrides {
    pub(crate) instead: Option<Intents>,
    pub(crate) added: Intents,
    pub(crate) removed: Intents,
}

/// The intents that will be requested, and the handlers that need them.
#[derive(Clone, Debug)]
pub(crate) struct IntentReport {
    requests: Vec<IntentRequest>,
    overrides: IntentOverrides,
    pub(crate) intents: Intents,
}

impl IntentReport {
    pub(crate) fn new(requests: &[IntentRequest], overrides: IntentOverrides) -> IntentReport {
        let needed = requests.iter().fold(Intents::empty(), |sum, request| sum | request.intents);
        let intents =
            overrides.instead.unwrap_or(needed).union(overrides.added).difference(overrides.removed);
        IntentReport { requests: requests.to_vec(), overrides, intents }
    }

    /// Logs the intents, and reports handlers that cannot receive their events.
    pub(crate) fn log(&self, trouble: &Trouble) {
        // A record for each line: a logger marks each record with time and level.
        for line in self.text().lines() {
            log::info!("{line}");
        }
        for line in self.unreachable_handlers() {
            trouble.warn(&line);
        }
    }

    /// The text that is logged at start.
    pub(crate) fn text(&self) -> String {
        let mut text = format!("asking Discord for {}", name(self.intents));
        for request in &self.requests {
            // Writing to a string cannot fail.
            let _ = write!(text, "\n  {}: {}", request.handler, name(request.intents));
        }
        let IntentOverrides { instead, added, removed } = self.overrides;
        for (call, intents) in
            [("intents", instead), ("add_intents", some(added)), ("without_intents", some(removed))]
        {
            if let Some(intents) = intents {
                let _ = write!(text, "\n  bot.{call}(..): {}", name(intents));
            }
        }
        text
    }

    /// Handlers that can receive nothing, because the program removed the intents that their events need, and prefixes without
    /// a text command.
    pub(crate) fn unreachable_handlers(&self) -> Vec<String> {
        let is_unreachable = |request: &&IntentRequest| {
            let info = request.event.and_then(intents::event);
            info.is_some_and(|info| !info.intents.is_empty() && !self.intents.intersects(info.intents))
        };
        let say = |request: &IntentRequest| {
            let (handler, intents) = (&request.handler, request.intents.difference(Intents::MESSAGE_CONTENT));
            // Only the prefix of text commands asks for nothing more: the commands ask for the messages.
            if intents.is_empty() {
                return format!(
                    "{handler} calls nothing: no command can be called by text, so add .text() to one"
                );
            }
            format!("{handler} receives no events: the bot does not ask for {intents}")
        };
        self.requests.iter().filter(is_unreachable).map(say).collect()
    }

    /// The privileged intents that are requested without being switched on.
    pub(crate) fn missing(&self, application_flags: ApplicationFlags) -> Intents {
        FLAGS
            .iter()
            .filter(|(intent, _, _)| {
                self.intents.contains(*intent) && !is_switched_on(*intent, application_flags)
            })
            .fold(Intents::empty(), |sum, (intent, _, _)| sum | *intent)
    }

    /// The handlers and calls because of which an intent is requested.
    pub(crate) fn askers(&self, intent: Intents) -> Vec<String> {
        let IntentOverrides { instead, added, .. } = self.overrides;
        let handlers =
            self.requests.iter().filter(|request| instead.is_none() && request.intents.contains(intent));
        let calls = [("bot.intents(..)", instead), ("bot.add_intents(..)", Some(added))];
        let calls = calls.into_iter().filter(|(_, intents)| intents.is_some_and(|all| all.contains(intent)));
        handlers
            .map(|request| request.handler.to_string())
            .chain(calls.map(|(call, _)| call.to_owned()))
            .collect()
    }

    /// Why Discord does not accept the intents. If it is not known which ones are off, all privileged intents that are
    /// requested are named.
    pub(crate) fn refusal(&self, missing: Option<Intents>) -> Error {
        let certain = missing.is_some_and(|missing| !missing.is_empty());
        let missing = missing.filter(|_| certain).unwrap_or(self.intents.difference(
            // What remains are the privileged ones.
            Intents::from_bits_retain(!Intents::PRIVILEGED.bits()),
        ));
        let mut problem = if certain {
            let verb = if missing.iter().count() == 1 { "is" } else { "are" };
            format!("this bot asks for {}, which {verb} not switched on for its application:", name(missing))
        } else {
            "this bot asks for privileged intents that are not switched on for its application, one or more of:"
                .to_owned()
        };
        for (intent, _, switch) in FLAGS.iter().filter(|(intent, _, _)| missing.contains(*intent)) {
            let askers = self.askers(*intent);
            let _ = write!(
                problem,
                "\n  {} (\"{switch}\"), asked for by {}",
                name(*intent),
                askers.join(" and by ")
            );
        }
        let without: Vec<String> =
            missing.iter().map(|intent| format!("Intents::{}", name(intent))).collect();
        let _ = write!(
            problem,
            "\nSwitch it on at {SWITCHES} ({PRIVILEGED_REVIEW})\nor do without: bot.without_intents({})\n({HOW_TO_DIAGNOSE})",
            without.join(" | ")
        );
        Error::Intents { intents: missing, problem }
    }
}

/// The error for a send event that needs intents that the bot does not ask for.
pub(crate) fn undeclared(missing: Intents) -> Error {
    let written: Vec<String> = missing.iter().map(|intent| format!("Intents::{}", name(intent))).collect();
    let switches: Vec<String> = FLAGS
        .iter()
        .filter(|(intent, _, _)| missing.contains(*intent))
        .map(|(_, _, switch)| format!("\"{switch}\""))
        .collect();
    let problem = format!(
        "this request needs {}, which the bot does not ask for, because no handler implies it: declare it with \
         bot.add_intents({}), and switch on {} at {SWITCHES} (nothing was sent)",
        name(missing),
        written.join(" | "),
        switches.join(" and "),
    );
    Error::Intents { intents: missing, problem }
}

fn some(intents: Intents) -> Option<Intents> {
    (!intents.is_empty()).then_some(intents)
}

fn name(intents: Intents) -> String {
    if intents.is_empty() { "no intents".to_owned() } else { intents.to_string() }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use std::panic::Location;

    use super::{IntentOverrides, IntentReport, IntentRequest};
    use crate::bot::error::HandlerId;
    use crate::error::Error;
    use crate::gateway::intents::Intents;
    use crate::model::ApplicationFlags;

    fn request(what: &str, event: Option<&'static str>, intents: Intents) -> IntentRequest {
        IntentRequest { handler: HandlerId::new(what, Location::caller()), event, intents }
    }

    fn messages() -> IntentRequest {
        request(
            "on_message",
            Some("MESSAGE_CREATE"),
            Intents::GUILD_MESSAGES | Intents::DIRECT_MESSAGES | Intents::MESSAGE_CONTENT,
        )
    }

    fn members() -> IntentRequest {
        request("on::<GuildMemberAdd>", Some("GUILD_MEMBER_ADD"), Intents::GUILD_MEMBERS)
    }

    #[test]
    fn the_intents_are_those_of_all_handlers_together() {
        let plan = IntentReport::new(&[messages(), members()], IntentOverrides::default());
        assert_eq!(
            plan.intents,
            Intents::GUILD_MESSAGES
                | Intents::DIRECT_MESSAGES
                | Intents::MESSAGE_CONTENT
                | Intents::GUILD_MEMBERS
        );
    }

    #[test]
    fn intents_can_be_replaced_widened_and_narrowed() {
        let plan = |overrides| IntentReport::new(&[messages()], overrides).intents;
        assert_eq!(
            plan(IntentOverrides { instead: Some(Intents::GUILDS), ..IntentOverrides::default() }),
            Intents::GUILDS,
            "replaced"
        );
        let overrides = IntentOverrides {
            instead: None,
            added: Intents::GUILDS,
            removed: Intents::MESSAGE_CONTENT | Intents::DIRECT_MESSAGES,
        };
        assert_eq!(plan(overrides), Intents::GUILD_MESSAGES | Intents::GUILDS);
    }

    #[test]
    fn the_report_names_the_handlers_of_each_intent() {
        let overrides = IntentOverrides { added: Intents::GUILDS, ..IntentOverrides::default() };
        let text =
            IntentReport::new(&[messages(), request("on_ready", Some("READY"), Intents::empty())], overrides)
                .text();
        let lines: Vec<&str> = text.lines().collect();
        assert!(lines[0].starts_with("asking Discord for GUILDS | "), "{text}");
        assert!(lines[1].starts_with("  on_message at "), "{text}");
        assert!(lines[1].contains("intents.rs:") && lines[1].contains("MESSAGE_CONTENT"), "{text}");
        assert!(lines[2].ends_with(": no intents"), "{text}");
        assert_eq!(lines[3], "  bot.add_intents(..): GUILDS");
        assert_eq!(lines.len(), 4);
    }

    #[test]
    fn a_privileged_intent_is_missing_when_neither_of_its_flags_is_set() {
        let plan = IntentReport::new(&[messages(), members()], IntentOverrides::default());
        assert_eq!(
            plan.missing(ApplicationFlags::empty()),
            Intents::MESSAGE_CONTENT | Intents::GUILD_MEMBERS
        );
        assert_eq!(plan.missing(ApplicationFlags::GATEWAY_GUILD_MEMBERS_LIMITED), Intents::MESSAGE_CONTENT);
        let members = ApplicationFlags::GATEWAY_GUILD_MEMBERS;
        for content in
            [ApplicationFlags::GATEWAY_MESSAGE_CONTENT_LIMITED, ApplicationFlags::GATEWAY_MESSAGE_CONTENT]
        {
            assert_eq!(plan.missing(members | content), Intents::empty());
        }
    }

    #[test]
    fn a_refusal_names_the_intent_its_handlers_the_switch_and_the_way_without() {
        let plan = IntentReport::new(&[messages(), members()], IntentOverrides::default());
        let both = plan.refusal(Some(Intents::MESSAGE_CONTENT | Intents::GUILD_MEMBERS)).to_string();
        assert!(both.contains("which are not switched on for its application"), "{both}");
        let error = plan.refusal(Some(Intents::MESSAGE_CONTENT));
        assert!(matches!(error, Error::Intents { intents: Intents::MESSAGE_CONTENT, .. }), "{error:?}");
        let text = error.to_string();
        for part in [
            "MESSAGE_CONTENT (\"Message Content Intent\"), asked for by on_message at src",
            "intents.rs:",
            "https://discord.com/developers/applications",
            "Privileged Gateway Intents",
            "10,000 users or more",
            "bot.without_intents(Intents::MESSAGE_CONTENT)",
            "bot.diagnose()",
        ] {
            assert!(text.contains(part), "{part} is not in: {text}");
        }
        assert!(!text.contains("GUILD_MEMBERS"), "{text}");
    }

    #[test]
    fn a_refusal_without_a_known_culprit_names_all_privileged_intents() {
        let plan = IntentReport::new(&[messages(), members()], IntentOverrides::default());
        for missing in [None, Some(Intents::empty())] {
            let text = plan.refusal(missing).to_string();
            assert!(text.contains("MESSAGE_CONTENT") && text.contains("GUILD_MEMBERS"), "{text}");
            assert!(!text.contains("GUILD_MESSAGES"), "{text}");
        }
    }

    #[test]
    fn an_intent_asked_for_by_hand_is_blamed_on_the_call() {
        let overrides =
            IntentOverrides { instead: Some(Intents::GUILD_PRESENCES), ..IntentOverrides::default() };
        let text =
            IntentReport::new(&[messages()], overrides).refusal(Some(Intents::GUILD_PRESENCES)).to_string();
        assert!(
            text.contains("GUILD_PRESENCES (\"Presence Intent\"), asked for by bot.intents(..)"),
            "{text}"
        );
    }

    #[test]
    fn an_undeclared_intent_is_named_with_the_line_to_write_and_the_switch() {
        let intents = Intents::GUILD_MEMBERS | Intents::GUILD_PRESENCES;
        let error = super::undeclared(intents);
        assert!(matches!(error, Error::Intents { intents: missing, .. } if missing == intents), "{error:?}");
        let text = error.to_string();
        for part in [
            "bot.add_intents(Intents::GUILD_MEMBERS | Intents::GUILD_PRESENCES)",
            "\"Presence Intent\" and \"Server Members Intent\"",
            "nothing was sent",
        ] {
            assert!(text.contains(part), "{part} is not in: {text}");
        }
    }

    #[test]
    fn a_prefix_without_a_text_command_is_pointed_out() {
        let prefix = || request("text_prefix(\"!\")", Some("MESSAGE_CREATE"), Intents::MESSAGE_CONTENT);
        let lines = |requests: &[IntentRequest]| {
            IntentReport::new(requests, IntentOverrides::default()).unreachable_handlers()
        };
        let alone = lines(&[prefix()]);
        assert!(alone[0].starts_with("text_prefix(\"!\") at "), "{alone:?}");
        assert!(
            alone[0].ends_with("calls nothing: no command can be called by text, so add .text() to one"),
            "{alone:?}"
        );
        assert_eq!(lines(&[prefix(), messages()]), [""; 0]);
    }

    #[test]
    fn a_handler_whose_intents_were_taken_away_is_pointed_out() {
        let overrides = IntentOverrides {
            removed: Intents::GUILD_MEMBERS | Intents::GUILD_MESSAGES,
            ..IntentOverrides::default()
        };
        let unreachable_handlers =
            IntentReport::new(&[messages(), members()], overrides).unreachable_handlers();
        assert_eq!(unreachable_handlers.len(), 1, "direct messages still come");
        assert!(unreachable_handlers[0].starts_with("on::<GuildMemberAdd> at "), "{unreachable_handlers:?}");
        assert!(
            unreachable_handlers[0].ends_with("does not ask for GUILD_MEMBERS"),
            "{unreachable_handlers:?}"
        );
    }
}
