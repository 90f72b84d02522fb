//! The playground, with a minimal bot that shares no code with the crate.

use std::io::{Cursor, Write};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use serde_json::{Value, json};
use syncord::sim::{Discord, playground::Playground};

use super::client::{Client, Received, rest};

/// What the playground prints for these lines, with a bot that handles events with this function.
fn printed(
    discord: &Discord,
    lines: &[u8],
    is_interactive: bool,
    bot: impl Fn(&str, &Value) + Sync,
) -> String {
    let mut printed = Vec::new();
    let is_over = AtomicBool::new(false);
    thread::scope(|scope| {
        scope.spawn(|| {
            let mut client = Client::ready(discord);
            client.read_timeout(Duration::from_millis(20));
            while !is_over.load(Ordering::SeqCst) {
                let Received::Frame(frame) = client.read() else { continue };
                if frame["op"] == 1 {
                    client.send(&json!({"op": 1, "d": client.seq}));
                } else if frame["op"] == 0 {
                    bot(frame["t"].as_str().unwrap(), &frame["d"]);
                }
            }
        });
        let playground = Playground::new(discord, Cursor::new(lines), &mut printed);
        let result = playground.interactive(is_interactive).run();
        is_over.store(true, Ordering::SeqCst);
        result.unwrap();
    });
    // The next bot is waited for only if this one is gone.
    discord.wait_until("the bot to be gone", |discord| discord.live_sessions() == 0).unwrap();
    assert_eq!(discord.log().violations(), [""; 0]);
    String::from_utf8(printed).unwrap()
}

/// Responds to an interaction.
fn respond(discord: &Discord, interaction: &Value, body: &Value) {
    let field = |name: &str| interaction[name].as_str().unwrap();
    let path = format!("/interactions/{}/{}/callback", field("id"), field("token"));
    assert_eq!(rest(discord, "POST", &path, Some(body)).0, 204);
}

/// Posts the text of each message of a person, and what came with it.
fn echo<'d>(discord: &'d Discord) -> impl Fn(&str, &Value) + Sync + 'd {
    |name, data| {
        if name == "MESSAGE_CREATE" && data["author"]["bot"] != true {
            let files = data["attachments"].as_array().unwrap();
            let files: Vec<_> = files.iter().map(|file| file["filename"].as_str().unwrap()).collect();
            let mut content =
                format!("{}: {}", data["author"]["username"].as_str().unwrap(), data["content"]);
            if !files.is_empty() {
                content += &format!(" with {}", files.join(" "));
            }
            if let Some(replied) = data["referenced_message"]["content"].as_str() {
                content += &format!(" to {replied}");
            }
            let path = format!("/channels/{}/messages", data["channel_id"].as_str().unwrap());
            rest(discord, "POST", &path, Some(&json!({"content": content})));
        }
    }
}

#[test]
fn input_lines_become_messages_and_replies_are_printed() {
    let discord = Discord::start().unwrap();
    let printed = printed(&discord, b"hello\n\n\xff\xfe\none\\\ntwo\n", false, echo(&discord));
    assert_eq!(printed, "bot: you: \"hello\"\nbot: you: \"one\\ntwo\"\n");
}

#[test]
fn several_people_talk_in_channels_and_direct_messages_and_send_files() {
    let discord = Discord::start().unwrap();
    let mut file = tempfile();
    file.1.write_all(b"tide").unwrap();
    let lines =
        format!(":as ann\nhi\n:channel log\nlogged\n:dm\npsst\n:as bob\n:file {} look\n", file.0.display());
    let name = file.0.file_name().unwrap().to_str().unwrap().to_owned();
    let printed = printed(&discord, lines.as_bytes(), false, echo(&discord));
    let expected = format!(
        "bot: ann: \"hi\"\n#log bot: ann: \"logged\"\n(to ann) bot: ann: \"psst\"\n(to bob) bot: bob: \"look\" with {name}\n"
    );
    assert_eq!(printed, expected);
    std::fs::remove_file(file.0).unwrap();
}

fn tempfile() -> (std::path::PathBuf, std::fs::File) {
    let path = std::env::temp_dir().join(format!("syncord-playground-{}.txt", std::process::id()));
    (path.clone(), std::fs::File::create(path).unwrap())
}

