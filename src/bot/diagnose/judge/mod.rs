//! Makes findings of facts: pure.

mod application;
mod commands;
mod gateway;
mod guilds;
mod intents;
mod network;
mod pages;
mod program;
mod unchecked;

use super::facts::Facts;
use super::finding::Finding;

/// Everything that the facts show, in the order in which one thing depends on another.
pub(super) fn judge(facts: &Facts) -> Vec<Finding> {
    let mut findings = program::judge(&facts.build, &facts.declared);
    findings.extend(network::judge(&facts.network, facts.login.as_ref()));
    findings.extend(application::judge(facts));
    findings.extend(intents::judge(facts));
    findings.extend(gateway::judge(facts));
    findings.extend(guilds::judge(facts));
    findings.extend(commands::judge(facts));
    findings
}

#[cfg(test)]
mod tests;
