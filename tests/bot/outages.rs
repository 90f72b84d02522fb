//! Outages of the network or of Discord: attempts are few, and the first success resumes.

use std::net::TcpListener;
use std::thread;
use std::time::{Duration, Instant};

use syncord::sim::{Discord, Fault};

use super::scene::{Scene, assert_resumes, bot, discord, fast_heartbeats, in_parallel};

/// The number of requested websocket connections.
fn upgrades(discord: &Discord) -> usize {
    discord.requests().iter().filter(|request| request.header("upgrade").is_some()).count()
}

#[test]
fn refused_connections_end_in_a_resume() {
    assert_resumes(discord(), |scene| {
        scene.discord.fault(Fault::RefuseConnections(true));
        scene.discord.fault(Fault::DropSocket);
        scene.journal.wait_for("disconnected");
        thread::sleep(Duration::from_secs(1));
        scene.discord.fault(Fault::RefuseConnections(false));
    });
}

#[test]
fn refused_websockets_end_in_a_resume() {
    assert_resumes(discord(), |scene| {
        scene.discord.fault(Fault::RefuseUpgrade { status: 503, times: 2 });
        scene.discord.fault(Fault::DropSocket);
    });
}

#[test]
fn connections_accepted_and_closed_end_in_a_resume() {
    let log = assert_resumes(discord(), |scene| {
        scene.discord.fault(Fault::AcceptThenClose { times: 2 });
        scene.discord.fault(Fault::DropSocket);
    });
    assert_eq!(log.connections(), 2, "connections that received HELLO");
}

#[test]
fn an_outage_causes_no_storm_of_connections() {
    let closed = Fault::AcceptThenClose { times: u32::MAX };
    let refused = Fault::RefuseUpgrade { status: 503, times: u32::MAX };
    in_parallel(&[closed, refused], |fault| {
        let scene = Scene::new(discord());
        scene.run(|| {
            scene.discord.fault(fault.clone());
            scene.discord.fault(Fault::DropSocket);
            let retried = |discord: &Discord| upgrades(discord) >= 3;
            scene.discord.wait_until("the second attempt", retried).unwrap();
            // Whatever the jitter is, there are at most 6 attempts in a minute.
            thread::sleep(Duration::from_secs(6));
            assert!(upgrades(&scene.discord) <= 1 + 6, "{}", upgrades(&scene.discord));
        });
    });
}

#[test]
fn an_unreachable_resume_address_is_replaced_by_the_main_address() {
    // A free port, where no server listens.
    let unused = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let log = assert_resumes(discord().rules(|rules| rules.resume_url = format!("ws://{unused}")), |scene| {
        scene.discord.fault(Fault::DropSocket);
    });
    assert_eq!((log.connections(), log.resumes()), (2, 1));
}

#[test]
fn an_invalid_resume_address_is_replaced_by_the_main_address() {
    assert_resumes(discord().rules(|rules| rules.resume_url = "nonsense".into()), |scene| {
        scene.discord.fault(Fault::DropSocket);
    });
}

#[test]
fn a_bot_started_during_an_outage_connects_after_it() {
    let discord = discord().start().unwrap();
    discord.fault(Fault::RefuseConnections(true));
    let mut readies = 0;
    let mut bot = bot(&discord);
    bot.on_ready(|cx, _| {
        readies += 1;
        cx.stop();
        Ok(())
    });
    thread::scope(|scope| {
        scope.spawn(|| {
            thread::sleep(Duration::from_millis(500));
            discord.fault(Fault::RefuseConnections(false));
        });
        bot.run().unwrap();
    });
    assert_eq!((readies, discord.log().identifies()), (1, 1));
}

#[test]
fn a_stop_ends_a_bot_without_a_network() {
    let scene = Scene::new(discord());
    let mut stopped = None;
    scene.run(|| {
        scene.discord.fault(Fault::RefuseConnections(true));
        scene.discord.fault(Fault::DropSocket);
        scene.journal.wait_for("disconnected");
        stopped = Some(Instant::now());
    });
    assert!(stopped.unwrap().elapsed() < Duration::from_secs(5));
}

#[test]
fn a_stop_ends_a_bot_during_an_unanswered_handshake() {
    let scene = Scene::new(fast_heartbeats());
    let mut stopped = None;
    scene.run(|| {
        scene.discord.fault(Fault::BlackHole(None));
        scene.journal.wait_for("disconnected");
        stopped = Some(Instant::now());
    });
    assert!(stopped.unwrap().elapsed() < Duration::from_secs(8), "the handshake itself may take 10 s");
}

#[test]
fn a_stop_ends_a_bot_that_never_connected() {
    let unused = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let mut bot = syncord::Bot::new("a.token").unwrap();
    bot.api_url(format!("http://{unused}/api/v10")).on_ready(|_, _| Ok(()));
    let handle = bot.handle();
    let stopped = thread::spawn(move || {
        thread::sleep(Duration::from_millis(300));
        handle.stop();
        Instant::now()
    });
    bot.run().unwrap();
    assert!(stopped.join().unwrap().elapsed() < Duration::from_secs(5));
}
