//! The inputs that are mutated.

use std::fs;
use std::path::{Path, PathBuf};

/// Frames and objects for a machine without the fixtures.
const BUILT_IN: [&str; 6] = [
    r#"{"t":"MESSAGE_CREATE","s":7,"op":0,"d":{"id":"1","channel_id":"2","author":{"id":"3","username":"ann"},"content":"a\ud83d\ude00b","timestamp":"2026-01-02T03:04:05.678000+00:00","edited_timestamp":null,"tts":false,"mention_everyone":false,"mentions":[],"mention_roles":[],"attachments":[],"embeds":[{"type":"rich","title":"t","fields":[{"name":"n","value":"v","inline":true}]}],"reactions":[{"count":1,"me":false,"emoji":{"id":null,"name":"x"}}],"pinned":false,"type":0,"components":[{"type":1,"id":1,"components":[{"type":2,"id":2,"style":1,"label":"Yes","custom_id":"y"}]}]}}"#,
    r#"{"t":"INTERACTION_CREATE","s":8,"op":0,"d":{"id":"1","application_id":"2","type":2,"token":"t","version":1,"channel_id":"5","guild_id":"6","member":{"user":{"id":"3","username":"ann"},"roles":["9"],"joined_at":"2026-01-02T03:04:05Z","permissions":"8","flags":0},"data":{"id":"4","name":"crew","type":1,"options":[{"name":"add","type":1,"options":[{"name":"who","type":6,"value":"3"},{"name":"times","type":4,"value":3}]}],"resolved":{"users":{"3":{"id":"3","username":"ann"}}}},"locale":"en-US","entitlements":[]}}"#,
    r#"{"t":"READY","s":1,"op":0,"d":{"v":10,"user":{"id":"3","username":"bot"},"guilds":[{"id":"6","unavailable":true}],"session_id":"x","resume_gateway_url":"wss://gateway.discord.gg","shard":[0,1],"application":{"id":"2","flags":0}}}"#,
    r#"{"t":null,"s":null,"op":10,"d":{"heartbeat_interval":41250}}"#,
    r#"{"id":"1","channel_id":"2","content":"hi","author":{"id":"3","username":"ann"},"timestamp":"2026-01-02T03:04:05Z","type":0}"#,
    r#"{"code":50035,"message":"Invalid Form Body","errors":{"embeds":{"0":{"fields":{"1":{"name":{"_errors":[{"code":"BASE_TYPE_REQUIRED","message":"This field is required"}]}}}}}}}"#,
];

/// Returns the fixtures next to the repository, if they exist, and the built-in inputs.
pub fn inputs() -> Vec<Vec<u8>> {
    let mut inputs: Vec<Vec<u8>> = BUILT_IN.iter().map(|text| text.as_bytes().to_vec()).collect();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/discord/payloads");
    let mut folders = vec![folder.clone()];
    while let Some(folder) = folders.pop() {
        let mut paths: Vec<PathBuf> =
            fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
        paths.sort();
        for path in paths {
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "json") {
                inputs.extend(fs::read(path));
            }
        }
    }
    if inputs.len() == BUILT_IN.len() {
        println!("skipped: the fixtures, because {} does not exist", folder.display());
    }
    inputs
}
