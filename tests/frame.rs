//! The envelope reader against `serde_json`: the same result for any JSON object, and no panic for any bytes.

mod frame {
    mod generate;
    mod oracle;
    mod properties;
}
