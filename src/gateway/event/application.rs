use super::macros::wraps;
use crate::model::{CommandPermissions, Entitlement, Subscription};

wraps! {
    /// The permissions of an application's commands in a guild were changed: [APPLICATION_COMMAND_PERMISSIONS_UPDATE](https://docs.discord.com/developers/events/gateway-events#application-command-permissions-update).
    ApplicationCommandPermissionsUpdate(CommandPermissions);

    /// An entitlement was created: [ENTITLEMENT_CREATE](https://docs.discord.com/developers/events/gateway-events#entitlement-create).
    EntitlementCreate(Entitlement);

    /// An entitlement was changed: [ENTITLEMENT_UPDATE](https://docs.discord.com/developers/events/gateway-events#entitlement-update).
    EntitlementUpdate(Entitlement);

    /// An entitlement was deleted: [ENTITLEMENT_DELETE](https://docs.discord.com/developers/events/gateway-events#entitlement-delete).
    ///
    /// Discord does not send it when an entitlement expires.
    EntitlementDelete(Entitlement);

    /// A subscription was created: [SUBSCRIPTION_CREATE](https://docs.discord.com/developers/events/gateway-events#subscription-create).
    SubscriptionCreate(Subscription);

    /// A subscription was changed: [SUBSCRIPTION_UPDATE](https://docs.discord.com/developers/events/gateway-events#subscription-update).
    SubscriptionUpdate(Subscription);

    /// A subscription was deleted: [SUBSCRIPTION_DELETE](https://docs.discord.com/developers/events/gateway-events#subscription-delete).
    SubscriptionDelete(Subscription);
}
