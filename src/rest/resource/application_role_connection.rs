//! [Metadata records](https://docs.discord.com/developers/resources/application-role-connection-metadata) of linked roles.

use serde::Serialize;

use crate::error::Error;
use crate::id::ApplicationId;
use crate::model::{List, RoleConnectionMetadata};
use crate::rest::check::{at_field, chars, elements, invalid};
use crate::rest::options::Options;
use crate::rest::{Client, route};

/// Maximum number of records of an application.
const MAX_RECORDS: usize = 5;

/// All records of an application.
#[derive(Serialize)]
#[serde(transparent)]
struct Records<'a>(&'a [RoleConnectionMetadata]);

impl Options for Records<'_> {
    fn check(&self) -> Result<(), Error> {
        elements("", self.0.len(), &(0..=MAX_RECORDS))?;
        for (index, record) in self.0.iter().enumerate() {
            at_field(check(record), || format!("[{index}]"))?;
        }
        Ok(())
    }
}

fn check(record: &RoleConnectionMetadata) -> Result<(), Error> {
    let is_allowed = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    at_field(chars(1..=50)(&record.key), || "key".to_owned())?;
    if !record.key.chars().all(is_allowed) {
        return invalid("key", "only a-z, 0-9 and _ are allowed");
    }
    let names = record.name_localizations.iter();
    let names = names.map(|(locale, name)| (format!("name_localizations.{locale}"), name, 100));
    let descriptions = record.description_localizations.iter();
    let descriptions =
        descriptions.map(|(locale, text)| (format!("description_localizations.{locale}"), text, 200));
    let own = [("name".to_owned(), &record.name, 100), ("description".to_owned(), &record.description, 200)];
    for (field, text, max) in own.into_iter().chain(names).chain(descriptions) {
        at_field(chars(1..=max)(text), || field)?;
    }
    Ok(())
}

impl Client {
    /// Returns the metadata records that linked roles can use as conditions: [Get Application Role Connection Metadata Records](https://docs.discord.com/developers/resources/application-role-connection-metadata#get-application-role-connection-metadata-records).
    pub fn application_role_connection_metadata(
        &self,
        application: ApplicationId,
    ) -> Result<List<RoleConnectionMetadata>, Error> {
        self.fetch(route::APPLICATION_ROLE_CONNECTION_METADATA.at(&[&application]))
    }

    /// Sets the metadata records that linked roles can use as conditions, at most 5: [Update Application Role Connection Metadata Records](https://docs.discord.com/developers/resources/application-role-connection-metadata#update-application-role-connection-metadata-records).
    ///
    /// ```
    /// # let discord = syncord::sim::Discord::start()?;
    /// # let client = syncord::rest::Client::builder(syncord::Token::new(&discord.token())?).api_url(discord.api_url()).build()?;
    /// use syncord::model::application_role_connection::{RoleConnectionMetadata, RoleConnectionMetadataType};
    ///
    /// let dives = RoleConnectionMetadata::new(
    ///     RoleConnectionMetadataType::INTEGER_GREATER_THAN_OR_EQUAL,
    ///     "dives",
    ///     "Dives",
    ///     "Minimum number of dives",
    /// );
    /// let application = client.current_application()?.id;
    /// let records = client.update_application_role_connection_metadata(application, &[dives])?;
    /// assert_eq!(records[0].key, "dives");
    /// # Ok::<(), syncord::Error>(())
    /// ```
    pub fn update_application_role_connection_metadata(
        &self,
        application: ApplicationId,
        records: &[RoleConnectionMetadata],
    ) -> Result<List<RoleConnectionMetadata>, Error> {
        let route = route::UPDATE_APPLICATION_ROLE_CONNECTION_METADATA.at(&[&application]);
        self.change(route, &Records(records))
    }
}
