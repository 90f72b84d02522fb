#![allow(clippy::unwrap_used)]

use std::cell::{Cell, RefCell};
use std::panic::Location;

use crate::bot::context::Context;
use crate::bot::error::{HandlerError, HandlerId, Problem};
use crate::bot::fixture::{Number, Other, READ, batch, context};
use crate::bot::handler::{Connected, ErrorClosure, Handlers};
use crate::bot::threads::batch::{Batch, Name};
use crate::bot::tree::Router;
use crate::error::Result;
use crate::gateway::session::Notice;

/// Registers as `Bot::on` does.
#[track_caller]
fn on<'a, E: crate::bot::HandledEvent>(
    handlers: &mut Handlers<'a>,
    f: impl FnMut(&Context, &E) -> Result + 'a,
) {
    handlers.add(HandlerId::of::<E>(Location::caller()), f);
}

/// What `Bot::on_error` registers.
fn on_error<'a>(f: impl FnMut(&Context, &HandlerError) + 'a) -> Option<ErrorClosure<'a>> {
    Some((HandlerId::new("on_error", Location::caller()), Box::new(f)))
}

fn hand_over(handlers: &mut Handlers<'_>, batch: &Batch) {
    let cx = context();
    for place in 0..batch.len() {
        super::item(handlers, &mut Router::default(), &cx, &batch.get(place).unwrap().0);
    }
}

#[test]
fn events_come_in_order_and_closures_in_the_order_of_registration() {
    let calls = RefCell::new(Vec::new());
    let mut handlers = Handlers::new();
    for name in ["a", "b"] {
        let calls = &calls;
        on(&mut handlers, move |_, n: &Number| {
            calls.borrow_mut().push(format!("{name}{}", n.0));
            Ok(())
        });
    }
    handlers.add_any(
        HandlerId::new("on_any", Location::caller()),
        Box::new(|_, name, json| {
            calls.borrow_mut().push(format!("{name}={json}"));
            Ok(())
        }),
    );
    hand_over(
        &mut handlers,
        &batch(&[("MESSAGE_CREATE", "1"), ("NEW_THING", "{}"), ("MESSAGE_CREATE", "2")]),
    );
    drop(handlers);
    assert_eq!(
        calls.into_inner(),
        ["MESSAGE_CREATE=1", "a1", "b1", "NEW_THING={}", "MESSAGE_CREATE=2", "a2", "b2"]
    );
}

#[test]
fn an_event_is_read_once_for_all_its_handlers() {
    let sum = Cell::new(0);
    let mut handlers = Handlers::new();
    for _ in 0..3 {
        on(&mut handlers, |_, n: &Number| {
            sum.set(sum.get() + n.0);
            Ok(())
        });
    }
    READ.set(0);
    hand_over(&mut handlers, &batch(&[("MESSAGE_CREATE", "5")]));
    assert_eq!((sum.get(), READ.get()), (15, 1));
}

#[test]
fn a_type_of_the_program_receives_the_same_event() {
    let calls = RefCell::new(Vec::new());
    let mut handlers = Handlers::new();
    on(&mut handlers, |_, n: &Number| {
        calls.borrow_mut().push(u64::from(n.0));
        Ok(())
    });
    on(&mut handlers, |_, n: &Other| {
        calls.borrow_mut().push(n.0 + 100);
        Ok(())
    });
    hand_over(&mut handlers, &batch(&[("MESSAGE_CREATE", "7")]));
    assert_eq!(*calls.borrow(), [7, 107]);
}

#[test]
fn text_after_the_value_is_ignored() {
    let calls = RefCell::new(Vec::new());
    let mut handlers = Handlers::new();
    handlers.add_any(
        HandlerId::new("on_any", Location::caller()),
        Box::new(|_, _, json| {
            calls.borrow_mut().push(json.to_owned());
            Ok(())
        }),
    );
    on(&mut handlers, |_, n: &Number| {
        calls.borrow_mut().push(n.0.to_string());
        Ok(())
    });
    hand_over(&mut handlers, &batch(&[("MESSAGE_CREATE", "7,\"later\":1}")]));
    assert_eq!(*calls.borrow(), ["7", "7"]);
}

