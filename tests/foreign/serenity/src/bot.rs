//! The bot: its connection, its cache, and the events that it received.

use std::env;
use std::time::Duration;

use serde_json::Value;
use serenity::all::{
    ChannelId, ClientBuilder, Context, CreateMessage, Event, EventHandler, GatewayIntents, GuildId,
    HttpBuilder, Interaction, Message, RawEventHandler, UserId,
};
use serenity::async_trait;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

use crate::commands;
use crate::talk::{Outcome, check, person};

pub type Fallible<T> = Result<T, Box<dyn std::error::Error + Send + Sync>>;

/// Passes all events on.
struct Forwarder(UnboundedSender<(Context, Event)>);

#[async_trait]
impl RawEventHandler for Forwarder {
    async fn raw_event(&self, context: Context, event: Event) {
        // The features may all be tried.
        let _ = self.0.send((context, event));
    }
}

/// Responds to interactions.
struct Responder;

#[async_trait]
impl EventHandler for Responder {
    async fn interaction_create(&self, context: Context, interaction: Interaction) {
        commands::respond(&context, &interaction).await;
    }
}

/// A bot that is about to log in.
pub struct Starting {
    events: Option<UnboundedReceiver<(Context, Event)>>,
    pub bot: Option<Bot>,
}

impl Starting {
    pub async fn new() -> Fallible<Starting> {
        let (sender, events) = unbounded_channel();
        let host = env::var("API_URL")?.trim_end_matches("/api/v10").to_owned();
        // The library goes to its proxy only if the proxy limits the rate.
        let http = HttpBuilder::new(env::var("TOKEN")?).proxy(host).ratelimiter_disabled(true).build();
        let client = ClientBuilder::new_with_http(http, GatewayIntents::all())
            .event_handler(Responder)
            .raw_event_handler(Forwarder(sender));
        let mut client = client.await?;
        tokio::spawn(async move {
            if let Err(error) = client.start().await {
                println!("the client has ended: {error}");
            }
        });
        Ok(Starting { events: Some(events), bot: None })
    }

    /// Waits until the bot has logged in.
    pub async fn login(&mut self) -> Outcome {
        let mut events = self.events.take().ok_or("logged in already")?;
        let (mut me, mut name) = (UserId::new(1), String::new());
        loop {
            let (context, event) = events.recv().await.ok_or("the connection has ended")?;
            match event {
                Event::Ready(ready) => (me, name) = (ready.ready.user.id, ready.ready.user.name.clone()),
                Event::GuildCreate(created) => {
                    let guild = created.guild.id;
                    self.bot = Some(Bot { context, events, guild, me });
                    return check(name == "bot", name);
                }
                _ => {}
            }
        }
    }
}

pub struct Bot {
    pub context: Context,
    events: UnboundedReceiver<(Context, Event)>,
    pub guild: GuildId,
    pub me: UserId,
}

impl Bot {
    /// Waits for an event.
    pub async fn wait<T>(&mut self, mut find: impl FnMut(&Event) -> Option<T>) -> Fallible<T> {
        loop {
            let (context, event) = self.events.recv().await.ok_or("the connection has ended")?;
            // A new connection has a new context.
            self.context = context;
            if let Some(found) = find(&event) {
                return Ok(found);
            }
        }
    }

    /// Waits until the cache shows something. The library passes raw events on before it updates its cache.
    pub async fn until(&self, what: &str, holds: impl Fn(&Bot) -> bool) -> Outcome {
        for _ in 0..500 {
            if holds(self) {
                return Ok(());
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        Err(format!("not in the cache: {what}").into())
    }

    /// Forgets the events so far.
    pub fn forget(&mut self) {
        while self.events.try_recv().is_ok() {}
    }

    /// Asks a person to do something and waits for the event that it causes.
    pub async fn after<T>(&mut self, action: Value, find: impl FnMut(&Event) -> Option<T>) -> Fallible<T> {
        self.forget();
        person(&action);
        self.wait(find).await
    }

    /// As `after`, for a message of a person.
    pub async fn message_after(&mut self, action: Value) -> Fallible<Message> {
        let me = self.me;
        let of_person = |event: &Event| match event {
            Event::MessageCreate(created) if created.message.author.id != me => Some(created.message.clone()),
            _ => None,
        };
        self.after(action, of_person).await
    }

    /// The ID of a member, by name.
    pub fn member(&self, name: &str) -> Fallible<UserId> {
        let guild = self.context.cache.guild(self.guild).ok_or("no guild")?;
        let found = guild.members.values().find(|member| member.user.name == name);
        Ok(found.ok_or_else(|| format!("no member {name}"))?.user.id)
    }

    /// The ID of a channel, by name.
    pub fn channel(&self, name: &str) -> Fallible<ChannelId> {
        let guild = self.context.cache.guild(self.guild).ok_or("no guild")?;
        let found = guild.channels.values().find(|channel| channel.name == name);
        Ok(found.ok_or_else(|| format!("no channel {name}"))?.id)
    }

    pub fn general(&self) -> Fallible<ChannelId> {
        self.channel("general")
    }

    /// Posts in #general.
    pub async fn send(&self, message: CreateMessage) -> Fallible<Message> {
        Ok(self.general()?.send_message(&self.context, message).await?)
    }

    pub async fn say(&self, text: &str) -> Fallible<Message> {
        self.send(CreateMessage::new().content(text)).await
    }
}
