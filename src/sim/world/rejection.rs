//! Error responses.

use serde_json::{Value, json};

/// An HTTP status and an error body.
pub(super) type Rejection = (u16, Value);

/// An error with a [JSON code](https://docs.discord.com/developers/topics/opcodes-and-status-codes#json).
pub(super) fn rejection(status: u16, code: u32, message: &str) -> Rejection {
    (status, json!({"message": message, "code": code}))
}

/// The error for a route that does not exist.
pub(super) fn not_found() -> Rejection {
    rejection(404, 0, "404: Not Found")
}

/// A [form error](https://docs.discord.com/developers/reference#error-messages) in one field.
pub(in crate::sim) fn form_error(field: &str, code: &str, message: &str) -> Rejection {
    let mut errors = FormErrors::default();
    errors.add(field, code, message);
    errors.rejection()
}

// The errors of several routes.

pub(super) fn unknown_channel() -> Rejection {
    rejection(404, 10003, "Unknown Channel")
}

pub(super) fn unknown_guild() -> Rejection {
    rejection(404, 10004, "Unknown Guild")
}

pub(super) fn unknown_member() -> Rejection {
    rejection(404, 10007, "Unknown Member")
}

pub(super) fn unknown_message() -> Rejection {
    rejection(404, 10008, "Unknown Message")
}

pub(super) fn unknown_role() -> Rejection {
    rejection(404, 10011, "Unknown Role")
}

pub(super) fn unknown_user() -> Rejection {
    rejection(404, 10013, "Unknown User")
}

pub(super) fn unknown_emoji() -> Rejection {
    rejection(400, 10014, "Unknown Emoji")
}

pub(super) fn unknown_webhook() -> Rejection {
    rejection(404, 10015, "Unknown Webhook")
}

pub(super) fn missing_access() -> Rejection {
    rejection(403, 50001, "Missing Access")
}

pub(super) fn missing_permissions() -> Rejection {
    rejection(403, 50013, "Missing Permissions")
}

/// The error for a person who asks what only an application may ask.
pub(super) fn only_bots() -> Rejection {
    rejection(403, 20002, "Only bots can use this endpoint")
}

pub(super) fn wrong_channel_type() -> Rejection {
    rejection(400, 50024, "Cannot execute action on this channel type")
}

pub(super) fn not_in_dm() -> Rejection {
    rejection(403, 50003, "Cannot execute action on a DM channel")
}

pub(super) fn invalid_file() -> Rejection {
    rejection(400, 50046, "Invalid file uploaded")
}

pub(super) fn invalid_webhook_token() -> Rejection {
    rejection(401, 50027, "Invalid Webhook Token")
}

pub(super) fn too_large() -> Rejection {
    rejection(413, 40005, "Request entity too large")
}

/// The errors of a form, as a tree by field.
#[derive(Default)]
pub(super) struct FormErrors(Value);

impl FormErrors {
    /// Adds an error of the field at this path. Its keys and indices are separated by dots.
    pub(super) fn add(&mut self, path: &str, code: &str, message: &str) {
        let node = path.split('.').fold(&mut self.0, |node, key| &mut node[key]);
        let error = json!({"code": code, "message": message});
        match node["_errors"].as_array_mut() {
            Some(errors) => errors.push(error),
            None => node["_errors"] = json!([error]),
        }
    }

    /// Adds the error of a missing field.
    pub(super) fn required(&mut self, path: &str) {
        self.add(path, "BASE_TYPE_REQUIRED", "This field is required");
    }

    /// Checks a required text and its number of characters.
    pub(super) fn text(&mut self, path: &str, value: &Value, min: usize, max: usize) {
        match value {
            Value::String(text) if (min..=max).contains(&text.chars().count()) => {}
            Value::String(_) => {
                let message = format!("Must be between {min} and {max} in length.");
                self.add(path, "BASE_TYPE_BAD_LENGTH", &message);
            }
            Value::Null => self.required(path),
            _ => self.add(path, "BASE_TYPE_STRING", "Could not interpret value as string."),
        }
    }

    /// Checks the maximum number of characters of a text that may be empty.
    pub(super) fn max_text(&mut self, path: &str, value: &Value, max: usize) {
        match value {
            Value::String(text) if text.chars().count() <= max => {}
            Value::String(_) => {
                let message = format!("Must be {max} or fewer in length.");
                self.add(path, "BASE_TYPE_MAX_LENGTH", &message);
            }
            Value::Null => {}
            // A nonce, for example, may be a number.
            Value::Number(_) => {}
            _ => self.add(path, "BASE_TYPE_STRING", "Could not interpret value as string."),
        }
    }

    /// Checks that an optional whole number is in a range.
    pub(super) fn number(&mut self, path: &str, value: &Value, min: u64, max: u64) {
        let text = value.as_str().map(str::to_owned).unwrap_or_else(|| value.to_string());
        match text.parse::<i128>() {
            _ if value.is_null() => {}
            Ok(number) if number < i128::from(min) => {
                let message = format!("int value should be greater than or equal to {min}.");
                self.add(path, "NUMBER_TYPE_MIN", &message);
            }
            Ok(number) if number > i128::from(max) => {
                let message = format!("int value should be less than or equal to {max}.");
                self.add(path, "NUMBER_TYPE_MAX", &message);
            }
            Ok(_) => {}
            Err(_) => self.add(path, "NUMBER_TYPE_COERCE", &format!("Value \"{text}\" is not int.")),
        }
    }

    /// Checks an optional list and its maximum length. Returns its elements.
    pub(super) fn list<'v>(&mut self, path: &str, value: &'v Value, max: usize) -> &'v [Value] {
        match value {
            Value::Array(list) => {
                if list.len() > max {
                    let message = format!("Must be {max} or fewer in length.");
                    self.add(path, "BASE_TYPE_MAX_LENGTH", &message);
                }
                list
            }
            Value::Null => &[],
            _ => {
                self.add(path, "LIST_TYPE_CONVERT", "Only iterables may be used in a ListType");
                &[]
            }
        }
    }

    /// Checks that a value is one of these numbers.
    pub(super) fn one_of(&mut self, path: &str, value: &Value, allowed: &[u64]) {
        if !value.as_u64().is_some_and(|number| allowed.contains(&number)) {
            let list = allowed.iter().map(u64::to_string).collect::<Vec<_>>().join(", ");
            self.add(path, "BASE_TYPE_CHOICES", &format!("Value must be one of {{{list}}}."));
        }
    }

    /// Returns the errors, if there are any.
    pub(super) fn finish(self) -> Result<(), Rejection> {
        if self.0.is_null() { Ok(()) } else { Err(self.rejection()) }
    }

    fn rejection(self) -> Rejection {
        (400, json!({"message": "Invalid Form Body", "code": 50035, "errors": self.0}))
    }
}
