//! Which components are allowed where.

use crate::error::{Error, Limit};
use crate::model::limits::MAX_ROW_BUTTONS;
use crate::model::{Component, ComponentType};
use crate::rest::check::{elements, invalid};

/// The place of a component.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// The top level of a message with components of the first version.
    PlainMessage,
    /// The top level of a message with components of the second version.
    Message,
    /// The top level of a modal.
    Modal,
    Row,
    /// A row of a modal, which labels replace.
    ModalRow,
    Container,
    Section,
    Accessory,
    Label,
}

/// The name of a place, and how many components of which kinds it can have.
struct Rule {
    name: &'static str,
    max: usize,
    kinds: &'static [ComponentType],
}

const fn rule(name: &'static str, max: usize, kinds: &'static [ComponentType]) -> Rule {
    Rule { name, max, kinds }
}

use ComponentType as Kind;

const SELECTS: &[Kind] = &[
    Kind::STRING_SELECT,
    Kind::USER_SELECT,
    Kind::ROLE_SELECT,
    Kind::MENTIONABLE_SELECT,
    Kind::CHANNEL_SELECT,
];

const IN_ROW: &[Kind] = &[
    Kind::BUTTON,
    Kind::STRING_SELECT,
    Kind::USER_SELECT,
    Kind::ROLE_SELECT,
    Kind::MENTIONABLE_SELECT,
    Kind::CHANNEL_SELECT,
];

const IN_MESSAGE: &[Kind] = &[
    Kind::ACTION_ROW,
    Kind::SECTION,
    Kind::TEXT_DISPLAY,
    Kind::MEDIA_GALLERY,
    Kind::FILE,
    Kind::SEPARATOR,
    Kind::CONTAINER,
];

const IN_CONTAINER: &[Kind] =
    &[Kind::ACTION_ROW, Kind::SECTION, Kind::TEXT_DISPLAY, Kind::MEDIA_GALLERY, Kind::FILE, Kind::SEPARATOR];

const IN_LABEL: &[Kind] = &[
    Kind::TEXT_INPUT,
    Kind::STRING_SELECT,
    Kind::USER_SELECT,
    Kind::ROLE_SELECT,
    Kind::MENTIONABLE_SELECT,
    Kind::CHANNEL_SELECT,
    Kind::FILE_UPLOAD,
    Kind::RADIO_GROUP,
    Kind::CHECKBOX_GROUP,
    Kind::CHECKBOX,
];

impl Place {
    fn rule(self) -> Rule {
        match self {
            Place::PlainMessage => rule("a message", 5, &[Kind::ACTION_ROW]),
            Place::Message => rule("a message", 40, IN_MESSAGE),
            Place::Modal => rule("a modal", 5, &[Kind::LABEL, Kind::TEXT_DISPLAY, Kind::ACTION_ROW]),
            Place::Row => rule("a row", MAX_ROW_BUTTONS, IN_ROW),
            Place::ModalRow => rule("a row of a modal", 1, &[Kind::TEXT_INPUT]),
            Place::Container => rule("a container", 40, IN_CONTAINER),
            Place::Section => rule("a section", 3, &[Kind::TEXT_DISPLAY]),
            Place::Accessory => rule("the accessory of a section", 1, &[Kind::BUTTON, Kind::THUMBNAIL]),
            Place::Label => rule("a label", 1, IN_LABEL),
        }
    }

    /// The place within a row that is here.
    pub(super) fn row(self) -> Place {
        if self.is_modal() { Place::ModalRow } else { Place::Row }
    }

    pub(super) fn is_modal(self) -> bool {
        matches!(self, Place::Modal | Place::ModalRow | Place::Label)
    }

    /// Checks the number of components, and whether they are allowed together.
    pub(super) fn check_count(self, components: &[Component]) -> Result<(), Error> {
        // A message may have no components.
        let min = usize::from(!matches!(self, Place::PlainMessage | Place::Message));
        let (max, count) = (self.rule().max, components.len());
        if self == Place::Row && count > max {
            let problem = format!("an action row has at most {max} buttons, and this has {count}");
            return Err(Error::outside("", Limit::Elements { min, max, actual: count }, problem));
        }
        elements("", count, &(min..=max))?;
        let has_select = components.iter().any(|component| SELECTS.contains(&component.kind()));
        if self == Place::Row && has_select && count > 1 {
            return invalid("", "a select must be alone in its row");
        }
        Ok(())
    }

    /// Checks whether the component is allowed here. Unknown components are allowed everywhere.
    pub(super) fn check_kind(self, component: &Component) -> Result<(), Error> {
        let (rule, kind) = (self.rule(), component.kind());
        if matches!(component, Component::Unknown(_)) || rule.kinds.contains(&kind) {
            return Ok(());
        }
        let allowed: Vec<_> = rule.kinds.iter().map(|kind| format!("{kind:?}")).collect();
        let allowed = allowed.join(", ");
        let instead = match self {
            Place::PlainMessage | Place::Message | Place::Container if IN_ROW.contains(&kind) => {
                "; put it into an ActionRow"
            }
            Place::Modal if IN_LABEL.contains(&kind) => "; put it into a Label",
            _ => "",
        };
        invalid("type", format!("{kind:?} is not allowed in {}{instead}; allowed: {allowed}", rule.name))
    }
}
