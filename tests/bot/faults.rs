//! What breaks a connection does not break the session.

use std::time::Duration;

use serde_json::json;
use syncord::sim::Fault;

use super::scene::{PATIENCE, Scene, bot, discord, quick, resumes};

#[test]
fn a_reset_socket_is_resumed_at_the_resume_address() {
    let scene = Scene::new(discord());
    scene.play(|| {
        scene.says("before");
        scene.hears(&["before"]);
        scene.discord.fault(Fault::DropSocket);
        scene.says("meanwhile");
        scene.hears(&["meanwhile"]);
    });
    let log = scene.log();
    assert_eq!((log.connections(), log.identifies(), log.resumes()), (2, 1, 1));
    let paths: Vec<String> = scene.discord.requests().iter().map(|request| request.path.clone()).collect();
    assert_eq!(paths.iter().filter(|path| path.starts_with("/resume/?v=10")).count(), 1, "{paths:?}");
}

#[test]
fn a_connection_that_falls_silent_is_found_out_and_resumed() {
    resumes(quick(), |scene| {
        scene.discord.fault(Fault::BlackHole(None));
        scene.diary.wait_for("disconnected None Resume: a heartbeat was not answered");
        scene.discord.clear_faults();
    });
}

#[test]
fn a_connection_without_acks_is_given_up_though_events_still_come() {
    let scene = Scene::new(quick());
    let mut said = Vec::new();
    scene.play(|| {
        scene.discord.fault(Fault::MuteAcks(true));
        while !scene.diary.lines().iter().any(|line| line.starts_with("disconnected")) {
            said.push(format!("number {}", said.len()));
            scene.says(&said[said.len() - 1]);
            scene.hears(&[&said[said.len() - 1]]);
        }
        scene.discord.fault(Fault::MuteAcks(false));
        scene.wait_until("the session to go on", |log| log.resumes() > 0);
        scene.says("afterwards");
        scene.hears(&["afterwards"]);
    });
    assert_eq!(scene.log().identifies(), 1);
    let diary = scene.diary.lines();
    let gone = diary.iter().find(|line| line.starts_with("disconnected")).unwrap();
    assert_eq!(gone, "disconnected None Resume: heartbeats were not acknowledged");
}

#[test]
fn a_connection_without_acks_and_events_is_given_up() {
    resumes(quick(), |scene| {
        scene.discord.fault(Fault::MuteAcks(true));
        scene.diary.wait_for("disconnected None Resume: a heartbeat was not answered");
        scene.discord.fault(Fault::MuteAcks(false));
    });
}

#[test]
fn a_request_to_reconnect_is_followed() {
    let log = resumes(discord(), |scene| scene.discord.fault(Fault::Reconnect));
    assert_eq!((log.connections(), log.resumes()), (2, 1));
}

#[test]
fn an_invalid_session_that_can_be_resumed_is() {
    let log = resumes(discord(), |scene| scene.discord.fault(Fault::InvalidSession { resumable: true }));
    assert_eq!((log.connections(), log.resumes()), (2, 1));
}

#[test]
fn a_requested_heartbeat_is_sent_at_once() {
    let scene = Scene::new(discord());
    scene.play(|| {
        let before = scene.discord.log().heartbeats();
        scene.discord.fault(Fault::RequestHeartbeat);
        scene.wait_until("the heartbeat", |log| log.heartbeats() > before);
    });
    assert_eq!(scene.log().connections(), 1);
}

#[test]
fn a_frame_that_is_no_json_costs_the_connection_and_not_the_session() {
    resumes(discord(), |scene| scene.discord.fault(Fault::InvalidJson));
}

#[test]
fn a_binary_frame_costs_the_connection_and_not_the_session() {
    resumes(discord(), |scene| scene.discord.fault(Fault::BinaryFrame));
}

#[test]
fn a_frame_beyond_64_mib_costs_the_connection_and_not_the_session() {
    resumes(discord(), |scene| {
        scene.discord.fault(Fault::OversizedFrame);
        scene.diary.wait_for("disconnected");
    });
}

#[test]
fn bytes_of_a_frame_that_is_not_yet_whole_keep_a_connection_alive_beyond_an_ack_deadline() {
    const INTERVAL: Duration = Duration::from_secs(2);
    const CHUNKS: u32 = 10;
    let text = "x".repeat(5000);
    let tolerant = Duration::from_secs(15);
    let discord = discord()
        .heartbeat_interval(INTERVAL)
        .rules(|rules| rules.heartbeat_tolerance = tolerant)
        .start()
        .unwrap();
    let mut heard = 0;
    let mut bot = bot(&discord);
    bot.on_any(|_, name, data| {
        heard += usize::from(name == "SLOW" && data.len() == text.len() + 2);
        Ok(())
    });
    bot.during(|| {
        let beats = discord.log().heartbeats();
        discord.wait_until("a heartbeat", |discord| discord.log().heartbeats() > beats)?;
        // From one beat until half an interval after the time when the next one's ACK is due.
        let pause = INTERVAL * 5 / 2 / CHUNKS;
        discord.fault(Fault::SlowBytes { per_chunk: text.len() / (CHUNKS as usize - 1), pause });
        discord.dispatch("SLOW", json!(text));
        discord.wait_until("three more heartbeats", |discord| discord.log().heartbeats() > beats + 3)?;
        Ok(())
    })
    .unwrap();
    assert_eq!(heard, 1);
    assert_eq!(discord.log().connections(), 1);
    assert_eq!(discord.log().violations(), [""; 0]);
}

#[test]
fn one_trouble_after_another_loses_and_doubles_nothing() {
    let scene = Scene::new(discord());
    let texts: Vec<String> = (0..40).map(|n| format!("number {n}")).collect();
    scene.play(|| {
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
                scene.wait_until("the session to go on", |log| log.resumes() > times);
            }
        }
        scene.hears(&texts.iter().map(String::as_str).collect::<Vec<_>>());
    });
    assert_eq!((scene.log().identifies(), scene.log().resumes()), (1, 3));
}

#[test]
fn a_closure_that_blocks_for_several_heartbeat_intervals_costs_no_heartbeat_and_no_connection() {
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
            // Four beats span three intervals, during all of which the bot's thread is in here.
            let before = discord.log().heartbeats();
            discord.wait_until("heartbeats to go on", |discord| discord.log().heartbeats() >= before + 4)?;
            assert!(cx.latency().is_some_and(|latency| latency < PATIENCE), "ACKs are read meanwhile");
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
