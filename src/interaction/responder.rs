//! Answering interactions: the [state](super::state) decides, this sends.
//!
//! Each interaction has a lock of its own, which nobody holds while sending.

use std::fmt;
use std::sync::OnceLock;
use std::sync::atomic::AtomicUsize;
use std::time::{Duration, Instant};

use super::action::{First, Kind, Privacy, Wish};
use super::auto_defer::Deferrable;
use super::error::Refusal;
use super::policy::Claim;
use super::state::{Place, State, Step, Told};
use crate::error::Error;
use crate::error_code::JsonErrorCode;
use crate::id::{ApplicationId, InteractionId};
use crate::model::{CommandChoice, Message, Secret};
use crate::rest::{Client, EditResponse, InteractionMessage, InteractionResponse, Modal};
use crate::sync::{Condvar, Mutex, MutexGuard};

/// How long an answer waits for another that is under way.
const LONGEST_WAIT: Duration = Duration::from_secs(15);

/// How much longer than Discord's patience a first answer may be on its way: it may have arrived in time.
const LEEWAY: Duration = Duration::from_secs(1);

/// The one answer to an interaction.
pub(crate) struct Answer {
    client: Client,
    pub(super) id: InteractionId,
    application: ApplicationId,
    token: Secret,
    claim: Claim,
    state: Mutex<State>,
    /// Something that was under way has ended.
    changed: Condvar,
    /// How many closures and tasks may still answer.
    pub(super) holders: AtomicUsize,
    /// What has kept its handler waiting, as far as is known.
    pub(super) behind: OnceLock<String>,
}

/// What is to be said.
#[derive(Clone)]
enum Content {
    Message(Box<InteractionMessage>),
    Changes(Box<EditResponse>),
    Modal(Modal),
    Choices(Vec<CommandChoice>),
    Nothing,
}

/// Something that was claimed, and is told of when it ends, however it does.
struct Attempt<'a> {
    answer: &'a Answer,
    wish: Wish,
    step: Step,
    over: bool,
}

impl Answer {
    pub(super) fn new(
        client: &Client,
        id: InteractionId,
        application: ApplicationId,
        token: Secret,
        kind: Kind,
        claim: Claim,
        received: Instant,
    ) -> Answer {
        Answer {
            client: client.clone(),
            id,
            application,
            token,
            claim,
            state: Mutex::new(State::new(kind, received)),
            changed: Condvar::new(),
            holders: AtomicUsize::new(0),
            behind: OnceLock::new(),
        }
    }

    pub(crate) fn reply(&self, message: InteractionMessage, private: bool) -> Result<(), Error> {
        let privacy = Privacy::of(private || message.is_ephemeral());
        message.check()?;
        self.perform(Wish::Reply(privacy), Content::Message(Box::new(message))).map(drop)
    }

    pub(crate) fn defer(&self, private: bool) -> Result<(), Error> {
        self.perform(Wish::Defer(Privacy::of(private)), Content::Nothing).map(drop)
    }

    pub(crate) fn defer_update(&self) -> Result<(), Error> {
        self.perform(Wish::DeferUpdate, Content::Nothing).map(drop)
    }

    pub(crate) fn update(&self, changes: EditResponse) -> Result<(), Error> {
        changes.check()?;
        self.perform(Wish::Update, Content::Changes(Box::new(changes))).map(drop)
    }

    pub(crate) fn modal(&self, modal: &Modal) -> Result<(), Error> {
        modal.check()?;
        self.perform(Wish::Modal, Content::Modal(modal.clone())).map(drop)
    }

    /// Suggests values for the option that is being typed.
    pub(crate) fn suggest(&self, choices: Vec<CommandChoice>) -> Result<(), Error> {
        self.perform(Wish::Suggest, Content::Choices(choices)).map(drop)
    }

    pub(crate) fn edit(&self, changes: EditResponse) -> Result<Message, Error> {
        changes.check()?;
        self.shown(Wish::Edit, Content::Changes(Box::new(changes)))
    }

    pub(crate) fn follow_up(&self, message: InteractionMessage, private: bool) -> Result<Message, Error> {
        let privacy = Privacy::of(private || message.is_ephemeral());
        message.check()?;
        self.shown(Wish::FollowUp(privacy), Content::Message(Box::new(message)))
    }

    pub(crate) fn delete(&self) -> Result<(), Error> {
        self.perform(Wish::Delete, Content::Nothing).map(drop)
    }

    pub(crate) fn message(&self) -> Result<Message, Error> {
        self.shown(Wish::Show, Content::Nothing)
    }

