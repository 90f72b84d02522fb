use crate::error::Error;
use crate::id::{GuildId, JoinRequestId};
use crate::model::{JoinRequest, JoinRequestStatus, JoinRequests};
use crate::rest::check::{chars, invalid, number};
use crate::rest::options::options;
use crate::rest::pages::Page;
use crate::rest::{Client, Pages, route};

/// The largest page of requests.
const MAX_REQUESTS: u8 = 100;

options! {
    /// Which requests to join are wanted.
    GetGuildJoinRequests {
        /// Only those that have come so far.
        status: JoinRequestStatus,
        /// At most so many: 1 to 100.
        limit: u8 => number(1..=MAX_REQUESTS),
        /// Only those with a smaller id.
        before: JoinRequestId,
        /// Only those with a greater id.
        after: JoinRequestId,
    }
}

options! {
    /// What to do about a request to join.
    ActionGuildJoinRequest(action: JoinRequestStatus) {
        /// Sets what: [`APPROVED`](JoinRequestStatus::APPROVED) or [`REJECTED`](JoinRequestStatus::REJECTED).
        action: JoinRequestStatus => decision,
        /// Sets why it is rejected: at most 160 characters.
        rejection_reason / no_rejection_reason: String [into] => chars(0..=160),
    } and Self::consistent
}

fn decision(action: &JoinRequestStatus) -> Result<(), Error> {
    if [JoinRequestStatus::APPROVED, JoinRequestStatus::REJECTED].contains(action) {
        return Ok(());
    }
    invalid("", format!("APPROVED or REJECTED, and this is {action}"))
}

impl ActionGuildJoinRequest {
    fn consistent(&self) -> Result<(), Error> {
        if self.rejection_reason.value().is_some()
            && self.action.value() == Some(&JoinRequestStatus::APPROVED)
        {
            return invalid(
                "rejection_reason",
                "is for a request that is rejected, and this one is approved",
            );
        }
        Ok(())
    }
}

impl Client {
    /// A page of the requests to join the guild.
    ///
    /// It has no page in Discord's documentation, only its row in the
    /// [specification](https://github.com/discord/discord-api-spec).
    pub fn guild_join_requests(
        &self,
        guild: GuildId,
        which: &GetGuildJoinRequests,
    ) -> Result<JoinRequests, Error> {
        self.fetch(route::GUILD_JOIN_REQUESTS.at(&[&guild]).query(which)?)
    }

    /// All requests to join the guild that have come so far, fetched by the hundred, the oldest page first.
    ///
    /// ```no_run
    /// use syncord::model::JoinRequestStatus;
    /// # use syncord::id::GuildId;
    /// # let client = syncord::rest::Client::new(syncord::Token::new("…")?);
    /// # let guild = GuildId::new(197038439483310086);
    ///
    /// for request in client.guild_join_requests_iter(guild, JoinRequestStatus::SUBMITTED) {
    ///     println!("{}", request?.user_id);
    /// }
    /// # Ok::<(), syncord::Error>(())
    /// ```
    pub fn guild_join_requests_iter(&self, guild: GuildId, status: JoinRequestStatus) -> Pages<JoinRequest> {
        let first =
            GetGuildJoinRequests::new().status(status).limit(MAX_REQUESTS).after(JoinRequestId::new(0));
        let (client, mut which) = (self.clone(), first);
        Pages::new(move || {
            let requests = client.guild_join_requests(guild, &which)?.guild_join_requests;
            // Which way a page is sorted is not documented.
            if let Some(latest) = requests.iter().map(|request| request.id).max() {
                which = which.clone().after(latest);
            }
            Ok(Page::of(requests, MAX_REQUESTS.into()))
        })
    }

    /// Approves or rejects somebody's request to join the guild.
    ///
    /// It has no page in Discord's documentation, only its row in the
    /// [specification](https://github.com/discord/discord-api-spec).
    pub fn action_guild_join_request(
        &self,
        guild: GuildId,
        request: JoinRequestId,
        action: &ActionGuildJoinRequest,
    ) -> Result<JoinRequest, Error> {
        self.change(route::ACTION_GUILD_JOIN_REQUEST.at(&[&guild, &request]), action)
    }
}

#[cfg(test)]
mod tests {
    use super::{ActionGuildJoinRequest, GetGuildJoinRequests};
    use crate::model::JoinRequestStatus;
    use crate::rest::check::problem;

    #[test]
    fn a_request_is_approved_or_rejected_and_only_the_latter_with_a_reason() {
        let rejected = ActionGuildJoinRequest::new(JoinRequestStatus::REJECTED);
        let approved = ActionGuildJoinRequest::new(JoinRequestStatus::APPROVED);
        let table = [
            (
                problem(GetGuildJoinRequests::new().limit(101).check()),
                "limit: from 1 to 100, and this is 101",
            ),
            (problem(rejected.clone().rejection_reason("no boat").check()), "fine"),
            (
                problem(rejected.rejection_reason("é".repeat(161)).check()),
                "rejection_reason: at most 160 characters, and this has 161",
            ),
            (problem(approved.check()), "fine"),
            (
                problem(approved.rejection_reason("no boat").check()),
                "rejection_reason: is for a request that is rejected, and this one is approved",
            ),
            (
                problem(ActionGuildJoinRequest::new(JoinRequestStatus::STARTED).check()),
                "action: APPROVED or REJECTED, and this is STARTED",
            ),
        ];
        for (problem, expected) in table {
            assert_eq!(problem.trim_end_matches(" (nothing was sent)"), expected);
        }
    }
}
