//! [Applications](https://docs.discord.com/developers/resources/application).

use crate::error::Error;
use crate::id::ApplicationId;
use crate::json::{Read, object};
use crate::model::limits::MAX_URL;
use crate::model::{
    ActivityInstance, Application, ApplicationFlags, ApplicationIntegrationType, Attachment,
    EventWebhooksStatus, InstallParams, IntegrationTypeConfig, Map, WebhookEventType,
};
use crate::rest::check::{both, chars, count, each};
use crate::rest::form::Form;
use crate::rest::options::options;
use crate::rest::request::Request;
use crate::rest::{Client, ImageData, Upload, route};

/// Maximum length of the description, in characters.
const MAX_DESCRIPTION: usize = 400;

options! {
    /// The fields of an application to change: [Edit Current Application](https://docs.discord.com/developers/resources/application#edit-current-application).
    EditApplication {
        /// The URL of a custom page that adds the application, instead of Discord's own page.
        custom_install_url / no_custom_install_url: String [into] => chars(0..=MAX_URL),
        /// The description, at most 400 characters.
        description: String [into] => chars(0..=MAX_DESCRIPTION),
        /// The URL where linked roles are verified.
        role_connections_verification_url / no_role_connections_verification_url: String [into] => chars(0..=MAX_URL),
        /// The scopes and permissions it requests when it is installed.
        install_params / no_install_params: InstallParams,
        /// The installation contexts it supports, each with its scopes and permissions.
        integration_types_config: Map<ApplicationIntegrationType, IntegrationTypeConfig>,
        /// The flags. Only `GATEWAY_PRESENCE_LIMITED`, `GATEWAY_GUILD_MEMBERS_LIMITED` and
        /// `GATEWAY_MESSAGE_CONTENT_LIMITED` can be changed.
        flags: ApplicationFlags,
        /// The icon.
        icon / no_icon: ImageData,
        /// The cover image of rich presence invites.
        cover_image / no_cover_image: ImageData,
        /// The URL that receives interactions over HTTP. They are then no longer sent over the gateway.
        interactions_endpoint_url / no_interactions_endpoint_url: String [into] => chars(0..=MAX_URL),
        /// The tags: at most 5, each of at most 20 characters.
        tags: Vec<String> => both(count(0..=5), each(chars(0..=20))),
        /// The URL that receives [webhook events](https://docs.discord.com/developers/events/webhook-events).
        event_webhooks_url / no_event_webhooks_url: String [into] => chars(0..=MAX_URL),
        /// Whether webhook events are sent: `DISABLED` or `ENABLED`.
        event_webhooks_status: EventWebhooksStatus,
        /// The [types of webhook events](https://docs.discord.com/developers/events/webhook-events#event-types) that are sent.
        event_webhooks_types: Vec<WebhookEventType>,
    }
}

impl Client {
    /// Returns the bot's application: [Get Current Application](https://docs.discord.com/developers/resources/application#get-current-application).
    pub fn current_application(&self) -> Result<Application, Error> {
        self.current_application_as()
    }

    /// Returns the bot's application as another type, for callers that need only some fields.
    pub(crate) fn current_application_as<T: Read>(&self) -> Result<T, Error> {
        self.fetch(route::CURRENT_APPLICATION.at(&[]))
    }

    /// Changes the bot's application: [Edit Current Application](https://docs.discord.com/developers/resources/application#edit-current-application).
    ///
    /// ```
    /// # let discord = syncord::sim::Discord::start()?;
    /// # let client = syncord::rest::Client::builder(syncord::Token::new(&discord.token())?).api_url(discord.api_url()).build()?;
    /// use syncord::rest::EditApplication;
    ///
    /// let changes = EditApplication::new().description("Knows the tides.").tags(vec!["weather".into()]);
    /// let application = client.edit_current_application(&changes)?;
    /// assert_eq!(application.description, "Knows the tides.");
    /// # Ok::<(), syncord::Error>(())
    /// ```
    pub fn edit_current_application(&self, changes: &EditApplication) -> Result<Application, Error> {
        self.change(route::EDIT_CURRENT_APPLICATION.at(&[]), changes)
    }

    /// Returns the bot's application by its ID; see [`current_application`](Client::current_application).
    pub fn application(&self, application: ApplicationId) -> Result<Application, Error> {
        self.fetch(route::APPLICATION.at(&[&application]))
    }

    /// Changes the bot's application by its ID; see [`edit_current_application`](Client::edit_current_application).
    pub fn edit_application(
        &self,
        application: ApplicationId,
        changes: &EditApplication,
    ) -> Result<Application, Error> {
        self.change(route::EDIT_APPLICATION.at(&[&application]), changes)
    }

    /// Returns a running activity instance of the application: [Get Application Activity Instance](https://docs.discord.com/developers/resources/application#get-application-activity-instance).
    pub fn application_activity_instance(
        &self,
        application: ApplicationId,
        instance: &str,
    ) -> Result<ActivityInstance, Error> {
        self.fetch(route::APPLICATION_ACTIVITY_INSTANCE.at(&[&application, &instance]))
    }

    /// Uploads a file for an activity to [share](https://docs.discord.com/developers/activities/development-guides/user-actions#open-share-moment-dialog).
    ///
    /// Discord deletes the file after some time.
    pub fn upload_application_attachment(
        &self,
        application: ApplicationId,
        file: &Upload,
    ) -> Result<Attachment, Error> {
        struct Response {
            attachment: Attachment,
        }

        object! { Response {
            attachment: required,
        } }

        file.check()?;
        let mut form = Form::default();
        form.file("file", file);
        let request = Request::new(route::UPLOAD_APPLICATION_ATTACHMENT.at(&[&application])).form(form);
        self.read(request).map(|Response { attachment }| attachment)
    }
}
