//! What [linked roles](https://docs.discord.com/developers/resources/application-role-connection-metadata) can ask for.

use serde::Serialize;

use crate::error::Error;
use crate::id::ApplicationId;
use crate::model::{List, RoleConnectionMetadata};
use crate::rest::check::{at_field, chars, elements, invalid};
use crate::rest::options::Options;
use crate::rest::{Client, route};

/// The most records that an application can have.
const MAX_RECORDS: usize = 5;

/// All records of an application.
#[derive(Serialize)]
#[serde(transparent)]
struct Records<'a>(&'a [RoleConnectionMetadata]);

impl Options for Records<'_> {
    fn check(&self) -> Result<(), Error> {
        elements("", self.0.len(), &(0..=MAX_RECORDS))?;
        for (place, record) in self.0.iter().enumerate() {
            at_field(check(record), || format!("[{place}]"))?;
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
    for (field, text, most) in own.into_iter().chain(names).chain(descriptions) {
        at_field(chars(1..=most)(text), || field)?;
    }
    Ok(())
}

impl Client {
    /// What a linked role can ask of a user: [Get Application Role Connection Metadata Records](https://docs.discord.com/developers/resources/application-role-connection-metadata#get-application-role-connection-metadata-records).
    pub fn application_role_connection_metadata(
        &self,
        application: ApplicationId,
    ) -> Result<List<RoleConnectionMetadata>, Error> {
        self.fetch(route::APPLICATION_ROLE_CONNECTION_METADATA.at(&[&application]))
    }

    /// Sets what a linked role can ask of a user, at most 5 things: [Update Application Role Connection Metadata Records](https://docs.discord.com/developers/resources/application-role-connection-metadata#update-application-role-connection-metadata-records).
    ///
    /// ```no_run
    /// use syncord::model::application_role_connection::{RoleConnectionMetadata, RoleConnectionMetadataType};
    ///
    /// # let client = syncord::rest::Client::new(syncord::Token::new("…")?);
    /// let dives = RoleConnectionMetadata::new(
    ///     RoleConnectionMetadataType::INTEGER_GREATER_THAN_OR_EQUAL,
    ///     "dives",
    ///     "Dives",
    ///     "Has dived at least so often",
    /// );
    /// let application = client.current_application()?.id;
    /// client.update_application_role_connection_metadata(application, &[dives])?;
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
