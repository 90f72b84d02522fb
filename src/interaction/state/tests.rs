#![allow(clippy::unwrap_used)]

use std::time::{Duration, Instant};

use super::{LIFETIME, PATIENCE, Place, State, Step, Told};
use crate::error_code::JsonErrorCode;
use crate::id::MessageId;
use crate::interaction::action::{By, First, Kind, Privacy, Wish};
use crate::interaction::error::Refusal;

use Privacy::{Private, Public};

const SENT: MessageId = MessageId::new(9);

const WISHES: [Wish; 13] = [
    Wish::Reply(Public),
    Wish::Reply(Private),
    Wish::Defer(Public),
    Wish::Defer(Private),
    Wish::DeferUpdate,
    Wish::Update,
    Wish::Modal,
    Wish::Suggest,
    Wish::Edit,
    Wish::FollowUp(Public),
    Wish::FollowUp(Private),
    Wish::Show,
    Wish::Delete,
];

fn ms(ms: u64) -> Duration {
    Duration::from_millis(ms)
}

/// An interaction that was read at `start`.
struct Scenario {
    start: Instant,
    state: State,
}

impl Scenario {
    fn new(kind: Kind) -> Scenario {
        let start = Instant::now();
        Scenario { start, state: State::new(kind, start) }
    }

    fn claim_at(&mut self, at: Duration, wish: Wish) -> Result<Step, Refusal> {
        self.state.claim(self.start + at, wish)
    }

    fn claim(&mut self, wish: Wish) -> Result<Step, Refusal> {
        self.claim_at(ms(100), wish)
    }

    /// What comes of a wish, in a word.
    fn says(&self, wish: Wish) -> String {
        match self.state.clone().claim(self.start + ms(2500), wish) {
            Ok(step) => format!("{step:?}"),
            Err(refusal) => refusal.to_string(),
        }
    }

    /// Does what a handler wants, with success.
    fn does(mut self, wish: Wish) -> Scenario {
        let step = self.claim(wish).unwrap();
        let told = match step {
            Step::Replace { .. } | Step::FollowUp(_) => Told::Sent(SENT),
            _ => Told::Done,
        };
        self.state.told(self.start + ms(200), wish, step, told);
        self
    }

    /// The watchdog defers, with this outcome.
    fn watched(mut self, private: bool, told: Told) -> Scenario {
        let first = self.state.watch(self.start + ms(2000), private).unwrap();
        self.state.told(self.start + ms(2100), Wish::Show, Step::Respond(first), told);
        self
    }
}

/// Checks what comes of each wish in a state: for those that are not named, an error that begins like this.
fn table(scenario: &Scenario, expected: &[(Wish, Step)], otherwise: &str) {
    for wish in WISHES {
        let said = scenario.says(wish);
        match expected.iter().find(|(known, _)| *known == wish) {
            Some((_, step)) => assert_eq!(said, format!("{step:?}"), "{wish:?}"),
            None if scenario.state.kind.takes(wish) => {
                assert!(said.contains(otherwise), "{wish:?} gives {said:?}, not {otherwise:?}");
            }
            None => assert!(said.contains("cannot be answered with"), "{wish:?} gives {said:?}"),
        }
    }
}

/// What goes to the answer that is there.
fn reaching(place: Place) -> Vec<(Wish, Step)> {
    let mut all = following();
    all.extend([Wish::Edit, Wish::Show, Wish::Delete].map(|wish| (wish, Step::Reach(place))));
    all
}

fn following() -> Vec<(Wish, Step)> {
    [Public, Private].map(|privacy| (Wish::FollowUp(privacy), Step::FollowUp(privacy))).into()
}

