//! Unusual sequence numbers and frames that the protocol allows.

use syncord::sim::Fault;

use super::scene::{Scene, assert_resumes, bot, discord, in_parallel};

#[test]
fn a_session_with_sequence_number_zero_is_resumed() {
    // Without an intent no event follows READY, so the resume carries its number.
    let discord = discord().rules(|rules| rules.first_seq = 0).start().unwrap();
    let mut bot = bot(&discord);
    bot.on_ready(|_, _| Ok(()));
    bot.during(|| {
        discord.fault(Fault::RequestHeartbeat);
        discord.wait_until("a heartbeat", |discord| discord.log().heartbeats() == 1)?;
        discord.fault(Fault::DropSocket);
        Ok(discord.wait_until("the resume", |discord| discord.log().resumes() == 1)?)
    })
    .unwrap();
    let log = discord.log();
    assert_eq!((log.identifies(), log.resumes_rejected()), (1, 0));
    assert_eq!(log.violations(), [""; 0]);
}

#[test]
fn sequence_numbers_may_start_at_zero_and_exceed_32_bits() {
    in_parallel(&[0, 1 << 31, (1 << 32) - 3, 1 << 32, 1 << 53], |first| {
        assert_resumes(discord().rules(|rules| rules.first_seq = *first), |scene| {
            scene.discord.fault(Fault::RequestHeartbeat);
            scene.discord.fault(Fault::DropSocket);
        });
    });
}

#[test]
fn frames_are_read_in_any_order_of_keys() {
    let texts: Vec<String> = (0..30).map(|n| format!("number {n}")).collect();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    in_parallel(&[1, 2, 3], |seed| {
        let scene = Scene::new(discord().vary_frames(*seed));
        scene.run(|| {
            for (n, text) in texts.iter().enumerate() {
                scene.says(text);
                if n == 10 {
                    scene.discord.fault(Fault::DropSocket);
                }
            }
            scene.expect_messages(&texts);
        });
        assert_eq!((scene.log().identifies(), scene.log().resumes()), (1, 1));
    });
}
