//! The texts of the library in the language of one interaction's user.

use std::sync::Arc;

use crate::json;
use crate::model::Interaction;
use crate::texts::{LibraryText, Texts};

/// How a program words texts of the library for one interaction, if it replaces or translates them.
///
/// The interaction is read only when there is something to say, which is rare.
pub(super) struct OwnTexts {
    texts: Arc<Texts>,
    /// The interaction as it was received.
    data: Box<str>,
}

impl OwnTexts {
    pub(super) fn new(texts: &Arc<Texts>, data: &str) -> OwnTexts {
        OwnTexts { texts: Arc::clone(texts), data: data.into() }
    }

    /// The text, in words. It is empty if the program wants nothing to be said.
    pub(super) fn word(&self, text: &LibraryText) -> String {
        let interaction: Option<Interaction> = json::read(&self.data).ok();
        self.texts.word_for(text, interaction.as_ref())
    }
}
