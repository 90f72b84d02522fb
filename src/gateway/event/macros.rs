//! The macros that define event types.

/// Implements `Deref` from an event to the object in it.
macro_rules! deref {
    ($event:ident => $field:tt: $object:ty) => {
        impl std::ops::Deref for $event {
            type Target = $object;

            fn deref(&self) -> &$object {
                &self.$field
            }
        }
    };
}

/// Defines events that consist of one object.
macro_rules! wraps {
    ($($(#[$doc:meta])+ $event:ident($object:ty);)+) => {$(
        $(#[$doc])+
        #[derive(Clone, Debug, PartialEq, serde::Serialize)]
        #[serde(transparent)]
        pub struct $event(pub $object);

        $crate::json::transparent!($event);

        $crate::gateway::event::macros::deref!($event => 0: $object);
    )+};
}

pub(super) use {deref, wraps};
