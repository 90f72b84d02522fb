//! What Discord knows about one bot: its token, its limit of identifies, what READY contains.

use std::collections::BTreeMap;
use std::time::Duration;

use super::rules::{BUDGET_PERIOD, ReadyData, Rules, SessionStartLimit};
use crate::gateway::intents::Intents;
use crate::id::UserId;

pub(super) struct Account {
    pub(super) token: String,
    pub(super) privileged_intents: Intents,
    pub(super) ready_data: ReadyData,
    limit: SessionStartLimit,
    limit_ends: Duration,
    /// The time of the last identify, by bucket.
    pub(super) last_identify: BTreeMap<u32, Duration>,
    pub(super) is_token_reset: bool,
}

impl Account {
    pub(super) fn new(rules: &Rules, token: &str, privileged_intents: Intents) -> Account {
        Account {
            token: token.to_owned(),
            privileged_intents,
            ready_data: ReadyData::default(),
            limit: rules.session_start_limit,
            limit_ends: rules.session_start_limit.reset_after,
            last_identify: BTreeMap::new(),
            is_token_reset: false,
        }
    }

    /// The ID of the bot's user. Zero before the ready data is set.
    pub(super) fn user(&self) -> UserId {
        let id = self.ready_data.user["id"].as_str().and_then(|id| id.parse().ok());
        id.unwrap_or(UserId::new(0))
    }

    /// Begins the period of the limit of identifies later.
    pub(super) fn start_at(&mut self, now: Duration) {
        self.limit_ends += now;
    }

    /// The limit of identifies, as it is now.
    pub(super) fn session_start_limit(&mut self, now: Duration) -> SessionStartLimit {
        while now >= self.limit_ends {
            self.limit.remaining = self.limit.total;
            self.limit_ends += BUDGET_PERIOD;
        }
        SessionStartLimit { reset_after: self.limit_ends - now, ..self.limit }
    }

    /// Counts an identify. Returns false if none was left.
    pub(super) fn take_identify(&mut self) -> bool {
        let is_left = self.limit.remaining > 0;
        self.limit.remaining = self.limit.remaining.saturating_sub(1);
        is_left
    }
}
