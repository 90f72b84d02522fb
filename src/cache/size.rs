//! How much memory values take.
//!
//! The sizes are estimates: the allocator's rounding is known, but not its fragmentation. A test compares them with the
//! memory of a process.

use std::fmt;

use serde::Serialize;
use serde::ser::{self, Impossible, Serializer};

/// The memory that the allocator takes for a block of this many bytes.
pub(super) const fn block(bytes: usize) -> usize {
    if bytes == 0 {
        return 0;
    }
    // A header of 8 bytes, in steps of 16, and at least 32.
    let rounded = (bytes + 8 + 15) & !15;
    if rounded < 32 { 32 } else { rounded }
}

/// The memory of a value in an `Arc`, without what it owns.
pub(super) const fn shared<T>() -> usize {
    const COUNTERS: usize = 2 * size_of::<usize>();
    block(size_of::<T>() + COUNTERS)
}

/// The memory of an optional text.
pub(super) fn text(text: Option<&str>) -> usize {
    text.map_or(0, |text| block(text.len()))
}

/// The memory of a box.
pub(super) fn boxed<T>(value: Option<&T>) -> usize {
    value.map_or(0, |_| block(size_of::<T>()))
}

/// The memory of a list of values without what they own.
pub(super) fn list<T>(values: &[T]) -> usize {
    block(size_of_val(values))
}

/// The memory that a value owns on the heap, estimated from its JSON: for objects that are rarely kept.
pub(super) fn owned<T: Serialize>(value: &T) -> usize {
    let mut heap = Heap(0);
    // The counter never fails; a value that cannot be written has a size of what was counted until then.
    let _ = value.serialize(&mut heap);
    heap.0
}

/// The memory of a list of objects, with what they own.
pub(super) fn objects<T: Serialize>(values: &[T]) -> usize {
    list(values) + values.iter().map(owned).sum::<usize>()
}

/// Counts the memory of the texts and the objects in a value.
struct Heap(usize);

/// What an object inside another one takes, at a guess.
const OBJECT: usize = 64;

#[derive(Debug)]
struct Uncountable;

impl fmt::Display for Uncountable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the size cannot be counted")
    }
}

impl std::error::Error for Uncountable {}

impl ser::Error for Uncountable {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Uncountable
    }
}

type Counted = Result<(), Uncountable>;

macro_rules! counts_nothing {
    ($($method:ident: $type:ty,)+) => {$(
        fn $method(self, _: $type) -> Counted {
            Ok(())
        }
    )+};
}

impl Serializer for &mut Heap {
    type Ok = ();
    type Error = Uncountable;
    type SerializeSeq = Self;
    type SerializeTuple = Self;
    type SerializeTupleStruct = Self;
    type SerializeTupleVariant = Impossible<(), Uncountable>;
    type SerializeMap = Self;
    type SerializeStruct = Self;
    type SerializeStructVariant = Impossible<(), Uncountable>;

    counts_nothing! {
        serialize_bool: bool,
        serialize_i8: i8,
        serialize_i16: i16,
        serialize_i32: i32,
        serialize_i64: i64,
        serialize_u8: u8,
        serialize_u16: u16,
        serialize_u32: u32,
        serialize_u64: u64,
        serialize_f32: f32,
        serialize_f64: f64,
        serialize_char: char,
        serialize_unit_struct: &'static str,
    }

    fn serialize_str(self, text: &str) -> Counted {
        self.0 += block(text.len());
        Ok(())
    }

    /// IDs and permissions: numbers that are written as text.
    fn collect_str<T: fmt::Display + ?Sized>(self, _: &T) -> Counted {
        Ok(())
    }

    fn serialize_bytes(self, bytes: &[u8]) -> Counted {
        self.0 += block(bytes.len());
        Ok(())
    }

    fn serialize_none(self) -> Counted {
        Ok(())
    }

    fn serialize_unit(self) -> Counted {
        Ok(())
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Counted {
        value.serialize(self)
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, _: &'static str) -> Counted {
        Ok(())
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Counted {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        value: &T,
    ) -> Counted {
        value.serialize(self)
    }

    fn serialize_seq(self, length: Option<usize>) -> Result<Self, Uncountable> {
        self.0 += block(length.unwrap_or_default() * 16);
        Ok(self)
    }

    fn serialize_tuple(self, _: usize) -> Result<Self, Uncountable> {
        Ok(self)
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Self, Uncountable> {
        Ok(self)
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleVariant, Uncountable> {
        Err(Uncountable)
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Self, Uncountable> {
        self.0 += OBJECT;
        Ok(self)
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Self, Uncountable> {
        self.0 += OBJECT;
        Ok(self)
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeStructVariant, Uncountable> {
        Err(Uncountable)
    }
}

impl ser::SerializeSeq for &mut Heap {
    type Ok = ();
    type Error = Uncountable;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Counted {
        value.serialize(&mut **self)
    }

    fn end(self) -> Counted {
        Ok(())
    }
}

impl ser::SerializeTuple for &mut Heap {
    type Ok = ();
    type Error = Uncountable;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Counted {
        value.serialize(&mut **self)
    }

    fn end(self) -> Counted {
        Ok(())
    }
}

impl ser::SerializeTupleStruct for &mut Heap {
    type Ok = ();
    type Error = Uncountable;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, value: &T) -> Counted {
        value.serialize(&mut **self)
    }

    fn end(self) -> Counted {
        Ok(())
    }
}

impl ser::SerializeMap for &mut Heap {
    type Ok = ();
    type Error = Uncountable;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Counted {
        key.serialize(&mut **self)
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Counted {
        value.serialize(&mut **self)
    }

    fn end(self) -> Counted {
        Ok(())
    }
}

impl ser::SerializeStruct for &mut Heap {
    type Ok = ();
    type Error = Uncountable;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, _: &'static str, value: &T) -> Counted {
        value.serialize(&mut **self)
    }

    fn end(self) -> Counted {
        Ok(())
    }
}
