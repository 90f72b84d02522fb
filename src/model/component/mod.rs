//! [Components](https://docs.discord.com/developers/components/reference) of messages and modals.

mod button;
mod component;
mod content;
mod id;
mod input;
mod kind;
mod select;

pub use button::{Button, ButtonStyle};
pub use component::{ActionRow, Component, Container, Label, Section, Separator, SeparatorSpacing};
pub use content::{
    FileDisplay, MediaGallery, MediaGalleryItem, TextDisplay, Thumbnail, UnfurledMediaItem,
    UnfurledMediaItemFlags,
};
pub use input::{Checkbox, CheckboxGroup, FileUpload, GroupOption, RadioGroup, TextInput, TextInputStyle};
pub use kind::ComponentType;
pub use select::{EntitySelect, SelectDefaultValue, SelectDefaultValueType, SelectOption, StringSelect};
