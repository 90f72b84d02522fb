//! The setters of a message's fields, shared by the types whose routes accept the field.

/// `setters!(CreateMessage: content tts embeds …)` adds to the type, whose field `body` is a [`Body`](super::body::Body),
/// the setters of these names, `check`, and the traits that a call needs to send it. `and Self::extra` adds a check, and
/// `with Self::write` writes further fields.
macro_rules! setters {
    ($name:ident: $($setter:ident)+ $(; and $extra:path)? $(; with $write:path)?) => {
        impl $name {
            $($crate::rest::message::setters::setter!($setter);)+

            /// Checks Discord's limits. Sending does the same.
            ///
            /// # Errors
            ///
            /// [`Error::Invalid`](crate::Error::Invalid) names the path of the field and its limit.
            pub fn check(&self) -> Result<(), $crate::error::Error> {
                self.body.check()?;
                $($extra(self)?;)?
                Ok(())
            }
        }

        impl $crate::rest::options::Options for $name {
            fn check(&self) -> Result<(), $crate::error::Error> {
                $name::check(self)
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                let mut map = serde::Serializer::serialize_map(serializer, None)?;
                self.body.write(&mut map)?;
                $($write(self, &mut map)?;)?
                serde::ser::SerializeMap::end(map)
            }
        }

        impl From<&str> for $name {
            fn from(content: &str) -> Self {
                $name::new().content(content)
            }
        }

        impl From<String> for $name {
            fn from(content: String) -> Self {
                $name::new().content(content)
            }
        }

        impl From<&String> for $name {
            fn from(content: &String) -> Self {
                $name::new().content(content)
            }
        }

        impl From<std::borrow::Cow<'_, str>> for $name {
            fn from(content: std::borrow::Cow<'_, str>) -> Self {
                $name::new().content(content)
            }
        }

        impl From<$crate::model::Embed> for $name {
            fn from(embed: $crate::model::Embed) -> Self {
                $name::new().embed(embed)
            }
        }

        impl From<Vec<$crate::model::Embed>> for $name {
            fn from(embeds: Vec<$crate::model::Embed>) -> Self {
                $name::new().embeds(embeds)
            }
        }

        impl From<$crate::rest::Upload> for $name {
            fn from(file: $crate::rest::Upload) -> Self {
                $name::new().file(file)
            }
        }
    };
}

