//! Faults end the connection but not the session.

use std::time::Duration;

use serde_json::json;
use syncord::sim::Fault;

use super::scene::{Scene, TIMEOUT, assert_resumes, bot, discord, fast_heartbeats};

#[test]
fn a_reset_socket_is_resumed_at_the_resume_address() {
    let scene = Scene::new(discord());
    scene.run(|| {
        scene.says("before");
        scene.expect_messages(&["before"]);
        scene.discord.fault(Fault::DropSocket);
        scene.says("meanwhile");
        scene.expect_messages(&["meanwhile"]);
    });
    let log = scene.log();
    assert_eq!((log.connections(), log.identifies(), log.resumes()), (2, 1, 1));
    let paths: Vec<String> = scene.discord.requests().iter().map(|request| request.path.clone()).collect();
    assert_eq!(paths.iter().filter(|path| path.starts_with("/resume/?v=10")).count(), 1, "{paths:?}");
}

#[test]
fn a_silent_connection_is_detected_and_resumed() {
    assert_resumes(fast_heartbeats(), |scene| {
        scene.discord.fault(Fault::BlackHole(None));
        scene
            .journal
            .wait_for("disconnected None Resume: nothing was received after a heartbeat, not even its ACK");
        scene.discord.clear_faults();
    });
}

#[test]
fn a_connection_without_acks_is_closed_although_events_arrive() {
    let scene = Scene::new(fast_heartbeats());
    let mut texts = Vec::new();
    scene.run(|| {
        scene.discord.fault(Fault::MuteAcks(true));
        while !scene.journal.lines().iter().any(|line| line.starts_with("disconnected")) {
            texts.push(format!("number {}", texts.len()));
            scene.says(&texts[texts.len() - 1]);
            scene.expect_messages(&[&texts[texts.len() - 1]]);
        }
        scene.discord.fault(Fault::MuteAcks(false));
        scene.wait_until("the session to continue", |log| log.resumes() > 0);
        scene.says("afterwards");
        scene.expect_messages(&["afterwards"]);
    });
    assert_eq!(scene.log().identifies(), 1);
    let journal = scene.journal.lines();
    let disconnected = journal.iter().find(|line| line.starts_with("disconnected")).unwrap();
    assert_eq!(disconnected, "disconnected None Resume: heartbeats were not acknowledged");
}

#[test]
fn a_connection_without_acks_and_events_is_closed() {
    assert_resumes(fast_heartbeats(), |scene| {
        scene.discord.fault(Fault::MuteAcks(true));
        scene
            .journal
            .wait_for("disconnected None Resume: nothing was received after a heartbeat, not even its ACK");
        scene.discord.fault(Fault::MuteAcks(false));
    });
}

#[test]
fn a_reconnect_request_leads_to_a_resume() {
    let log = assert_resumes(discord(), |scene| scene.discord.fault(Fault::Reconnect));
    assert_eq!((log.connections(), log.resumes()), (2, 1));
}

#[test]
fn a_resumable_invalid_session_is_resumed() {
    let log =
        assert_resumes(discord(), |scene| scene.discord.fault(Fault::InvalidSession { resumable: true }));
    assert_eq!((log.connections(), log.resumes()), (2, 1));
}

#[test]
fn a_requested_heartbeat_is_sent_at_once() {
    let scene = Scene::new(discord());
    scene.run(|| {
        let before = scene.discord.log().heartbeats();
        scene.discord.fault(Fault::RequestHeartbeat);
        scene.wait_until("the heartbeat", |log| log.heartbeats() > before);
    });
    assert_eq!(scene.log().connections(), 1);
}

#[test]
fn a_frame_of_invalid_json_ends_the_connection_but_not_the_session() {
    assert_resumes(discord(), |scene| scene.discord.fault(Fault::InvalidJson));
}

#[test]
fn a_binary_frame_ends_the_connection_but_not_the_session() {
    assert_resumes(discord(), |scene| scene.discord.fault(Fault::BinaryFrame));
}

