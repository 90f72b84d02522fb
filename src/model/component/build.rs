//! Components to be sent. What Discord allows of them is checked when they are.

mod button;
mod content;
mod emoji;
mod input;
mod layout;
mod select;

/// The types that have a number of their own, by which an answer names them.
macro_rules! numbered {
    ($($name:ident)+) => {$(
        impl super::super::$name {
            /// Sets its number, by which interactions name it; Discord gives it one where this is not called.
            pub fn id(mut self, id: i32) -> Self {
                self.id = Some(id);
                self
            }
        }
    )+};
}

mod ids {
    numbered! {
        ActionRow Button Checkbox CheckboxGroup Container EntitySelect FileDisplay FileUpload Label MediaGallery
        RadioGroup Section Separator StringSelect TextDisplay TextInput Thumbnail
    }
}
