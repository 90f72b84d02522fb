//! Gathers the facts: asks Discord, and changes nothing there.

mod reach;

use std::time::{Duration, Instant};

use super::facts::{
    Asked, BotGuild, Build, CallFailure, ClockReading, Declared, Facts, Gateway, GuildName, Guilds, Login,
    Network, PrivilegedIntent,
};
use crate::bot::bot::Bot;
use crate::bot::intents::{IntentReport, privileged_intents};
use crate::bot::registration::Registrar;
use crate::command::{Plan, Scope};
use crate::error::Error;
use crate::gateway::shard::{gateway_version, wait_for_hello};
use crate::id::ApplicationId;
use crate::model::Application;
use crate::rest::{ApiAddress, Client, DISCORD, GetApplicationCommands, GetCurrentUserGuilds};

/// Maximum time of one call.
const CALL_TIMEOUT: Duration = Duration::from_secs(10);

/// Maximum time of all calls together. What it leaves no time for is not checked.
const TIMEOUT: Duration = Duration::from_secs(60);

/// The number of guilds in a page, which is Discord's maximum.
const GUILDS_PER_PAGE: usize = 200;

/// Maximum number of guilds that are looked at.
const MAX_GUILDS: usize = 1000;

/// Maximum number of guilds whose own commands are looked at, with a call for each.
const MAX_COMMAND_GUILDS: usize = 20;

/// The gateway, for when Discord has not said it.
const DISCORD_GATEWAY: &str = "wss://gateway.discord.gg";

/// Gathers everything. It goes on for as long as the things that follow can be asked.
pub(super) fn gather(bot: &Bot<'_>) -> Facts {
    let (mut network, client) = network(bot);
    let mut facts = Facts {
        now: Instant::now(),
        build: build(),
        declared: declared(bot),
        network: network.clone(),
        login: None,
        application: None,
        limits: None,
        gateway: None,
        guilds: None,
        plans: Vec::new(),
        leftovers: Vec::new(),
        guilds_without_time: 0,
    };
    let Some(client) = client else { return facts };
    network.reach = reach::reach(&bot.config, &network.api_url);
    let is_reached = network.reach.as_ref().is_none_or(|reach| reach.result.is_ok());
    facts.network = network;
    if !is_reached {
        return facts;
    }
    let calls = Calls { client, until: Instant::now() + TIMEOUT };
    calls.ask_everything(bot, &mut facts);
    facts.gateway = gateway(bot, &facts);
    facts
}

/// The program's settings for the network, and a client if they can be used.
fn network(bot: &Bot<'_>) -> (Network, Option<Client>) {
    let config = &bot.config;
    let api_url = config.api_url.clone().unwrap_or_else(|| DISCORD.to_owned());
    let address = ApiAddress::of(&api_url);
    let proxy = match &address {
        Some(address) => config.proxy.for_host(&address.host, address.is_loopback),
        None => Ok(None),
    };
    let client = config.client(None);
    let network = Network {
        // An address that cannot be used may contain a password.
        api_url: if address.is_some() { api_url } else { String::new() },
        is_own_url: config.api_url.is_some(),
        unusable: client.as_ref().err().map(ToString::to_string),
        proxy: proxy.map(|proxy| proxy.map(|proxy| proxy.address())),
        is_tls: address.as_ref().is_some_and(|address| address.is_tls),
        is_loopback: address.as_ref().is_some_and(|address| address.is_loopback),
        added_roots: config.tls.added_roots(),
        reach: None,
    };
    (network, client.ok())
}

fn build() -> Build {
    let features = [
        ("sim", cfg!(feature = "sim")),
        ("cron", cfg!(feature = "cron")),
        ("zstd", cfg!(feature = "zstd")),
        ("zlib-rs", cfg!(feature = "zlib-rs")),
        ("vendored-tls", cfg!(feature = "vendored-tls")),
    ];
    let environment = [
        ("-gnu", cfg!(target_env = "gnu")),
        ("-musl", cfg!(target_env = "musl")),
        ("-msvc", cfg!(target_env = "msvc")),
    ];
    let environment = environment.iter().find(|(_, is_it)| *is_it).map_or("", |(name, _)| name);
    Build {
        crate_version: env!("CARGO_PKG_VERSION"),
        gateway_version: gateway_version(),
        features: features.iter().filter(|(_, is_on)| *is_on).map(|(name, _)| *name).collect(),
        target: format!("{}-{}{environment}", std::env::consts::ARCH, std::env::consts::OS),
    }
}

fn declared(bot: &Bot<'_>) -> Declared {
    let report = IntentReport::new(bot.handlers.intent_requests(), bot.config.intents);
    let askers = privileged_intents()
        .map(|(intent, switch)| (PrivilegedIntent { intent, switch }, report.askers(intent)))
        .collect();
    Declared {
        problems: bot.problems().into_result().err().map(|error| error.to_string()),
        has_something_to_do: bot.has_something_to_do(),
        intents: report.intents,
        askers,
        unreachable_handlers: report.unreachable_handlers(),
        needs: bot.router.needs(),
        has_commands: !bot.router.is_empty(),
        receives_over_http: bot.config.uses_http(),
        shards: bot.config.shards.clone(),
        token: bot.config.token.shape(),
        token_source: bot.config.token_source.name(),
    }
}

