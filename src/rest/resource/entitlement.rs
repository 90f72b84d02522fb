//! [Entitlements](https://docs.discord.com/developers/resources/entitlement).

use serde::Serialize;

use crate::error::Error;
use crate::id::{AnyId, ApplicationId, EntitlementId, GuildId, SkuId, UserId};
use crate::model::{Entitlement, List};
use crate::rest::check::{count, number};
use crate::rest::options::{Options, options};
use crate::rest::{Client, Pages, route};

/// Maximum number of entitlements of a page.
const MAX_ENTITLEMENTS: u16 = 100;

/// Maximum number of SKUs in a request.
const MAX_SKUS: usize = 100;

options! {
    /// Filters for entitlements: [List Entitlements](https://docs.discord.com/developers/resources/entitlement#list-entitlements).
    ListEntitlements {
        /// Returns only entitlements of this user.
        user_id: UserId,
        /// Returns only entitlements for these SKUs, at most 100.
        sku_ids: Vec<SkuId> [joined] => count(0..=MAX_SKUS),
        /// Returns only entitlements with a lower ID.
        before: EntitlementId,
        /// Returns only entitlements with a higher ID.
        after: EntitlementId,
        /// Maximum number of entitlements to return, 1-100. Default: 100.
        limit: u16 => number(1..=MAX_ENTITLEMENTS),
        /// Returns only entitlements of this guild.
        guild_id: GuildId,
        /// Whether to exclude expired entitlements. Default: `false`.
        exclude_ended: bool,
        /// Whether to exclude deleted entitlements. Default: `true`.
        exclude_deleted: bool,
    }
}

/// The owner of a test entitlement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EntitlementOwner {
    /// A guild.
    Guild(GuildId),
    /// A user.
    User(UserId),
}

impl From<GuildId> for EntitlementOwner {
    fn from(guild: GuildId) -> Self {
        EntitlementOwner::Guild(guild)
    }
}

impl From<UserId> for EntitlementOwner {
    fn from(user: UserId) -> Self {
        EntitlementOwner::User(user)
    }
}

/// A test entitlement, as Discord expects it.
#[derive(Serialize)]
struct TestEntitlement {
    sku_id: SkuId,
    owner_id: AnyId,
    /// 1 for a guild, 2 for a user.
    owner_type: u8,
}

impl Options for TestEntitlement {
    fn check(&self) -> Result<(), Error> {
        Ok(())
    }
}

impl Client {
    /// Returns a page of an application's entitlements: [List Entitlements](https://docs.discord.com/developers/resources/entitlement#list-entitlements).
    pub fn entitlements(
        &self,
        application: ApplicationId,
        filter: &ListEntitlements,
    ) -> Result<List<Entitlement>, Error> {
        self.fetch(route::ENTITLEMENTS.at(&[&application]).query(filter)?)
    }

    /// Iterates over an application's entitlements, oldest first, and fetches further pages when needed. See
    /// [`entitlements`](Client::entitlements).
    ///
    /// It returns the entitlements between `after` and `before`, and ignores `limit`.
    ///
    /// ```
    /// # let discord = syncord::sim::Discord::start()?;
    /// # let client = syncord::rest::Client::builder(syncord::Token::new(&discord.token())?).api_url(discord.api_url()).build()?;
    /// use syncord::rest::ListEntitlements;
    ///
    /// let application = client.current_application()?.id;
    /// for entitlement in client.entitlements_iter(application, &ListEntitlements::new().exclude_ended(true)) {
    ///     println!("{}", entitlement?.id);
    /// }
    /// # Ok::<(), syncord::Error>(())
    /// ```
    pub fn entitlements_iter(
        &self,
        application: ApplicationId,
        filter: &ListEntitlements,
    ) -> Pages<Entitlement> {
        let (client, mut filter) = (self.clone(), filter.clone().limit(MAX_ENTITLEMENTS));
        let after = filter.after.value().copied().unwrap_or(EntitlementId::new(0));
        // Discord does not document what both together mean.
        let before = std::mem::take(&mut filter.before).into_value();
        let id = |entitlement: &Entitlement| entitlement.id;
        Pages::upward((after, before), MAX_ENTITLEMENTS.into(), id, move |after| {
            client.entitlements(application, &filter.clone().after(after))
        })
    }

    /// Returns an entitlement: [Get Entitlement](https://docs.discord.com/developers/resources/entitlement#get-entitlement).
    pub fn entitlement(
        &self,
        application: ApplicationId,
        entitlement: EntitlementId,
    ) -> Result<Entitlement, Error> {
        self.fetch(route::ENTITLEMENT.at(&[&application, &entitlement]))
    }

    /// Marks a one-time purchase as consumed: [Consume an Entitlement](https://docs.discord.com/developers/resources/entitlement#consume-an-entitlement).
    pub fn consume_entitlement(
        &self,
        application: ApplicationId,
        entitlement: EntitlementId,
    ) -> Result<(), Error> {
        self.perform(route::CONSUME_ENTITLEMENT.at(&[&application, &entitlement]))
    }

    /// Creates a test entitlement for a guild or a user: [Create Test Entitlement](https://docs.discord.com/developers/resources/entitlement#create-test-entitlement).
    ///
    /// ```
    /// # let discord = syncord::sim::Discord::start()?;
    /// # let client = syncord::rest::Client::builder(syncord::Token::new(&discord.token())?).api_url(discord.api_url()).build()?;
    /// # let (application, guild) = (discord.application_id(), discord.guild_id());
    /// use syncord::id::SkuId;
    ///
    /// let sku = SkuId::new(999184799365857331);
    /// let entitlement = client.create_test_entitlement(application, sku, guild)?;
    /// assert_eq!(entitlement.sku_id, sku);
    /// # Ok::<(), syncord::Error>(())
    /// ```
    pub fn create_test_entitlement(
        &self,
        application: ApplicationId,
        sku: SkuId,
        owner: impl Into<EntitlementOwner>,
    ) -> Result<Entitlement, Error> {
        let (owner_id, owner_type) = match owner.into() {
            EntitlementOwner::Guild(guild) => (guild.get().into(), 1),
            EntitlementOwner::User(user) => (user.get().into(), 2),
        };
        let entitlement = TestEntitlement { sku_id: sku, owner_id, owner_type };
        self.change(route::CREATE_TEST_ENTITLEMENT.at(&[&application]), &entitlement)
    }

    /// Deletes a test entitlement: [Delete Test Entitlement](https://docs.discord.com/developers/resources/entitlement#delete-test-entitlement).
    pub fn delete_test_entitlement(
        &self,
        application: ApplicationId,
        entitlement: EntitlementId,
    ) -> Result<(), Error> {
        self.perform(route::DELETE_TEST_ENTITLEMENT.at(&[&application, &entitlement]))
    }
}
