#![allow(clippy::unwrap_used)]

use std::time::{Duration, Instant};

use super::{Collection, RESUME_PATIENCE, Step};
use crate::bot::members::arrivals::Arrival;
use crate::gateway::send_event::RequestMembers;
use crate::id::{GuildId, UserId};

const GUILD: GuildId = GuildId::new(1);

fn chunk(index: u32, count: u32, users: &[u64]) -> Arrival {
    let members: Vec<_> =
        users.iter().map(|id| format!(r#"{{"user":{{"id":"{id}","username":"x"}},"roles":[]}}"#)).collect();
    let members = members.join(",");
    let text = format!(
        r#"{{"guild_id":"1","members":[{members}],"chunk_index":{index},"chunk_count":{count},"not_found":[7]}}"#
    );
    Arrival::Chunk(text.into())
}

fn all() -> Collection {
    Collection::new([RequestMembers::all(GUILD)])
}

fn taken(collection: &mut Collection) -> Vec<u64> {
    collection.members.drain(..).map(|member| member.user.id.get()).collect()
}

#[test]
fn the_chunks_are_complete_in_any_order() {
    let (mut it, now) = (all(), Instant::now());
    assert_eq!(it.next(now), Step::Send(RequestMembers::all(GUILD)));
    assert_eq!(it.next(now), Step::Wait(None));
    it.add(now, chunk(2, 3, &[5])).unwrap();
    it.add(now, chunk(0, 3, &[1, 2])).unwrap();
    it.add(now, chunk(0, 3, &[1, 2])).unwrap();
    assert_eq!((it.next(now), it.progress()), (Step::Wait(None), "2 of 3 chunks of members came".to_owned()));
    it.add(now, chunk(1, 3, &[3, 4])).unwrap();
    assert_eq!(it.next(now), Step::Done);
    assert_eq!(taken(&mut it), [5, 1, 2, 3, 4]);
    assert_eq!(it.not_found, [UserId::new(7)]);
}

#[test]
fn a_request_is_sent_again_in_a_new_session_and_no_member_comes_twice() {
    let (mut it, now) = (all(), Instant::now());
    it.next(now);
    it.add(now, chunk(0, 2, &[1, 2])).unwrap();
    it.add(now, Arrival::NewSession).unwrap();
    assert!(matches!(it.next(now), Step::Send(_)));
    it.add(now, chunk(0, 2, &[1, 3])).unwrap();
    assert_eq!(it.next(now), Step::Wait(None), "the chunk of the lost session does not count");
    it.add(now, chunk(1, 2, &[2, 4])).unwrap();
    assert_eq!((it.next(now), taken(&mut it)), (Step::Done, vec![1, 2, 3, 4]));
    it.add(now, Arrival::NewSession).unwrap();
    assert_eq!(it.next(now), Step::Done);
}

#[test]
fn a_request_without_an_answer_is_sent_again_some_time_after_a_resume() {
    let (mut it, now) = (all(), Instant::now());
    it.next(now);
    it.add(now, Arrival::Resumed).unwrap();
    let later = now + RESUME_PATIENCE;
    assert_eq!(it.next(now), Step::Wait(Some(later)));
    assert!(matches!(it.next(later), Step::Send(_)));
    it.add(later, Arrival::Resumed).unwrap();
    it.add(later, chunk(0, 2, &[1])).unwrap();
    it.add(later, Arrival::Resumed).unwrap();
    assert_eq!(it.next(later + RESUME_PATIENCE), Step::Wait(None), "the resume replays the rest");
}

#[test]
fn a_refused_request_waits_as_long_as_discord_says() {
    let now = Instant::now();
    let (wait, later) = (Duration::from_secs(3), now + Duration::from_secs(3));
    let mut it = Collection::new([RequestMembers::query(GUILD, "a", 5)]);
    it.next(now);
    it.add(now, Arrival::Refused(wait)).unwrap();
    assert_eq!(it.next(now), Step::Wait(Some(later)));
    assert!(matches!(it.next(later), Step::Send(_)));
    let mut it = all();
    it.next(now);
    it.add(now, Arrival::Refused(wait)).unwrap();
    assert_eq!(it.next(later), Step::Wait(None), "the session sends it again");
}

#[test]
fn several_requests_are_answered_in_turn() {
    let ids = |id| RequestMembers::users(GUILD, [UserId::new(id)]);
    let (mut it, now) = (Collection::new([ids(1), ids(2)]), Instant::now());
    assert_eq!(it.next(now), Step::Send(ids(1)));
    it.add(now, chunk(0, 1, &[1])).unwrap();
    assert_eq!(it.next(now), Step::Send(ids(2)));
    it.add(now, chunk(0, 1, &[])).unwrap();
    assert_eq!((it.next(now), taken(&mut it)), (Step::Done, vec![1]));
    assert_eq!(Collection::new([]).next(now), Step::Done);
}

#[test]
fn a_chunk_that_cannot_be_read_is_an_error() {
    let error = all().add(Instant::now(), Arrival::Chunk("{".into())).unwrap_err().to_string();
    assert!(error.starts_with("Discord sent a chunk of members that could not be read"), "{error}");
}