/// The connection to the gateway. It needs no token.
fn gateway(bot: &Bot<'_>, facts: &Facts) -> Option<Gateway> {
    let own = bot.config.gateway_url.clone();
    let is_own_url = own.is_some();
    let named =
        facts.limits.as_ref().and_then(|limits| limits.as_ref().ok()).map(|limits| limits.url.clone());
    // Another server has its own gateway, which only it can name.
    let usual = (!facts.network.is_own_url).then(|| DISCORD_GATEWAY.to_owned());
    let url = own.or(named).or(usual)?;
    let hello = wait_for_hello(&url, &bot.config.socket());
    Some(Gateway { url, is_own_url, hello })
}

/// The calls to the API.
struct Calls {
    client: Client,
    until: Instant,
}

impl Calls {
    /// Makes a call, if there is time left for it.
    fn ask<T>(&self, call: impl FnOnce(&Client) -> Result<T, Error>) -> Asked<T> {
        let client = self.client().ok_or(CallFailure::NoTime)?;
        call(&client).map_err(|error| CallFailure::of(&error))
    }

    /// The client for one call. `None` if there is no time left for it.
    fn client(&self) -> Option<Client> {
        let left = self.until.saturating_duration_since(Instant::now());
        (!left.is_zero()).then(|| self.client.deadline(left.min(CALL_TIMEOUT)))
    }

    fn ask_everything(&self, bot: &Bot<'_>, facts: &mut Facts) {
        facts.login = Some(self.log_in());
        if !matches!(facts.login, Some(Ok(_))) {
            return;
        }
        facts.limits = Some(self.ask(Client::gateway_bot));
        facts.application = Some(self.ask(Client::current_application_as::<Application>));
        let id = facts
            .application
            .as_ref()
            .and_then(|asked| asked.as_ref().ok())
            .map(|application| application.id);
        facts.guilds = Some(self.guilds(bot, id));
        if facts.declared.problems.is_some() || !facts.declared.has_commands {
            return;
        }
        let registrar = Registrar {
            commands: bot.router.definitions(&bot.texts.translations),
            ..bot.registration.clone()
        };
        facts.plans = self.plans(&registrar);
        if let (Some(id), Some(Ok(guilds))) = (id, &facts.guilds) {
            (facts.leftovers, facts.guilds_without_time) = self.leftovers(&registrar, id, guilds);
        }
    }

    fn log_in(&self) -> Asked<Login> {
        let first = self.ask(Client::probe)?;
        // The first call has opened the connection.
        let second = self.ask(Client::probe).ok();
        let last = second.as_ref().unwrap_or(&first);
        let clock = last.date.map(|theirs| ClockReading { theirs, sent: last.sent, elapsed: last.elapsed });
        Ok(Login {
            name: first.me.username.clone(),
            first_call: first.elapsed,
            call: second.as_ref().map(|probe| probe.elapsed),
            clock,
        })
    }

    fn guilds(&self, bot: &Bot<'_>, application: Option<ApplicationId>) -> Asked<Guilds> {
        let invite_url = application.map(|id| bot.invite_url_for(id));
        let mut guilds = Guilds { invite_url, ..Guilds::default() };
        let mut page = GetCurrentUserGuilds::new();
        loop {
            let found = match self.ask(|client| client.current_user_guilds(&page)) {
                Ok(found) => found,
                Err(CallFailure::NoTime) if !guilds.guilds.is_empty() => {
                    guilds.has_more = true;
                    return Ok(guilds);
                }
                Err(failure) => return Err(failure),
            };
            guilds.guilds.extend(found.iter().map(|guild| BotGuild {
                name: GuildName { id: guild.id, name: guild.name.clone() },
                permissions: guild.permissions,
            }));
            match found.last() {
                Some(last) if found.len() >= GUILDS_PER_PAGE => page = page.after(last.id),
                _ => return Ok(guilds),
            }
            if guilds.guilds.len() >= MAX_GUILDS {
                guilds.has_more = true;
                return Ok(guilds);
            }
        }
    }

    fn plans(&self, registrar: &Registrar) -> Vec<(Scope, Asked<Plan>)> {
        // If it fails, the question about the application has failed as well.
        let Ok(plans) = registrar.each_plan(|| self.client()) else { return Vec::new() };
        let without_time =
            registrar.scopes().skip(plans.len()).map(|scope| (scope, Err(CallFailure::NoTime)));
        let plans = plans.into_iter();
        plans
            .map(|(scope, plan)| (scope, plan.map_err(|error| CallFailure::of(&error))))
            .chain(without_time)
            .collect()
    }

    /// Commands in guilds in which the bot registers none, and the number of guilds for which there was no time.
    fn leftovers(
        &self,
        registrar: &Registrar,
        application: ApplicationId,
        guilds: &Guilds,
    ) -> (Vec<(GuildName, Vec<String>)>, usize) {
        if registrar.keep_foreign || guilds.guilds.len() > MAX_COMMAND_GUILDS {
            return (Vec::new(), 0);
        }
        let others = guilds.guilds.iter().filter(|guild| !registrar.guilds.contains(&guild.name.id));
        let options = GetApplicationCommands::new();
        let (mut leftovers, mut without_time) = (Vec::new(), 0);
        for guild in others {
            match self.ask(|client| client.guild_application_commands(application, guild.name.id, &options)) {
                Ok(commands) if commands.is_empty() => {}
                Ok(commands) => {
                    let names = commands.iter().map(|command| command.name.clone()).collect();
                    leftovers.push((guild.name.clone(), names));
                }
                Err(CallFailure::NoTime) => without_time += 1,
                // The bot may be there without its commands.
                Err(_) => {}
            }
        }
        (leftovers, without_time)
    }
}
