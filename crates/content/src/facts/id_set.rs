//! A set of entries of a table.

use std::fmt;
use std::marker::PhantomData;

use super::Id;

/// A set of ids below [`IdSet::LIMIT`], in the order of their table.
pub struct IdSet<T> {
    bits: u64,
    kind: PhantomData<fn() -> T>,
}

impl<T> IdSet<T> {
    /// The number of entries that a table may have so that each can be in a set.
    pub const LIMIT: usize = 64;

    /// Whether `id` is in the set.
    pub fn contains(self, id: Id<T>) -> bool {
        self.bits & (1 << id.index()) != 0
    }

    /// The set with `id`.
    #[must_use]
    pub fn with(self, id: Id<T>) -> Self {
        Self {
            bits: self.bits | (1 << id.index()),
            kind: PhantomData,
        }
    }

    /// Whether nothing is in the set.
    pub fn is_empty(self) -> bool {
        self.bits == 0
    }

    /// The number of ids in the set.
    pub fn len(self) -> usize {
        self.bits.count_ones() as usize
    }

    /// The ids in the order of the table.
    pub fn iter(self) -> impl Iterator<Item = Id<T>> + Clone {
        (0..Self::LIMIT).map(Id::new).filter(move |id| self.contains(*id))
    }
}

impl<T> FromIterator<Id<T>> for IdSet<T> {
    fn from_iter<I: IntoIterator<Item = Id<T>>>(ids: I) -> Self {
        ids.into_iter().fold(Self::default(), Self::with)
    }
}

// Derived implementations would require the same traits of `T`.
impl<T> Clone for IdSet<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for IdSet<T> {}

impl<T> Default for IdSet<T> {
    fn default() -> Self {
        Self {
            bits: 0,
            kind: PhantomData,
        }
    }
}

impl<T> PartialEq for IdSet<T> {
    fn eq(&self, other: &Self) -> bool {
        self.bits == other.bits
    }
}

impl<T> Eq for IdSet<T> {}

impl<T> fmt::Debug for IdSet<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter()).finish()
    }
}
