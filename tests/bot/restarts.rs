//! What a bot that remembers its identifies does when it is started again.

use std::sync::Arc;

use syncord::sim::Fault;
use syncord::store::MemoryStore;

use super::scene::{bot, discord};

#[test]
fn restarts_keep_the_pause_between_the_identifies_of_a_bucket() {
    let discord = discord().start().unwrap();
    let store = Arc::new(MemoryStore::new());
    for _ in 0..2 {
        let mut bot = bot(&discord);
        bot.remember_in(store.clone());
        bot.on_ready(|cx, _| {
            cx.stop();
            Ok(())
        });
        bot.run().unwrap();
        // The next start cannot resume.
        discord.fault(Fault::ForgetSessions);
    }
    let log = discord.log();
    // Two identifies within five seconds would be a violation.
    assert_eq!((log.identifies(), log.violations()), (2, &[][..] as &[String]));
}
