use std::time::{Duration, Instant};

use super::network::milliseconds;
use super::pages::{LOOK_AT_STATUS, STATUS};
use super::unchecked::{no_time, unchecked};
use crate::bot::diagnose::facts::{CallFailure, Facts, Gateway};
use crate::bot::diagnose::finding::{Finding, FindingKind};
use crate::bot::shards::Shards;
use crate::gateway::identify::{Decision, IdentifyBudget, StartLimit};
use crate::gateway::shard::NoHello;
use crate::gateway::shard_id::ShardId;
use crate::gateway::socket::Stage;
use crate::model::{GatewayBot, SessionStartLimit};

/// The page about the daily limit of identifies.
const LIMIT: &str = "https://docs.discord.com/developers/events/gateway#session-start-limit-object";

/// Judges the limits of the gateway, and the connection to it.
pub(super) fn judge(facts: &Facts) -> Vec<Finding> {
    let mut findings = Vec::new();
    match &facts.limits {
        None => {}
        Some(Err(failure)) => {
            findings.extend(unchecked(FindingKind::Identifies, failure));
            if *failure == CallFailure::NoTime {
                findings.push(no_time(FindingKind::Shards, &FindingKind::Shards));
            }
        }
        Some(Ok(GatewayBot { shards: recommended, session_start_limit, .. })) => {
            findings.push(identifies(facts.now, session_start_limit));
            findings.push(shards(&facts.declared.shards, *recommended));
        }
    }
    findings.extend(facts.gateway.as_ref().map(connection));
    findings
}

/// Judges the identifies as a start would: with the same budget.
fn identifies(now: Instant, limit: &SessionStartLimit) -> Finding {
    let SessionStartLimit { total, remaining, reset_after, max_concurrency } = *limit;
    let found = format!("{remaining} of {total} are left, and reset in {}", minutes(reset_after));
    let mut budget = IdentifyBudget::new();
    budget.update(now, StartLimit { total, remaining, reset_after, max_concurrency });
    match budget.request(now, ShardId { index: 0, total: 1 }, false) {
        Decision::Permit => Finding::ok(FindingKind::Identifies, found),
        Decision::Wait { until, .. } => Finding::warning(
            FindingKind::Identifies,
            format!("{found}; the next start waits for {}", minutes(until.saturating_duration_since(now))),
            "the bot: find out why it starts so often; bot.remember(..) resumes its session over a restart",
        )
        .page(LIMIT),
        Decision::Refused { .. } => Finding::error(
            FindingKind::Identifies,
            format!("{found}; a start is refused, because passing the limit would reset the token"),
            "the bot: wait for the reset, and find out why it starts so often; bot.remember(..) resumes its session over \
             a restart",
        )
        .page(LIMIT),
    }
}

fn shards(shards: &Shards, recommended: u32) -> Finding {
    let (own, total) = shards.choose(recommended);
    match shards.advice(recommended) {
        Some(advice) => {
            let (found, cure) = advice.split_once(": ").unwrap_or((&advice, ""));
            Finding::warning(FindingKind::Shards, found, format!("the program: {cure}"))
                .page("https://docs.discord.com/developers/events/gateway#sharding")
        }
        None => Finding::ok(
            FindingKind::Shards,
            format!("this process runs {} of {total}, and Discord recommends {recommended}", own.len()),
        ),
    }
}

fn connection(gateway: &Gateway) -> Finding {
    let Gateway { url, is_own_url, hello } = gateway;
    let set_by = "the address: correct bot.gateway_url or DISCORD_GATEWAY_URL, or leave it out";
    let (found, cure) = match hello {
        Ok(hello) => {
            let found = format!(
                "{url} connects in {} and sends Hello after {}; no identify was used",
                milliseconds(hello.opened_in),
                milliseconds(hello.hello_in)
            );
            return Finding::ok(FindingKind::Gateway, found);
        }
        Err(NoHello::NotOpen(error)) => (
            error.to_string(),
            match error.stage {
                _ if *is_own_url => set_by,
                Stage::Address => set_by,
                Stage::Resolve => "the DNS of this machine: check that it finds gateway.discord.gg",
                Stage::Connect => {
                    "the network of this machine: let connections to gateway.discord.gg, port 443, out through its firewall"
                }
                Stage::Proxy => "the proxy: check that it permits tunnels (CONNECT) to gateway.discord.gg",
                Stage::Tls => {
                    "the certificate: check the clock of this machine, and what inspects TLS in its network"
                }
                Stage::Handshake => {
                    "the network of this machine: look for a proxy or a firewall that does not let websockets through"
                }
            },
        ),
        Err(NoHello::Other(problem)) if *is_own_url => (format!("{url}: {problem}"), set_by),
        Err(NoHello::Other(problem)) => (format!("{url}: {problem}"), LOOK_AT_STATUS),
    };
    Finding::error(FindingKind::Gateway, found, cure).page(STATUS)
}

fn minutes(time: Duration) -> String {
    let minutes = time.as_secs().div_ceil(60);
    if minutes < 120 { format!("{minutes} min") } else { format!("{} h {} min", minutes / 60, minutes % 60) }
}
