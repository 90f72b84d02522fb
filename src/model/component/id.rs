use super::{
    ActionRow, Button, Checkbox, CheckboxGroup, Container, EntitySelect, FileDisplay, FileUpload, Label,
    MediaGallery, RadioGroup, Section, Separator, StringSelect, TextDisplay, TextInput, Thumbnail,
};

/// Adds a setter for the `id` that every component has.
macro_rules! set_id {
    ($($name:ident)+) => {$(
        impl $name {
            /// Sets the ID of the component within its message or modal. By default Discord assigns one.
            pub fn id(mut self, id: i32) -> Self {
                self.id = Some(id);
                self
            }
        }
    )+};
}

set_id! {
    ActionRow Button Checkbox CheckboxGroup Container EntitySelect FileDisplay FileUpload Label MediaGallery RadioGroup
    Section Separator StringSelect TextDisplay TextInput Thumbnail
}
