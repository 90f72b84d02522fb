#![allow(clippy::unwrap_used)]

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;

use serde_json::json;

use super::{Calls, Registrar};
use crate::command::{CommandBuilder, CommandDefinition, PlanStep, Scope, SyncRules};
use crate::error::{Error, HttpError};
use crate::error_code::JsonErrorCode;
use crate::model::{Command, CommandType, List};

/// A fake Discord: the commands that each fetch returns, and what it refuses.
#[derive(Default)]
struct Discord {
    looks: RefCell<VecDeque<Vec<Command>>>,
    asked: RefCell<Vec<String>>,
    refuses: RefCell<Vec<(&'static str, HttpError)>>,
    stopped: Cell<bool>,
}

impl Discord {
    /// It has these commands, at one look after the other.
    fn with(looks: &[&[&CommandDefinition]]) -> Discord {
        let look =
            |look: &&[&CommandDefinition]| (1..).zip(*look).map(|(id, one)| registered(id, one)).collect();
        Discord { looks: RefCell::new(looks.iter().map(look).collect()), ..Discord::default() }
    }

    /// Refuses what is asked so, once for each time that this is said.
    fn refuse(self, what: &'static str, status: u16, code: JsonErrorCode) -> Discord {
        let mut error = HttpError::new(what, status, "no");
        error.code = code;
        self.refuses.borrow_mut().push((what, error));
        self
    }

    fn ask(&self, what: String) -> Result<Option<()>, Error> {
        let mut refuses = self.refuses.borrow_mut();
        let refusal = refuses.iter().position(|(refused, _)| *refused == what);
        self.asked.borrow_mut().push(what);
        match refusal {
            Some(place) => Err(refuses.remove(place).1.into()),
            None => Ok((!self.stopped.get()).then_some(())),
        }
    }

    /// Registers these, and says what was asked.
    fn register(&self, commands: &[&CommandDefinition]) -> (Result<(), Error>, Vec<String>) {
        let commands = commands.iter().map(|command| (*command).clone()).collect();
        let registrar = Registrar { commands, ..Registrar::default() };
        let result = registrar.bring_up_to_date(self, &SyncRules::default());
        (result, self.asked.take())
    }
}

impl Calls for Discord {
    fn existing(&self, _: Scope) -> Result<Option<List<Command>>, Error> {
        self.ask("GET".to_owned())?;
        let mut looks = self.looks.borrow_mut();
        let look = if looks.len() > 1 { looks.pop_front().unwrap() } else { looks[0].clone() };
        Ok(Some(look.into()))
    }

    fn overwrite(&self, _: Scope, commands: &[CommandDefinition]) -> Result<Option<()>, Error> {
        let names: Vec<_> = commands.iter().map(|command| command.name.as_str()).collect();
        self.ask(format!("= {}", names.join(" ")))
    }

