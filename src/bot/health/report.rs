//! What a stop has dropped.

use std::fmt;
use std::time::Duration;

use crate::bot::counted::Counted;

/// What a bot dropped when it stopped, because its [grace period](crate::Bot::grace) was over: by kind and count.
///
/// [`Handle::stop_report`](crate::Handle::stop_report) returns it once the bot has ended. Its `Display` is one line, which the
/// bot also logs. A bot that never had a session, and was never ready for interactions over HTTP, logs it only if something was
/// dropped.
///
/// ```
/// # fn main() -> syncord::Result {
/// # let discord = syncord::sim::Discord::start()?;
/// # let mut bot = discord.bot();
/// bot.on_ready(|cx, _| Ok(cx.stop()));
/// let handle = bot.handle();
/// bot.run()?;
/// let report = handle.stop_report().expect("the bot has ended");
/// assert!(report.is_empty(), "{report}");
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct StopReport {
    /// How long the stop took, from the request to the end.
    pub took: Duration,
    /// Events whose handlers were not called.
    pub events: usize,
    /// Posted closures that did not run.
    pub posts: usize,
    /// Jobs in lanes that did not begin.
    pub waiting_jobs: usize,
    /// Jobs in lanes that still run. They are left to themselves.
    pub running_jobs: usize,
    /// Tasks that still run. They are left to themselves.
    pub tasks: usize,
    /// [Prompts](crate::bot::Prompt) of tasks whose components could not be disabled, also those that were being sent at the end of
    /// the grace period. A user who clicks on them gets an error of Discord, or a message of the next start of the bot that this
    /// is no longer active.
    pub prompts: usize,
    /// Interactions whose users still waited. Each user got a message that the bot stops, except
    /// [`unnotified`](StopReport::unnotified).
    pub interactions: usize,
    /// Those of the interactions whose users got no such message.
    pub unnotified: usize,
    /// Calls to Discord's API that were cut, by route, with their number.
    pub rest_calls: Vec<(String, usize)>,
    /// Shards whose threads have not ended. They are left to themselves.
    pub shards: usize,
}

impl StopReport {
    /// Whether nothing was dropped.
    pub fn is_empty(&self) -> bool {
        let StopReport {
            events,
            posts,
            waiting_jobs,
            running_jobs,
            tasks,
            prompts,
            interactions,
            unnotified,
            shards,
            ..
        } = *self;
        events + posts + waiting_jobs + running_jobs + tasks + prompts + interactions + unnotified + shards
            == 0
            && self.rest_calls.is_empty()
    }
}

impl fmt::Display for StopReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the bot stopped within {:.1?}", self.took)?;
        if self.is_empty() {
            return f.write_str(" and dropped nothing");
        }
        let kinds = [
            (self.events, "event", "not handled"),
            (self.posts, "posted closure", "not run"),
            (self.waiting_jobs, "job", "in lanes not begun"),
            (self.running_jobs, "job", "in lanes still running"),
            (self.tasks, "task", "still running"),
            (self.prompts, "prompt", "not disabled"),
            (self.interactions, "interaction", "not answered"),
            (self.unnotified, "user", "without a message that the bot stops"),
            (self.shards, "shard", "still connected"),
        ];
        let mut separator = ": ";
        for (count, kind, state) in kinds.into_iter().filter(|(count, ..)| *count > 0) {
            write!(f, "{separator}{} {state}", Counted(count as u64, kind))?;
            separator = ", ";
        }
        for (index, (route, count)) in self.rest_calls.iter().enumerate() {
            let cut = if index == 0 { "REST calls cut: " } else { "" };
            write!(f, "{separator}{cut}{count} {route}")?;
            separator = ", ";
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::StopReport;

    #[test]
    fn the_line_names_each_kind_with_its_count_and_leaves_out_what_did_not_occur() {
        let took = Duration::from_millis(5200);
        let nothing = StopReport { took, ..StopReport::default() };
        assert_eq!(nothing.to_string(), "the bot stopped within 5.2s and dropped nothing");
        let rest_calls = vec![("GET /users/@me".to_owned(), 1), ("PUT /x".to_owned(), 2)];
        let report = StopReport { events: 10, tasks: 3, prompts: 2, unnotified: 1, rest_calls, ..nothing };
        assert!(!report.is_empty());
        assert_eq!(
            report.to_string(),
            "the bot stopped within 5.2s: 10 events not handled, 3 tasks still running, 2 prompts not disabled, 1 user without a \
             message that the bot stops, REST calls cut: 1 GET /users/@me, 2 PUT /x"
        );
    }
}
