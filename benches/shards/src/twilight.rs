//! The same with twilight, a task for each shard.

use std::sync::Arc;
use std::time::Duration;

use syncord::Result;
use tokio::runtime::Builder;
use twilight_gateway::queue::InMemoryQueue;
use twilight_gateway::{ConfigBuilder, Event, EventTypeFlags, Intents, Shard, ShardId, StreamExt as _};

use crate::meter::Meter;

const DAY: Duration = Duration::from_secs(24 * 3600);

pub(crate) fn run(port: u16, shards: u32, events: u64) -> Result {
    rustls::crypto::ring::default_provider().install_default().map_err(|_| "a second provider")?;
    let meter = Arc::new(Meter::new(shards, events));
    let runtime = Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        let intents = Intents::GUILD_MESSAGES | Intents::DIRECT_MESSAGES | Intents::MESSAGE_CONTENT;
        let queue = InMemoryQueue::new(shards as u16, 100_000, DAY, 100_000);
        let config = ConfigBuilder::new("bench".to_owned(), intents)
            .proxy_url(format!("wss://localhost:{port}"))
            .queue(queue)
            .build();
        for index in 0..shards {
            let shard = Shard::with_config(ShardId::new(index, shards), config.clone());
            tokio::spawn(read(shard, Arc::clone(&meter)));
        }
        std::future::pending::<()>().await;
    });
    Ok(())
}

async fn read(mut shard: Shard<InMemoryQueue>, meter: Arc<Meter>) {
    while let Some(event) = shard.next_event(EventTypeFlags::READY | EventTypeFlags::MESSAGE_CREATE).await {
        match event {
            Ok(Event::Ready(_)) => meter.connected(),
            Ok(Event::MessageCreate(message)) => {
                assert!(!message.content.is_empty());
                meter.message();
            }
            Ok(_) => {}
            Err(error) => eprintln!("twilight: {error:?}"),
        }
    }
}