    pub(super) fn kind(&self) -> Kind {
        self.lock().kind()
    }

    /// As [`perform`](Answer::perform), and the message that it is about.
    fn shown(&self, wish: Wish, content: Content) -> Result<Message, Error> {
        match self.perform(wish, content)? {
            Some(message) => Ok(message),
            None => self.client.original_interaction_response(self.application, &self.token),
        }
    }

    /// Does what is to be done for a wish, as soon as nothing else is under way.
    fn perform(&self, wish: Wish, content: Content) -> Result<Option<Message>, Error> {
        let is_guess = wish.first().is_some() && self.lock().is_guessed();
        let spare = is_guess.then(|| content.clone());
        match (self.perform_once(wish, content), spare) {
            // The first answer had not arrived, as it turns out: this is the first.
            (Err(_), Some(content)) if self.is_open() => self.perform_once(wish, content),
            (result, _) => result,
        }
    }

    fn perform_once(&self, wish: Wish, content: Content) -> Result<Option<Message>, Error> {
        let step = self.claim(wish)?;
        let attempt = Attempt::new(self, wish, step);
        let (client, application, token) = (&self.client, self.application, &*self.token);
        match step {
            Step::Nothing | Step::Wait => attempt.done(Ok(None)),
            Step::Respond(first) => attempt.respond(&content.response(first)).map(|()| None),
            Step::Fill => {
                let changes = content.into_changes();
                attempt.done(client.edit_original_interaction_response(application, token, changes)).map(Some)
            }
            Step::Replace { delete, privacy } => attempt.replace(delete, content.into_message(privacy)),
            Step::Reach(place) => attempt.reach(place, content),
            Step::FollowUp(privacy) => {
                let message = content.into_message(privacy);
                attempt.done(client.create_followup_message(application, token, message)).map(Some)
            }
        }
    }

    fn claim(&self, wish: Wish) -> Result<Step, Error> {
        let until = Instant::now() + LONGEST_WAIT;
        let mut state = self.lock();
        loop {
            let now = Instant::now();
            match state.claim(now, wish).map_err(|refusal| self.refused(refusal))? {
                Step::Wait if now >= until => {
                    let problem = "another answer to the interaction does not come to its end".to_owned();
                    return Err(Error::Answer { problem });
                }
                Step::Wait => {
                    let timeout = until.saturating_duration_since(now);
                    state = self.changed.wait_timeout(state, timeout).0;
                }
                step => return Ok(step),
            }
        }
    }

    fn refused(&self, refusal: Refusal) -> Error {
        let mut problem = refusal.to_string();
        if let (Refusal::Late(_), Some(behind)) = (refusal, self.behind.get()) {
            problem.push_str("; ");
            problem.push_str(behind);
        }
        Error::Answer { problem }
    }

    pub(super) fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock()
    }
}

impl Deferrable for Answer {
    fn is_open(&self) -> bool {
        self.lock().is_open()
    }

    fn auto_defer(&self) -> Option<Duration> {
        let began = Instant::now();
        let first = self.lock().watch(began, self.claim.private)?;
        let attempt = Attempt::new(self, Wish::Defer(Privacy::Public), Step::Respond(first));
        if let Err(error) = attempt.respond(&Content::Nothing.response(first)) {
            log::warn!("an interaction that waits could not be deferred: {error}");
            return None;
        }
        Some(began.elapsed())
    }
}

