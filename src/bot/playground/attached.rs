//! What a simulated Discord asks of a bot of its process.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::bot::bot::Starting;
use crate::bot::context::Handle;
use crate::bot::health::HandlerHealth;
use crate::bot::lanes::Lanes;
use crate::bot::tree::outline::Outline;
use crate::sim::local_bots::LocalBot;

/// A bot of a simulated Discord.
pub(super) struct AttachedBot {
    handle: Handle,
    lanes: Vec<Lanes>,
    outline: Outline,
    /// The intents that it requests, and because of which handlers.
    intents: Vec<Value>,
}

impl AttachedBot {
    pub(super) fn new(starting: &Starting<'_>) -> AttachedBot {
        let Starting { handle, lanes, outline, intents } = starting;
        let asked = intents
            .intents
            .iter()
            .map(|intent| json!({"name": intent.to_string(), "asked_by": intents.askers(intent)}));
        AttachedBot {
            handle: handle.clone(),
            lanes: lanes.to_vec(),
            outline: outline.clone(),
            intents: asked.collect(),
        }
    }
}

impl LocalBot for AttachedBot {
    #[cfg(feature = "http-interactions")]
    fn is_ready(&self) -> bool {
        self.handle.health().is_ready()
    }

    fn is_idle(&self) -> Option<bool> {
        self.handle.is_idle(&self.lanes)
    }

    fn description(&self) -> Value {
        let health = self.handle.health();
        let mut counts: Counts<'_> =
            health.handlers.iter().map(|handler| (handler.name.as_str(), handler)).collect();
        let tree = drawn(&self.outline, &mut counts);
        let others = health.handlers.iter().filter(|handler| counts.contains_key(handler.name.as_str()));
        json!({
            "health": health.to_string(),
            "tree": tree,
            // Timers, tasks and posted closures.
            "others": others.map(|handler| line(&handler.name, Some(handler), &[])).collect::<Vec<_>>(),
            "intents": self.intents,
        })
    }
}

/// The counters of the handlers that are not drawn yet, by name.
type Counts<'h> = BTreeMap<&'h str, &'h HandlerHealth>;

fn drawn(outline: &Outline, counts: &mut Counts<'_>) -> Value {
    let handler = outline.handler.as_deref().and_then(|name| counts.remove(name));
    let below: Vec<Value> = outline.below.iter().map(|part| drawn(part, counts)).collect();
    line(&outline.text, handler, &below)
}

fn line(text: &str, handler: Option<&HandlerHealth>, below: &[Value]) -> Value {
    let counts = handler.map(|handler| {
        json!({
            "name": handler.name,
            "calls": handler.calls,
            "failures": handler.errors + handler.panics + handler.unreadable,
            "slow": handler.slow,
            "seconds": handler.time.as_secs_f64(),
        })
    });
    json!({"text": text, "handler": counts, "below": below})
}
