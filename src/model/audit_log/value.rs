use serde::Serialize;
use serde::de::DeserializeOwned;

use super::AuditLogChange;
use crate::id::{AnyId, RoleId};
use crate::json::object;
use crate::model::{CommandPermission, List, Overwrite, Permissions, Raw, Timestamp};

/// A value in an audit log, read by the [key](AuditLogChange::key) of its change.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum AuditLogValue {
    /// A boolean.
    Boolean(bool),
    /// An integer. The number of an enum and the bits of flags are integers too.
    Integer(i64),
    /// A number with a fraction.
    Number(f64),
    /// A text.
    Text(String),
    /// A time.
    Timestamp(Timestamp),
    /// The ID of an object.
    Id(AnyId),
    /// The IDs of objects.
    Ids(List<AnyId>),
    /// Permissions.
    Permissions(Permissions),
    /// The roles that a member received (`$add`) or lost (`$remove`).
    Roles(List<AuditLogRole>),
    /// The permission overwrites of a channel.
    Overwrites(List<Overwrite>),
    /// The permission of a role, user or channel to use a command. The key of the change is the ID.
    CommandPermission(CommandPermission),
    /// Another value. [`Raw::parse`] reads it.
    Other(Raw),
}

/// A role that a member received or lost, as an audit log has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct AuditLogRole {
    /// The role ID.
    pub id: RoleId,
    /// The name.
    pub name: String,
}

object! { AuditLogRole {
    id: required, name,
} }

impl AuditLogChange {
    /// Returns the old value, read by the key; `None` if there was none.
    pub fn read_old(&self) -> Option<AuditLogValue> {
        self.old_value.as_ref().and_then(|raw| read(&self.key, raw))
    }

    /// Returns the new value, read by the key; `None` if it was reset.
    ///
    /// ```
    /// use syncord::model::{AuditLogChange, AuditLogValue};
    ///
    /// # fn main() -> Result<(), serde_json::Error> {
    /// let change: AuditLogChange = serde_json::from_str(
    ///     r#"{"key": "$add", "new_value": [{"id": "7", "name": "Pilot"}]}"#,
    /// )?;
    /// let Some(AuditLogValue::Roles(roles)) = change.read_new() else { panic!("{change:?}") };
    /// assert_eq!(roles[0].name, "Pilot");
    /// # Ok(())
    /// # }
    /// ```
    pub fn read_new(&self) -> Option<AuditLogValue> {
        self.new_value.as_ref().and_then(|raw| read(&self.key, raw))
    }
}

fn read(key: &str, raw: &Raw) -> Option<AuditLogValue> {
    if raw.get() == "null" {
        return None;
    }
    // A value of another kind than the key says is read by its own kind.
    Some(by_key(key, raw).or_else(|| by_kind(raw)).unwrap_or_else(|| AuditLogValue::Other(raw.clone())))
}

/// Reads a value whose key says more than its JSON: see the
/// [exceptions](https://docs.discord.com/developers/resources/audit-log#audit-log-change-object-audit-log-change-exceptions)
/// and the fields of the changed objects.
fn by_key(key: &str, raw: &Raw) -> Option<AuditLogValue> {
    match key {
        "$add" | "$remove" => parse(raw).map(AuditLogValue::Roles),
        "permission_overwrites" => parse(raw).map(AuditLogValue::Overwrites),
        "allow" | "deny" | "permissions" | "default_member_permissions" => {
            parse(raw).map(AuditLogValue::Permissions)
        }
        "id" => parse(raw).map(AuditLogValue::Id),
        "available_tags" | "prompts" | "options" | "actions" | "welcome_channels" => None,
        _ if key.ends_with("_id") => parse(raw).map(AuditLogValue::Id),
        _ if key.ends_with("_until")
            || key.ends_with("_timestamp")
            || key.ends_with("_time")
            || key.ends_with("_at") =>
        {
            let text: String = parse(raw)?;
            text.contains('T').then(|| AuditLogValue::Timestamp(Timestamp::new(text)))
        }
        _ if !key.is_empty() && key.bytes().all(|b| b.is_ascii_digit()) => {
            parse(raw).map(AuditLogValue::CommandPermission)
        }
        _ => None,
    }
}

