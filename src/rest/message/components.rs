//! Discord's [limits on components](https://docs.discord.com/developers/components/reference): which are allowed where, how
//! many, and with which fields.

mod fields;
mod place;
#[cfg(test)]
mod tests;

use std::collections::HashSet;

use crate::error::{Error, Limit};
use crate::model::Component;
use crate::model::limits::MAX_TEXT_DISPLAY;
use crate::rest::check::{at_field, invalid};
use place::Place;

/// Maximum number of components of the second version in a message, including nested ones.
const MAX_COMPONENTS: usize = 40;

/// Checks the components of a message.
pub(super) fn check_message(components: &[Component], is_v2: bool) -> Result<(), Error> {
    let place = if is_v2 { Place::Message } else { Place::PlainMessage };
    let mut walk = Walk::default();
    walk.list(components, place, "components")?;
    if walk.count > MAX_COMPONENTS {
        let problem = format!("at most {MAX_COMPONENTS} including nested ones, and these are {}", walk.count);
        let limit = Limit::Elements { min: 0, max: MAX_COMPONENTS, actual: walk.count };
        return Err(Error::outside("components", limit, problem));
    }
    if walk.characters > MAX_TEXT_DISPLAY {
        let problem = format!(
            "at most {MAX_TEXT_DISPLAY} characters of text together, and these have {}",
            walk.characters
        );
        let limit = Limit::Characters { min: 0, max: MAX_TEXT_DISPLAY, actual: walk.characters };
        return Err(Error::outside("components", limit, problem));
    }
    Ok(())
}

/// Checks the components of a modal.
pub(in crate::rest) fn check_modal(components: &[Component]) -> Result<(), Error> {
    Walk::default().list(components, Place::Modal, "components")
}

/// The components that were checked already.
#[derive(Default)]
struct Walk<'a> {
    count: usize,
    characters: usize,
    custom_ids: HashSet<&'a str>,
    ids: HashSet<i32>,
}

impl<'a> Walk<'a> {
    /// Checks a list of components and everything below.
    fn list(&mut self, components: &'a [Component], place: Place, name: &str) -> Result<(), Error> {
        at_field(place.check_count(components), || name.to_owned())?;
        for (number, component) in components.iter().enumerate() {
            at_field(self.component(component, place), || format!("{name}[{number}]"))?;
        }
        Ok(())
    }

    fn component(&mut self, component: &'a Component, place: Place) -> Result<(), Error> {
        place.check_kind(component)?;
        self.count += 1;
        if let Some(id) = fields::id(component) {
            // Discord treats 0 as no ID.
            if id != 0 && !self.ids.insert(id) {
                return invalid("id", format!("{id} is the ID of another component too"));
            }
        }
        if let Some(custom_id) = fields::custom_id(component) {
            fields::check_custom_id(custom_id)?;
            if !self.custom_ids.insert(custom_id) {
                return invalid(
                    "custom_id",
                    format!("{custom_id:?} is the custom ID of another component too"),
                );
            }
        }
        if let Component::TextDisplay(text) = component {
            self.characters += text.content.chars().count();
        }
        fields::check(component, place.is_modal())?;
        match component {
            Component::ActionRow(row) => self.list(&row.components, place.row(), "components"),
            Component::Container(container) => {
                self.list(&container.components, Place::Container, "components")
            }
            Component::Section(section) => {
                self.list(&section.components, Place::Section, "components")?;
                at_field(self.component(&section.accessory, Place::Accessory), || "accessory".to_owned())
            }
            Component::Label(label) => {
                at_field(self.component(&label.component, Place::Label), || "component".to_owned())
            }
            _ => Ok(()),
        }
    }
}
