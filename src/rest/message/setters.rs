//! The setters of what a message holds: written once, given to each type whose route takes the field.

/// `setters!(CreateMessage: content tts embeds …)` gives the type, whose field `body` is a
/// [`Body`](super::body::Body), the setters of these names, `check`, and what a call needs to send it.
/// With `and Self::extra` that function is checked too, and `with Self::write` writes further fields.
macro_rules! setters {
    ($name:ident: $($setter:ident)+ $(; and $extra:path)? $(; with $write:path)?) => {
        impl $name {
            $($crate::rest::message::setters::setter!($setter);)+

            /// Whether Discord's limits are kept. Sending checks it too.
            ///
            /// # Errors
            ///
            /// [`Error::Invalid`](crate::Error::Invalid), with the path of the field and its limit.
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
        /// Takes the text away.
        pub fn no_content(mut self) -> Self {
            self.body.content = $crate::model::Maybe::Null;
            self
        }
    };
    (tts) => {
        /// Whether it is read aloud.
        pub fn tts(mut self, tts: bool) -> Self {
            self.body.tts = tts;
            self
        }
    };
    (embeds) => {
        /// Adds an embed: at most 10, and 6,000 characters in all of them.
        pub fn embed(mut self, embed: $crate::model::Embed) -> Self {
            self.body.embeds.get_or_insert_default().push(embed);
            self
        }

        /// Sets the embeds: at most 10, and 6,000 characters in all of them.
        pub fn embeds(mut self, embeds: impl IntoIterator<Item = $crate::model::Embed>) -> Self {
            self.body.embeds = Some(embeds.into_iter().collect());
            self
        }
    };
    (no_embeds) => {
        /// Takes the embeds away.
        pub fn no_embeds(self) -> Self {
            self.embeds([])
        }
    };
    (components) => {
        /// Adds a component: at most 5 rows, or what the
        /// [second version](https://docs.discord.com/developers/components/reference) of components offers.
        pub fn component(mut self, component: impl Into<$crate::model::Component>) -> Self {
            self.body.components.get_or_insert_default().push(component.into());
            self
        }

        /// Sets the components: at most 5 rows, or what the
        /// [second version](https://docs.discord.com/developers/components/reference) of components offers.
        pub fn components<C>(mut self, components: impl IntoIterator<Item = C>) -> Self
        where
            C: Into<$crate::model::Component>,
        {
            self.body.components = Some(components.into_iter().map(Into::into).collect());
            self
        }

        /// Says that the components are of the second version. That goes by itself unless all of them are
        /// rows, which both versions have.
        pub fn components_v2(mut self) -> Self {
            self.body.components_v2 = true;
            self
        }
    };
    (no_components) => {
        /// Takes the components away.
        pub fn no_components(mut self) -> Self {
            self.body.components = Some(Vec::new());
            self
        }
    };
    (stickers) => {
        /// Adds a sticker of the guild: at most 3.
        pub fn sticker(mut self, sticker: $crate::id::StickerId) -> Self {
            self.body.sticker_ids.get_or_insert_default().push(sticker);
            self
        }
    };
    (no_stickers) => {
        /// Takes the stickers away.
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
        /// Adds a file: at most 10.
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
        /// Keeps one of the message's attachments; those that are not named go.
        ///
        /// Where this is not called, nor [`drop_attachments`](Self::drop_attachments), all stay.
        pub fn keep_attachment(mut self, attachment: impl Into<$crate::rest::KeptAttachment>) -> Self {
            self.body.kept_attachments.get_or_insert_default().push(attachment.into());
            self
        }

        /// Takes the message's attachments away, but for those to be
        /// [kept](Self::keep_attachment) and the new files.
        pub fn drop_attachments(mut self) -> Self {
            self.body.kept_attachments.get_or_insert_default();
            self
        }
    };
    (allowed_mentions) => {
        /// Sets whom it may notify; by default only the author of the message that is replied to.
        pub fn allowed_mentions(mut self, allowed: $crate::rest::AllowedMentions) -> Self {
            self.body.allowed_mentions = Some(allowed);
            self
        }
    };
    (suppress_embeds) => {
        /// Whether links in the text show no embeds.
        pub fn suppress_embeds(mut self, suppress: bool) -> Self {
            self.body.set_flag($crate::model::MessageFlags::SUPPRESS_EMBEDS, suppress);
            self
        }
    };
    (suppress_notifications) => {
        /// Whether it comes without push and desktop notifications.
        pub fn suppress_notifications(mut self, suppress: bool) -> Self {
            self.body.set_flag($crate::model::MessageFlags::SUPPRESS_NOTIFICATIONS, suppress);
            self
        }
    };
    (ephemeral) => {
        /// Whether only the user sees it whose interaction it answers.
        pub fn ephemeral(mut self, ephemeral: bool) -> Self {
            self.body.set_flag($crate::model::MessageFlags::EPHEMERAL, ephemeral);
            self
        }
    };
    (voice) => {
        /// Makes it a [voice message](https://docs.discord.com/developers/resources/message#voice-messages)
        /// of this sound, which has nothing else in it.
        ///
        /// The waveform is a preview: the loudness at up to 256 moments.
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