impl<'a> Attempt<'a> {
    fn new(answer: &'a Answer, wish: Wish, step: Step) -> Attempt<'a> {
        Attempt { answer, wish, step, over: false }
    }

    /// Sends the first answer; once more when the network breaks.
    fn respond(mut self, response: &InteractionResponse) -> Result<(), Error> {
        let answer = self.answer;
        let mut again = false;
        let error = loop {
            let left = answer.lock().time_left(Instant::now());
            let client = answer.client.deadline(left + LEEWAY);
            match client.create_interaction_response_once(answer.id, &answer.token, response) {
                Ok(()) => {
                    self.tell(Told::Done);
                    return Ok(());
                }
                // It was the first attempt that arrived.
                Err(Error::Http(error))
                    if again && error.code == JsonErrorCode::INTERACTION_ALREADY_ACKNOWLEDGED =>
                {
                    self.tell(Told::Done);
                    return Ok(());
                }
                Err(error) => {
                    let is_late = answer.lock().time_left(Instant::now()).is_zero();
                    if again || is_late || told(&error) != Told::Broken {
                        break error;
                    }
                    again = true;
                }
            }
        };
        Err(self.failed(error))
    }

    /// Sends another message in the place of `@original`, which is to be deleted before: a message after a
    /// deferral would otherwise be given to it, and be seen by whom it is seen.
    fn replace(mut self, delete: bool, message: InteractionMessage) -> Result<Option<Message>, Error> {
        let Answer { client, token, .. } = self.answer;
        let application = self.answer.application;
        if delete {
            match client.delete_original_interaction_response(application, token) {
                Ok(()) => {}
                Err(Error::Http(error)) if error.code == JsonErrorCode::UNKNOWN_MESSAGE => {}
                Err(error) => return Err(self.failed(error)),
            }
            self.answer.lock().told(Instant::now(), self.wish, self.step, Told::Deleted);
        }
        match client.create_followup_message(application, token, message) {
            Ok(message) => {
                self.tell(Told::Sent(message.id));
                Ok(Some(message))
            }
            Err(error) => Err(self.failed(error)),
        }
    }

    fn reach(self, place: Place, content: Content) -> Result<Option<Message>, Error> {
        let Answer { client, token, .. } = self.answer;
        let application = self.answer.application;
        match (self.wish, place) {
            (Wish::Show, Place::Original) => {
                self.done(client.original_interaction_response(application, token)).map(Some)
            }
            (Wish::Show, Place::FollowUp(id)) => {
                self.done(client.followup_message(application, token, id)).map(Some)
            }
            (Wish::Delete, Place::Original) => {
                self.done(client.delete_original_interaction_response(application, token)).map(|()| None)
            }
            (Wish::Delete, Place::FollowUp(id)) => {
                self.done(client.delete_followup_message(application, token, id)).map(|()| None)
            }
            (_, Place::Original) => {
                let changes = content.into_changes();
                self.done(client.edit_original_interaction_response(application, token, changes)).map(Some)
            }
            (_, Place::FollowUp(id)) => {
                let changes = content.into_changes();
                self.done(client.edit_followup_message(application, token, id, changes)).map(Some)
            }
        }
    }

    fn done<T>(mut self, result: Result<T, Error>) -> Result<T, Error> {
        match result {
            Ok(value) => {
                self.tell(Told::Done);
                Ok(value)
            }
            Err(error) => Err(self.failed(error)),
        }
    }

    /// The error, in words of its own where it ends the interaction.
    fn failed(&mut self, error: Error) -> Error {
        let answer = self.answer;
        self.tell(told(&error)).map_or(error, |refusal| answer.refused(refusal))
    }

    fn tell(&mut self, told: Told) -> Option<Refusal> {
        self.over = true;
        let mut state = self.answer.lock();
        state.told(Instant::now(), self.wish, self.step, told);
        self.answer.changed.notify_all();
        state.end()
    }
}

impl Drop for Attempt<'_> {
    fn drop(&mut self) {
        if !self.over {
            // What ends without a word may have arrived.
            self.tell(Told::Broken);
        }
    }
}

impl Content {
    fn response(self, first: First) -> InteractionResponse {
        match first {
            First::Reply(privacy) => InteractionResponse::message(self.into_message(privacy)),
            First::Defer(privacy) => InteractionResponse::Defer { ephemeral: privacy.is_private() },
            First::DeferUpdate => InteractionResponse::DeferUpdate,
            First::Update => InteractionResponse::update(self.into_changes()),
            First::Modal | First::Suggest => match self {
                Content::Modal(modal) => InteractionResponse::Modal(modal),
                Content::Choices(choices) => InteractionResponse::Autocomplete(choices),
                _ => InteractionResponse::autocomplete([]),
            },
        }
    }

    fn into_message(self, privacy: Privacy) -> InteractionMessage {
        let message = match self {
            Content::Message(message) => *message,
            Content::Changes(changes) => changes.into_message(),
            _ => InteractionMessage::new(),
        };
        message.ephemeral(privacy.is_private())
    }

    fn into_changes(self) -> EditResponse {
        match self {
            Content::Message(message) => message.into_edit(),
            Content::Changes(changes) => *changes,
            _ => EditResponse::new(),
        }
    }
}

/// What an error says about where the request went.
fn told(error: &Error) -> Told {
    match error {
        Error::Network { .. } => Told::Broken,
        Error::Http(error) if error.status >= 500 => Told::Broken,
        Error::Http(error) => Told::Refused(error.code),
        // It was done, but what Discord said of it cannot be read.
        Error::Decode { .. } => Told::Done,
        _ => Told::Refused(JsonErrorCode::GENERAL_ERROR),
    }
}

impl fmt::Debug for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Answer").field("id", &self.id).field("state", &*self.lock()).finish_non_exhaustive()
    }
}