    fn take(&self, _: Scope, step: &PlanStep) -> Result<Option<()>, Error> {
        self.ask(step.to_string())
    }
}

fn declared(name: &str, about: &str) -> CommandDefinition {
    CommandBuilder::<_, ()>::slash(name, about).definition().clone()
}

fn registered(id: u64, definition: &CommandDefinition) -> Command {
    let mut body = serde_json::to_value(definition).unwrap();
    body["id"] = json!(id.to_string());
    body["application_id"] = json!("7");
    body["version"] = json!("9");
    serde_json::from_value(body).unwrap()
}

#[test]
fn a_command_that_is_deleted_already_is_deleted() {
    let (kept, old) = (declared("kept", "x"), declared("old", "x"));
    let (result, asked) = Discord::with(&[&[&kept, &old]])
        .refuse("- /old", 404, JsonErrorCode::UNKNOWN_APPLICATION_COMMAND)
        .register(&[&kept]);
    result.unwrap();
    assert_eq!(asked, ["GET", "- /old"]);
}

#[test]
fn a_missing_command_leads_to_a_new_comparison() {
    let (old, new) = (declared("a", "x"), declared("a", "y"));
    let changed = "~ /a: description";
    let (result, asked) = Discord::with(&[&[&old], &[]])
        .refuse(changed, 404, JsonErrorCode::UNKNOWN_APPLICATION_COMMAND)
        .register(&[&new]);
    result.unwrap();
    assert_eq!(asked, ["GET", changed, "GET", "+ /a"]);

    let discord = Discord::with(&[&[&old]])
        .refuse(changed, 404, JsonErrorCode::UNKNOWN_APPLICATION_COMMAND)
        .refuse(changed, 404, JsonErrorCode::UNKNOWN_APPLICATION_COMMAND);
    let (result, asked) = discord.register(&[&new]);
    assert!(result.unwrap_err().to_string().contains("another program"));
    assert_eq!(asked, ["GET", changed, "GET", changed], "the retries end");
}

#[test]
fn a_refused_list_with_an_entry_point_is_sent_in_steps() {
    let mut launch = declared("launch", "x");
    launch.kind = CommandType::PRIMARY_ENTRY_POINT;
    let (one, two) = (declared("one", "x"), declared("two", "x"));
    let (result, asked) = Discord::with(&[&[&launch]]).register(&[&one, &two]);
    result.unwrap();
    assert_eq!(asked, ["GET", "= one two launch"]);
    let (result, asked) = Discord::with(&[&[&launch]])
        .refuse("= one two launch", 400, JsonErrorCode::INVALID_FORM_BODY)
        .register(&[&one, &two]);
    result.unwrap();
    assert_eq!(asked, ["GET", "= one two launch", "+ /one", "+ /two"]);
}

#[test]
fn other_refusals_of_discord_are_errors() {
    let (result, asked) = Discord::with(&[&[]])
        .refuse("+ /a", 404, JsonErrorCode::GENERAL_ERROR)
        .register(&[&declared("a", "x")]);
    assert!(matches!(result, Err(Error::Http(error)) if error.status == 404));
    assert_eq!(asked, ["GET", "+ /a"]);
}

#[test]
fn the_daily_limit_does_not_stop_other_changes() {
    let (old, gone) = (declared("a", "x"), declared("gone", "x"));
    let (edited, one, two) = (declared("a", "y"), declared("one", "x"), declared("two", "x"));
    let discord = Discord::with(&[&[&old, &gone]]).refuse(
        "= a one two",
        400,
        JsonErrorCode::MAX_DAILY_APPLICATION_COMMAND_CREATES,
    );
    let (result, asked) = discord.register(&[&edited, &one, &two]);
    result.unwrap();
    assert_eq!(asked, ["GET", "= a one two", "~ /a: description", "- /gone"]);
}

#[test]
fn no_command_is_created_after_the_daily_limit() {
    let kept = Registrar { keep_foreign: true, ..Registrar::default() };
    let commands = ["one", "two", "three"].map(|name| declared(name, "x"));
    let registrar = Registrar { commands: commands.to_vec(), ..kept };
    let foreign = declared("foreign", "x");
    let discord = Discord::with(&[&[&foreign]]).refuse(
        "+ /two",
        400,
        JsonErrorCode::MAX_DAILY_APPLICATION_COMMAND_CREATES,
    );
    registrar.bring_up_to_date(&discord, &SyncRules::default()).unwrap();
    assert_eq!(discord.asked.take(), ["GET", "+ /one", "+ /two"]);
}

#[cfg(feature = "sim")]
#[test]
fn plans_end_with_the_first_call_that_has_no_time() {
    let discord = crate::sim::Discord::start().unwrap();
    let token = crate::Token::new(&discord.token()).unwrap();
    let client = crate::rest::Client::builder(token).api_url(discord.api_url()).build().unwrap();
    let guilds = vec![discord.guild_id(); 5];
    let registrar = Registrar { commands: vec![declared("a", "x")], guilds, keep_foreign: false };
    let planned = |calls: usize| {
        let left = Cell::new(calls);
        let plans = registrar.each_plan(|| {
            left.set(left.get().checked_sub(1)?);
            Some(client.clone())
        });
        plans.unwrap().iter().filter(|(_, plan)| plan.is_ok()).count()
    };
    // The first call is for the application.
    assert_eq!([0, 1, 3, 6, 9].map(planned), [0, 0, 2, 5, 5]);
}
