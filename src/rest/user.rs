use super::{Client, route};
use crate::error::Error;
use crate::model::User;

impl Client {
    /// The bot itself: [Get Current User](https://docs.discord.com/developers/resources/user#get-current-user).
    ///
    /// # Errors
    ///
    /// Those of [every call](Client#errors).
    pub fn current_user(&self) -> Result<User, Error> {
        self.fetch(route::CURRENT_USER.at(&[]))
    }
}
