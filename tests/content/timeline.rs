//! The timeline: every event once, in the order of the dates, with its evidence.

use super::evidence::{check_evidence, check_links};
use super::page::{Page, after, parent, shown, squeeze};
use super::repository::{entries, flag, languages, text};
use super::site::path;
use super::words::Words;

#[test]
fn the_timeline_tells_every_event_once_in_the_order_of_the_dates_with_its_sources() {
    for language in languages() {
        let words = Words::of(language);
        let page = Page::get(path(&words, "timeline.title"));
        let mut events: Vec<_> = entries("timeline", "event").iter().collect();
        events.sort_by_key(|event| first_day(text(event, "date")));
        let times = page.select("main li > time[datetime]");
        let dates: Vec<_> = times
            .iter()
            .map(|time| time.attr("datetime").unwrap_or_default())
            .collect();
        let expected: Vec<_> = events.iter().map(|event| text(event, "date")).collect();
        assert_eq!(dates, expected, "{}", page.path);
        for (event, time) in events.into_iter().zip(times) {
            let id = text(event, "id");
            let place = format!("{}: {id}", page.path);
            let item = parent(time);
            let whole = squeeze(&shown(item));
            let told = words.plain(&format!("timeline.events.{id}"));
            let date = words.date(text(event, "date"));
            let kind = words.plain(&format!("timeline.kinds.{}", text(event, "kind")));
            let rest =
                after(&whole, &[&date, &kind, &told]).unwrap_or_else(|missing| panic!("{place}: missing “{missing}”"));
            let disputed = squeeze(&words.plain("timeline.disputed"));
            assert_eq!(
                rest.contains(&disputed),
                flag(event, "disputed"),
                "{place}: “{disputed}”"
            );
            check_evidence(&place, rest, &words, event);
            check_links(&place, item, &[event]);
        }
    }
}

/// The first day of a date that may lack day or month, for sorting.
fn first_day(date: &str) -> String {
    date.to_owned() + &"-01".repeat(2 - date.matches('-').count())
}