#[test]
fn a_frame_over_64_mib_ends_the_connection_but_not_the_session() {
    assert_resumes(discord(), |scene| {
        scene.discord.fault(Fault::OversizedFrame);
        scene.journal.wait_for("disconnected");
    });
}

#[test]
fn bytes_of_an_incomplete_frame_keep_a_connection_alive_after_the_ack_deadline() {
    const INTERVAL: Duration = Duration::from_secs(2);
    const CHUNKS: u32 = 10;
    let text = "x".repeat(5000);
    let tolerant = Duration::from_secs(15);
    let discord = discord()
        .heartbeat_interval(INTERVAL)
        .rules(|rules| rules.heartbeat_tolerance = tolerant)
        .start()
        .unwrap();
    let mut received = 0;
    let mut bot = bot(&discord);
    bot.on_any(|_, name, data| {
        received += usize::from(name == "SLOW" && data.len() == text.len() + 2);
        Ok(())
    });
    bot.during(|| {
        let beats = discord.log().heartbeats();
        discord.wait_until("a heartbeat", |discord| discord.log().heartbeats() > beats)?;
        // From one heartbeat until half an interval after the ACK deadline of the next one.
        let pause = INTERVAL * 5 / 2 / CHUNKS;
        discord.fault(Fault::SlowBytes { per_chunk: text.len() / (CHUNKS as usize - 1), pause });
        discord.dispatch("SLOW", json!(text));
        discord.wait_until("three more heartbeats", |discord| discord.log().heartbeats() > beats + 3)?;
        Ok(())
    })
    .unwrap();
    assert_eq!(received, 1);
    assert_eq!(discord.log().connections(), 1);
    assert_eq!(discord.log().violations(), [""; 0]);
}

#[test]
fn several_disconnects_lose_and_repeat_no_event() {
    let scene = Scene::new(discord());
    let texts: Vec<String> = (0..40).map(|n| format!("number {n}")).collect();
    scene.run(|| {
        for (n, text) in texts.iter().enumerate() {
            scene.says(text);
            match n {
                5 => scene.discord.fault(Fault::DropSocket),
                15 => scene.discord.fault(Fault::Reconnect),
                25 => scene.discord.fault(Fault::Close(4000, String::new())),
                _ => {}
            }
            if [5, 15, 25].contains(&n) {
                let times = scene.discord.log().resumes();
                scene.wait_until("the session to continue", |log| log.resumes() > times);
            }
        }
        scene.expect_messages(&texts.iter().map(String::as_str).collect::<Vec<_>>());
    });
    assert_eq!((scene.log().identifies(), scene.log().resumes()), (1, 3));
}

#[test]
fn a_handler_that_blocks_for_several_heartbeat_intervals_delays_no_heartbeat() {
    let tolerant = Duration::from_secs(15);
    let discord = discord()
        .heartbeat_interval(Duration::from_millis(1500))
        .rules(|rules| rules.heartbeat_tolerance = tolerant)
        .start()
        .unwrap();
    let mut bot = bot(&discord);
    let (general, ann) = (discord.channel("general"), discord.member("ann"));
    bot.on_message(|cx, message| {
        if !message.author.bot {
            // Four heartbeats span three intervals; the bot's thread is in this handler all the time.
            let before = discord.log().heartbeats();
            discord.wait_until("more heartbeats", |discord| discord.log().heartbeats() >= before + 4)?;
            assert!(
                cx.latency().is_some_and(|latency| latency < TIMEOUT),
                "ACKs are read while a handler runs"
            );
            cx.reply(message, "that took long")?;
        }
        Ok(())
    });
    bot.during(|| {
        ann.says(&general, "hello");
        assert_eq!(general.next_message()?.content, "that took long");
        Ok(())
    })
    .unwrap();
    let log = discord.log();
    assert_eq!((log.connections(), log.identifies(), log.resumes(), log.timeouts()), (1, 1, 0, 0));
    assert_eq!(log.violations(), [""; 0]);
}
