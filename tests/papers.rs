//! Languages for papers only: what a class and a family print exists in them before anything else does.

#[allow(dead_code, reason = "other tests use the rest")]
#[path = "support/in_process.rs"]
mod in_process;
mod support;

use in_process::Site;
use support::command::{run, stdout};
use support::folder::Folder;
use support::html::between;
use support::language;
use support::repository::{self, text};

/// A code for private use, which no language of the release will ever have.
const CODE: &str = "qaa";
/// What stands before each of its texts.
const MARK: &str = "Ⴀ";
/// What is done to a file.
type Change<'a> = &'a dyn Fn(&str) -> String;
/// The papers that exist in such a language.
const PAPERS: [&str; 3] = ["school/handout", "school/parents", "family/sheet"];

fn folder() -> Folder {
    let folder = Folder::new();
    language::add_for_papers(&folder, CODE, MARK);
    folder
}

/// The page at `path`, which is its canonical address.
fn page(site: &Site, path: &str) -> String {
    let response = site.get(path);
    assert_eq!(response.status, 200, "{path}");
    response.html
}

/// What is printed: the main part without what is for the screen and without the sources.
fn printed(html: &str) -> &str {
    let start = html
        .find("<article")
        .or_else(|| html.find("<table class=\"blank-sheet"));
    let main = &html[start.expect("a paper")..html.find("</main>").expect("a main part")];
    main.split("<details").next().unwrap_or_default()
}

#[test]
fn a_language_for_papers_is_offered_on_papers_and_nowhere_else() {
    let folder = folder();
    let site = Site::with_folder(folder.path());
    for language in repository::languages() {
        for paper in PAPERS {
            let html = page(&site, &format!("/{language}/{paper}?country=AT"));
            for key in ["paper", "second"] {
                let link = format!("href=\"/{language}/{paper}?country=AT&amp;{key}={CODE}\"");
                assert!(html.contains(&link), "{paper}: {link} is missing");
            }
            // Nobody has read it: it stands in the list behind the sentence that says so.
            let remark = text(&language, "school", "unread");
            let (_, behind) = html.split_once(&remark).expect("the sentence");
            assert!(
                behind.contains(&format!(">{MARK}</span></a>")),
                "/{language}/{paper}: {MARK} is missing"
            );
        }
        for other in [
            "",
            "languages",
            "school",
            "school/quiz",
            "meta-account/explain?service=facebook&country=AT",
        ] {
            let html = page(&site, &format!("/{language}/{other}"));
            assert!(!html.contains(CODE), "/{language}/{other} offers {CODE}");
        }
    }
    assert_eq!(site.get(&format!("/{CODE}/")).status, 404);
    assert_eq!(site.get_in(CODE, "/").headers["location"], "/en/");
}

#[test]
fn a_paper_is_in_its_own_language_on_a_page_in_another() {
    let folder = folder();
    let site = Site::with_folder(folder.path());
    for language in repository::languages() {
        for paper in PAPERS {
            let html = page(&site, &format!("/{language}/{paper}?paper={CODE}"));
            assert!(html.contains(&format!("<html lang=\"{language}\"")), "{paper}");
            let own = printed(&html);
            assert!(
                own.contains(&format!("lang=\"{CODE}\" dir=\"rtl\"")),
                "{paper}: no direction"
            );
            assert!(own.contains(&format!("{MARK} foot {MARK} unread")), "{paper}: {own}");
            assert!(!own.contains(&format!("lang=\"{language}\"")), "{paper}: two languages");
            let file = if paper == "family/sheet" {
                "family_sheet"
            } else {
                &paper["school/".len()..]
            };
            let heading = between(&html, "<h1", "</h1>").next().expect("a heading");
            assert!(
                heading.ends_with(&format!("{MARK} {}", text("en", file, "title"))),
                "{heading}"
            );
            let both = page(&site, &format!("/{language}/{paper}?paper={CODE}&second={language}"));
            let both = printed(&both);
            let foot = text(&language, "school", "foot");
            let (_, foot) = foot.rsplit_once('}').expect("a foot with a date");
            assert!(
                both.contains(foot.trim_start_matches(['.', ' '])),
                "{paper}: no {language}"
            );
            let first = both.find(&format!("lang=\"{CODE}\"")).expect("the first language");
            assert!(first < both.find(&format!("lang=\"{language}\"")).expect("the second language"));
        }
        let letter = site.get(&format!("/{language}/school/parents.txt?paper={CODE}"));
        assert_eq!(letter.headers["content-type"], "text/plain; charset=utf-8");
        assert!(letter.html.starts_with(MARK), "{}", letter.html);
    }
}

