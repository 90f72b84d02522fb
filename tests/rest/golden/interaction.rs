use syncord::id::{ApplicationId, AttachmentId, InteractionId, MessageId};
use syncord::model::component::{
    ActionRow, Button, Checkbox, CheckboxGroup, EntitySelect, FileUpload, GroupOption, Label, RadioGroup,
    SelectOption, StringSelect, TextDisplay, TextInput,
};
use syncord::model::{CommandChoice, Component, InteractionCallbackType};
use syncord::rest::{
    AllowedMentions, CreatePoll, EditResponse, InteractionMessage, InteractionResponse, Modal, Upload,
};

use super::book::Book;
use super::message::{MESSAGE, embed, ten_files};

const ID: InteractionId = InteractionId::new(4);
const APPLICATION: ApplicationId = ApplicationId::new(3);
const TOKEN: &str = "aW50ZXJhY3Rpb24";

fn full() -> InteractionMessage {
    InteractionMessage::text("aye")
        .tts(true)
        .embed(embed())
        .component(ActionRow::new([Button::primary("again", "Again")]))
        .poll(CreatePoll::new("Which tide?").answer("High"))
        .file(Upload::bytes("north.txt", "north").description("Up there"))
        .allowed_mentions(AllowedMentions::none())
        .ephemeral(true)
        .suppress_embeds(true)
        .suppress_notifications(true)
}

fn changes() -> EditResponse {
    EditResponse::new()
        .content("nay")
        .embed(embed())
        .component(ActionRow::new([Button::primary("again", "Again").disabled(true)]))
        .keep_attachment(AttachmentId::new(41))
        .file(Upload::bytes("south.txt", "south"))
        .allowed_mentions(AllowedMentions::none())
        .suppress_embeds(true)
}

fn responses() -> Vec<(&'static str, InteractionResponse)> {
    let fields = Modal::new("report", "Report a tide")
        .component(TextDisplay::new("What did you see?"))
        .component(Label::new(
            "Where?",
            TextInput::short("where")
                .min_length(1)
                .max_length(100)
                .value("Kiel")
                .placeholder("A harbour")
                .required(false),
        ))
        .component(Label::new("How?", TextInput::paragraph("how")).description("In your words").id(2));
    let options = || {
        [
            GroupOption::new("High", "high").description("Wet").preselected(true),
            GroupOption::new("Low", "low"),
        ]
    };
    let choices = Modal::new("choose", "Choose a tide")
        .component(Label::new("One", RadioGroup::new("one", options()).required(false)))
        .component(Label::new(
            "Some",
            CheckboxGroup::new("some", options()).min_values(1).max_values(2).required(true),
        ))
        .component(Label::new("Sure?", Checkbox::new("sure").preselected(true)))
        .component(Label::new(
            "Proof",
            FileUpload::new("proof")
                .min_values(0)
                .max_values(3)
                .required(false)
                .file_types(["image", ".pdf"]),
        ))
        .component(Label::new(
            "Tide",
            StringSelect::new("tide").option(SelectOption::new("High", "high")).required(true),
        ));
    let people = Modal::new("people", "Choose people")
        .component(Label::new(
            "Users",
            Component::UserSelect(EntitySelect::new("users").min_values(0).max_values(25).required(false)),
        ))
        .component(Label::new("Roles", Component::RoleSelect(EntitySelect::new("roles"))))
        .component(Label::new("Either", Component::MentionableSelect(EntitySelect::new("either"))))
        .component(Label::new("Places", Component::ChannelSelect(EntitySelect::new("places"))));
    let harbours = [CommandChoice::new("Kiel", 1), CommandChoice::new("Rostock", 2)];
    vec![
        ("a pong", InteractionResponse::Pong),
        ("a message", InteractionResponse::message("aye")),
        ("a message with everything", InteractionResponse::message(full())),
        ("a deferred message", InteractionResponse::Defer { ephemeral: false }),
        ("a deferred private message", InteractionResponse::Defer { ephemeral: true }),
        ("a deferred update", InteractionResponse::DeferUpdate),
        ("an update", InteractionResponse::update(changes())),
        ("suggestions", InteractionResponse::autocomplete(harbours)),
        ("no suggestions", InteractionResponse::autocomplete([])),
        ("a modal with texts", InteractionResponse::Modal(fields)),
        ("a modal with choices", InteractionResponse::Modal(choices)),
        ("a modal with selects", InteractionResponse::Modal(people)),
        ("an upgrade button", InteractionResponse::PremiumRequired),
        ("an activity", InteractionResponse::LaunchActivity),
    ]
}

#[test]
fn answers_to_interactions() {
    let mut book = Book::open("interaction");
    for (name, response) in responses() {
        let title = format!("create_interaction_response: {name}");
        book.perform(&title, |rest| rest.create_interaction_response(ID, TOKEN, &response));
    }
    let body = format!(
        r#"{{"interaction":{{"id":"4","type":2,"response_message_id":"9","response_message_loading":false,"response_message_ephemeral":false}},
            "resource":{{"type":4,"message":{MESSAGE}}}}}"#
    );
    let made = book.call("create_interaction_response_with_response", &body, |rest| {
        rest.create_interaction_response_with_response(ID, TOKEN, &InteractionResponse::message("aye"))
    });
    let resource = made.resource.unwrap();
    assert_eq!(resource.kind, InteractionCallbackType::CHANNEL_MESSAGE_WITH_SOURCE);
    assert_eq!((made.interaction.id, resource.message.unwrap().id), (ID, MessageId::new(9)));
    book.close();
}

#[test]
fn responses_after_the_first_one() {
    let mut book = Book::open("interaction_followup");
    let id = MessageId::new(9);
    let original = book.call("original_interaction_response", MESSAGE, |rest| {
        rest.original_interaction_response(APPLICATION, TOKEN)
    });
    assert_eq!(original.id, id);
    book.call("edit_original_interaction_response", MESSAGE, |rest| {
        rest.edit_original_interaction_response(APPLICATION, TOKEN, changes())
    });
    let poll = EditResponse::new().poll(CreatePoll::new("Which tide?").answer("High"));
    book.call("edit_original_interaction_response that was deferred", MESSAGE, |rest| {
        rest.edit_original_interaction_response(APPLICATION, TOKEN, poll)
    });
    book.call("edit_original_interaction_response with ten files", MESSAGE, |rest| {
        let files = EditResponse::new().files(ten_files());
        rest.edit_original_interaction_response(APPLICATION, TOKEN, files)
    });
    book.perform("delete_original_interaction_response", |rest| {
        rest.delete_original_interaction_response(APPLICATION, TOKEN)
    });
    let sent = book.call("create_followup_message", MESSAGE, |rest| {
        rest.create_followup_message(APPLICATION, TOKEN, "aye")
    });
    assert_eq!(sent.id, id);
    book.call("create_followup_message with everything", MESSAGE, |rest| {
        rest.create_followup_message(APPLICATION, TOKEN, full())
    });
    book.call("followup_message", MESSAGE, |rest| rest.followup_message(APPLICATION, TOKEN, id));
    book.call("edit_followup_message", MESSAGE, |rest| {
        rest.edit_followup_message(APPLICATION, TOKEN, id, changes())
    });
    book.perform("delete_followup_message", |rest| rest.delete_followup_message(APPLICATION, TOKEN, id));
    book.close();
}
