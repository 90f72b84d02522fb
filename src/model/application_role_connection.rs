//! What [linked roles](https://docs.discord.com/developers/resources/application-role-connection-metadata) can ask for.

use std::collections::BTreeMap;

use serde::Serialize;

use super::Locale;
use super::open_enum::int_enum;
use crate::json::object;

/// One thing that an application knows of a user and a [linked role can ask for](https://docs.discord.com/developers/resources/application-role-connection-metadata#application-role-connection-metadata-object).
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct RoleConnectionMetadata {
    /// How a user's value is compared with the guild's; `type` in Discord's words.
    #[serde(rename = "type")]
    pub kind: RoleConnectionMetadataType,
    /// Its key.
    pub key: String,
    /// Its name.
    pub name: String,
    /// Its name in other languages.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub name_localizations: BTreeMap<Locale, String>,
    /// What it means.
    pub description: String,
    /// What it means, in other languages.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub description_localizations: BTreeMap<Locale, String>,
}

object! { RoleConnectionMetadata {
    kind = "type": required, key: required, name, name_localizations, description, description_localizations,
} }

impl RoleConnectionMetadata {
    /// One with this key, name and meaning.
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
    /// How a user's value is [compared with the guild's](https://docs.discord.com/developers/resources/application-role-connection-metadata#application-role-connection-metadata-object-application-role-connection-metadata-type).
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
