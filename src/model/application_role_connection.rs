//! [Metadata of role connections](https://docs.discord.com/developers/resources/application-role-connection-metadata), for linked roles.

use std::collections::BTreeMap;

use serde::Serialize;

use super::Locale;
use super::open_enum::int_enum;
use crate::json::object;

/// A [metadata field of role connections](https://docs.discord.com/developers/resources/application-role-connection-metadata#application-role-connection-metadata-object), which linked roles can require.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct RoleConnectionMetadata {
    /// The type of comparison; `type` in JSON.
    #[serde(rename = "type")]
    pub kind: RoleConnectionMetadataType,
    /// The key, 1-50 characters: `a-z`, `0-9` and `_`.
    pub key: String,
    /// The name, 1-100 characters.
    pub name: String,
    /// The names in other languages.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub name_localizations: BTreeMap<Locale, String>,
    /// The description, 1-200 characters.
    pub description: String,
    /// The descriptions in other languages.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub description_localizations: BTreeMap<Locale, String>,
}

object! { RoleConnectionMetadata {
    kind = "type", key: required, name, name_localizations, description, description_localizations,
} }

impl RoleConnectionMetadata {
    /// Creates a metadata field.
    pub fn new(
        kind: RoleConnectionMetadataType,
        key: impl Into<String>,
        name: impl Into<String>,
        description: impl Into<String>,
    ) -> Self {
        RoleConnectionMetadata {
            kind,
            key: key.into(),
            name: name.into(),
            name_localizations: BTreeMap::new(),
            description: description.into(),
            description_localizations: BTreeMap::new(),
        }
    }
}

int_enum! {
    /// How a user's value is [compared with the value required by the guild](https://docs.discord.com/developers/resources/application-role-connection-metadata#application-role-connection-metadata-object-application-role-connection-metadata-type).
    RoleConnectionMetadataType {
    INTEGER_LESS_THAN_OR_EQUAL = 1,
    INTEGER_GREATER_THAN_OR_EQUAL = 2,
    INTEGER_EQUAL = 3,
    INTEGER_NOT_EQUAL = 4,
    DATETIME_LESS_THAN_OR_EQUAL = 5,
    DATETIME_GREATER_THAN_OR_EQUAL = 6,
    BOOLEAN_EQUAL = 7,
    BOOLEAN_NOT_EQUAL = 8,
    }
}
