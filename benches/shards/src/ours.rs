//! A bot of this library.

use std::sync::Arc;

use syncord::{Bot, Result, Tls};

use crate::meter::Meter;
use crate::server::CA;

pub(crate) fn run(port: u16, shards: u32, events: u64) -> Result {
    let meter = Arc::new(Meter::new(shards, events));
    let mut bot = Bot::new("bench")?;
    bot.api_url(format!("http://127.0.0.1:{port}/api/v10")).tls(Tls::new().with_root(CA)?).shards(shards);
    bot.on_ready(|_, _| {
        meter.connected();
        Ok(())
    });
    bot.on_message(|_, message| {
        assert!(!message.content.is_empty());
        meter.message();
        Ok(())
    });
    bot.run()?;
    Ok(())
}
