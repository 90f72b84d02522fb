//! Commands, and how the bot responds to interactions.

use std::sync::Arc;

use serde_json::{Value, json};
use twilight_gateway::Event;
use twilight_http::Client;
use twilight_model::application::command::{
    Command, CommandOptionChoice, CommandOptionChoiceValue, CommandType,
};
use twilight_model::application::interaction::application_command::{
    CommandData, CommandDataOption, CommandOptionValue,
};
use twilight_model::application::interaction::modal::ModalInteractionComponent;
use twilight_model::application::interaction::{Interaction, InteractionData, InteractionDataResolved};
use twilight_model::channel::message::{Component, MessageFlags};
use twilight_model::http::interaction::{
    InteractionResponse, InteractionResponseData, InteractionResponseType,
};
use twilight_model::id::Id;
use twilight_model::id::marker::GenericMarker;
use twilight_util::builder::command::{
    AttachmentBuilder, BooleanBuilder, ChannelBuilder, CommandBuilder, IntegerBuilder, MentionableBuilder,
    NumberBuilder, RoleBuilder, StringBuilder, SubCommandBuilder, SubCommandGroupBuilder, UserBuilder,
};

use crate::bot::{Bot, Fallible};
use crate::talk::{Outcome, check, download, feature, person};

pub async fn try_all(bot: &mut Bot) {
    feature("command registration", registration(bot)).await;
    feature("slash commands, every kind of option", every_option(bot)).await;
    feature("subcommands", subcommands(bot)).await;
    feature("autocomplete", autocomplete(bot)).await;
    feature("context menus", context_menus(bot)).await;
    feature("deferred, ephemeral and follow-up messages", deferred(bot)).await;
}

fn commands() -> Vec<Command> {
    let every = CommandBuilder::new("every", "Every kind of option", CommandType::ChatInput)
        .option(StringBuilder::new("text", "a text").required(true).min_length(1).max_length(20))
        .option(IntegerBuilder::new("whole", "a number").required(true))
        .option(NumberBuilder::new("number", "a number").required(true))
        .option(BooleanBuilder::new("flag", "yes or no").required(true))
        .option(UserBuilder::new("user", "who").required(true))
        .option(RoleBuilder::new("role", "which").required(true))
        .option(ChannelBuilder::new("channel", "where").required(true))
        .option(MentionableBuilder::new("either", "which").required(true))
        .option(AttachmentBuilder::new("file", "a file").required(true))
        .option(StringBuilder::new("colour", "which").choices([("Red", "red")]));
    let add =
        SubCommandBuilder::new("add", "Adds a member").option(UserBuilder::new("who", "who").required(true));
    let crew = CommandBuilder::new("crew", "The crew", CommandType::ChatInput)
        .option(SubCommandGroupBuilder::new("rota", "The rota").subcommands([add]));
    let pick = CommandBuilder::new("pick", "Picks a fruit", CommandType::ChatInput)
        .option(StringBuilder::new("fruit", "which").required(true).autocomplete(true));
    let form = CommandBuilder::new("form", "Opens a form", CommandType::ChatInput)
        .option(IntegerBuilder::new("kind", "which").required(true));
    vec![
        every.build(),
        crew.build(),
        pick.build(),
        form.build(),
        CommandBuilder::new("later", "Answers later", CommandType::ChatInput).build(),
        CommandBuilder::new("Greet", "", CommandType::User).build(),
        CommandBuilder::new("Quote", "", CommandType::Message).build(),
    ]
}

async fn registration(bot: &mut Bot) -> Outcome {
    let (http, all) = (bot.http.clone(), commands());
    let registered = http.interaction(bot.app).set_global_commands(&all).await?.model().await?;
    check(registered.len() == 7 && registered.iter().all(|one| one.id.is_some()), &registered)?;
    let fetched = http.interaction(bot.app).global_commands().await?.model().await?;
    check(fetched.iter().map(|one| &one.name).eq(registered.iter().map(|one| &one.name)), &fetched)?;
    http.interaction(bot.app).set_guild_commands(bot.guild, &all).await?;
    Ok(())
}

/// Waits for the next interaction.
pub async fn next_interaction(bot: &mut Bot) -> Fallible<Interaction> {
    bot.wait(|event| match event {
        Event::InteractionCreate(interaction) => Some(Interaction::clone(interaction)),
        _ => None,
    })
    .await
}

async fn every_option(bot: &mut Bot) -> Outcome {
    let role = bot.http.create_role(bot.guild).name("pilot").await?.model().await?;
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
    let used = next_interaction(bot).await?;
    // The last step of the response is the deletion of the follow-up message.
    bot.wait(|event| matches!(event, Event::MessageDelete(_)).then_some(())).await?;
    let original = bot.http.interaction(bot.app).response(&used.token).await?.model().await?;
    check(original.content == "done", &original)?;
    check(original.flags.is_some_and(|flags| flags.contains(MessageFlags::EPHEMERAL)), original.flags)
}

