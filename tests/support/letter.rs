//! The form of a letter, filled in.

/// A day of an objection: later than the first form, and with its month of time to reply over.
pub const DAY: &str = "2026-03-31";
/// The end of that month, as calendar files write it.
pub const DUE: &str = "20260430";
/// A name that is in no text of the program.
pub const NAME: &str = "Quendolin Findling";

/// The fields of a letter as a browser sends them, with those in `changed` in place of the usual ones.
pub fn fields(changed: &[(&str, &str)]) -> Vec<(String, String)> {
    let mut fields = vec![
        ("name", NAME),
        ("address", "Weg 1\r\n1010 Ort"),
        ("account", "quendolin.f"),
        ("day", DAY),
        ("outcome", "refused"),
        ("replied", "2026-05-01"),
        ("reply", "We go on."),
        ("next", "letter"),
    ];
    fields.retain(|(name, _)| changed.iter().all(|(other, _)| other != name));
    fields.extend(changed);
    fields
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect()
}
