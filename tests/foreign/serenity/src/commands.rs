//! Commands, and how the bot responds to interactions.

use serde_json::json;
use serenity::all::{
    ActionRowComponent, AutocompleteChoice, Command, CommandInteraction, CommandOptionType, CommandType,
    ComponentInteraction, ComponentInteractionDataKind, Context, CreateActionRow, CreateAutocompleteResponse,
    CreateCommand, CreateCommandOption, CreateInputText, CreateInteractionResponse,
    CreateInteractionResponseFollowup, CreateInteractionResponseMessage, CreateModal,
    EditInteractionResponse, EditRole, Event, InputTextStyle, Interaction, MessageFlags, ModalInteraction,
    ResolvedTarget, ResolvedValue, RoleId, UserId,
};

use crate::bot::{Bot, Fallible};
use crate::talk::{Outcome, check, feature, person};

pub async fn try_all(bot: &mut Bot) {
    feature("command registration", registration(bot)).await;
    feature("slash commands, every kind of option", every_option(bot)).await;
    feature("subcommands", subcommands(bot)).await;
    feature("autocomplete", autocomplete(bot)).await;
    feature("context menus", context_menus(bot)).await;
    feature("deferred, ephemeral and follow-up messages", deferred(bot)).await;
}

fn commands() -> Vec<CreateCommand> {
    let option = |kind, name: &str| CreateCommandOption::new(kind, name, "An option").required(true);
    let every = CreateCommand::new("every")
        .description("Every kind of option")
        .add_option(option(CommandOptionType::String, "text").min_length(1).max_length(20))
        .add_option(option(CommandOptionType::Integer, "whole"))
        .add_option(option(CommandOptionType::Number, "number"))
        .add_option(option(CommandOptionType::Boolean, "flag"))
        .add_option(option(CommandOptionType::User, "user"))
        .add_option(option(CommandOptionType::Role, "role"))
        .add_option(option(CommandOptionType::Channel, "channel"))
        .add_option(option(CommandOptionType::Mentionable, "either"))
        .add_option(option(CommandOptionType::Attachment, "file"))
        .add_option(
            option(CommandOptionType::String, "colour").required(false).add_string_choice("Red", "red"),
        );
    let add = CreateCommandOption::new(CommandOptionType::SubCommand, "add", "Adds a member")
        .add_sub_option(option(CommandOptionType::User, "who"));
    let rota =
        CreateCommandOption::new(CommandOptionType::SubCommandGroup, "rota", "The rota").add_sub_option(add);
    let fruit = option(CommandOptionType::String, "fruit").set_autocomplete(true);
    vec![
        every,
        CreateCommand::new("crew").description("The crew").add_option(rota),
        CreateCommand::new("pick").description("Picks a fruit").add_option(fruit),
        CreateCommand::new("form").description("Opens a form"),
        CreateCommand::new("later").description("Answers later"),
        CreateCommand::new("Greet").kind(CommandType::User),
        CreateCommand::new("Quote").kind(CommandType::Message),
    ]
}

async fn registration(bot: &mut Bot) -> Outcome {
    let registered = Command::set_global_commands(&bot.context, commands()).await?;
    check(registered.len() == 7, &registered)?;
    let fetched = Command::get_global_commands(&bot.context).await?;
    check(fetched.iter().map(|one| &one.name).eq(registered.iter().map(|one| &one.name)), &fetched)?;
    bot.guild.set_commands(&bot.context, commands()).await?;
    Ok(())
}

/// Waits for the next interaction.
pub async fn next_interaction(bot: &mut Bot) -> Fallible<Interaction> {
    bot.wait(|event| match event {
        Event::InteractionCreate(created) => Some(created.interaction.clone()),
        _ => None,
    })
    .await
}