#[test]
fn the_first_answer_is_sent_as_it_is() {
    for (kind, firsts) in [
        (Kind::Command, vec![Wish::Modal]),
        (Kind::Component, vec![Wish::Modal, Wish::Update, Wish::DeferUpdate]),
        (Kind::Modal { of_message: true }, vec![Wish::Update, Wish::DeferUpdate]),
        (Kind::Modal { of_message: false }, vec![]),
    ] {
        let messages = [Wish::Reply(Public), Wish::Reply(Private), Wish::Defer(Public), Wish::Defer(Private)];
        let expected: Vec<_> = messages
            .into_iter()
            .chain(firsts)
            .map(|wish| (wish, Step::Respond(wish.first().unwrap())))
            .collect();
        table(&Scenario::new(kind), &expected, "came before an answer: begin with cx.reply(..)");
    }
    let suggest = [(Wish::Suggest, Step::Respond(First::Suggest))];
    table(&Scenario::new(Kind::Suggestions), &suggest, "never said");
}

#[test]
fn while_an_answer_is_under_way_all_others_wait_and_the_watchdog_stays_away() {
    let mut it = Scenario::new(Kind::Component);
    it.claim(Wish::Reply(Public)).unwrap();
    let wait: Vec<_> =
        WISHES.into_iter().filter(|wish| *wish != Wish::Suggest).map(|w| (w, Step::Wait)).collect();
    table(&it, &wait, "");
    assert_eq!(it.state.watch(it.start + ms(2000), false), None);

    let mut it = Scenario::new(Kind::Component);
    assert_eq!(it.state.watch(it.start + ms(2000), false), Some(First::DeferUpdate));
    table(&it, &wait, "");

    let mut it = Scenario::new(Kind::Component).does(Wish::Defer(Public));
    it.claim(Wish::Reply(Public)).unwrap();
    table(&it, &wait, "");
}

#[test]
fn after_a_reply_it_is_changed_or_followed_and_a_second_one_is_an_error() {
    for privacy in [Public, Private] {
        let it = Scenario::new(Kind::Command).does(Wish::Reply(privacy));
        assert!(!it.state.is_owed());
        assert_eq!(it.state.clone().watch(it.start + ms(2000), false), None);
        let expected = reaching(Place::Original);
        table(&it, &expected, "already, so that");
        // Through a deferral, of whomever, it comes to the same.
        for deferred in [
            Scenario::new(Kind::Command).does(Wish::Defer(privacy)),
            Scenario::new(Kind::Command).watched(privacy.is_private(), Told::Done),
        ] {
            table(&deferred.does(Wish::Reply(privacy)), &expected, "already, so that");
        }
    }
    let it = Scenario::new(Kind::Command).does(Wish::Reply(Private));
    assert_eq!(
        it.says(Wish::Reply(Public)),
        "the interaction was replied to privately already, so that reply is too much: use cx.edit(..) to change it, or \
         cx.follow_up(..) for another message"
    );
}

#[test]
fn a_message_fills_a_deferral_of_its_own_privacy_and_replaces_any_other() {
    for (shown, private) in [(Public, false), (Private, true)] {
        let other = if private { Public } else { Private };
        let replace = Step::Replace { delete: true, privacy: other };
        let reach = Step::Reach(Place::Original);
        let mut expected = vec![
            (Wish::Reply(shown), Step::Fill),
            (Wish::FollowUp(shown), Step::Fill),
            (Wish::Edit, Step::Fill),
            (Wish::Reply(other), replace),
            (Wish::FollowUp(other), replace),
            (Wish::Show, reach),
            (Wish::Delete, reach),
        ];
        let it = Scenario::new(Kind::Command).does(Wish::Defer(shown));
        assert!(it.state.is_owed());
        table(&it, &expected, "");
        // What the library has deferred may be deferred by the handler as well.
        expected.extend([(Wish::Defer(Public), Step::Nothing), (Wish::Defer(Private), Step::Nothing)]);
        let it = Scenario::new(Kind::Command).watched(private, Told::Done);
        assert!(it.state.is_owed());
        table(&it, &expected, "a modal must be the first answer");
    }
}

#[test]
fn what_is_said_after_a_private_defer_stays_private_whatever_the_library_has_shown() {
    let it = Scenario::new(Kind::Command).watched(false, Told::Done).does(Wish::Defer(Private));
    let replace = Step::Replace { delete: true, privacy: Private };
    assert_eq!(it.says(Wish::Edit), format!("{replace:?}"));
    assert_eq!(it.says(Wish::Reply(Private)), format!("{replace:?}"));
    // Then the message that was sent is the answer.
    let it = it.does(Wish::Edit);
    table(&it, &reaching(Place::FollowUp(SENT)), "replied to privately already");
}

