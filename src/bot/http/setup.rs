//! How a program makes its bot receive requests.

use std::net::SocketAddr;
use std::panic::Location;

use super::config::{HttpConfig, WEBHOOK_EVENT};
use super::receiver::HttpReceiver;
use crate::bot::bot::Bot;
use crate::bot::context::{Context, Handle};
use crate::bot::error::HandlerId;
use crate::command::Problems;
use crate::error::Result;
use crate::model::WebhookEventPayload;

/// # Interactions over HTTP
impl<'a> Bot<'a> {
    /// Receives interactions and [webhook events](Bot::on_webhook_event) over HTTP, with a web server of the bot at this address,
    /// such as `127.0.0.1:8080`. Port 0 lets the system choose: see [`Handle::http_address`]. An address at which the bot cannot
    /// listen is an error at its start.
    ///
    /// Commands, components, modals and tasks are declared and answered as over the gateway, and interactions are deferred in the
    /// same way. The bot connects to the gateway only if something else needs it: a handler of another event, the cache, a
    /// presence, or intents that the program sets.
    ///
    /// Discord sends interactions to the application's
    /// [Interactions Endpoint URL](https://docs.discord.com/developers/interactions/overview#configuring-an-interactions-endpoint-url),
    /// which must begin with `https://`. The server speaks plain HTTP, so put a reverse proxy with TLS in front of it, such as
    /// Caddy, nginx or a tunnel. Its limits are 512 connections at a time, and 1 MiB and 5 seconds for each request.
    ///
    /// Start the bot, and then save the URL on the page General Information of the
    /// [developer portal](https://discord.com/developers/applications): Discord tests it at once. The bot reads the public key from
    /// Discord, and refuses what is not signed with it.
    ///
    /// ```
    /// use syncord::Bot;
    /// use syncord::tree::command;
    ///
    /// fn declare(bot: &mut Bot<'_>) {
    ///     bot.command(command("ping", "Responds with pong").run(|cx| cx.reply("pong")));
    ///     bot.interactions_over_http("127.0.0.1:0");
    /// }
    ///
    /// # fn main() -> syncord::Result {
    /// # let discord = syncord::sim::Discord::start()?;
    /// # let (ann, general) = (discord.member("ann"), discord.channel("general"));
    /// let mut bot = discord.bot();
    /// declare(&mut bot);
    /// bot.during(|| {
    ///     assert_eq!(ann.uses(&general, "/ping")?.reply()?.content, "pong");
    ///     Ok(())
    /// })
    /// # }
    /// ```
    #[doc(alias = "webhook")]
    #[doc(alias = "serverless")]
    pub fn interactions_over_http(&mut self, address: impl Into<String>) -> &mut Self {
        self.config.http = HttpConfig { is_on: true, address: Some(address.into()) };
        self
    }

    /// Receives interactions and [webhook events](Bot::on_webhook_event) over HTTP, behind a web server of your own: as
    /// [`interactions_over_http`](Bot::interactions_over_http) does, but without a server of the bot.
    ///
    /// The web server gives each POST request to [`HttpReceiver::receive`], and sends the response that it returns:
    ///
    /// ```
    /// use syncord::bot::HttpReceiver;
    ///
    /// /// Called by the web server for each POST request. Returns the status, the content type and the body of the response.
    /// fn respond(receiver: &HttpReceiver, headers: &[(&str, &str)], body: &[u8]) -> (u16, &'static str, &'static str) {
    ///     let response = receiver.receive(headers.iter().copied(), body);
    ///     (response.status, response.content_type, response.body)
    /// }
    /// # let mut bot = syncord::Bot::new("token")?;
    /// # let receiver = bot.http_receiver();
    /// # assert_eq!(respond(&receiver, &[], b"{}").0, 503);
    /// # Ok::<(), syncord::Error>(())
    /// ```
    #[must_use]
    pub fn http_receiver(&mut self) -> HttpReceiver {
        self.config.http.is_on = true;
        HttpReceiver::new(&self.shared)
    }

    /// Registers a handler for [webhook events](https://docs.discord.com/developers/events/webhook-events), such as a user who
    /// adds or removes the application. They come only over HTTP, to the application's Webhook Events URL, which can be the same
    /// as its Interactions Endpoint URL. This needs [`interactions_over_http`](Bot::interactions_over_http) or
    /// [`http_receiver`](Bot::http_receiver).
    ///
    /// An event is acknowledged when it has arrived, before its handler is called. Discord sends an event that is not acknowledged
    /// again, so it may come twice. Events are not in order.
    ///
    /// ```
    /// use syncord::Bot;
    /// use syncord::model::WebhookEventData;
    ///
    /// fn welcome(bot: &mut Bot<'_>) {
    ///     bot.on_webhook_event(|_, payload| {
    ///         let data = payload.event.as_ref().and_then(|event| event.data.as_ref());
    ///         if let Some(WebhookEventData::ApplicationAuthorized(authorized)) = data {
    ///             println!("{} has added the app", authorized.user.username);
    ///         }
    ///         Ok(())
    ///     });
    /// }
    /// ```
    #[track_caller]
    pub fn on_webhook_event(
        &mut self,
        f: impl FnMut(&Context, &WebhookEventPayload) -> Result + 'a,
    ) -> &mut Self {
        self.handlers.add(HandlerId::new("on_webhook_event", Location::caller()), f);
        self
    }
}

impl Bot<'_> {
    /// The mistakes in what it declares.
    pub(in crate::bot) fn http_problems(&self) -> Problems {
        let mut problems = Problems::new();
        if !self.config.http.is_on && self.handlers.handle_unknown(WEBHOOK_EVENT) {
            problems.push(
                "",
                "bot.on_webhook_event(..) receives nothing, because webhook events come only over HTTP: add \
                 bot.interactions_over_http(..)",
            );
        }
        problems
    }
}

impl Handle {
    /// The address at which the bot's own web server listens, once the bot was started. `None` without one: see
    /// [`Bot::interactions_over_http`].
    pub fn http_address(&self) -> Option<SocketAddr> {
        self.shared().http.address.get().copied()
    }
}