async fn every_option(bot: &mut Bot) -> Outcome {
    let role = bot.guild.create_role(&bot.context, EditRole::new().name("pilot")).await?;
    let line = format!(
        "/every text:hi there whole:3 number:2.5 flag:true user:@bob role:{} channel:#general either:@bob \
         file:chart.txt colour:Red",
        role.id
    );
    let expect = "hi there 3 2.5 true bob pilot general bob chart.txt a map of the harbour red";
    person(&json!({"does": "uses", "line": line, "file": "chart.txt", "expect": expect}));
    next_interaction(bot).await.map(drop)
}

async fn subcommands(bot: &mut Bot) -> Outcome {
    person(&json!({"does": "uses", "line": "/crew rota add who:@ann", "expect": "added ann"}));
    next_interaction(bot).await.map(drop)
}

async fn autocomplete(bot: &mut Bot) -> Outcome {
    person(&json!({"does": "autocompletes", "line": "/pick fruit:ba", "expect": "banana,basil"}));
    next_interaction(bot).await.map(drop)
}

async fn context_menus(bot: &mut Bot) -> Outcome {
    let message = bot.say("old saying").await?;
    person(&json!({"does": "uses on user", "command": "Greet", "target": "bob", "expect": "hello bob"}));
    next_interaction(bot).await?;
    let id = message.id.to_string();
    person(&json!({"does": "uses on message", "command": "Quote", "message": id, "expect": "> old saying"}));
    next_interaction(bot).await.map(drop)
}

async fn deferred(bot: &mut Bot) -> Outcome {
    bot.forget();
    person(&json!({"does": "uses", "line": "/later"}));
    let Interaction::Command(used) = next_interaction(bot).await? else { return Err("no command".into()) };
    // The last step of the response is the deletion of the follow-up message.
    bot.wait(|event| matches!(event, Event::MessageDelete(_)).then_some(())).await?;
    let original = used.get_response(&bot.context).await?;
    check(original.content == "done", &original)?;
    check(original.flags.is_some_and(|flags| flags.contains(MessageFlags::EPHEMERAL)), original.flags)
}

/// Responds to an interaction.
pub async fn respond(context: &Context, interaction: &Interaction) {
    let responded = match interaction {
        Interaction::Command(command) => respond_to_command(context, command).await,
        Interaction::Autocomplete(command) => offer_fruits(context, command).await,
        Interaction::Component(component) => respond_to_component(context, component).await,
        Interaction::Modal(modal) => respond_to_modal(context, modal).await,
        _ => Ok(()),
    };
    if let Err(error) = responded {
        println!("no response: {error}");
    }
}

fn message(text: impl Into<String>) -> CreateInteractionResponse {
    CreateInteractionResponse::Message(CreateInteractionResponseMessage::new().content(text))
}

async fn respond_to_command(context: &Context, command: &CommandInteraction) -> Fallible<()> {
    match command.data.name.as_str() {
        "later" => {
            command.defer_ephemeral(context).await?;
            command.edit_response(context, EditInteractionResponse::new().content("done")).await?;
            let followup = CreateInteractionResponseFollowup::new().content("and more");
            let followup = command.create_followup(context, followup).await?;
            let edit = CreateInteractionResponseFollowup::new().content("and even more");
            command.edit_followup(context, followup.id, edit).await?;
            command.delete_followup(context, followup.id).await?;
        }
        "form" => {
            let name = CreateInputText::new(InputTextStyle::Short, "Name", "name");
            let note = CreateInputText::new(InputTextStyle::Paragraph, "Note", "note").required(false);
            let rows = vec![CreateActionRow::InputText(name), CreateActionRow::InputText(note)];
            let modal = CreateModal::new("form", "Form").components(rows);
            command.create_response(context, CreateInteractionResponse::Modal(modal)).await?;
        }
        _ => {
            let text = match command.data.target() {
                Some(ResolvedTarget::User(user, _)) => format!("hello {}", user.name),
                Some(ResolvedTarget::Message(message)) => format!("> {}", message.content),
                _ => {
                    let mut texts = Vec::new();
                    for option in command.data.options() {
                        texts.push(option_text(option.value).await?);
                    }
                    texts.join(" ")
                }
            };
            command.create_response(context, message(text)).await?;
        }
    }
    Ok(())
}