/// Responds to an interaction.
pub async fn respond(http: Arc<Client>, interaction: Interaction) {
    if let Err(error) = try_respond(&http, &interaction).await {
        println!("no response: {error}");
    }
}

async fn try_respond(http: &Client, interaction: &Interaction) -> Fallible<()> {
    let (kind, data) = match &interaction.data {
        Some(InteractionData::ApplicationCommand(command)) => match command.name.as_str() {
            "later" => return answer_later(http, interaction).await,
            "form" => (InteractionResponseType::Modal, form(&command.options)?),
            name => match command_text(name, command)? {
                Some(text) => (InteractionResponseType::ChannelMessageWithSource, content(text)),
                None => (InteractionResponseType::ApplicationCommandAutocompleteResult, choices(command)),
            },
        },
        Some(InteractionData::MessageComponent(component)) if component.custom_id == "go" => {
            return press(http, interaction).await;
        }
        Some(InteractionData::MessageComponent(component)) => {
            let chosen = names(&component.values, component.resolved.as_ref());
            let text = if component.custom_id == "v2" { "v2 pressed".to_owned() } else { chosen };
            (InteractionResponseType::ChannelMessageWithSource, content(text))
        }
        Some(InteractionData::ModalSubmit(modal)) => {
            let values = modal.components.iter().map(|one| value(one, modal.resolved.as_ref()));
            let text = values.collect::<Fallible<Vec<_>>>()?.join(" ");
            (InteractionResponseType::ChannelMessageWithSource, content(text.trim().to_owned()))
        }
        _ => return Ok(()),
    };
    let response = InteractionResponse { kind, data: Some(data) };
    http.interaction(interaction.application_id)
        .create_response(interaction.id, &interaction.token, &response)
        .await?;
    Ok(())
}

fn content(text: String) -> InteractionResponseData {
    InteractionResponseData { content: Some(text), ..InteractionResponseData::default() }
}

/// The answer to a command. `None` for an autocomplete.
fn command_text(name: &str, command: &CommandData) -> Fallible<Option<String>> {
    let resolved = command.resolved.as_ref();
    Ok(Some(match name {
        "Greet" | "Quote" => {
            let (target, resolved) =
                (command.target_id.ok_or("no target")?, resolved.ok_or("nothing resolved")?);
            match resolved.users.get(&target.cast()) {
                Some(user) => format!("hello {}", user.name),
                None => format!("> {}", resolved.messages[&target.cast()].content),
            }
        }
        "crew" => {
            let CommandOptionValue::SubCommandGroup(group) = &command.options[0].value else {
                return Err("no group".into());
            };
            let CommandOptionValue::SubCommand(options) = &group[0].value else {
                return Err("no subcommand".into());
            };
            format!("added {}", option_text(&options[0], resolved)?)
        }
        _ if command.options.iter().any(|one| matches!(one.value, CommandOptionValue::Focused(..))) => {
            return Ok(None);
        }
        _ => {
            let texts = command.options.iter().map(|option| option_text(option, resolved));
            texts.collect::<Fallible<Vec<_>>>()?.join(" ")
        }
    }))
}

fn option_text(option: &CommandDataOption, resolved: Option<&InteractionDataResolved>) -> Fallible<String> {
    let resolved = resolved.ok_or("nothing resolved");
    Ok(match &option.value {
        CommandOptionValue::String(text) => text.clone(),
        CommandOptionValue::Integer(number) => number.to_string(),
        CommandOptionValue::Number(number) => number.to_string(),
        CommandOptionValue::Boolean(flag) => flag.to_string(),
        CommandOptionValue::User(id) => resolved?.users[id].name.clone(),
        CommandOptionValue::Mentionable(id) => resolved?.users[&id.cast()].name.clone(),
        CommandOptionValue::Role(id) => resolved?.roles[id].name.clone(),
        CommandOptionValue::Channel(id) => resolved?.channels[id].name.clone(),
        CommandOptionValue::Attachment(id) => {
            let file = &resolved?.attachments[id];
            format!("{} {}", file.filename, String::from_utf8(download(&file.url)?)?)
        }
        other => return Err(format!("{other:?}").into()),
    })
}

