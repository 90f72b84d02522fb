//! Interactions that nothing handles: they are counted, and reported to the program.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use super::action::InteractionKind;
use super::header::InteractionHeader;
use crate::model::CommandType;

/// How the custom IDs of prompts begin.
pub(crate) const PROMPT_ID: &str = "prompt/";

/// How the custom IDs of the help begin.
pub(crate) const HELP_ID: &str = "syncord-help/";

/// The library's own components. A click on one that has ended is no mistake of the program.
const OWN: [&str; 2] = [PROMPT_ID, HELP_ID];

/// Receives the text of a report, and how many there were, with this one.
pub(crate) type ReportUnhandled = Arc<dyn Fn(&str, u64) + Send + Sync>;

/// Counts the interactions that nothing handles.
pub(super) struct Unhandled {
    count: AtomicU64,
    /// How many of them were reported. The others would leave gaps in the numbers that decide what is printed.
    reported: AtomicU64,
    /// `None` if nothing is reported.
    report: Option<ReportUnhandled>,
}

impl Unhandled {
    pub(super) fn new(report: Option<ReportUnhandled>) -> Unhandled {
        Unhandled { count: AtomicU64::new(0), reported: AtomicU64::new(0), report }
    }

    pub(super) fn count(&self) -> u64 {
        self.count.load(Ordering::Relaxed)
    }

    /// Counts one, and reports what it was.
    pub(super) fn add(&self, what: &UnhandledInteraction) {
        self.count.fetch_add(1, Ordering::Relaxed);
        match &self.report {
            Some(report) if !what.is_own => {
                report(&what.text, self.reported.fetch_add(1, Ordering::Relaxed) + 1);
            }
            _ => log::debug!("{}", what.text),
        }
    }
}

impl fmt::Debug for Unhandled {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Unhandled").field("count", &self.count).finish_non_exhaustive()
    }
}

/// An interaction that nothing may handle, in words.
pub(super) struct UnhandledInteraction {
    text: String,
    /// Whether it belongs to a component of the library.
    is_own: bool,
}

impl UnhandledInteraction {
    /// `is_notified` says whether the library tells the user.
    pub(super) fn new(header: &InteractionHeader, is_notified: bool) -> UnhandledInteraction {
        let InteractionHeader { kind, command_type, name, .. } = header;
        let slash = if *command_type == CommandType::CHAT_INPUT { "/" } else { "" };
        let what = match kind {
            InteractionKind::Command | InteractionKind::Autocomplete => format!(
                "nothing handles the command {slash}{name}: it is registered at Discord, and this program has no such command"
            ),
            InteractionKind::Component => format!(
                "nothing handles the custom ID {name:?} of a button or a select: add bot.component(..) with a CustomId that \
                 fits it, or wait for it in a task"
            ),
            InteractionKind::Modal { .. } => format!(
                "nothing handles the custom ID {name:?} of a modal: add bot.modal(..) with a CustomId that fits it, or wait \
                 for it in a task"
            ),
        };
        let user = match is_notified {
            true if *kind == InteractionKind::Autocomplete => "its user sees no choices",
            true => "its user gets the message that this is no longer active",
            false => {
                "its user gets no response, unless another program with this token sends one: the bot has no command, \
                 component or modal at all"
            }
        };
        let is_own = OWN.iter().any(|own| name.starts_with(own));
        UnhandledInteraction { text: format!("{what} ({user})"), is_own }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use super::{Unhandled, UnhandledInteraction};
    use crate::interaction::header::InteractionHeader;

    #[test]
    fn a_report_says_what_the_user_sees() {
        for (kind, is_notified, part) in [
            (2, true, "(its user gets the message that this is no longer active)"),
            (2, false, "(its user gets no response, unless"),
            // It can only be responded to with choices.
            (4, true, "(its user sees no choices)"),
            (4, false, "(its user gets no response, unless"),
        ] {
            let data = format!(
                r#"{{"id":"1","application_id":"9","type":{kind},"token":"t","data":{{"id":"2","name":"tide","type":1}}}}"#
            );
            let header = InteractionHeader::read(&data, 9.into());
            let text =
                header.map(|header| UnhandledInteraction::new(&header, is_notified).text).unwrap_or_default();
            assert!(
                text.starts_with("nothing handles the command /tide") && text.contains(part),
                "{kind}: {text}"
            );
        }
    }

    #[test]
    fn a_click_on_an_ended_prompt_of_the_library_counts_in_the_health_and_not_for_the_reports() {
        let reported = Arc::new(Mutex::new(Vec::new()));
        let sink = Arc::clone(&reported);
        let report = move |text: &str, count: u64| {
            if let Ok(mut reported) = sink.lock() {
                reported.push(format!("{text} {count}"));
            }
        };
        let unhandled = Unhandled::new(Some(Arc::new(report)));
        for (text, is_own) in [("a", false), ("b", true), ("c", false)] {
            unhandled.add(&UnhandledInteraction { text: text.to_owned(), is_own });
        }
        assert_eq!(unhandled.count(), 3);
        assert_eq!(reported.lock().map(|reported| reported.clone()).unwrap_or_default(), ["a 1", "c 2"]);
    }
}
