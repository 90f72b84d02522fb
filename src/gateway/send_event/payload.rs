use serde::Serialize;

/// The maximum size of a payload. Discord closes a connection that sends a bigger one.
/// See [sending events](https://docs.discord.com/developers/events/gateway#sending-events).
pub const MAX_PAYLOAD_BYTES: usize = 4096;

/// Returns the text of a payload: [payload structure](https://docs.discord.com/developers/events/gateway-events#payload-structure).
pub(in crate::gateway) fn payload(op: u64, data: &impl Serialize) -> String {
    #[derive(Serialize)]
    struct Payload<'a, D> {
        op: u64,
        d: &'a D,
    }
    // It consists of numbers, strings, lists and objects with string keys, which always serialize.
    serde_json::to_string(&Payload { op, d: data }).expect("a payload is JSON")
}
