use crate::error::Error;
use crate::id::{GuildId, JoinRequestId};
use crate::model::{JoinRequest, JoinRequestStatus, JoinRequests};
use crate::rest::check::{chars, invalid, number};
use crate::rest::options::options;
use crate::rest::pages::Page;
use crate::rest::{Client, Pages, route};

/// Maximum number of join requests of a page.
const MAX_REQUESTS: u8 = 100;

options! {
    /// Filters for join requests.
    GetGuildJoinRequests {
        /// Returns only join requests with this status.
        status: JoinRequestStatus,
        /// Maximum number of join requests to return, 1-100.
        limit: u8 => number(1..=MAX_REQUESTS),
        /// Returns only join requests with a lower ID.
        before: JoinRequestId,
        /// Returns only join requests with a higher ID.
        after: JoinRequestId,
    }
}

options! {
    /// The decision on a join request.
    ActionGuildJoinRequest(action: JoinRequestStatus) {
        /// The decision: [`APPROVED`](JoinRequestStatus::APPROVED) or [`REJECTED`](JoinRequestStatus::REJECTED).
        action: JoinRequestStatus => check_action,
        /// The reason of a rejection, at most 160 characters.
        rejection_reason / no_rejection_reason: String [into] => chars(0..=160),
    } and Self::check_combination
}

fn check_action(action: &JoinRequestStatus) -> Result<(), Error> {
    if [JoinRequestStatus::APPROVED, JoinRequestStatus::REJECTED].contains(action) {
        return Ok(());
    }
    invalid("", format!("APPROVED or REJECTED, and this is {action}"))
}

impl ActionGuildJoinRequest {
    fn check_combination(&self) -> Result<(), Error> {
        if self.rejection_reason.value().is_some()
            && self.action.value() == Some(&JoinRequestStatus::APPROVED)
        {
            return invalid("rejection_reason", "cannot be set for a request that is approved");
        }
        Ok(())
    }
}

impl Client {
    /// Returns a page of the requests to join the guild.
    ///
    /// Discord's documentation does not describe this endpoint; it is in the
    /// [OpenAPI specification](https://github.com/discord/discord-api-spec).
    pub fn guild_join_requests(
        &self,
        guild: GuildId,
        filter: &GetGuildJoinRequests,
    ) -> Result<JoinRequests, Error> {
        self.fetch(route::GUILD_JOIN_REQUESTS.at(&[&guild]).query(filter)?)
    }

    /// Iterates over all join requests with this status, and fetches further pages when needed, oldest page first.
    ///
    /// ```
    /// # let discord = syncord::sim::Discord::start()?;
    /// # let client = syncord::rest::Client::builder(syncord::Token::new(&discord.token())?).api_url(discord.api_url()).build()?;
    /// # let guild = discord.guild_id();
    /// use syncord::model::JoinRequestStatus;
    ///
    /// for request in client.guild_join_requests_iter(guild, JoinRequestStatus::SUBMITTED) {
    ///     println!("{}", request?.user_id);
    /// }
    /// # Ok::<(), syncord::Error>(())
    /// ```
    pub fn guild_join_requests_iter(&self, guild: GuildId, status: JoinRequestStatus) -> Pages<JoinRequest> {
        let first_page =
            GetGuildJoinRequests::new().status(status).limit(MAX_REQUESTS).after(JoinRequestId::new(0));
        let (client, mut filter) = (self.clone(), first_page);
        Pages::new(move || {
            let requests = client.guild_join_requests(guild, &filter)?.guild_join_requests;
            // The order of a page is not documented.
            if let Some(latest) = requests.iter().map(|request| request.id).max() {
                filter = filter.clone().after(latest);
            }
            Ok(Page::of(requests, MAX_REQUESTS.into()))
        })
    }

    /// Approves or rejects a request to join the guild.
    ///
    /// Discord's documentation does not describe this endpoint; it is in the
    /// [OpenAPI specification](https://github.com/discord/discord-api-spec).
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
    fn only_a_rejected_request_has_a_reason() {
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
                "rejection_reason: cannot be set for a request that is approved",
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
