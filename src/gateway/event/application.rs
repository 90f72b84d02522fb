use super::wraps;
use crate::model::{CommandPermissions, Entitlement, Subscription};

wraps! {
    /// Who may use the application's commands in a guild was changed: [APPLICATION_COMMAND_PERMISSIONS_UPDATE](https://docs.discord.com/developers/events/gateway-events#application-command-permissions-update).
    ApplicationCommandPermissionsUpdate(CommandPermissions);

    /// Somebody is entitled to something: [ENTITLEMENT_CREATE](https://docs.discord.com/developers/events/gateway-events#entitlement-create).
    EntitlementCreate(Entitlement);

    /// An entitlement was changed: [ENTITLEMENT_UPDATE](https://docs.discord.com/developers/events/gateway-events#entitlement-update).
    EntitlementUpdate(Entitlement);

    /// An entitlement was taken back: [ENTITLEMENT_DELETE](https://docs.discord.com/developers/events/gateway-events#entitlement-delete).
    ///
    /// It does not come when one runs out.
    EntitlementDelete(Entitlement);

    /// Somebody subscribed: [SUBSCRIPTION_CREATE](https://docs.discord.com/developers/events/gateway-events#subscription-create).
    SubscriptionCreate(Subscription);

    /// A subscription was changed: [SUBSCRIPTION_UPDATE](https://docs.discord.com/developers/events/gateway-events#subscription-update).
    SubscriptionUpdate(Subscription);

    /// A subscription is gone: [SUBSCRIPTION_DELETE](https://docs.discord.com/developers/events/gateway-events#subscription-delete).
    SubscriptionDelete(Subscription);
}