/// Hands over one event and says what `on_error` received.
fn errors_of(data: &str, register: impl FnOnce(&mut Handlers<'_>)) -> Vec<HandlerError> {
    let errors = RefCell::new(Vec::new());
    let mut handlers = Handlers::new();
    handlers.on_error = on_error(|_, error| {
        let HandlerError { event, handler, problem } = error;
        let problem = match problem {
            Problem::Failed(error) => Problem::Failed(error.to_string().into()),
            Problem::Panicked(text) => Problem::Panicked(text.clone()),
            Problem::Unreadable(error) => Problem::Unreadable(serde::de::Error::custom(error)),
        };
        errors.borrow_mut().push(HandlerError { event: event.clone(), handler: handler.clone(), problem });
    });
    register(&mut handlers);
    hand_over(&mut handlers, &batch(&[("MESSAGE_CREATE", data)]));
    drop(handlers);
    errors.into_inner()
}

#[test]
fn an_error_is_reported_with_the_event_and_the_place_of_the_closure() {
    let line = line!() + 2;
    let errors = errors_of("1", |handlers| {
        on(handlers, |_, _: &Number| Err("no luck".into()));
    });
    assert_eq!(errors[0].event, "MESSAGE_CREATE");
    assert_eq!(errors[0].handler, format!("on::<Number> at {}:{line}", file!()));
    assert_eq!(errors[0].to_string(), format!("{} failed on MESSAGE_CREATE: no luck", errors[0].handler));
}

#[test]
fn a_panic_costs_that_one_call() {
    let called = Cell::new(0);
    let errors = errors_of("1", |handlers| {
        // Declared here, the closures may not borrow `called`: it is counted by what is reported.
        on(handlers, |_, n: &Number| panic!("cannot {}", n.0));
        on(handlers, |_, _: &Number| Err("still called".into()));
    });
    called.set(errors.len());
    assert_eq!(called.get(), 2);
    assert!(matches!(&errors[0].problem, Problem::Panicked(text) if text == "cannot 1"), "{errors:?}");
    assert!(errors[1].to_string().ends_with("still called"), "{errors:?}");
}

#[test]
fn a_panic_of_the_only_handler_is_contained_too() {
    let errors = errors_of("1", |handlers| on(handlers, |_, _: &Number| panic!("alone")));
    assert!(matches!(&errors[0].problem, Problem::Panicked(text) if text == "alone"), "{errors:?}");
}

#[test]
fn an_unreadable_event_is_reported_for_each_closure_and_on_any_still_sees_it() {
    let seen = Cell::new(0);
    for count in [1, 2] {
        let errors = {
            let errors = RefCell::new(Vec::new());
            let mut handlers = Handlers::new();
            handlers.on_error = on_error(|_, error| errors.borrow_mut().push(error.to_string()));
            handlers.add_any(
                HandlerId::new("on_any", Location::caller()),
                Box::new(|_, _, json| {
                    assert_eq!(json, "\"text\"");
                    seen.set(seen.get() + 1);
                    Ok(())
                }),
            );
            for _ in 0..count {
                on(&mut handlers, |_, _: &Number| Ok(()));
            }
            hand_over(&mut handlers, &batch(&[("MESSAGE_CREATE", "\"text\"")]));
            drop(handlers);
            errors.into_inner()
        };
        assert_eq!(errors.len(), count);
        assert!(errors[0].contains("MESSAGE_CREATE could not be read: invalid type"), "{errors:?}");
    }
    assert_eq!(seen.get(), 2);
}

#[test]
fn a_panic_in_on_error_is_contained() {
    let calls = Cell::new(0);
    let mut handlers = Handlers::new();
    handlers.on_error = on_error(|_, _| panic!("worse"));
    on(&mut handlers, |_, _: &Number| {
        calls.set(calls.get() + 1);
        Err("bad".into())
    });
    hand_over(&mut handlers, &batch(&[("MESSAGE_CREATE", "1"), ("MESSAGE_CREATE", "2")]));
    assert_eq!(calls.get(), 2);
}

#[test]
fn connection_events_reach_their_handlers_with_their_shard() {
    let calls = RefCell::new(Vec::new());
    let mut handlers = Handlers::new();
    on(&mut handlers, |cx, connected: &Connected| {
        calls.borrow_mut().push(format!("{} {}", cx.shard(), connected.resumed));
        Ok(())
    });
    let mut batch = Batch::default();
    batch.push_notice(2, Notice::Connected { resumed: true });
    batch.push_notice(0, Notice::Connected { resumed: false });
    hand_over(&mut handlers, &batch);
    assert_eq!(*calls.borrow(), ["2/3 true", "0/3 false"]);
}

#[test]
fn the_filter_passes_events_with_a_handler_and_all_events_for_on_any() {
    let mut handlers = Handlers::new();
    assert!(handlers.is_empty());
    on(&mut handlers, |_, _: &Number| Ok(()));
    let filter = handlers.filter_for_shards(&[]);
    assert!(filter.has_handler(Name::of("MESSAGE_CREATE")));
    assert!(!filter.has_handler(Name::of("MESSAGE_UPDATE")));
    assert!(!filter.has_handler(Name::of("NEW_THING")));
    handlers.add_any(HandlerId::new("on_any", Location::caller()), Box::new(|_, _, _| Ok(())));
    let filter = handlers.filter_for_shards(&[]);
    assert!(filter.has_handler(Name::of("MESSAGE_UPDATE")) && filter.has_handler(Name::of("NEW_THING")));
}
