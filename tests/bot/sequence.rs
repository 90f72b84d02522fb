//! Sequence numbers and frames as odd as the rules allow.

use syncord::sim::Fault;

use super::scene::{Scene, at_once, bot, discord, resumes};

#[test]
fn a_session_whose_last_number_is_zero_is_resumed() {
    // Without an intent nothing comes behind READY, so its number is what the resume carries.
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
    assert_eq!((log.identifies(), log.resumes_refused()), (1, 0));
    assert_eq!(log.violations(), [""; 0]);
}

#[test]
fn numbers_may_begin_at_zero_and_pass_2_to_the_32() {
    at_once(&[0, 1 << 31, (1 << 32) - 3, 1 << 32, 1 << 53], |first| {
        resumes(discord().rules(|rules| rules.first_seq = *first), |scene| {
            scene.discord.fault(Fault::RequestHeartbeat);
            scene.discord.fault(Fault::DropSocket);
        });
    });
}

#[test]
fn frames_in_any_order_of_keys_are_read() {
    let texts: Vec<String> = (0..30).map(|n| format!("number {n}")).collect();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    at_once(&[1, 2, 3], |seed| {
        let scene = Scene::new(discord().vary_frames(*seed));
        scene.play(|| {
            for (n, text) in texts.iter().enumerate() {
                scene.says(text);
                if n == 10 {
                    scene.discord.fault(Fault::DropSocket);
                }
            }
            scene.hears(&texts);
        });
        assert_eq!((scene.log().identifies(), scene.log().resumes()), (1, 1));
    });
}