fn by_kind(raw: &Raw) -> Option<AuditLogValue> {
    match raw.get().as_bytes().first()? {
        b'"' => parse(raw).map(AuditLogValue::Text),
        b't' | b'f' => parse(raw).map(AuditLogValue::Boolean),
        b'-' | b'0'..=b'9' => {
            parse(raw).map(AuditLogValue::Integer).or_else(|| parse(raw).map(AuditLogValue::Number))
        }
        b'[' => {
            let ids: Vec<String> = parse(raw)?;
            let ids: Option<Vec<AnyId>> = ids.iter().map(|id| id.parse().ok()).collect();
            ids.filter(|ids| !ids.is_empty()).map(|ids| AuditLogValue::Ids(ids.into()))
        }
        _ => None,
    }
}

fn parse<T: DeserializeOwned>(raw: &Raw) -> Option<T> {
    raw.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::{AuditLogChange, AuditLogValue};
    use crate::model::Raw;

    fn new(key: &str, value: &str) -> String {
        let change =
            AuditLogChange { key: key.to_owned(), old_value: None, new_value: Some(Raw::from_json(value)) };
        format!("{:?}", change.read_new())
    }

    #[test]
    fn a_value_is_read_by_its_key() {
        for (key, value, expected) in [
            ("name", r#""General""#, r#"Some(Text("General"))"#),
            ("nsfw", "true", "Some(Boolean(true))"),
            ("type", "2", "Some(Integer(2))"),
            ("volume", "0.5", "Some(Number(0.5))"),
            ("permissions", r#""6""#, "Some(Permissions(KICK_MEMBERS | BAN_MEMBERS))"),
            ("channel_id", r#""7""#, "Some(Id(AnyId(7)))"),
            ("exempt_roles", r#"["7","8"]"#, "Some(Ids([AnyId(7), AnyId(8)]))"),
            (
                "$add",
                r#"[{"id":"7","name":"Pilot"}]"#,
                r#"Some(Roles([AuditLogRole { id: RoleId(7), name: "Pilot" }]))"#,
            ),
            (
                "613425648685547541",
                r#"{"id":"7","type":1,"permission":true}"#,
                "Some(CommandPermission(CommandPermission { id: AnyId(7), kind: ROLE, permission: true }))",
            ),
            ("topic", "null", "None"),
            ("presets", "[1,3]", "Some(Other([1,3]))"),
            ("trigger_metadata", r#"{"presets":[1]}"#, r#"Some(Other({"presets":[1]}))"#),
        ] {
            assert_eq!(new(key, value), expected, "{key}");
        }
        assert!(
            new("communication_disabled_until", r#""2026-05-02T09:14:37+00:00""#)
                .starts_with("Some(Timestamp(")
        );
    }

    #[test]
    fn a_value_of_another_kind_than_its_key_says_is_read_by_its_own() {
        for (key, value, expected) in [
            ("channel_id", "true", "Some(Boolean(true))"),
            ("permissions", r#""all""#, r#"Some(Text("all"))"#),
            ("$add", "7", "Some(Integer(7))"),
            ("afk_timeout_at", "300", "Some(Integer(300))"),
            ("7", r#"{"id":[]}"#, r#"Some(Other({"id":[]}))"#),
        ] {
            assert_eq!(new(key, value), expected, "{key}");
        }
    }

    #[test]
    fn a_change_without_a_value_has_none() {
        let change = AuditLogChange {
            key: "topic".to_owned(),
            old_value: Some(Raw::from_json(r#""x""#)),
            new_value: None,
        };
        assert!(matches!(change.read_old(), Some(AuditLogValue::Text(text)) if text == "x"));
        assert!(change.read_new().is_none());
    }
}
