//! How Discord says no.

use serde_json::{Value, json};

/// An HTTP status and an error body.
pub(super) type Rejection = (u16, Value);

/// An error with a [JSON code](https://docs.discord.com/developers/topics/opcodes-and-status-codes#json).
pub(super) fn rejection(status: u16, code: u32, message: &str) -> Rejection {
    (status, json!({"message": message, "code": code}))
}

/// The answer for a route that does not exist.
pub(super) fn not_found() -> Rejection {
    rejection(404, 0, "404: Not Found")
}

/// A [form error](https://docs.discord.com/developers/reference#error-messages) in one field.
pub(super) fn form_error(field: &str, code: &str, message: &str) -> Rejection {
    let mut form = Form::default();
    form.wrong(field, code, message);
    form.rejection()
}

/// What is wrong with a form: a tree by field.
#[derive(Default)]
pub(super) struct Form(Value);

impl Form {
    /// Something is wrong in the field at this path; its keys and indices are joined by dots.
    pub(super) fn wrong(&mut self, path: &str, code: &str, message: &str) {
        let node = path.split('.').fold(&mut self.0, |node, key| &mut node[key]);
        let error = json!({"code": code, "message": message});
        match node["_errors"].as_array_mut() {
            Some(errors) => errors.push(error),
            None => node["_errors"] = json!([error]),
        }
    }

    pub(super) fn required(&mut self, path: &str) {
        self.wrong(path, "BASE_TYPE_REQUIRED", "This field is required");
    }

    /// A text must be there and have so many characters.
    pub(super) fn text(&mut self, path: &str, value: &Value, least: usize, most: usize) {
        match value {
            Value::String(text) if (least..=most).contains(&text.chars().count()) => {}
            Value::String(_) => {
                self.wrong(
                    path,
                    "BASE_TYPE_BAD_LENGTH",
                    &format!("Must be between {least} and {most} in length."),
                );
            }
            Value::Null => self.required(path),
            _ => self.wrong(path, "BASE_TYPE_STRING", "Could not interpret value as string."),
        }
    }

    /// A list may have at most so many elements. Gives them.
    pub(super) fn list<'v>(&mut self, path: &str, value: &'v Value, most: usize) -> &'v [Value] {
        match value {
            Value::Array(list) => {
                if list.len() > most {
                    let message = format!("Must be {most} or fewer in length.");
                    self.wrong(path, "BASE_TYPE_MAX_LENGTH", &message);
                }
                list
            }
            Value::Null => &[],
            _ => {
                self.wrong(path, "LIST_TYPE_CONVERT", "Only iterables may be used in a ListType");
                &[]
            }
        }
    }

    /// The value must be one of these numbers.
    pub(super) fn one_of(&mut self, path: &str, value: &Value, of: &[u64]) {
        if !value.as_u64().is_some_and(|number| of.contains(&number)) {
            let list = of.iter().map(u64::to_string).collect::<Vec<_>>().join(", ");
            self.wrong(path, "BASE_TYPE_CHOICES", &format!("Value must be one of {{{list}}}."));
        }
    }

    /// An error if something was wrong.
    pub(super) fn done(self) -> Result<(), Rejection> {
        if self.0.is_null() { Ok(()) } else { Err(self.rejection()) }
    }

    fn rejection(self) -> Rejection {
        (400, json!({"message": "Invalid Form Body", "code": 50035, "errors": self.0}))
    }
}
