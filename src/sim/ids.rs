//! IDs as clients write them. Discord takes numbers where its own objects have texts.

use serde_json::{Value, json};

/// The names of lists of IDs, in addition to those that end with `_ids`.
const LISTS: [&str; 6] = ["applied_tags", "exempt_channels", "exempt_roles", "messages", "roles", "users"];

/// The names of bit sets, which are texts like IDs.
const BIT_SETS: [&str; 4] = ["allow", "default_member_permissions", "deny", "permissions"];

/// Names that only look like those of IDs, and objects that have IDs of another kind: small numbers.
const NOT_IDS: [&str; 3] = ["answer_id", "components", "custom_id"];

/// Makes texts of all IDs and bit sets that are numbers, so that the rest of the simulation reads and returns one form.
pub(super) fn make_texts(value: &mut Value) {
    match value {
        Value::Array(list) => list.iter_mut().for_each(make_texts),
        Value::Object(fields) => {
            for (name, value) in fields.iter_mut().filter(|(name, _)| !NOT_IDS.contains(&name.as_str())) {
                let is_list = name.ends_with("_ids") || LISTS.contains(&name.as_str());
                match value {
                    Value::Number(number) if is_id(name) && number.is_u64() => {
                        *value = json!(number.to_string());
                    }
                    Value::Number(number) if is_list && number.is_u64() => *value = json!(number.to_string()),
                    Value::Array(list) if is_list => list.iter_mut().for_each(make_text),
                    value => make_texts(value),
                }
            }
        }
        _ => {}
    }
}

/// Makes a text of an element of a list of IDs. A list of this name may also have objects.
fn make_text(value: &mut Value) {
    match value {
        Value::Number(number) if number.is_u64() => *value = json!(number.to_string()),
        value => make_texts(value),
    }
}

fn is_id(name: &str) -> bool {
    name == "id" || name.ends_with("_id") || BIT_SETS.contains(&name)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    #[test]
    fn ids_and_bit_sets_become_texts() {
        let mut body = json!({
            "guild_id": 7, "user_ids": [1, "2"], "user_id": 3, "roles": [4, {"id": 5}], "parent_id": null,
            "permission_overwrites": [{"id": 6, "type": 0, "allow": 1024, "deny": "0"}],
            "message_reference": {"message_id": 8, "fail_if_not_exists": false},
        });
        super::make_texts(&mut body);
        assert_eq!(
            body,
            json!({
                "guild_id": "7", "user_ids": ["1", "2"], "user_id": "3", "roles": ["4", {"id": "5"}],
                "parent_id": null,
                "permission_overwrites": [{"id": "6", "type": 0, "allow": "1024", "deny": "0"}],
                "message_reference": {"message_id": "8", "fail_if_not_exists": false},
            })
        );
    }

    #[test]
    fn other_numbers_stay() {
        let body = json!({
            "components": [{"type": 1, "id": 1, "components": [{"type": 2, "id": 2}]}],
            "poll": {"answers": [{"answer_id": 1}]},
            "limit": 5, "nonce": 99, "metadata": {"identity": 4},
        });
        let mut read = body.clone();
        super::make_texts(&mut read);
        assert_eq!(read, body);
    }
}