#[test]
fn each_choice_of_languages_has_one_address() {
    let folder = folder();
    let site = Site::with_folder(folder.path());
    for (given, canonical) in [
        ("?paper=de", ""),
        ("?second=de", ""),
        ("?paper=&second=", ""),
        ("?second=en&paper=qaa", "?paper=qaa&second=en"),
        ("?paper=qaa&second=qaa", "?paper=qaa"),
        ("?paper=qaa&country=AT", "?country=AT&paper=qaa"),
        ("?second=de&paper=en", "?paper=en&second=de"),
    ] {
        for paper in PAPERS {
            let response = site.get(&format!("/de/{paper}{given}"));
            assert_eq!(response.status, 307, "{paper}{given}");
            assert_eq!(
                response.headers["location"],
                format!("/de/{paper}{canonical}"),
                "{given}"
            );
        }
    }
}

#[test]
fn an_unknown_language_of_a_paper_is_named_and_the_rest_is_kept() {
    let folder = folder();
    let site = Site::with_folder(folder.path());
    for (path, unknown, kept) in [
        (
            "school/handout?country=AT&paper=tlh&second=qaa",
            "tlh",
            "school/handout?country=AT&amp;second=qaa",
        ),
        ("school/parents?paper=qaa&second=tlh", "tlh", "school/parents?paper=qaa"),
        ("family/sheet?country=AT&second=tlh", "tlh", "family/sheet?country=AT"),
        ("school/quiz?paper=qaa&second=en", "qaa", "school/quiz?second=en"),
    ] {
        let response = site.get(&format!("/de/{path}"));
        assert_eq!(response.status, 400, "{path}");
        assert!(
            response.html.contains(&format!("<bdi>{unknown}</bdi>")),
            "{path} does not name it"
        );
        let link = format!("href=\"/de/{kept}\"");
        assert!(response.html.contains(&link), "{path}: {link} is missing");
    }
    // The entries of a family are in no other link.
    let entry = "entry=a.facebook.2025-02-05";
    let response = site.get(&format!("/de/family/sheet?{entry}&paper=tlh"));
    assert_eq!(response.status, 400);
    assert!(response.html.contains(&format!("href=\"/de/family/sheet?{entry}\"")));
    assert!(!response.html.contains(&format!("/de/?{entry}")));
}

#[test]
fn the_languages_of_a_paper_are_in_no_link_to_another_page() {
    let folder = folder();
    let site = Site::with_folder(folder.path());
    for paper in PAPERS {
        let html = page(&site, &format!("/de/{paper}?paper={CODE}&second=en"));
        for link in between(&html, "href=\"", "\"") {
            let has_own = link.contains("paper=") || link.contains("second=");
            assert!(!has_own || link.starts_with(&format!("/de/{paper}")), "{paper}: {link}");
        }
    }
}

/// The path of a file of the language for papers.
fn path(name: &str) -> String {
    format!("locales/{CODE}/{name}.toml")
}

/// The folder with a file that `change` has changed.
fn changed(name: &str, change: Change<'_>) -> Folder {
    let folder = folder();
    let own = std::fs::read_to_string(folder.path().join(path(name))).expect("a readable file");
    let changed = change(&own);
    assert_ne!(changed, own, "{name}: nothing changed");
    folder.write(&path(name), &changed);
    folder
}

/// A letter to parents without its last paragraph.
fn without_a_paragraph(text: &str) -> String {
    let (before, _) = text.rsplit_once("[[paragraphs]]").expect("paragraphs");
    before.to_owned()
}

