//! The envelope reader against `serde_json`: the same answer on any JSON object, no panic on any bytes.

mod frame {
    mod generate;
    mod oracle;
    mod properties;
}