#[test]
fn a_component_that_was_deferred_unseen_can_be_updated_and_answered() {
    let fresh = |privacy| Step::Replace { delete: false, privacy };
    let mut expected = following();
    expected.extend([
        (Wish::Reply(Public), fresh(Public)),
        (Wish::Reply(Private), fresh(Private)),
        (Wish::Update, Step::Fill),
        (Wish::Edit, Step::Fill),
        (Wish::Show, Step::Reach(Place::Original)),
    ]);
    let mut by_handler = expected.clone();
    by_handler.push((Wish::Delete, Step::Reach(Place::Original)));
    let it = Scenario::new(Kind::Component).does(Wish::DeferUpdate);
    assert!(!it.state.is_owed(), "nothing to be seen is an answer");
    table(&it, &by_handler, "");

    let mut by_library = expected;
    by_library
        .extend([Wish::Defer(Public), Wish::Defer(Private), Wish::DeferUpdate].map(|w| (w, Step::Nothing)));
    let it = Scenario::new(Kind::Component).watched(false, Told::Done);
    assert!(it.state.is_owed());
    table(&it, &by_library, "");
    assert!(
        it.says(Wish::Delete).starts_with("delete_reply came before an answer"),
        "{}",
        it.says(Wish::Delete)
    );
    assert!(it.says(Wish::Modal).contains("by the library because it had waited too long"));

    // A reply takes nothing away from the message whose button it was.
    let it = it.does(Wish::Reply(Public));
    let mut after = reaching(Place::FollowUp(SENT));
    after.push((Wish::Update, Step::Reach(Place::Original)));
    table(&it, &after, "already, so that");
    // Nor does a message that only follows.
    let it = Scenario::new(Kind::Component).does(Wish::DeferUpdate).does(Wish::FollowUp(Public));
    assert_eq!(it.says(Wish::Update), "Fill");
}

#[test]
fn after_an_update_or_a_modal_there_is_no_other_first_answer() {
    let it = Scenario::new(Kind::Component).does(Wish::Update);
    table(&it, &reaching(Place::Original), "answered by an update of its message already");
    let it = Scenario::new(Kind::Command).does(Wish::Modal);
    table(&it, &following(), "what was filled in comes as an interaction of its own");
    let it = Scenario::new(Kind::Suggestions).watched(false, Told::Done);
    assert!(it.says(Wish::Suggest).contains("by the library"), "{}", it.says(Wish::Suggest));
}

#[test]
fn what_was_deleted_is_gone_and_can_be_followed() {
    for it in [
        Scenario::new(Kind::Command).does(Wish::Reply(Public)).does(Wish::Delete),
        Scenario::new(Kind::Command).does(Wish::Defer(Public)).does(Wish::Delete),
    ] {
        assert!(!it.state.is_owed());
        for wish in [Wish::Edit, Wish::Show, Wish::Delete] {
            assert!(it.says(wish).starts_with("the answer was deleted"), "{}", it.says(wish));
        }
        assert_eq!(it.says(Wish::FollowUp(Private)), "FollowUp(Private)");
    }
}

#[test]
fn what_was_not_taken_can_be_tried_again() {
    // Discord refuses the form, or nothing was sent.
    for told in [Told::Refused(JsonErrorCode(50035)), Told::Refused(JsonErrorCode(0))] {
        let mut it = Scenario::new(Kind::Command);
        let step = it.claim(Wish::Reply(Public)).unwrap();
        it.state.told(it.start + ms(200), Wish::Reply(Public), step, told);
        assert!(it.state.is_open());

        let mut it = Scenario::new(Kind::Command).does(Wish::Defer(Public));
        let step = it.claim(Wish::Reply(Public)).unwrap();
        it.state.told(it.start + ms(200), Wish::Reply(Public), step, told);
        assert_eq!(it.says(Wish::Reply(Public)), "Fill");
    }
    // The deferral is deleted, and then the message does not get through.
    let mut it = Scenario::new(Kind::Command).watched(false, Told::Done);
    let wish = Wish::Reply(Private);
    let step = it.claim(wish).unwrap();
    it.state.told(it.start + ms(200), wish, step, Told::Deleted);
    it.state.told(it.start + ms(300), wish, step, Told::Broken);
    for privacy in [Public, Private] {
        let again = Step::Replace { delete: false, privacy };
        assert_eq!(it.says(Wish::Reply(privacy)), format!("{again:?}"));
    }
}

