//! What a wait is for: pure.

use crate::bot::event_scope::EventScope;
use crate::gateway::event::{Event, InteractionCreate};
use crate::json::{self, object};

/// What a wait is for: the events of one type that have these IDs. A wait has at most one for each type.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Wanted {
    pub(crate) name: &'static str,
    /// The type, as errors name it.
    pub(crate) type_name: &'static str,
    pub(crate) ids: EventIds,
}

/// The IDs of an event, or the IDs that a wait asks for. In a wait, a field that is `None` allows anything.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct EventIds {
    pub(crate) scope: EventScope,
    /// The custom ID of a component or modal.
    pub(crate) custom_id: Option<String>,
}

#[derive(Default)]
struct Interaction {
    data: Option<Data>,
}

object! { Interaction {
    data,
} }

#[derive(Default)]
struct Data {
    custom_id: Option<String>,
}

object! { Data {
    custom_id,
} }

impl From<EventScope> for EventIds {
    fn from(scope: EventScope) -> EventIds {
        EventIds { scope, custom_id: None }
    }
}

impl EventIds {
    /// Reads the IDs of an event, as far as possible.
    #[inline(never)]
    pub(super) fn of(event: &str, data: &str) -> EventIds {
        let custom_id = if event == InteractionCreate::NAME {
            json::read(data).ok().and_then(|interaction: Interaction| interaction.data?.custom_id)
        } else {
            None
        };
        EventIds { scope: EventScope::of(event, data), custom_id }
    }

    /// Whether an event with these IDs is one that a wait asks for.
    pub(super) fn fits(&self, wanted: &EventIds) -> bool {
        self.scope.fits(&wanted.scope) && (wanted.custom_id.is_none() || wanted.custom_id == self.custom_id)
    }
}

#[cfg(test)]
mod tests {
    use super::EventIds;
    use crate::bot::event_scope::EventScope;
    use crate::id::{ChannelId, MessageId, UserId};

    const CLICK: &str =
        r#"{"id":"8","channel_id":"2","message":{"id":"9"},"user":{"id":"3"},"data":{"custom_id":"yes"}}"#;

    fn with_custom_id(custom_id: &str) -> EventIds {
        EventIds { scope: EventScope::new(), custom_id: Some(custom_id.to_owned()) }
    }

    #[test]
    fn an_event_fits_when_it_has_every_id_that_is_asked_for() {
        let click = EventIds::of("INTERACTION_CREATE", CLICK);
        let scope = EventScope::new().message(MessageId::new(9));
        for (wanted, fits) in [
            (EventIds::default(), true),
            (scope.into(), true),
            (scope.user(UserId::new(3)).into(), true),
            (scope.user(UserId::new(4)).into(), false),
            (EventScope::new().channel(ChannelId::new(9)).into(), false),
            (with_custom_id("yes"), true),
            (with_custom_id("no"), false),
        ] {
            assert_eq!(click.fits(&wanted), fits, "{wanted:?}");
            assert_eq!(EventIds::default().fits(&wanted), wanted == EventIds::default(), "{wanted:?}");
        }
    }

    #[test]
    fn only_interactions_have_custom_ids() {
        assert_eq!(EventIds::of("MESSAGE_CREATE", CLICK).custom_id, None);
        assert_eq!(EventIds::of("INTERACTION_CREATE", CLICK).custom_id.as_deref(), Some("yes"));
        assert_eq!(EventIds::of("INTERACTION_CREATE", r#"{"data":[]}"#), EventIds::default());
    }
}
