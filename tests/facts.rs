//! The tables of Discord's facts, by value and compared with Discord's documentation in machine-readable form.

mod facts {
    mod close_codes;
    mod enums;
    mod intents;
    mod json_error_codes;
    mod opcodes;

    use serde_json::Value;

    /// The documentation in machine-readable form. Only some machines have it, next to the repository.
    fn documented() -> Option<Value> {
        documented_in("gateway.json")
    }

    fn documented_in(file: &str) -> Option<Value> {
        let path = format!("{}/../shared/discord/{file}", env!("CARGO_MANIFEST_DIR"));
        let Ok(text) = std::fs::read_to_string(&path) else {
            println!("skipped: there is no {path}");
            return None;
        };
        Some(serde_json::from_str(&text).expect("the file is JSON"))
    }

    /// The rows of a list in the documentation.
    fn rows<'a>(documented: &'a Value, list: &str) -> &'a [Value] {
        documented[list].as_array().expect("a list")
    }

    fn text<'a>(row: &'a Value, key: &str) -> &'a str {
        row[key].as_str().expect("a string")
    }

    fn number(row: &Value, key: &str) -> u64 {
        row[key].as_u64().expect("a number")
    }
}