#[test]
fn when_the_network_breaks_it_counts_as_if_it_had_arrived() {
    let broken = |wish| {
        let mut it = Scenario::new(Kind::Component);
        let step = it.claim(wish).unwrap();
        it.state.told(it.start + ms(200), wish, step, Told::Broken);
        assert!(it.state.is_owed() && !it.state.is_open());
        assert_eq!(it.state.clone().watch(it.start + ms(2000), false), None);
        it
    };
    for first in [Wish::Reply(Public), Wish::Defer(Public)] {
        let it = broken(first);
        assert_eq!(it.says(Wish::Edit), "Fill");
        assert_eq!(it.says(Wish::Reply(Public)), "Fill");
        let replace = Step::Replace { delete: true, privacy: Private };
        assert_eq!(it.says(Wish::Reply(Private)), format!("{replace:?}"));
    }
    assert_eq!(broken(Wish::Update).says(Wish::Update), "Fill");
    assert!(broken(Wish::Modal).says(Wish::Reply(Public)).starts_with("the network broke"));
    // What may have been said is not replaced by what follows it.
    for first in [Wish::Reply(Public), Wish::Reply(Private), Wish::Update] {
        let it = broken(first);
        assert!(it.state.may_be_replied());
        assert_eq!(it.says(Wish::FollowUp(Private)), "FollowUp(Private)");
    }
}

#[test]
fn what_has_not_arrived_as_it_turns_out_can_be_said_while_there_is_time() {
    for (wish, at, in_time) in [
        (Wish::Reply(Public), 900, true),
        (Wish::Edit, 900, true),
        (Wish::FollowUp(Private), 900, true),
        (Wish::Reply(Public), 3100, false),
        (Wish::FollowUp(Private), 3100, false),
    ] {
        let mut it = Scenario::new(Kind::Command);
        let step = it.claim(Wish::Reply(Public)).unwrap();
        it.state.told(it.start + ms(200), Wish::Reply(Public), step, Told::Broken);
        assert!(it.state.is_guessed());
        let step = it.claim_at(ms(300), wish).unwrap();
        it.state.told(it.start + ms(at), wish, step, Told::Refused(JsonErrorCode(10015)));
        assert_eq!(it.state.is_open(), in_time, "{wish:?} {at}");
        if !in_time {
            let late = it.state.end().unwrap().to_string();
            assert!(late.contains("Discord waits for 3s, so this is 100.0ms late"), "{late}");
        }
    }
}

#[test]
fn what_comes_too_late_after_an_answer_says_so() {
    for (wish, code) in [(Wish::Edit, 50027), (Wish::FollowUp(Public), 10015)] {
        let mut it = Scenario::new(Kind::Command).does(Wish::Reply(Public));
        let step = it.claim(wish).unwrap();
        it.state.told(it.start + ms(300), wish, step, Told::Refused(JsonErrorCode(code)));
        assert!(it.state.end().unwrap().to_string().contains("Discord waits for 900s"), "{wish:?}");
    }
}

#[test]
fn an_interaction_that_was_old_when_it_came_says_so_and_is_not_judged_by_it() {
    let mut it = Scenario::new(Kind::Command);
    it.state.seems_old(ms(3600));
    assert!(it.state.clone().claim(it.start + ms(100), Wish::Reply(Public)).is_ok());
    let step = it.claim(Wish::Reply(Public)).unwrap();
    it.state.told(it.start + ms(200), Wish::Reply(Public), step, Told::Refused(JsonErrorCode(10062)));
    let late = it.state.end().unwrap().to_string();
    assert!(late.ends_with("; by its id and this machine's clock it was 3.6s old when it came)"), "{late}");
}

