//! A quiz for several players: a menu of topics, a lobby, questions with buttons and a time limit, and scores.
//!
//! `cargo run --example quiz_game`. Type `/quiz`, `[Sea]`, `:as ann`, `[Join]`, `:as you`, `[Start]`, and click on answers.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use syncord::prelude::*;
use syncord::rest::EditMessage;

const LOBBY_TIME: Duration = Duration::from_secs(120);
const ANSWER_TIME: Duration = Duration::from_secs(20);

/// A question and its answers, of which the first is right.
type Question = (&'static str, [&'static str; 4]);

const SEA: [Question; 3] = [
    ("How long is a nautical mile?", ["1852 m", "1609 m", "1000 m", "2000 m"]),
    ("Which side of a ship is port?", ["left", "right", "front", "back"]),
    ("What moves the tides most?", ["the Moon", "the Sun", "the wind", "whales"]),
];
const SKY: [Question; 2] = [
    ("Which planet is the largest?", ["Jupiter", "Saturn", "Earth", "Mars"]),
    ("How long does light take from the Sun?", ["8 minutes", "8 seconds", "8 hours", "8 days"]),
];
const TOPICS: [(&str, &[Question]); 2] = [("Sea", &SEA), ("Sky", &SKY)];

/// The points of all games since the start.
#[derive(Default)]
struct Scores(Mutex<BTreeMap<UserId, u64>>);

fn quiz() -> Tree<'static> {
    Tree::new("quiz")
        .provide(Scores::default())
        .add(
            command("quiz", "Starts a quiz in this channel")
                .waits_for::<InteractionCreate>()
                .run(|cx| Ok(cx.spawn(play)?)),
        )
        .add(command("scores", "Shows the best players").run(|cx| {
            let scores = cx.get::<Scores>()?.0.lock().expect("no thread panicked").clone();
            cx.reply(table(scores))
        }))
}

/// A whole game, from the choice of the topic to the scores.
fn play(task: &Task<CommandContext>) -> syncord::Result {
    let Some(questions) = task.choose("Which topic?", TOPICS)? else {
        return Ok(()); // the menu is disabled now
    };
    let players = gather(task)?;
    let mut points: BTreeMap<UserId, u64> = players.iter().map(|player| (*player, 0)).collect();
    for (number, question) in questions.iter().enumerate() {
        let answered = ask(task, number, question, &players)?;
        if answered.is_empty() {
            task.send(task.channel()?, "There was no answer, so the game is over.")?;
            break;
        }
        for (user, won) in answered {
            *points.entry(user).or_default() += won;
        }
    }
    let mut scores = task.get::<Scores>()?.0.lock().expect("no thread panicked");
    points.iter().for_each(|(user, won)| *scores.entry(*user).or_default() += won);
    drop(scores);
    task.send(task.channel()?, table(points))?;
    Ok(())
}

/// Lets users join until the host starts.
fn gather(task: &Task<CommandContext>) -> syncord::Result<Vec<UserId>> {
    let host = task.user().id;
    let mut players = vec![host];
    let buttons = ActionRow::new([Button::success("join", "Join"), Button::primary("start", "Start")]);
    let text = "Who plays? The host starts.";
    let lobby = task.send(task.channel()?, CreateMessage::text(text).component(buttons))?;
    let end = Instant::now() + LOBBY_TIME;
    while let Some(click) = task.next_click(&lobby, end.saturating_duration_since(Instant::now()))? {
        let user = click.user().id;
        match click.custom_id() {
            "start" if user == host => {
                click.defer_update()?;
                break;
            }
            "start" => click.reply_ephemeral("Only the host starts the game.")?,
            _ if players.contains(&user) => click.reply_ephemeral("You play already.")?,
            _ => {
                players.push(user);
                click.update(format!("{text} {} players so far.", players.len()))?;
            }
        }
    }
    let closed = EditMessage::text(format!("{} players. Good luck!", players.len())).no_components();
    task.rest().edit_message(lobby.channel_id, lobby.id, closed)?;
    Ok(players)
}

/// Asks a question, and returns the points of the players who have answered in time.
fn ask(
    task: &Task<CommandContext>,
    number: usize,
    (text, answers): &Question,
    players: &[UserId],
) -> syncord::Result<BTreeMap<UserId, u64>> {
    let mut places: Vec<usize> = (0..answers.len()).collect();
    places.rotate_left((number + 1) % answers.len()); // a game would shuffle them
    let row = |is_over: bool| {
        ActionRow::new(places.iter().map(|&place| match is_over && place == 0 {
            true => Button::success(place.to_string(), answers[place]).disabled(true),
            false => Button::secondary(place.to_string(), answers[place]).disabled(is_over),
        }))
    };
    let text = format!("**{}.** {text}", number + 1);
    let asked = task.send(task.channel()?, CreateMessage::text(&text).component(row(false)))?;
    let (start, mut points) = (Instant::now(), BTreeMap::new());
    while points.len() < players.len() {
        let left = ANSWER_TIME.saturating_sub(start.elapsed());
        let Some(click) = task.next_click(&asked, left)? else { break };
        match points.entry(click.user().id) {
            Entry::Occupied(_) => click.reply_ephemeral("You have answered already.")?,
            Entry::Vacant(new) if players.contains(new.key()) => {
                let is_right = click.custom_id() == "0";
                new.insert(if is_right { 10 + left.as_secs() / 2 } else { 0 });
                click.defer_update()?;
            }
            Entry::Vacant(_) => click.reply_ephemeral("You do not play in this game.")?,
        }
    }
    let right = points.values().filter(|won| **won > 0).count();
    let text = format!("{text}\n{right} of {} are right: {}.", players.len(), answers[0]);
    task.rest().edit_message(asked.channel_id, asked.id, EditMessage::text(text).components([row(true)]))?;
    Ok(points)
}

/// The players by their points.
fn table(points: BTreeMap<UserId, u64>) -> String {
    if points.is_empty() {
        return "There are no scores yet.".to_owned();
    }
    let mut points: Vec<_> = points.into_iter().collect();
    points.sort_by_key(|(_, won)| Reverse(*won));
    let lines =
        points.iter().enumerate().map(|(place, (user, won))| format!("{}. <@{user}>: {won}", place + 1));
    lines.fold("**Scores**".to_owned(), |table, line| format!("{table}\n{line}"))
}

fn main() -> syncord::Result {
    let mut bot = Bot::from_env_or_playground()?;
    bot.mount(quiz());
    bot.run()?;
    Ok(())
}
