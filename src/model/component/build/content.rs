use super::super::{FileDisplay, MediaGallery, MediaGalleryItem, TextDisplay, Thumbnail, UnfurledMediaItem};

impl TextDisplay {
    /// This text with markdown: at most 4,000 characters in all texts of a message.
    pub fn new(content: impl Into<String>) -> Self {
        TextDisplay { id: None, content: content.into() }
    }
}

impl Thumbnail {
    /// The picture at this address: `https`, or `attachment://` for a file sent along.
    pub fn new(url: impl Into<String>) -> Self {
        Thumbnail { media: UnfurledMediaItem::new(url), ..Thumbnail::default() }
    }

    /// Describes it to those who cannot see it: at most 1,024 characters.
    pub fn description(mut self, description: impl Into<String>) -> Self {
        self.description = Some(description.into());
        self
    }

    /// Whether it is hidden until it is clicked.
    pub fn spoiler(mut self, spoiler: bool) -> Self {
        self.spoiler = spoiler;
        self
    }
}

/// One to ten pictures and videos.
///
/// ```
/// use syncord::model::component::{MediaGallery, MediaGalleryItem};
///
/// let north = MediaGalleryItem::new("attachment://north.png").description("The north");
/// let charts = MediaGallery::new([north, "https://example.com/south.png".into()]);
/// assert_eq!(charts.items.len(), 2);
/// ```
impl MediaGallery {
    /// These pictures and videos.
    pub fn new<I: Into<MediaGalleryItem>>(items: impl IntoIterator<Item = I>) -> Self {
        MediaGallery { id: None, items: items.into_iter().map(Into::into).collect() }
    }
}

impl MediaGalleryItem {
    /// The picture or video at this address: `https`, or `attachment://` for a file sent along.
    pub fn new(url: impl Into<String>) -> Self {
        MediaGalleryItem { media: UnfurledMediaItem::new(url), ..MediaGalleryItem::default() }
    }

    /// Describes it to those who cannot see it: at most 1,024 characters.
    pub fn description(mut self, description: impl Into<String>) -> Self {
        self.description = Some(description.into());
        self
    }

    /// Whether it is hidden until it is clicked.
    pub fn spoiler(mut self, spoiler: bool) -> Self {
        self.spoiler = spoiler;
        self
    }
}

impl From<&str> for MediaGalleryItem {
    fn from(url: &str) -> Self {
        MediaGalleryItem::new(url)
    }
}

impl From<String> for MediaGalleryItem {
    fn from(url: String) -> Self {
        MediaGalleryItem::new(url)
    }
}

impl FileDisplay {
    /// The file of this name that is sent along.
    pub fn new(name: impl Into<String>) -> Self {
        let name = name.into();
        let url = if name.starts_with("attachment://") { name } else { format!("attachment://{name}") };
        FileDisplay { file: UnfurledMediaItem::new(url), ..FileDisplay::default() }
    }

    /// Whether it is hidden until it is clicked.
    pub fn spoiler(mut self, spoiler: bool) -> Self {
        self.spoiler = spoiler;
        self
    }
}
