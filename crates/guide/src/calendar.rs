//! Calendar files (RFC 5545) with the deadlines of an objection.

use icalendar::{Calendar, Component, Event, Property};

use super::deadline::{self, Date};

/// An entry for a whole day.
pub struct Entry<'a> {
    /// The UID: a calendar that imports the same entry twice keeps one.
    pub id: String,
    /// The day.
    pub day: Date,
    /// The summary.
    pub summary: &'a str,
    /// The page to open on that day, as an absolute address.
    pub url: &'a str,
}

/// The file with these entries. Equal entries give equal files: nothing depends on the current time.
pub fn file(entries: &[Entry]) -> String {
    let mut calendar = Calendar::empty();
    calendar.append_property(Property::new("VERSION", "2.0"));
    calendar.append_property(Property::new("PRODID", "-//Veto//EN"));
    calendar.append_property(Property::new("CALSCALE", "GREGORIAN"));
    for entry in entries {
        let compact = |date| deadline::iso(date).replace('-', "");
        let mut event = Event::with_uid(&entry.id);
        event
            .summary(entry.summary)
            .description(entry.url)
            .url(entry.url)
            .add_property("DTSTAMP", format!("{}T000000Z", compact(entry.day)))
            .append_property(
                Property::new("DTSTART", compact(entry.day))
                    .add_parameter("VALUE", "DATE")
                    .done(),
            )
            .add_property("TRANSP", "TRANSPARENT");
        calendar.push(event);
    }
    calendar.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Day;

    #[test]
    fn equal_entries_give_equal_files_with_one_event_each() {
        let day = Day::parse("2026-01-31").unwrap();
        let entry = |id: &str, day| Entry {
            id: id.to_owned(),
            day,
            summary: "Answered, or not; yet?",
            url: "http://localhost:8080/de/reply?service=both&accounts=unsure&country=DE",
        };
        let write = || file(&[entry("a@veto", day.check_again()), entry("b@veto", day.reply_due(1))]);
        let text = write();
        assert_eq!(text, write());
        assert_eq!(text.matches("BEGIN:VEVENT\r\n").count(), 2);
        assert!(text.contains("DTSTART;VALUE=DATE:20260214\r\n") && text.contains("DTSTART;VALUE=DATE:20260302\r\n"));
        assert!(text.contains("SUMMARY:Answered\\, or not\\; yet?\r\n"), "{text}");
    }
}