fn choices(command: &CommandData) -> InteractionResponseData {
    let typed = command.options.iter().find_map(|option| match &option.value {
        CommandOptionValue::Focused(text, _) => Some(text.clone()),
        _ => None,
    });
    let typed = typed.unwrap_or_default();
    let fruits = ["apple", "banana", "basil"].into_iter().filter(|fruit| fruit.starts_with(&typed));
    let choice = |fruit: &str| CommandOptionChoice {
        name: fruit.to_owned(),
        name_localizations: None,
        value: CommandOptionChoiceValue::String(fruit.to_owned()),
    };
    InteractionResponseData {
        choices: Some(fruits.map(choice).collect()),
        ..InteractionResponseData::default()
    }
}

async fn answer_later(http: &Client, interaction: &Interaction) -> Fallible<()> {
    let client = http.interaction(interaction.application_id);
    let data = InteractionResponseData {
        flags: Some(MessageFlags::EPHEMERAL),
        ..InteractionResponseData::default()
    };
    let kind = InteractionResponseType::DeferredChannelMessageWithSource;
    let response = InteractionResponse { kind, data: Some(data) };
    client.create_response(interaction.id, &interaction.token, &response).await?;
    client.update_response(&interaction.token).content(Some("done")).await?;
    let followup = client.create_followup(&interaction.token).content("and more").await?.model().await?;
    client.update_followup(&interaction.token, followup.id).content(Some("and even more")).await?;
    client.delete_followup(&interaction.token, followup.id).await?;
    Ok(())
}

async fn press(http: &Client, interaction: &Interaction) -> Fallible<()> {
    let client = http.interaction(interaction.application_id);
    let response = InteractionResponse {
        kind: InteractionResponseType::UpdateMessage,
        data: Some(content("gone".to_owned())),
    };
    client.create_response(interaction.id, &interaction.token, &response).await?;
    client.create_followup(&interaction.token).content("pressed").await?;
    Ok(())
}

/// The names of the chosen objects, or the values themselves.
fn names(values: &[String], resolved: Option<&InteractionDataResolved>) -> String {
    let name = |value: &String| {
        let id = value.parse::<u64>().ok().and_then(Id::<GenericMarker>::new_checked);
        let Some((id, resolved)) = id.zip(resolved) else { return value.clone() };
        let user = resolved.users.get(&id.cast()).map(|user| user.name.clone());
        let role = resolved.roles.get(&id.cast()).map(|role| role.name.clone());
        let channel = resolved.channels.get(&id.cast()).map(|channel| channel.name.clone());
        user.or(role).or(channel).unwrap_or_else(|| value.clone())
    };
    values.iter().map(name).collect::<Vec<_>>().join(" ")
}

/// What a person put into a component of a modal.
fn value(
    component: &ModalInteractionComponent,
    resolved: Option<&InteractionDataResolved>,
) -> Fallible<String> {
    let ids = |values: &[String]| names(values, resolved);
    Ok(match component {
        ModalInteractionComponent::Label(label) => value(&label.component, resolved)?,
        ModalInteractionComponent::TextInput(input) => input.value.clone(),
        ModalInteractionComponent::StringSelect(select) => select.values.join(" "),
        ModalInteractionComponent::UserSelect(select) => {
            ids(&select.values.iter().map(ToString::to_string).collect::<Vec<_>>())
        }
        ModalInteractionComponent::FileUpload(upload) => {
            let file = &resolved.ok_or("nothing resolved")?.attachments[&upload.values[0]];
            String::from_utf8(download(&file.url)?)?
        }
        ModalInteractionComponent::Checkbox(checkbox) => checkbox.value.to_string(),
        ModalInteractionComponent::CheckboxGroup(group) => group.values.join(" "),
        ModalInteractionComponent::TextDisplay(_) => String::new(),
        other => return Err(format!("{other:?}").into()),
    })
}

/// The form of a kind.
fn form(options: &[CommandDataOption]) -> Fallible<InteractionResponseData> {
    let label = |text: &str, component: Value| json!({"type": 18, "label": text, "component": component});
    let components = match options[0].value {
        CommandOptionValue::Integer(1) => json!([
            label("Name", json!({"type": 4, "custom_id": "name", "style": 1})),
            label(
                "Fruit",
                json!({"type": 3, "custom_id": "fruit", "options": [{"label": "Apple", "value": "apple"}]})
            ),
            label("Who", json!({"type": 5, "custom_id": "who"})),
            label("File", json!({"type": 19, "custom_id": "file"})),
            label("Sure", json!({"type": 23, "custom_id": "sure"})),
        ]),
        _ => json!([
            {"type": 10, "content": "Choose."},
            label("Many", json!({"type": 22, "custom_id": "many", "options": [{"label": "B", "value": "b"}]})),
        ]),
    };
    let components: Vec<Component> = serde_json::from_value(components)?;
    Ok(InteractionResponseData {
        components: Some(components),
        custom_id: Some("form".into()),
        title: Some("Form".into()),
        ..InteractionResponseData::default()
    })
}