macro_rules! setter {
    (content) => {
        /// Sets the text: at most 2,000 characters.
        pub fn content(mut self, content: impl Into<String>) -> Self {
            self.body.content = $crate::model::Maybe::Value(content.into());
            self
        }
    };
    (no_content) => {
        /// Removes the text.
        pub fn no_content(mut self) -> Self {
            self.body.content = $crate::model::Maybe::Null;
            self
        }
    };
    (tts) => {
        /// Sets whether the message is read aloud.
        pub fn tts(mut self, tts: bool) -> Self {
            self.body.tts = tts;
            self
        }
    };
    (embeds) => {
        /// Adds an embed. A message has at most 10, with at most 6,000 characters together.
        pub fn embed(mut self, embed: $crate::model::Embed) -> Self {
            self.body.embeds.get_or_insert_default().push(embed);
            self
        }

        /// Sets the embeds: at most 10, with at most 6,000 characters together.
        pub fn embeds(mut self, embeds: impl IntoIterator<Item = $crate::model::Embed>) -> Self {
            self.body.embeds = Some(embeds.into_iter().collect());
            self
        }
    };
    (no_embeds) => {
        /// Removes the embeds.
        pub fn no_embeds(self) -> Self {
            self.embeds([])
        }
    };
    (components) => {
        /// Adds a component: one of at most 5 action rows, which buttons and selects are in, or a component of
        /// [V2](https://docs.discord.com/developers/components/reference), the second version.
        pub fn component(mut self, component: impl Into<$crate::model::Component>) -> Self {
            self.body.components.get_or_insert_default().push(component.into());
            self
        }

        /// Sets the components: at most 5 action rows, or components of
        /// [V2](https://docs.discord.com/developers/components/reference), the second version.
        pub fn components<C>(mut self, components: impl IntoIterator<Item = C>) -> Self
        where
            C: Into<$crate::model::Component>,
        {
            self.body.components = Some(components.into_iter().map(Into::into).collect());
            self
        }

        /// Declares the components to be of V2, the second version. This is only needed if all of them are action rows, which
        /// both versions have. Such a message has no text, embeds, stickers or poll: components show everything.
        pub fn components_v2(mut self) -> Self {
            self.body.components_v2 = true;
            self
        }
    };
    (no_components) => {
        /// Removes the components.
        pub fn no_components(mut self) -> Self {
            self.body.components = Some(Vec::new());
            self
        }
    };
    (stickers) => {
        /// Adds a sticker of the guild. A message has at most 3.
        pub fn sticker(mut self, sticker: $crate::id::StickerId) -> Self {
            self.body.sticker_ids.get_or_insert_default().push(sticker);
            self
        }
    };
    (no_stickers) => {
        /// Removes the stickers.
        pub fn no_stickers(mut self) -> Self {
            self.body.sticker_ids = Some(Vec::new());
            self
        }
    };
    (poll) => {
        /// Sets the poll.
        pub fn poll(mut self, poll: $crate::rest::CreatePoll) -> Self {
            self.body.poll = Some(poll);
            self
        }
    };
    (files) => {
        /// Adds a file. A message has at most 10.
        pub fn file(mut self, file: $crate::rest::Upload) -> Self {
            self.body.files.push(file);
            self
        }

        /// Adds files: at most 10.
        pub fn files(mut self, files: impl IntoIterator<Item = $crate::rest::Upload>) -> Self {
            self.body.files.extend(files);
            self
        }
    };
    (attachments) => {
        /// Keeps one of the message's attachments. Attachments that are not kept are removed.
        ///
        /// Without this and [`drop_attachments`](Self::drop_attachments), all attachments stay.
        pub fn keep_attachment(mut self, attachment: impl Into<$crate::rest::KeptAttachment>) -> Self {
            self.body.kept_attachments.get_or_insert_default().push(attachment.into());
            self
        }

        /// Removes the message's attachments, except those that are [kept](Self::keep_attachment) and the new files.
        pub fn drop_attachments(mut self) -> Self {
            self.body.kept_attachments.get_or_insert_default();
            self
        }
    };
    (allowed_mentions) => {
        /// Sets which users and roles the message may notify. Default: only the author of the message that it replies to.
        pub fn allowed_mentions(mut self, allowed: $crate::rest::AllowedMentions) -> Self {
            self.body.allowed_mentions = Some(allowed);
            self
        }
    };
    (suppress_embeds) => {
        /// Sets whether links in the text show no embeds.
        pub fn suppress_embeds(mut self, suppress: bool) -> Self {
            self.body.set_flag($crate::model::MessageFlags::SUPPRESS_EMBEDS, suppress);
            self
        }
    };
    (suppress_notifications) => {
        /// Sets whether the message causes no push and desktop notifications.
        pub fn suppress_notifications(mut self, suppress: bool) -> Self {
            self.body.set_flag($crate::model::MessageFlags::SUPPRESS_NOTIFICATIONS, suppress);
            self
        }
    };
    (ephemeral) => {
        /// Sets whether only the user of the interaction sees the message.
        pub fn ephemeral(mut self, ephemeral: bool) -> Self {
            self.body.set_flag($crate::model::MessageFlags::EPHEMERAL, ephemeral);
            self
        }
    };
    (voice) => {
        /// Makes the message a [voice message](https://docs.discord.com/developers/resources/message#voice-messages) with
        /// this sound. It cannot have other content.
        ///
        /// The waveform is a preview: the loudness at up to 256 points in time.
        pub fn voice(
            mut self,
            sound: $crate::rest::Upload,
            length: std::time::Duration,
            waveform: impl Into<Vec<u8>>,
        ) -> Self {
            self.body.set_flag($crate::model::MessageFlags::IS_VOICE_MESSAGE, true);
            self.body.voice = Some($crate::rest::message::attachment::Voice {
                duration_secs: length.as_secs_f64(),
                waveform: waveform.into(),
            });
            self.body.files.push(sound);
            self
        }
    };
}

pub(in crate::rest) use {setter, setters};
