//! The secret in the address of the control interface.

use std::fmt;
use std::hash::{BuildHasher, RandomState};

use serde::{Deserialize, Serialize};

/// Keeps other programs and pages of this machine from acting. It is part of the address.
#[derive(Clone, Deserialize, Serialize)]
#[serde(transparent)]
pub(in crate::sim) struct Secret(String);

impl Secret {
    /// Creates a secret that cannot be guessed: the keys of the hashers come from the system.
    pub(in crate::sim) fn random() -> Secret {
        let part = || RandomState::new().hash_one("control");
        Secret(format!("{:016x}{:016x}", part(), part()))
    }

    /// Whether a text is the secret.
    pub(super) fn is(&self, text: &str) -> bool {
        // All bytes are compared, so that the time tells nothing.
        let differences = self.0.bytes().zip(text.bytes()).fold(0, |sum, (own, given)| sum | (own ^ given));
        self.0.len() == text.len() && differences == 0
    }
}

impl fmt::Display for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
