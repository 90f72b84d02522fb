//! The network or Discord is away for a while: attempts are few, and the first that works resumes.

use std::net::TcpListener;
use std::thread;
use std::time::{Duration, Instant};

use syncord::sim::{Discord, Fault};

use super::scene::{Scene, at_once, bot, discord, quick, resumes};

/// Websocket connections that were asked for.
fn upgrades(discord: &Discord) -> usize {
    discord.requests().iter().filter(|request| request.header("upgrade").is_some()).count()
}

#[test]
fn connections_refused_for_a_while_end_in_a_resume() {
    resumes(discord(), |scene| {
        scene.discord.fault(Fault::RefuseConnections(true));
        scene.discord.fault(Fault::DropSocket);
        scene.diary.wait_for("disconnected");
        thread::sleep(Duration::from_secs(1));
        scene.discord.fault(Fault::RefuseConnections(false));
    });
}

#[test]
fn refused_websockets_end_in_a_resume() {
    resumes(discord(), |scene| {
        scene.discord.fault(Fault::RefuseUpgrade { status: 503, times: 2 });
        scene.discord.fault(Fault::DropSocket);
    });
}

#[test]
fn connections_accepted_and_closed_end_in_a_resume() {
    let log = resumes(discord(), |scene| {
        scene.discord.fault(Fault::AcceptThenClose { times: 2 });
        scene.discord.fault(Fault::DropSocket);
    });
    assert_eq!(log.connections(), 2, "those that got hello");
}

#[test]
fn an_outage_is_no_reason_for_a_storm() {
    let closed = Fault::AcceptThenClose { times: u32::MAX };
    let refused = Fault::RefuseUpgrade { status: 503, times: u32::MAX };
    at_once(&[closed, refused], |fault| {
        let scene = Scene::new(discord());
        scene.play(|| {
            scene.discord.fault(fault.clone());
            scene.discord.fault(Fault::DropSocket);
            let again = |discord: &Discord| upgrades(discord) >= 3;
            scene.discord.wait_until("the second attempt", again).unwrap();
            // However the dice of the backoff fall, a minute holds no more than 6 attempts.
            thread::sleep(Duration::from_secs(6));
            assert!(upgrades(&scene.discord) <= 1 + 6, "{}", upgrades(&scene.discord));
        });
    });
}

#[test]
fn a_dead_resume_address_is_left_for_the_main_one() {
    // A port that was free a moment ago, and that nobody listens on.
    let dead = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let log = resumes(discord().rules(|rules| rules.resume_url = format!("ws://{dead}")), |scene| {
        scene.discord.fault(Fault::DropSocket);
    });
    assert_eq!((log.connections(), log.resumes()), (2, 1));
}

#[test]
fn a_resume_address_that_is_none_is_left_for_the_main_one() {
    resumes(discord().rules(|rules| rules.resume_url = "nonsense".into()), |scene| {
        scene.discord.fault(Fault::DropSocket);
    });
}

#[test]
fn a_bot_started_while_discord_is_away_connects_when_it_is_back() {
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
fn a_stop_ends_a_bot_whose_network_is_dead() {
    let scene = Scene::new(discord());
    let mut stopped = None;
    scene.play(|| {
        scene.discord.fault(Fault::RefuseConnections(true));
        scene.discord.fault(Fault::DropSocket);
        scene.diary.wait_for("disconnected");
        stopped = Some(Instant::now());
    });
    assert!(stopped.unwrap().elapsed() < Duration::from_secs(5));
}

#[test]
fn a_stop_ends_a_bot_in_the_middle_of_a_handshake_that_nobody_answers() {
    let scene = Scene::new(quick());
    let mut stopped = None;
    scene.play(|| {
        scene.discord.fault(Fault::BlackHole(None));
        scene.diary.wait_for("disconnected");
        stopped = Some(Instant::now());
    });
    assert!(stopped.unwrap().elapsed() < Duration::from_secs(8), "the handshake itself may take 10 s");
}

#[test]
fn a_stop_ends_a_bot_that_never_got_through() {
    let dead = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let mut bot = syncord::Bot::new("a.token").unwrap();
    bot.api_url(format!("http://{dead}/api/v10")).on_ready(|_, _| Ok(()));
    let stopper = bot.stopper();
    let stopped = thread::spawn(move || {
        thread::sleep(Duration::from_millis(300));
        stopper.stop();
        Instant::now()
    });
    bot.run().unwrap();
    assert!(stopped.join().unwrap().elapsed() < Duration::from_secs(5));
}
