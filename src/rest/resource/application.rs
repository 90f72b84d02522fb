//! [Applications](https://docs.discord.com/developers/resources/application).

use crate::error::Error;
use crate::id::ApplicationId;
use crate::json::{Read, object};
use crate::model::limits::MAX_URL;
use crate::model::{
    ActivityInstance, Application, ApplicationFlags, ApplicationIntegrationType, Attachment,
    EventWebhooksStatus, InstallParams, IntegrationTypeConfig, Map,
};
use crate::rest::check::{both, chars, count, each};
use crate::rest::form::Form;
use crate::rest::options::options;
use crate::rest::request::Request;
use crate::rest::{Client, ImageData, Upload, route};

/// The longest description, in characters.
const MAX_DESCRIPTION: usize = 400;

options! {
    /// What to change of an application: [Edit Current Application](https://docs.discord.com/developers/resources/application#edit-current-application).
    EditApplication {
        /// Sets where people are led who want to add it, if not to Discord's own page.
        custom_install_url / no_custom_install_url: String [into] => chars(0..=MAX_URL),
        /// Sets its description: at most 400 characters.
        description: String [into] => chars(0..=MAX_DESCRIPTION),
        /// Sets where linked roles are verified.
        role_connections_verification_url / no_role_connections_verification_url: String [into] => chars(0..=MAX_URL),
        /// Sets what it asks for when it is added.
        install_params / no_install_params: InstallParams,
        /// Sets for whom it can be installed, and what it asks for then.
        integration_types_config: Map<ApplicationIntegrationType, IntegrationTypeConfig>,
        /// Sets its flags, of which only `GATEWAY_PRESENCE_LIMITED`, `GATEWAY_GUILD_MEMBERS_LIMITED` and
        /// `GATEWAY_MESSAGE_CONTENT_LIMITED` can be.
        flags: ApplicationFlags,
        /// Sets its icon.
        icon / no_icon: ImageData,
        /// Sets the picture of its invitations.
        cover_image / no_cover_image: ImageData,
        /// Sets where interactions are sent over HTTP; then they come over no gateway.
        interactions_endpoint_url / no_interactions_endpoint_url: String [into] => chars(0..=MAX_URL),
        /// Sets what it is about: at most 5 tags of at most 20 characters.
        tags: Vec<String> => both(count(0..=5), each(chars(0..=20))),
        /// Sets where [webhook events](https://docs.discord.com/developers/events/webhook-events) are sent.
        event_webhooks_url / no_event_webhooks_url: String [into] => chars(0..=MAX_URL),
        /// Sets whether webhook events are sent: `DISABLED` or `ENABLED`.
        event_webhooks_status: EventWebhooksStatus,
        /// Sets [which webhook events](https://docs.discord.com/developers/events/webhook-events#event-types) are sent.
        event_webhooks_types: Vec<String>,
    }
}

impl Client {
    /// The bot's application: [Get Current Application](https://docs.discord.com/developers/resources/application#get-current-application).
    pub fn current_application(&self) -> Result<Application, Error> {
        self.current_application_as()
    }

    /// The same, for those who need less of it.
    pub(crate) fn current_application_as<T: Read>(&self) -> Result<T, Error> {
        self.fetch(route::CURRENT_APPLICATION.at(&[]))
    }

    /// Changes the bot's application: [Edit Current Application](https://docs.discord.com/developers/resources/application#edit-current-application).
    ///
    /// ```no_run
    /// use syncord::rest::EditApplication;
    ///
    /// # let client = syncord::rest::Client::new(syncord::Token::new("…")?);
    /// let changes = EditApplication::new().description("Knows the tides.").tags(vec!["weather".into()]);
    /// client.edit_current_application(&changes)?;
    /// # Ok::<(), syncord::Error>(())
    /// ```
    pub fn edit_current_application(&self, changes: &EditApplication) -> Result<Application, Error> {
        self.change(route::EDIT_CURRENT_APPLICATION.at(&[]), changes)
    }

    /// The bot's application by its id; see [`current_application`](Client::current_application).
    pub fn application(&self, application: ApplicationId) -> Result<Application, Error> {
        self.fetch(route::APPLICATION.at(&[&application]))
    }

    /// Changes the bot's application by its id; see [`edit_current_application`](Client::edit_current_application).
    pub fn edit_application(
        &self,
        application: ApplicationId,
        changes: &EditApplication,
    ) -> Result<Application, Error> {
        self.change(route::EDIT_APPLICATION.at(&[&application]), changes)
    }

    /// A running activity of the application: [Get Application Activity Instance](https://docs.discord.com/developers/resources/application#get-application-activity-instance).
    pub fn application_activity_instance(
        &self,
        application: ApplicationId,
        instance: &str,
    ) -> Result<ActivityInstance, Error> {
        self.fetch(route::APPLICATION_ACTIVITY_INSTANCE.at(&[&application, &instance]))
    }

    /// Uploads a file for an activity to [share](https://docs.discord.com/developers/activities/development-guides/user-actions#open-share-moment-dialog),
    /// which is kept for a while.
    pub fn upload_application_attachment(
        &self,
        application: ApplicationId,
        file: &Upload,
    ) -> Result<Attachment, Error> {
        struct Answer {
            attachment: Attachment,
        }

        object! { Answer {
            attachment: required,
        } }

        file.check()?;
        let mut form = Form::default();
        form.file("file", file);
        let request = Request::new(route::UPLOAD_APPLICATION_ATTACHMENT.at(&[&application])).form(form);
        self.read(request).map(|Answer { attachment }| attachment)
    }
}
