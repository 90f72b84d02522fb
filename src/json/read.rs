//! The trait of types that are read, and its implementations for types of the standard library.

use std::any::type_name;
use std::collections::BTreeMap;

use super::error::{Error, Result};
use super::number::Number;
use super::reader::Reader;

/// A type that is read from JSON.
#[diagnostic::on_unimplemented(message = "`{Self}` is not read from Discord's JSON")]
pub(crate) trait Read: Sized {
    /// Reads one value.
    ///
    /// # Errors
    ///
    /// If the value has another type, or the text is not JSON.
    fn read(reader: &mut Reader<'_>) -> Result<Self>;
}

impl Reader<'_> {
    /// Reads one field of the next object and returns to the start of the object. Returns `None` if the field is
    /// missing or cannot be read.
    ///
    /// This reads only up to that field. Discord sends `type` first.
    pub(crate) fn look_up<T: Read>(&mut self, field: &str) -> Result<Option<T>> {
        self.peek()?;
        let mark = self.mark();
        let mut fields = self.object()?;
        let mut found = None;
        while let Some(name) = self.next_field(&mut fields)? {
            if name == field {
                found = T::read(self).ok();
                break;
            }
            self.skip()?;
        }
        self.reset(mark);
        Ok(found)
    }
}

/// A type that can be the key of a map, which is the name of a field in JSON.
pub(crate) trait Key: Sized + Ord {
    /// Parses the name of a field. Returns `None` if it is not a value of this type.
    fn from_name(name: &str) -> Option<Self>;
}

impl Key for String {
    fn from_name(name: &str) -> Option<Self> {
        Some(name.to_owned())
    }
}

impl Read for () {
    /// Skips any value.
    fn read(reader: &mut Reader<'_>) -> Result<Self> {
        reader.skip()
    }
}

impl Read for bool {
    #[inline]
    fn read(reader: &mut Reader<'_>) -> Result<Self> {
        reader.bool()
    }
}

impl Read for String {
    fn read(reader: &mut Reader<'_>) -> Result<Self> {
        reader.owned_string()
    }
}

impl Read for f64 {
    fn read(reader: &mut Reader<'_>) -> Result<Self> {
        reader.number().map(Number::as_f64)
    }
}

/// Integers are read from integers in range, and from floats without a fraction such as `3.0`.
macro_rules! integers {
    ($($integer:ident)+) => {$(
        impl Read for $integer {
            fn read(reader: &mut Reader<'_>) -> Result<Self> {
                let number = match reader.number()? {
                    Number::Unsigned(number) => $integer::try_from(number).ok(),
                    Number::Signed(number) => $integer::try_from(number).ok(),
                    Number::Float(number) => whole(number).and_then(|number| $integer::try_from(number).ok()),
                };
                number.ok_or_else(|| Error::new(concat!("a number that is not a ", stringify!($integer))))
            }
        }
    )+};
}

integers! { u8 u16 u32 u64 u128 i32 i64 }

/// Converts a float without a fraction to an integer. Returns `None` beyond the 53 bits that a float keeps exactly.
#[cold]
pub(crate) fn whole(number: f64) -> Option<i64> {
    const MAX: f64 = 9_007_199_254_740_992.0;
    (number.fract() == 0.0 && number.abs() <= MAX).then_some(number as i64)
}

impl<T: Read> Read for Option<T> {
    #[inline]
    fn read(reader: &mut Reader<'_>) -> Result<Self> {
        if reader.null()? {
            return Ok(None);
        }
        T::read(reader).map(Some)
    }
}

impl<T: Read> Read for Box<T> {
    fn read(reader: &mut Reader<'_>) -> Result<Self> {
        T::read(reader).map(Box::new)
    }
}

impl<T: Read> Read for Vec<T> {
    /// Reads a list. Leaves out an element that cannot be read.
    fn read(reader: &mut Reader<'_>) -> Result<Self> {
        let mut elements = reader.list()?;
        let mut all = Vec::new();
        while reader.next_element(&mut elements)? {
            let mark = reader.mark();
            match T::read(reader) {
                Ok(element) => all.push(element),
                Err(error) => drop(reader.leave_out(mark, type_name::<T>(), error)?),
            }
        }
        Ok(all)
    }
}

impl<T: Read, const N: usize> Read for [T; N] {
    fn read(reader: &mut Reader<'_>) -> Result<Self> {
        let mut elements = reader.list()?;
        let mut all = Vec::with_capacity(N);
        while reader.next_element(&mut elements)? {
            all.push(T::read(reader)?);
        }
        all.try_into().map_err(|_| Error::new("a list of the wrong length"))
    }
}

impl<K: Key, V: Read> Read for BTreeMap<K, V> {
    /// Reads a map. Leaves out an entry that cannot be read.
    fn read(reader: &mut Reader<'_>) -> Result<Self> {
        let mut entries = reader.object()?;
        let mut all = BTreeMap::new();
        while let Some(name) = reader.next_field(&mut entries)? {
            let mark = reader.mark();
            let key = K::from_name(&name).ok_or_else(|| Error::new("a field name that is not a key"));
            match key.and_then(|key| Ok((key, V::read(reader)?))) {
                Ok((key, value)) => drop(all.insert(key, value)),
                Err(error) => drop(reader.leave_out(mark, type_name::<V>(), error)?),
            }
        }
        Ok(all)
    }
}
