//! The day of the objection, and calendar files with the days that follow from it.

mod support;

use support::client::{agent, at_each_base_path, at_each_base_path_with};
use support::letter::DAY;

#[test]
fn a_wrong_day_is_asked_for_again_with_what_was_typed() {
    at_each_base_path(|client| {
        let base = "/en/record?service=facebook&country=DE";
        for day in ["2026-02-31", "2024-04-30", "2098-01-01", "tomorrow"] {
            let mut response = client.get(&format!("{base}&day={day}"));
            if response.status == 307 {
                // A day that exists but has not come yet.
                let canonical = response.location().to_owned();
                response = client.get(&canonical);
            }
            assert_eq!(response.status, 400, "{day}");
            response.assert_contains(&format!("value=\"{day}\""));
            response.assert_contains("role=\"alert\"");
            // The rest stays chosen.
            response.assert_contains("name=\"country\" value=\"DE\"");
        }
        assert_eq!(client.get(&format!("{base}&day=")).status, 400);
        // No error before the question was asked.
        client.page(base).assert_lacks("role=\"alert\"");
        // As it is written in English, in Bulgarian and in Arabic.
        for written in [
            "31/3/2026",
            "31.03.2026+%D0%B3.",
            "%D9%A3%D9%A1/%D9%A3/%D9%A2%D9%A0%D9%A2%D9%A6",
        ] {
            let other_form = client.get(&format!("{base}&day={written}"));
            assert_eq!(
                other_form.location(),
                format!("{base}&entry=facebook.{DAY}"),
                "{written}"
            );
        }
    });
}

#[test]
fn calendar_files_link_to_the_address_of_this_instance_and_to_no_other() {
    const QUERY: &str = "service=facebook&country=AT&entry=facebook.2026-03-31";
    let path = format!("/en/record.ics?{QUERY}");
    at_each_base_path(|client| {
        let file = client.get(&path).body.replace("\r\n ", "");
        let expected = format!("URL:{}/en/reply?{QUERY}\r\n", client.public_url());
        assert!(file.contains(&expected), "{expected} is not in {file}");
    });
    at_each_base_path_with(
        |command| {
            command.args(["--address", "https://veto.example.org/"]);
        },
        |client| {
            let url = format!("{}{path}", client.server.url);
            let request = agent().get(&url).header("host", "evil.example");
            let mut response = request.call().expect("the server responds");
            let file = response.body_mut().read_to_string().expect("the body is UTF-8");
            let file = file.replace("\r\n ", "");
            let expected = format!("URL:https://veto.example.org/en/reply?{QUERY}\r\n");
            assert!(file.contains(&expected), "{expected} is not in {file}");
        },
    );
}