#[test]
fn discords_word_ends_it() {
    for (code, expected) in [(10062, "cannot be answered any more"), (40060, "somebody else has answered")] {
        let it = Scenario::new(Kind::Command).watched(false, Told::Refused(JsonErrorCode(code)));
        assert!(!it.state.is_owed() && !it.state.is_alive(it.start));
        table(&it, &[], expected);
        assert!(it.state.end().unwrap().to_string().contains(expected));
    }
}

#[test]
fn who_is_late_learns_how_late_and_where_the_time_went() {
    let mut it = Scenario::new(Kind::Command);
    it.state.begin(it.start + ms(4100));
    it.state.begin(it.start + ms(9000));
    let late = it.claim_at(ms(4300), Wish::Reply(Public)).unwrap_err().to_string();
    assert_eq!(
        late,
        "the interaction cannot be answered any more: it came 4.3s ago, and Discord waits for 3s, so this is 1.3s late \
         (waited 4.1s behind other closures, 200.0ms in its own)"
    );
    assert_eq!(it.state.watch(it.start + ms(4400), false), None);
    assert_eq!(it.claim_at(ms(9000), Wish::Edit).unwrap_err().to_string(), late, "the first word stays");

    let mut it = Scenario::new(Kind::Command);
    it.state.begin(it.start + ms(1000));
    let step = it.claim_at(ms(1500), Wish::Reply(Public)).unwrap();
    it.state.told(it.start + ms(3500), Wish::Reply(Public), step, Told::Refused(JsonErrorCode(10062)));
    let late = it.state.end().unwrap().to_string();
    assert!(
        late.ends_with(
            "500.0ms late (waited 1.0s behind other closures, 500.0ms in its own, 2.0s for Discord)"
        ),
        "{late}"
    );
}

#[test]
fn an_answer_may_come_just_in_time_and_be_followed_for_a_quarter_of_an_hour() {
    let mut it = Scenario::new(Kind::Command);
    assert!(it.state.clone().claim(it.start + PATIENCE, Wish::Reply(Public)).is_err());
    assert!(it.claim_at(PATIENCE - ms(1), Wish::Reply(Public)).is_ok());

    let mut it = Scenario::new(Kind::Command).does(Wish::Reply(Public));
    assert!(it.claim_at(LIFETIME - ms(1), Wish::Edit).is_ok());
    let late = it.claim_at(LIFETIME + ms(2000), Wish::Edit).unwrap_err().to_string();
    assert!(late.contains("Discord waits for 900s, so this is 2.0s late"), "{late}");
}

#[test]
fn the_library_defers_each_kind_in_its_own_way() {
    for (kind, private, first) in [
        (Kind::Command, false, First::Defer(Public)),
        (Kind::Command, true, First::Defer(Private)),
        (Kind::Component, true, First::DeferUpdate),
        (Kind::Modal { of_message: true }, false, First::DeferUpdate),
        (Kind::Modal { of_message: false }, true, First::Defer(Private)),
        (Kind::Suggestions, false, First::Suggest),
    ] {
        let mut it = Scenario::new(kind);
        assert_eq!(it.state.watch(it.start + ms(2000), private), Some(first), "{kind:?}");
        assert_eq!(it.state.watch(it.start + ms(2000), private), None);
    }
}

#[test]
fn an_error_says_who_was_first() {
    let it = Scenario::new(Kind::Command).does(Wish::Defer(Public));
    assert!(
        it.says(Wish::Defer(Public))
            .ends_with("deferred already, so that defer is too much: answer with cx.reply(..)")
    );
    assert!(it.says(Wish::Modal).ends_with("before: open it instead of deferring"));
    let refusal = Refusal::Already { what: First::Defer(Public), by: By::Watchdog, wish: Wish::Suggest };
    assert!(refusal.to_string().contains("deferred already by the library"));
}
