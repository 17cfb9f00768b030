//! What a visitor notices where the wizard lies below a path of a host that has other pages too.

mod promises;
mod site;

/// The path of the wizard.
const BASE: &str = "/tools/veto";

/// A web server in front may take the path off before it asks, or leave it: both are usual.
#[test]
fn pages_are_found_whether_the_path_was_taken_off_or_not() {
    let site = site::Site::start_with(|command| {
        command.args(["--address", "http://veto.example/tools/veto"]);
    });
    let root = site.url.strip_suffix(BASE).expect("the path is printed");
    let page = |url: String| {
        let mut answer = ureq::get(url).call().expect("an answer");
        answer.body_mut().read_to_string().expect("UTF-8")
    };
    let whole = page(format!("{root}{BASE}/en/start?country=AT"));
    assert!(whole.contains("href=\"/tools/veto/en/?country=AT\""), "{whole}");
    assert_eq!(whole, page(format!("{root}/en/start?country=AT")));
    assert!(
        page(format!("{root}{BASE}")).contains("<h1>"),
        "without a slash at the end"
    );
}