#[test]
fn english_stands_in_for_what_a_language_for_papers_lacks_and_check_lists_it() {
    let without = |key: &'static str| move |text: &str| without_key(text, key);
    let paragraph = repository::toml("locales/en/parents.toml")["paragraphs"]
        .as_array()
        .and_then(|all| all[1]["text"].as_str())
        .expect("a paragraph")
        .to_owned();
    let foot = text("en", "school", "foot");
    let (_, foot) = foot.rsplit_once('}').expect("a foot with a date");
    let foot = foot.trim_start_matches(['.', ' ']).to_owned();
    let lacking: [(&str, &str, Change<'_>, &str, String); 7] = [
        (
            "handout",
            "done_on",
            &without("done_on"),
            "school/handout",
            text("en", "handout", "done_on"),
        ),
        (
            "handout",
            "steps.sign-in",
            &without("steps.sign-in"),
            "school/handout",
            text("en", "handout", "steps.sign-in"),
        ),
        (
            "parents",
            "closing",
            &without("closing"),
            "school/parents",
            text("en", "parents", "closing"),
        ),
        (
            "parents",
            "paragraphs",
            &without_a_paragraph,
            "school/parents",
            paragraph,
        ),
        (
            "family_sheet",
            "name",
            &without("name"),
            "family/sheet",
            text("en", "family_sheet", "name"),
        ),
        ("papers", "foot", &without("foot"), "school/handout", foot),
        (
            "papers",
            "unread",
            &without("unread"),
            "family/sheet",
            text("en", "school", "unread"),
        ),
    ];
    for (name, key, change, paper, english) in lacking {
        let folder = changed(name, change);
        let html = page(&Site::with_folder(folder.path()), &format!("/de/{paper}?paper={CODE}"));
        let printed = printed(&html);
        let stands_in = printed.contains(&english) && !printed.contains(&format!("{MARK} {english}"));
        assert!(stands_in, "{name}, {key}: no “{english}” in {printed}");

        let output = stdout(run(&["check", "--data", &folder.path().display().to_string()]));
        let expected = format!("{}: 1 text is missing, the English one stands in: {key}", path(name));
        let lines: Vec<&str> = output.lines().filter(|line| line.contains("stands in")).collect();
        assert_eq!(lines, [expected], "{output}");
    }
    let folder = folder();
    let output = stdout(run(&["check", "--data", &folder.path().display().to_string()]));
    assert!(!output.contains(&format!("locales/{CODE}/handout.toml: ")), "{output}");
}

/// A file without a key, such as `steps.code`.
fn without_key(text: &str, key: &str) -> String {
    let mut file: toml::Table = text.parse().expect("TOML");
    let (tables, last) = key
        .rsplit_once('.')
        .map_or((None, key), |(tables, last)| (Some(tables), last));
    let table = match tables {
        Some(name) => file[name].as_table_mut().expect("a table"),
        None => &mut file,
    };
    assert!(table.remove(last).is_some(), "no {key}");
    file.to_string()
}

#[test]
fn what_does_not_belong_into_a_language_for_papers_does_not_load() {
    let changes: [(&str, Change<'_>, &str); 4] = [
        ("handout", &|text| text.replace("done_on = ", "done = "), "done"),
        ("handout", &|text| text.replace("sign-in = ", "sign-off = "), "sign-off"),
        ("parents", &|text| text.replace("(claim:", "(claim:no-"), "claim"),
        ("papers", &|text| text.replace("blank = ", "link = "), "link"),
    ];
    for (name, change, reason) in changes {
        let folder = changed(name, change);
        let fault = Site::fault(folder.path());
        assert!(fault.contains(&path(name)), "{name}: {fault}");
        assert!(fault.contains(reason), "{name}: {fault}");
    }
    // A file of a language of the site does not belong there.
    for (code, name) in [(CODE, "home"), ("de", "papers")] {
        let folder = folder();
        folder.write(&format!("locales/{code}/{name}.toml"), "");
        let fault = Site::fault(folder.path());
        assert!(fault.contains("for papers only"), "{code}/{name}: {fault}");
    }
}

#[test]
fn a_language_for_papers_without_one_of_its_files_does_not_load() {
    for missing in ["handout", "parents", "family_sheet", "language"] {
        let folder = folder();
        std::fs::remove_file(folder.path().join(path(missing))).expect("a file to remove");
        let fault = Site::fault(folder.path());
        assert_eq!(fault, format!("{}: the file is missing", path(missing)));
    }
}

#[test]
fn the_keys_of_a_page_are_in_no_link_to_another_page() {
    let site = Site::built_in();
    for (path, key, own) in [
        ("school/lesson?minutes=90", "minutes=", "/school/lesson"),
        ("share?open=school", "open=", "/share"),
        ("school/quiz?second=en", "second=", "/school/quiz"),
    ] {
        let html = page(site, &format!("/de/{path}"));
        for link in between(&html, "href=\"", "\"") {
            let is_own = link.starts_with(&format!("/de{own}"));
            assert!(is_own || !link.contains(key), "{path}: {link}");
        }
    }
}
