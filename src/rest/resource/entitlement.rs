//! [Entitlements](https://docs.discord.com/developers/resources/entitlement).

use serde::Serialize;

use crate::error::Error;
use crate::id::{AnyId, ApplicationId, EntitlementId, GuildId, SkuId, UserId};
use crate::model::{Entitlement, List};
use crate::rest::check::{count, number};
use crate::rest::options::{Options, options};
use crate::rest::{Client, Pages, route};

/// The largest page of entitlements.
const MAX_ENTITLEMENTS: u16 = 100;

/// The most SKUs that can be asked for at once.
const MAX_SKUS: usize = 100;

options! {
    /// Which entitlements are wanted: [List Entitlements](https://docs.discord.com/developers/resources/entitlement#list-entitlements).
    ListEntitlements {
        /// Only those of this user.
        user_id: UserId,
        /// Only those to these SKUs: at most 100.
        sku_ids: Vec<SkuId> [joined] => count(0..=MAX_SKUS),
        /// Only those with a smaller id.
        before: EntitlementId,
        /// Only those with a greater id.
        after: EntitlementId,
        /// At most so many: 1 to 100 (100).
        limit: u16 => number(1..=MAX_ENTITLEMENTS),
        /// Only those of this guild.
        guild_id: GuildId,
        /// Whether to leave out those that have ended (`false`).
        exclude_ended: bool,
        /// Whether to leave out those that were deleted (`true`).
        exclude_deleted: bool,
    }
}

/// Who gets a test entitlement.
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

/// An entitlement to test with, in Discord's words.
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
    /// A page of what people have paid for: [List Entitlements](https://docs.discord.com/developers/resources/entitlement#list-entitlements).
    pub fn entitlements(
        &self,
        application: ApplicationId,
        which: &ListEntitlements,
    ) -> Result<List<Entitlement>, Error> {
        self.fetch(route::ENTITLEMENTS.at(&[&application]).query(which)?)
    }

    /// All that people have paid for, the oldest first, fetched by the page. See [`entitlements`](Client::entitlements).
    ///
    /// It begins behind `after` and ends at `before`; `limit` is of no meaning.
    ///
    /// ```no_run
    /// use syncord::rest::ListEntitlements;
    ///
    /// # let client = syncord::rest::Client::new(syncord::Token::new("…")?);
    /// let application = client.current_application()?.id;
    /// for entitlement in client.entitlements_iter(application, &ListEntitlements::new().exclude_ended(true)) {
    ///     println!("{}", entitlement?.id);
    /// }
    /// # Ok::<(), syncord::Error>(())
    /// ```
    pub fn entitlements_iter(
        &self,
        application: ApplicationId,
        which: &ListEntitlements,
    ) -> Pages<Entitlement> {
        let (client, mut which) = (self.clone(), which.clone().limit(MAX_ENTITLEMENTS));
        let after = which.after.value().copied().unwrap_or(EntitlementId::new(0));
        // Discord does not say what both at once mean.
        let before = std::mem::take(&mut which.before).into_value();
        let id = |entitlement: &Entitlement| entitlement.id;
        Pages::upward((after, before), MAX_ENTITLEMENTS.into(), id, move |after| {
            client.entitlements(application, &which.clone().after(after))
        })
    }

    /// An entitlement: [Get Entitlement](https://docs.discord.com/developers/resources/entitlement#get-entitlement).
    pub fn entitlement(
        &self,
        application: ApplicationId,
        entitlement: EntitlementId,
    ) -> Result<Entitlement, Error> {
        self.fetch(route::ENTITLEMENT.at(&[&application, &entitlement]))
    }

    /// Marks what was bought once as used up: [Consume an Entitlement](https://docs.discord.com/developers/resources/entitlement#consume-an-entitlement).
    pub fn consume_entitlement(
        &self,
        application: ApplicationId,
        entitlement: EntitlementId,
    ) -> Result<(), Error> {
        self.perform(route::CONSUME_ENTITLEMENT.at(&[&application, &entitlement]))
    }

    /// Gives a guild or a user an entitlement, to test with: [Create Test Entitlement](https://docs.discord.com/developers/resources/entitlement#create-test-entitlement).
    ///
    /// ```no_run
    /// use syncord::id::{ApplicationId, GuildId, SkuId};
    ///
    /// # let client = syncord::rest::Client::new(syncord::Token::new("…")?);
    /// # let application = ApplicationId::new(1);
    /// let guild = GuildId::new(847184799365857999);
    /// client.create_test_entitlement(application, SkuId::new(999184799365857331), guild)?;
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

    /// Takes a test entitlement back: [Delete Test Entitlement](https://docs.discord.com/developers/resources/entitlement#delete-test-entitlement).
    pub fn delete_test_entitlement(
        &self,
        application: ApplicationId,
        entitlement: EntitlementId,
    ) -> Result<(), Error> {
        self.perform(route::DELETE_TEST_ENTITLEMENT.at(&[&application, &entitlement]))
    }
}