async fn option_text(value: ResolvedValue<'_>) -> Fallible<String> {
    Ok(match value {
        ResolvedValue::String(text) => text.to_owned(),
        ResolvedValue::Integer(number) => number.to_string(),
        ResolvedValue::Number(number) => number.to_string(),
        ResolvedValue::Boolean(flag) => flag.to_string(),
        ResolvedValue::User(user, _) => user.name.clone(),
        ResolvedValue::Role(role) => role.name.clone(),
        ResolvedValue::Channel(channel) => channel.name.clone().unwrap_or_default(),
        ResolvedValue::Attachment(file) => {
            format!("{} {}", file.filename, String::from_utf8(file.download().await?)?)
        }
        ResolvedValue::SubCommandGroup(group) => match &group[0].value {
            ResolvedValue::SubCommand(options) => match &options[0].value {
                ResolvedValue::User(user, _) => format!("added {}", user.name),
                other => return Err(format!("{other:?}").into()),
            },
            other => return Err(format!("{other:?}").into()),
        },
        other => return Err(format!("{other:?}").into()),
    })
}

async fn offer_fruits(context: &Context, command: &CommandInteraction) -> Fallible<()> {
    let typed = command.data.autocomplete().ok_or("nothing is typed")?.value.to_owned();
    let fruits = ["apple", "banana", "basil"].into_iter().filter(|fruit| fruit.starts_with(&typed));
    let choices = fruits.map(|fruit| AutocompleteChoice::new(fruit, fruit)).collect();
    let response = CreateAutocompleteResponse::new().set_choices(choices);
    command.create_response(context, CreateInteractionResponse::Autocomplete(response)).await?;
    Ok(())
}

async fn respond_to_component(context: &Context, component: &ComponentInteraction) -> Fallible<()> {
    let guild = component.guild_id.ok_or("not in a guild")?;
    let member = |id: UserId| async move { guild.member(context, id).await.map(|member| member.user.name) };
    let text = match &component.data.kind {
        ComponentInteractionDataKind::Button => {
            let update = CreateInteractionResponseMessage::new().content("gone");
            component.create_response(context, CreateInteractionResponse::UpdateMessage(update)).await?;
            let followup = CreateInteractionResponseFollowup::new().content("pressed");
            component.create_followup(context, followup).await?;
            return Ok(());
        }
        ComponentInteractionDataKind::StringSelect { values } => values.join(" "),
        ComponentInteractionDataKind::UserSelect { values } => member(values[0]).await?,
        ComponentInteractionDataKind::MentionableSelect { values } => {
            let mut names = Vec::new();
            for id in values {
                names.push(member(UserId::new(id.get())).await?);
            }
            names.join(" ")
        }
        ComponentInteractionDataKind::ChannelSelect { values } => values[0].name(context).await?,
        ComponentInteractionDataKind::RoleSelect { values } => role_name(context, guild, values[0]).await?,
        other => return Err(format!("{other:?}").into()),
    };
    component.create_response(context, message(text)).await?;
    Ok(())
}

async fn role_name(context: &Context, guild: serenity::all::GuildId, role: RoleId) -> Fallible<String> {
    Ok(guild.role(context, role).await?.name)
}

async fn respond_to_modal(context: &Context, modal: &ModalInteraction) -> Fallible<()> {
    let inputs = modal.data.components.iter().flat_map(|row| &row.components);
    let texts = inputs.filter_map(|input| match input {
        ActionRowComponent::InputText(input) => input.value.clone(),
        _ => None,
    });
    let text = texts.collect::<Vec<_>>().join(" ");
    modal.create_response(context, message(text)).await?;
    Ok(())
}
