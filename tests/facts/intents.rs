use std::collections::BTreeSet;

use syncord::gateway::intents::{EVENTS, Intents, event};

use super::{documented, number, rows, text};

#[test]
fn the_intents_are_the_documented_ones() {
    let Some(documented) = documented() else { return };
    let theirs: Vec<_> = rows(&documented, "intents")
        .iter()
        .map(|row| (text(row, "name"), number(row, "value"), row["privileged"].as_bool().expect("a boolean")))
        .collect();
    let ours: Vec<_> = Intents::all()
        .iter()
        .map(|one| {
            (one.name().expect("a known intent has a name"), one.bits(), Intents::PRIVILEGED.contains(one))
        })
        .collect();
    assert_eq!(ours, theirs);

    let values = &documented["intent_values"];
    assert_eq!(Intents::all().bits(), number(values, "all"));
    assert_eq!(Intents::PRIVILEGED.bits(), number(values, "privileged"));
    assert_eq!(Intents::UNPRIVILEGED.bits(), number(values, "all_unprivileged"));
}

#[test]
fn the_events_of_each_intent_are_the_documented_ones() {
    let Some(documented) = documented() else { return };
    for (one, row) in Intents::all().iter().zip(rows(&documented, "intents")) {
        let theirs: BTreeSet<_> = row["events"]
            .as_array()
            .expect("a list")
            .iter()
            .map(|name| name.as_str().expect("a name"))
            .collect();
        let ours: BTreeSet<_> = one.events().map(|event| event.name).collect();
        assert_eq!(ours, theirs, "{one}");
    }
}

#[test]
fn the_events_are_the_documented_ones() {
    let Some(documented) = documented() else { return };
    let theirs: BTreeSet<_> = rows(&documented, "dispatch_events")
        .iter()
        .map(|row| {
            let intents = match &row["intents"] {
                always if always == "always" => BTreeSet::new(),
                names => {
                    let names = names.as_array().expect("a list");
                    names.iter().map(|name| name.as_str().expect("a name")).collect()
                }
            };
            (text(row, "name"), intents)
        })
        .collect();
    let ours: BTreeSet<_> = EVENTS
        .iter()
        .map(|event| {
            let intents: BTreeSet<_> = event.intents.iter().filter_map(Intents::name).collect();
            (event.name, intents)
        })
        .collect();
    assert_eq!(ours, theirs);
    assert_eq!(rows(&documented, "dispatch_events").len(), EVENTS.len());
}

#[test]
fn there_are_79_events_of_which_16_are_always_sent() {
    assert_eq!(EVENTS.len(), 79);
    assert_eq!(EVENTS.iter().filter(|event| event.intents.is_empty()).count(), 16);
}

#[test]
fn message_content_is_privileged_and_enables_no_event() {
    assert_eq!(Intents::MESSAGE_CONTENT.bits(), 32768);
    assert!(Intents::PRIVILEGED.contains(Intents::MESSAGE_CONTENT));
    assert_eq!(Intents::MESSAGE_CONTENT.events().count(), 0);
}

#[test]
fn three_intents_are_privileged() {
    assert_eq!(Intents::PRIVILEGED.to_string(), "GUILD_MEMBERS | GUILD_PRESENCES | MESSAGE_CONTENT");
    assert_eq!(Intents::UNPRIVILEGED | Intents::PRIVILEGED, Intents::all());
    assert!(!Intents::UNPRIVILEGED.intersects(Intents::PRIVILEGED));
}

#[test]
fn each_of_two_intents_enables_messages() {
    let needed = event("MESSAGE_CREATE").expect("a known event").needed();
    assert_eq!(needed, Intents::GUILD_MESSAGES | Intents::DIRECT_MESSAGES);
    let direct: Vec<_> = Intents::DIRECT_MESSAGES.events().map(|event| event.name).collect();
    assert_eq!(direct, ["CHANNEL_PINS_UPDATE", "MESSAGE_CREATE", "MESSAGE_DELETE", "MESSAGE_UPDATE"]);
}

#[test]
fn intents_are_a_set() {
    let mut set = Intents::GUILDS | Intents::GUILD_MESSAGES;
    set |= Intents::MESSAGE_CONTENT;
    assert!(set.contains(Intents::GUILDS | Intents::MESSAGE_CONTENT));
    assert!(!set.contains(Intents::GUILDS | Intents::GUILD_INVITES));
    assert!(set.contains(Intents::empty()) && !Intents::empty().contains(set));
    assert_eq!(
        set - Intents::GUILD_MESSAGES - Intents::GUILD_INVITES,
        Intents::from_bits_retain(1 | 1 << 15)
    );
    assert_eq!(
        set.iter().collect::<Vec<_>>(),
        [Intents::GUILDS, Intents::GUILD_MESSAGES, Intents::MESSAGE_CONTENT]
    );
    assert_eq!((Intents::default(), Intents::empty().is_empty()), (Intents::empty(), true));
}

#[test]
fn unknown_bits_are_kept_and_displayed() {
    let set = Intents::from_bits_retain(1 << 63 | 1 << 17 | 1);
    assert_eq!(set.bits(), 1 << 63 | 1 << 17 | 1);
    assert_eq!(set.to_string(), "GUILDS | 1 << 17 | 1 << 63");
    assert_eq!(format!("{:?} {:?}", set - set, Intents::GUILDS), "NONE GUILDS");
    assert_eq!((set.name(), Intents::from_bits_retain(1 << 17).name()), (None, None));
}