/// Responds to `/look` with the names and sizes of its files.
fn look(discord: &Discord) -> impl Fn(&str, &Value) + Sync + '_ {
    let path = format!("/applications/{}/commands", discord.bot_id());
    let file = json!({"type": 11, "name": "file", "description": "What to look at", "required": true});
    let note = json!({"type": 3, "name": "note", "description": "What to look for"});
    let commands = json!([{"name": "look", "description": "Looks at a file", "options": [file, note]}]);
    rest(discord, "PUT", &path, Some(&commands));
    |name, data| {
        if name == "INTERACTION_CREATE" {
            let files = data["data"]["resolved"]["attachments"].as_object().unwrap().values();
            let files = files.map(|file| format!("{} {}", file["filename"].as_str().unwrap(), file["size"]));
            let content = format!("{} {}", files.collect::<String>(), data["data"]["options"][1]["value"]);
            respond(discord, data, &json!({"type": 4, "data": {"content": content}}));
        }
    }
}

#[test]
fn files_of_a_command_are_read_at_their_paths_or_explained() {
    let discord = Discord::start().unwrap();
    let folder = std::env::temp_dir().join(format!("syncord playground {}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let path = folder.join("a b.txt");
    std::fs::write(&path, "spring tide").unwrap();
    let (path, missing) = (path.display(), folder.join("none.txt").display().to_string());
    let lines = format!(
        "/look file:{path}\n/look file:\"{path}\" note:now\n/look file:{missing}\n:file \"{missing}\" x\n:file \"{path}\" y\n"
    );
    let bot = look(&discord);
    let printed = printed(&discord, lines.as_bytes(), true, |name, data| {
        bot(name, data);
        echo(&discord)(name, data);
    });
    for expected in [
        "bot: a b.txt 11 null\n",
        "bot: a b.txt 11 \"now\"\n",
        "bot: you: \"y\" with a b.txt\n",
        "none.txt cannot be read: ",
    ] {
        assert!(printed.contains(expected), "{expected:?} is not in:\n{printed}");
    }
    assert_eq!(printed.matches("none.txt cannot be read").count(), 2, "{printed}");
    std::fs::remove_dir_all(folder).unwrap();
}

#[test]
fn what_discord_refuses_is_explained_and_the_next_line_is_read() {
    let discord = Discord::start().unwrap();
    let ann = discord.member("ann");
    let path = format!("/guilds/{}/bans/{}", discord.guild_id(), ann.id());
    assert_eq!(rest(&discord, "PUT", &path, Some(&json!({}))).0, 204);
    let big = std::env::temp_dir().join(format!("syncord-playground-{}.big", std::process::id()));
    std::fs::File::create(&big).unwrap().set_len(11 << 20).unwrap();
    let folder = std::env::temp_dir();
    // On Windows it ends with a backslash, with which a line goes on in the next one.
    let folder = folder.to_str().unwrap().trim_end_matches('\\');
    let lines = format!(":as ann\nhello\n:as you\n:file {}\n:file {folder}\nhi\n", big.display());
    let printed = printed(&discord, lines.as_bytes(), true, echo(&discord));
    std::fs::remove_file(big).unwrap();
    for expected in [
        "ann> Discord rejects this action of ann with 403",
        "you> Discord rejects this action of you with 413",
        "cannot be read: it is not a regular file\n",
        "bot: you: \"hi\"\n",
    ] {
        assert!(printed.contains(expected), "{expected:?} is not in:\n{printed}");
    }
}

#[test]
fn messages_of_the_bot_can_be_edited_deleted_and_reacted_to() {
    let discord =
        Discord::builder().rules(|rules| rules.identify_tolerance = Duration::from_secs(5)).start().unwrap();
    let bot = |name: &str, data: &Value| {
        let path = |data: &Value, id: &str| {
            format!(
                "/channels/{}/messages/{}",
                data["channel_id"].as_str().unwrap(),
                data[id].as_str().unwrap()
            )
        };
        match name {
            "MESSAGE_CREATE" if data["content"] == "clean" => {
                rest(&discord, "DELETE", &path(data, "id"), None);
            }
            "MESSAGE_CREATE" if data["author"]["bot"] != true => {
                rest(&discord, "PUT", &format!("{}/reactions/%E2%9A%93/@me", path(data, "id")), None);
            }
            "MESSAGE_UPDATE" if data["author"]["bot"] != true => {
                let channel = format!("/channels/{}/messages", data["channel_id"].as_str().unwrap());
                let posted = rest(&discord, "POST", &channel, Some(&json!({"content": "seen"}))).1;
                rest(&discord, "PATCH", &path(&posted, "id"), Some(&json!({"content": "edited"})));
            }
            _ => {}
        }
    };
    // A line is typed when the bot has done what it does for the line before.
    let said = printed(&discord, b"ahoy\n", false, bot);
    assert_eq!(said, "bot: reacts with ⚓ (ahoy)\n");
    let edited = printed(&discord, b":edit ahoi\n", false, bot);
    assert_eq!(edited, "bot: seen\nbot (edited): edited\n");
    let cleaned = printed(&discord, ":react 👍\nclean\n".as_bytes(), false, bot);
    assert_eq!(cleaned, "you (deleted): clean\n");
    let general = discord.channel("general");
    let reactions =
        discord.member("you").sees(&general).iter().map(|one| general.reactions(one)).collect::<Vec<_>>();
    assert_eq!(reactions[1], [("you".to_owned(), "👍".to_owned())]);
}

#[test]
fn selects_and_modals_of_every_kind_can_be_filled_in() {
    let discord = Discord::start().unwrap();
    let path = format!("/applications/{}/commands", discord.bot_id());
    let commands = json!([{"name": "ask", "description": "Asks"}, {"name": "Quote", "type": 3}]);
    discord.member("ann");
    rest(&discord, "PUT", &path, Some(&commands));
    let text_of = |value: &Value| json!({"type": 4, "data": {"content": value.to_string()}});
    let modal = json!({"type": 9, "data": {"custom_id": "m", "title": "Report", "components": [
        {"type": 18, "label": "Tide", "component": {"type": 3, "custom_id": "tide",
            "options": [{"label": "High", "value": "h"}, {"label": "Low", "value": "l"}]}},
        {"type": 18, "label": "Who", "component": {"type": 5, "custom_id": "who"}},
        {"type": 18, "label": "Log", "component": {"type": 4, "custom_id": "log", "style": 2}},
    ]}});
    let bot = |name: &str, data: &Value| {
        if name != "INTERACTION_CREATE" {
            return;
        }
        match (data["type"].as_u64(), data["data"]["name"].as_str(), data["data"]["custom_id"].as_str()) {
            (Some(2), Some("ask"), _) => respond(
                &discord,
                data,
                &json!({"type": 4, "data": {"content": "Whom?", "components": [
                    {"type": 1, "components": [{"type": 5, "custom_id": "u", "placeholder": "User"}]},
                    {"type": 1, "components": [{"type": 2, "style": 1, "custom_id": "b", "label": "Report"}]},
                ]}}),
            ),
            (Some(2), Some("Quote"), _) => {
                let target = data["data"]["target_id"].as_str().unwrap();
                respond(&discord, data, &text_of(&data["data"]["resolved"]["messages"][target]["content"]));
            }
            (Some(3), _, Some("u")) => {
                let id = data["data"]["values"][0].as_str().unwrap();
                respond(&discord, data, &text_of(&data["data"]["resolved"]["users"][id]["username"]));
            }
            (Some(3), _, Some("b")) => respond(&discord, data, &modal),
            _ => {
                let values = data["data"]["components"].as_array().unwrap().iter().map(|label| {
                    let field = &label["component"];
                    field.get("value").unwrap_or(&field["values"]).clone()
                });
                let mut values: Vec<Value> = values.collect();
                values[1] = json!(values[1].as_array().unwrap().len());
                respond(&discord, data, &text_of(&json!(values)));
            }
        }
    };
    let lines = "/ask\n[User=@ann]\n[report]\nlow\n:cancel\n[report]\nmiddling\nlow\n@ann, @ghost\nann\nfoggy\\\nand cold\nhello\n:menu Quote\n";
    let printed = printed(&discord, lines.as_bytes(), false, bot);
    let expected = "bot: Whom?\n     [User=@user] [Report]\nbot: \"ann\"\n\
        bot: [[\"l\"],1,\"foggy\\nand cold\"]\nbot: \"hello\"\n";
    assert_eq!(printed, expected);
}

#[test]
fn a_person_at_the_keyboard_is_helped_at_once() {
    let discord = Discord::start().unwrap();
    let path = format!("/applications/{}/commands", discord.bot_id());
    let options = json!([{"type": 4, "name": "sides", "description": "How many"}]);
    let command = json!([{"name": "roll", "description": "Rolls dice", "options": options}]);
    rest(&discord, "PUT", &path, Some(&command));
    let lines = b"/rol\n[Maybe]\n/roll side:6\n:canal x\n:cancel\n:as bot\n:menu roll\n:as ann\n?\n";
    let printed = printed(&discord, lines, true, |_, _| {});
    for expected in [
        "you> Commands of the bot:\n  /roll [sides:whole number]\n      Rolls dice\n        sides  How many\n\
         there is no command /rol\n",
        "you> there is no [Maybe] here: nothing can be clicked\n",
        "no option \"side\": it has sides\n",
        "there is no :canal in the playground; there are :as, :channel, :dm",
        "you> no modal is open\n",
        "you> bot is a bot: a person needs another name\nyou> ",
        "ann> Commands of the bot:",
        "  :dm ",
    ] {
        assert!(printed.contains(expected), "{expected:?} is not in:\n{printed}");
    }
}
