//! The bot: its connection, its cache, and the events that it received.

use std::env;
use std::sync::Arc;

use serde_json::Value;
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};
use twilight_cache_inmemory::{DefaultInMemoryCache, InMemoryCache, ResourceType};
use twilight_gateway::{
    ConfigBuilder, Event, EventTypeFlags, Intents, MessageSender, Shard, ShardId, StreamExt as _,
};
use twilight_http::Client;
use twilight_model::application::interaction::Interaction;
use twilight_model::channel::Message;
use twilight_model::id::Id;
use twilight_model::id::marker::{ApplicationMarker, ChannelMarker, GuildMarker, UserMarker};

use crate::commands;
use crate::talk::{Outcome, check, person};

pub type Fallible<T> = Result<T, Box<dyn std::error::Error + Send + Sync>>;

pub struct Bot {
    pub http: Arc<Client>,
    pub cache: Arc<InMemoryCache>,
    pub gateway: MessageSender,
    events: UnboundedReceiver<Event>,
    pub guild: Id<GuildMarker>,
    pub me: Id<UserMarker>,
    pub app: Id<ApplicationMarker>,
}

impl Bot {
    /// Starts to connect.
    pub fn start() -> Fallible<Bot> {
        let (token, api) = (env::var("TOKEN")?, env::var("API_URL")?);
        let host = api.trim_start_matches("http://").trim_end_matches("/api/v10").to_owned();
        let http = Arc::new(Client::builder().token(token.clone()).proxy(host, true).build());
        let config = ConfigBuilder::new(token, Intents::all()).proxy_url(env::var("GATEWAY_URL")?).build();
        let mut shard = Shard::with_config(ShardId::ONE, config);
        let cache = Arc::new(DefaultInMemoryCache::builder().resource_types(ResourceType::all()).build());
        let gateway = shard.sender();
        let (sender, events) = unbounded_channel();
        let (shared_http, shared_cache) = (http.clone(), cache.clone());
        tokio::spawn(async move {
            while let Some(received) = shard.next_event(EventTypeFlags::all()).await {
                match received {
                    Ok(event) => {
                        shared_cache.update(&event);
                        if let Event::InteractionCreate(interaction) = &event {
                            tokio::spawn(commands::respond(
                                shared_http.clone(),
                                Interaction::clone(interaction),
                            ));
                        }
                        if sender.send(event).is_err() {
                            return;
                        }
                    }
                    Err(error) => {
                        println!("an event cannot be read: {error} {:?}", std::error::Error::source(&error))
                    }
                }
            }
        });
        let (guild, me, app) = (Id::new(1), Id::new(1), Id::new(1));
        Ok(Bot { http, cache, gateway, events, guild, me, app })
    }

    /// Waits until the bot has logged in.
    pub async fn login(&mut self) -> Outcome {
        let ready = self.wait(|event| match event {
            Event::Ready(ready) => Some(ready.clone()),
            _ => None,
        });
        let ready = ready.await?;
        (self.me, self.app) = (ready.user.id, ready.application.id);
        let guild = self.wait(|event| match event {
            Event::GuildCreate(guild) => Some(guild.id()),
            _ => None,
        });
        self.guild = guild.await?;
        check(ready.user.name == "bot", &ready.user)
    }

    /// Waits for an event.
    pub async fn wait<T>(&mut self, mut find: impl FnMut(&Event) -> Option<T>) -> Fallible<T> {
        loop {
            let event = self.events.recv().await.ok_or("the connection has ended")?;
            if let Some(found) = find(&event) {
                return Ok(found);
            }
        }
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
            Event::MessageCreate(message) if message.author.id != me => Some(Message::clone(message)),
            _ => None,
        };
        self.after(action, of_person).await
    }

    /// The ID of a member, by name.
    pub fn member(&self, name: &str) -> Fallible<Id<UserMarker>> {
        let members = self.cache.guild_members(self.guild).ok_or("no members")?;
        let named = |id: &&Id<UserMarker>| self.cache.user(**id).is_some_and(|user| user.name == name);
        Ok(*members.iter().find(named).ok_or_else(|| format!("no member {name}"))?)
    }

    /// The ID of a channel, by name.
    pub fn channel(&self, name: &str) -> Fallible<Id<ChannelMarker>> {
        let channels = self.cache.guild_channels(self.guild).ok_or("no channels")?;
        let named = |id: &&Id<ChannelMarker>| {
            self.cache.channel(**id).is_some_and(|channel| channel.name.as_deref() == Some(name))
        };
        Ok(*channels.iter().find(named).ok_or_else(|| format!("no channel {name}"))?)
    }

    pub fn general(&self) -> Fallible<Id<ChannelMarker>> {
        self.channel("general")
    }

    /// Posts a text in #general.
    pub async fn say(&self, text: &str) -> Fallible<Message> {
        Ok(self.http.create_message(self.general()?).content(text).await?.model().await?)
    }
}
