#![allow(clippy::unwrap_used)]

use std::io::{Cursor, Read};

use super::{Error, Form, Limit, OpenForm, Upload};

fn open(form: &Form) -> OpenForm {
    form.open_with("XX".to_owned(), None).unwrap()
}

fn text(form: &mut OpenForm) -> String {
    let mut text = String::new();
    form.reader().unwrap().read_to_string(&mut text).unwrap();
    text
}

#[test]
fn a_form_has_its_parts_between_boundaries_and_a_length() {
    let mut form = Form::with_payload(b"{}".to_vec());
    form.text("name", "Ann");
    form.file("files[0]", &Upload::bytes("a \"b\".txt", "hello"));
    assert!(form.is_repeatable());
    let mut open = open(&form);
    let sent = text(&mut open);
    assert_eq!(
        sent,
        "--XX\r\nContent-Disposition: form-data; name=\"payload_json\"\r\nContent-Type: application/json\r\n\r\n{}\r\n\
         --XX\r\nContent-Disposition: form-data; name=\"name\"\r\n\r\nAnn\r\n\
         --XX\r\nContent-Disposition: form-data; name=\"files[0]\"; filename=\"a %22b%22.txt\"\r\nContent-Type: application/octet-stream\r\n\r\nhello\r\n\
         --XX--\r\n"
    );
    assert_eq!(open.length(), Some(sent.len() as u64));
    assert_eq!(text(&mut open), sent);
}

#[test]
fn a_reader_is_sent_once_and_has_no_length() {
    let mut form = Form::default();
    form.file("file", &Upload::reader("a", Cursor::new(b"abc")));
    assert!(!form.is_repeatable());
    let mut reader = open(&form);
    assert_eq!(reader.length(), None);
    assert!(text(&mut reader).contains("\r\nabc\r\n"));
    for problem in [reader.reader().err(), form.open(None).err()] {
        let problem = problem.unwrap().to_string();
        assert!(problem.starts_with("file: ") && problem.contains("sent already"), "{problem}");
    }
}

#[test]
fn the_error_of_a_missing_file_names_it() {
    let mut form = Form::default();
    form.file("files[2]", &Upload::path("no-such-folder/cat.png"));
    let problem = form.open(None).err().unwrap().to_string();
    assert!(problem.starts_with("files[2]: no-such-folder/cat.png cannot be read: "), "{problem}");
}

/// The limit in an error, and its text.
fn limit(error: Error) -> (Option<Limit>, String) {
    let text = error.to_string();
    match error {
        Error::Invalid { field, limit, .. } if field == "files[0]" => (limit, text),
        error => panic!("{error}"),
    }
}

#[test]
fn a_file_over_the_limit_is_an_error_that_holds_the_limit() {
    let mut form = Form::default();
    form.file("files[0]", &Upload::bytes("a.txt", "hello"));
    assert!(form.open(Some(5)).is_ok());
    let (found, text) = limit(form.open(Some(4)).err().unwrap());
    assert_eq!(found, Some(Limit::Bytes { max: 4, actual: 5 }));
    assert!(text.contains("at most 4 bytes, and this has 5") && text.contains("upload_limit"), "{text}");
    assert!(text.ends_with(" (nothing was sent)"), "{text}");
}

#[test]
fn a_reader_over_the_limit_fails_while_it_is_read() {
    let read = |max| {
        let mut form = Form::default();
        form.file("files[0]", &Upload::reader("a.txt", Cursor::new(b"hello")));
        let mut open = form.open(Some(max)).unwrap();
        let result = open.reader().unwrap().read_to_end(&mut Vec::new());
        result.map_err(|error| Error::from(error.downcast::<super::Unreadable>().unwrap()))
    };
    assert!(read(5).is_ok());
    let (found, text) = limit(read(4).unwrap_err());
    assert_eq!(found, Some(Limit::Bytes { max: 4, actual: 5 }));
    assert!(text.ends_with(" (at most a part of the request was sent, which Discord ignores)"), "{text}");
}
