//! Compressed connections: each has its own stream, and a stream that is damaged is a broken connection.

use syncord::events::Disconnected;
use syncord::gateway::socket::Compression;
use syncord::sim::Fault;

use super::scene::{Scene, discord};

/// The compressions, with their names in the gateway's address.
const COMPRESSIONS: &[(Compression, &str)] = &[
    (Compression::Zlib, "compress=zlib-stream"),
    #[cfg(feature = "zstd")]
    (Compression::Zstd, "compress=zstd-stream"),
];

/// Runs an echo bot with each compression through a fault, and returns what it recorded.
fn through(fault: impl Fn(&Scene) + Sync) -> Vec<Vec<String>> {
    let run = |(compression, parameter): &(Compression, &str)| {
        let scene = Scene::new(discord());
        let mut bot = scene.echo_bot();
        bot.compression(*compression);
        bot.on(|_, event: &Disconnected| {
            scene.journal.add(format!("because {} {}", event.why, event.reason));
            Ok(())
        });
        let script = || {
            scene.says("before");
            scene.expect_messages(&["before"]);
            scene.journal.wait_for("echoed before");
            fault(&scene);
            scene.says("meanwhile");
            scene.says(&"tide ".repeat(400));
            scene.wait_until("the session to continue", |log| log.resumes() > 0);
            scene.says("afterwards");
            scene.expect_messages(&["meanwhile", "tide ".repeat(400).trim(), "afterwards"]);
            Ok(())
        };
        bot.during(script).unwrap();
        let log = scene.log();
        assert_eq!((log.connections(), log.identifies(), log.resumes()), (2, 1, 1));
        let connections = scene.discord.requests().into_iter().filter(|request| request.status.is_none());
        let paths: Vec<String> = connections.map(|request| request.path).collect();
        assert!(paths.iter().all(|path| path.ends_with(parameter)), "{paths:?}");
        scene.journal.lines()
    };
    COMPRESSIONS.iter().map(run).collect()
}

#[test]
fn a_session_is_resumed_with_a_new_stream() {
    through(|scene| scene.discord.fault(Fault::DropSocket));
}

#[test]
fn a_damaged_stream_is_a_broken_connection_that_says_why_and_is_resumed() {
    for journal in through(|scene| scene.discord.fault(Fault::BinaryFrame)) {
        let because = journal.iter().find(|line| line.starts_with("because")).unwrap();
        assert!(because.contains("stream is damaged"), "{because}");
    }
}

#[test]
fn a_text_frame_between_compressed_frames_is_read() {
    // The text is not JSON, which the disconnect reports.
    for journal in through(|scene| scene.discord.fault(Fault::InvalidJson)) {
        let because = journal.iter().find(|line| line.starts_with("because")).unwrap();
        assert!(because.contains("not a gateway frame"), "{because}");
    }
}
