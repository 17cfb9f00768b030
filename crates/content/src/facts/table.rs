//! Entries of a data file by typed index.

use std::fmt;
use std::marker::PhantomData;
use std::ops::Index;

use borsh::{BorshDeserialize, BorshSerialize};

/// The index of an entry in its [`Table`]. An id of one kind of entry cannot be used for another.
pub struct Id<T> {
    index: u16,
    kind: PhantomData<fn() -> T>,
}

/// The entries of one data file, in the order of the file or as sorted at load.
#[derive(BorshDeserialize, BorshSerialize, Debug)]
pub struct Table<T>(Vec<T>);

impl<T> Id<T> {
    pub(super) fn new(index: usize) -> Self {
        Self {
            // A table of more than 65,536 entries does not load, see `Table::new`.
            index: u16::try_from(index).unwrap_or(u16::MAX),
            kind: PhantomData,
        }
    }

    /// The position in the table, from 0.
    pub fn index(self) -> usize {
        usize::from(self.index)
    }
}

impl<T> Table<T> {
    /// The entries with their ids.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (Id<T>, &T)> + ExactSizeIterator + Clone {
        self.0.iter().enumerate().map(|(index, entry)| (Id::new(index), entry))
    }

    /// The entries.
    pub fn values(&self) -> std::slice::Iter<'_, T> {
        self.0.iter()
    }

    /// The entries, to be changed.
    pub(crate) fn values_mut(&mut self) -> std::slice::IterMut<'_, T> {
        self.0.iter_mut()
    }

    /// The ids.
    pub fn ids(&self) -> impl DoubleEndedIterator<Item = Id<T>> + Clone + use<T> {
        (0..self.0.len()).map(Id::new)
    }

    /// The first entry that satisfies `is_wanted`.
    pub fn find(&self, is_wanted: impl Fn(&T) -> bool) -> Option<Id<T>> {
        self.0.iter().position(is_wanted).map(Id::new)
    }

    /// The number of entries.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is no entry.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Moves the entries out.
    pub(crate) fn into_values(self) -> Vec<T> {
        self.0
    }
}

impl<T> From<Vec<T>> for Table<T> {
    fn from(entries: Vec<T>) -> Self {
        Self(entries)
    }
}

impl<T> Index<Id<T>> for Table<T> {
    type Output = T;

    fn index(&self, id: Id<T>) -> &T {
        &self.0[id.index()]
    }
}

// Derived implementations would require the same traits of `T`.
impl<T> Clone for Id<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Id<T> {}

impl<T> Default for Id<T> {
    /// The id of the first entry.
    fn default() -> Self {
        Self::new(0)
    }
}

impl<T> PartialEq for Id<T> {
    fn eq(&self, other: &Self) -> bool {
        self.index == other.index
    }
}

impl<T> Eq for Id<T> {}

impl<T> fmt::Debug for Id<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Id({})", self.index)
    }
}

impl<T> BorshSerialize for Id<T> {
    fn serialize<W: std::io::Write>(&self, writer: &mut W) -> std::io::Result<()> {
        self.index.serialize(writer)
    }
}

impl<T> BorshDeserialize for Id<T> {
    fn deserialize_reader<R: std::io::Read>(reader: &mut R) -> std::io::Result<Self> {
        u16::deserialize_reader(reader).map(|index| Self::new(index.into()))
    }
}
