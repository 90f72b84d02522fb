//! What a wait is for: pure.

use crate::bot::event_scope::EventScope;
use crate::gateway::event::{Event, InteractionCreate};
use crate::json::{self, object};

/// What a wait is for: the events of one type that have these IDs. A wait has at most one for each type.
#[derive(Clone, Debug)]
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

/// Which fields of [`EventIds`] a wait asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Shape(pub(super) u8);

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
    pub(super) fn of(event: &str, data: &str) -> EventIds {
        let custom_id = if event == InteractionCreate::NAME {
            json::read(data).ok().and_then(|interaction: Interaction| interaction.data?.custom_id)
        } else {
            None
        };
        EventIds { scope: EventScope::of(event, data), custom_id }
    }

    pub(super) fn shape(&self) -> Shape {
        let EventScope { guild_id, channel_id, message_id, user_id } = self.scope;
        let fields = [
            guild_id.is_some(),
            channel_id.is_some(),
            message_id.is_some(),
            user_id.is_some(),
            self.custom_id.is_some(),
        ];
        Shape(fields.iter().enumerate().map(|(place, is_asked)| u8::from(*is_asked) << place).sum())
    }

    /// Only the fields of this shape. `None` if one of them is missing.
    pub(super) fn only(&self, shape: Shape) -> Option<EventIds> {
        let EventScope { guild_id, channel_id, message_id, user_id } = self.scope;
        Some(EventIds {
            scope: EventScope {
                guild_id: shape.field(0, guild_id)?,
                channel_id: shape.field(1, channel_id)?,
                message_id: shape.field(2, message_id)?,
                user_id: shape.field(3, user_id)?,
            },
            custom_id: shape.field(4, self.custom_id.as_ref())?.cloned(),
        })
    }

    /// Whether an event with these IDs is one that a wait asks for.
    pub(super) fn fits(&self, wanted: &EventIds) -> bool {
        self.only(wanted.shape()).is_some_and(|ids| ids == *wanted)
    }
}

impl Shape {
    /// Of waits that ask for no ID.
    pub(super) const ANY: Shape = Shape(0);

    /// A field, if this shape has it. `None` if the shape has it and the event does not.
    fn field<T>(self, place: u8, value: Option<T>) -> Option<Option<T>> {
        if self.0 & (1 << place) == 0 {
            return Some(None);
        }
        value.map(Some)
    }
}

#[cfg(test)]
mod tests {
    use super::{EventIds, Shape};
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
            assert_eq!(EventIds::default().fits(&wanted), wanted.shape() == Shape::ANY, "{wanted:?}");
        }
    }

    #[test]
    fn only_interactions_have_custom_ids() {
        assert_eq!(EventIds::of("MESSAGE_CREATE", CLICK).custom_id, None);
        assert_eq!(EventIds::of("INTERACTION_CREATE", CLICK).custom_id.as_deref(), Some("yes"));
        assert_eq!(EventIds::of("INTERACTION_CREATE", r#"{"data":[]}"#), EventIds::default());
    }
}
