//! [Guilds](https://docs.discord.com/developers/resources/guild) and their members.

mod ban;
mod feature;
mod guild;
mod integration;
mod join_request;
mod level;
mod member;
mod new_member;
mod onboarding;
mod partial;
mod threads;
mod vanity;
mod welcome_screen;
mod widget;

pub use ban::{Ban, BulkBan};
pub use feature::GuildFeature;
pub use guild::{Guild, IncidentsData};
pub use integration::{Integration, IntegrationAccount, IntegrationApplication, IntegrationExpireBehavior};
pub use join_request::{
    JoinRequest, JoinRequestField, JoinRequestFieldType, JoinRequestStatus, JoinRequests,
};
pub use level::{
    DefaultMessageNotificationLevel, ExplicitContentFilterLevel, MfaLevel, NsfwLevel, PremiumTier,
    SystemChannelFlags, VerificationLevel,
};
pub use member::{Member, MemberFlags, PartialMember};
pub use new_member::{
    NewMemberAction, NewMemberActionType, NewMemberWelcome, ResourceChannel, WelcomeMessage,
};
pub use onboarding::{Onboarding, OnboardingMode, OnboardingPrompt, OnboardingPromptType, PromptOption};
pub use partial::{GuildPreview, PartialGuild, UnavailableGuild};
pub use threads::ActiveThreads;
pub use vanity::{VanityUrl, VanityUrlError};
pub use welcome_screen::{WelcomeScreen, WelcomeScreenChannel};
pub use widget::{
    GuildWidget, GuildWidgetSettings, WidgetActivity, WidgetChannel, WidgetMember, WidgetStyle,
};
