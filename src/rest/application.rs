use super::{Client, route};
use crate::error::Error;
use crate::model::Application;

impl Client {
    /// The bot's application: [Get Current Application](https://docs.discord.com/developers/resources/application#get-current-application).
    ///
    /// # Errors
    ///
    /// Those of [every call](Client#errors).
    pub fn current_application(&self) -> Result<Application, Error> {
        self.fetch(route::CURRENT_APPLICATION.at(&[]))
    }
}
