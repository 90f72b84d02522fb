//! A node's error that panics when it is shown or dropped affects one interaction.

use std::error::Error as StdError;
use std::fmt;
use std::panic::panic_any;
use std::thread;

use syncord::tree::{Check, InteractionContext, command};
use syncord::{Lanes, Result};

use crate::scene::{Scene, ephemeral_reply};

/// Panics when it is dropped, with itself.
struct Bomb(u32);

impl Drop for Bomb {
    fn drop(&mut self) {
        if self.0 > 0 && !thread::panicking() {
            panic_any(Bomb(self.0 - 1));
        }
    }
}

#[derive(Debug)]
struct Hostile;

impl fmt::Display for Hostile {
    fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        panic_any(Bomb(20))
    }
}

impl StdError for Hostile {}

impl Drop for Hostile {
    fn drop(&mut self) {
        if !thread::panicking() {
            panic_any(Bomb(20));
        }
    }
}

fn fails(_: &InteractionContext) -> Result {
    Err(Hostile.into())
}

#[test]
fn the_user_of_a_command_that_fails_in_a_hostile_way_is_notified() {
    let scene = Scene::new();
    let lanes = Lanes::new(1).by_channel();
    let mut bot = scene.bot();
    bot.command(command("fail", "x").run(|cx| fails(cx)))
        .command(command("panic", "x").run(|_| panic_any(Bomb(20))))
        .command(command("lane", "x").run_in(&lanes, |cx| fails(cx)))
        .command(command("lane-panic", "x").run_in(&lanes, |_| panic_any(Bomb(20))))
        .command(command("task", "x").run(|cx| Ok(cx.spawn(|task| fails(task))?)))
        .command(command("check", "x").check(Check::new(|_| panic_any(Bomb(20)))).run(|_| Ok(())))
        .command(command("well", "x").run(|cx| cx.reply("well")));
    scene.play(bot, || {
        for line in ["/fail", "/panic", "/lane", "/lane-panic", "/lane", "/task", "/check"] {
            let used = scene.ann.uses(&scene.general, line)?;
            assert!(ephemeral_reply(&used)?.starts_with("Something went wrong"), "{line}");
        }
        assert_eq!(scene.ann_uses("/well")?, "well");
        Ok(())
    });
}
