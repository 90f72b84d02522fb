use serde::Serialize;

use crate::error::Error;
use crate::model::Component;
use crate::model::limits::MAX_CUSTOM_ID;
use crate::rest::check::{at_field, chars};
use crate::rest::message::components::check_modal;

const MAX_TITLE: usize = 45;

/// A form that the user fills in: [Modal](https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-response-object-modal).
///
/// ```
/// use syncord::model::component::{GroupOption, Label, RadioGroup, TextDisplay, TextInput};
/// use syncord::rest::Modal;
///
/// let tide = RadioGroup::new("which", [GroupOption::new("High", "high"), GroupOption::new("Low", "low")]);
/// let report = Modal::new("report", "Report a tide")
///     .component(TextDisplay::new("What did you see?"))
///     .component(Label::new("Which tide?", tide))
///     .component(Label::new("Where?", TextInput::short("where").min_length(1).max_length(100)).description("A harbour"));
/// assert!(report.check().is_ok());
/// ```
#[doc(alias = "form")]
#[doc(alias = "dialog")]
#[derive(Clone, Debug, Serialize)]
#[must_use]
pub struct Modal {
    custom_id: String,
    title: String,
    components: Vec<Component>,
}

impl Modal {
    /// Creates a modal with a custom ID of 1-100 characters and a title of 1-45 characters.
    pub fn new(custom_id: impl Into<String>, title: impl Into<String>) -> Modal {
        Modal { custom_id: custom_id.into(), title: title.into(), components: Vec::new() }
    }

    /// Adds a component: a label with a field, or a text. A modal has 1-5 components.
    pub fn component(mut self, component: impl Into<Component>) -> Modal {
        self.components.push(component.into());
        self
    }

    /// Checks Discord's limits. Sending checks them too.
    ///
    /// # Errors
    ///
    /// [`Error::Invalid`], with the path of the field and its limit.
    pub fn check(&self) -> Result<(), Error> {
        at_field(chars(1..=MAX_CUSTOM_ID)(&self.custom_id), || "custom_id".to_owned())?;
        at_field(chars(1..=MAX_TITLE)(&self.title), || "title".to_owned())?;
        check_modal(&self.components)
    }
}
