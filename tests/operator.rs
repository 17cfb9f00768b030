//! What somebody notices who runs the wizard for others: settings, https, health, counts, fresh facts.

#[path = "site/folder.rs"]
mod folder;
mod site;

use std::io::{BufRead as _, BufReader, Read as _};
use std::process::{Command, Output, Stdio};
use std::sync::Arc;
use std::time::Duration;

use folder::Folder;
use rcgen::{CertifiedKey, KeyPair, generate_simple_self_signed};
use site::{Site, veto};
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName};
use tokio_rustls::rustls::{ClientConfig, RootCertStore};
use ureq::Agent;
use ureq::tls::{Certificate, RootCerts, TlsConfig};

fn run(args: &[&str]) -> Output {
    veto().args(args).output().expect("the program runs")
}

/// Asserts that the program refused with code 2 and one line, and returns the line.
fn refusal(output: &Output) -> String {
    let line = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!((output.status.code(), line.lines().count()), (Some(2), 1), "{line}");
    line
}

fn page(url: &str) -> String {
    let mut answer = ureq::get(url).call().expect("an answer");
    answer.body_mut().read_to_string().expect("UTF-8")
}

/// Starts the wizard with the settings in `folder`.
fn start_with_settings(folder: &Folder, toml: &str) -> Site {
    let file = folder.write("veto.toml", toml);
    Site::start_with(|command| {
        command.args(["--config", &file]);
    })
}

#[test]
fn a_flag_counts_before_the_environment_and_the_environment_before_the_file() {
    let folder = Folder::new();
    let file = folder.write("veto.toml", "name = \"File\"\ncountry = \"AT\"\nlanguage = \"de\"\n");
    let site = Site::start_with(|command| {
        command
            .args(["--config", &file, "--name", "Flag"])
            .env("VETO_NAME", "Variable")
            .env("VETO_COUNTRY", "CH");
    });
    let start = page(&format!("{}/en/start", site.url));
    assert!(start.contains("– Veto, Flag</title>"), "the flag counts");
    assert!(start.contains("<option value=\"CH\" selected>"), "the variable counts");
    let stranger = ureq::get(&site.url)
        .header("accept-language", "tlh")
        .call()
        .expect("an answer");
    assert!(
        ureq::ResponseExt::get_uri(&stranger).path() == "/de/",
        "the file counts"
    );
}

#[test]
fn the_settings_file_of_the_present_folder_is_used_and_paths_in_it_start_from_there() {
    let folder = Folder::new();
    folder.write("own/locales/en/home.toml", "title = \"Hello from the folder\"\n");
    folder.write("veto.toml", "data = \"own\"\n");
    let site = Site::start_with(|command| {
        command.current_dir(folder.path());
    });
    assert!(page(&format!("{}/en/", site.url)).contains("<h1>Hello from the folder</h1>"));
}

#[test]
fn name_notice_and_imprint_stand_on_every_page_in_its_language_or_in_the_default_one() {
    let folder = Folder::new();
    let site = start_with_settings(
        &folder,
        r#"
        name = "School <North>"
        language = "de"
        [notice]
        de = "Fragen: Raum 12"
        [footer]
        de = [{ label = "Impressum", address = "https://example.org/impressum" }, { label = "Datenschutz", address = "/datenschutz" }]
        en = [{ label = "Imprint", address = "https://example.org/imprint" }]
        "#,
    );
    for path in ["/de/", "/de/step/1?service=facebook&country=DE", "/de/why"] {
        let page = page(&format!("{}{path}", site.url));
        assert!(page.contains("School &#60;North&#62;"), "{path} is escaped");
        assert!(page.contains("<p class=\"notice\">Fragen: Raum 12</p>"), "{path}");
        let (imprint, privacy) = (page.find(">Impressum</a>"), page.find("href=\"/datenschutz\""));
        assert!(imprint.is_some() && imprint < privacy, "{path}: in their order");
    }
    let english = page(&format!("{}/en/privacy", site.url));
    assert!(english.contains("<p class=\"notice\" lang=\"de\">Fragen: Raum 12</p>"));
    assert!(english.contains(">Imprint</a>") && !english.contains("Impressum"));
}

#[test]
fn a_language_that_is_switched_off_is_offered_nowhere() {
    let site = Site::start_with(|command| {
        command.args(["--languages", "de"]);
    });
    let agent: Agent = Agent::config_builder().http_status_as_error(false).build().into();
    assert_eq!(
        agent
            .get(format!("{}/en/", site.url))
            .call()
            .expect("an answer")
            .status(),
        404
    );
    let step = page(&format!("{}/de/step/4?service=facebook&country=DE", site.url));
    assert!(!step.contains("English"), "neither for the pages nor for the text");
    let english = ureq::get(&site.url)
        .header("accept-language", "en")
        .call()
        .expect("an answer");
    assert_eq!(ureq::ResponseExt::get_uri(&english).path(), "/de/");
}

#[test]
fn the_foot_of_a_page_names_the_version_and_the_date_of_the_facts() {
    let site = Site::start();
    let page = page(&format!("{}/en/", site.url));
    assert!(
        page.contains("Facts gathered until 23 November 2026, from stored copies."),
        "{page}"
    );
    assert!(page.contains(concat!("Veto ", env!("CARGO_PKG_VERSION"))), "{page}");
}

#[test]
fn a_wrong_setting_is_named_with_file_line_and_reason() {
    let folder = Folder::new();
    for (text, expected) in [
        ("port = 8080\nprot = 1\n", "veto.toml:2: unknown field `prot`"),
        ("port = \"x\"\n", "veto.toml:1: "),
        ("\naddress = \"example.org\"\n", "veto.toml:2: an address is like"),
        (
            "\nlanguages = [\"de\", \"tlh\"]\n",
            "veto.toml:2: languages: there is no language “tlh”",
        ),
        (
            "languages = []\n",
            "veto.toml:1: languages: at least one language is needed",
        ),
        (
            "languages = [\"de\", \"de\"]\n",
            "veto.toml:1: languages: the language “de” stands here twice",
        ),
        (
            "language = \"tlh\"\n",
            "veto.toml:1: language: there is no language “tlh”",
        ),
        ("country = \"XX\"\n", "veto.toml:1: country: there is no country “XX”"),
        (
            "# notice\n[notice]\ntlh = \"x\"\n",
            "veto.toml:2: notice: there is no language “tlh”",
        ),
        (
            "[footer]\nde = [{ label = \"x\", address = \"javascript:x\" }]\n",
            "veto.toml:1: footer: “javascript:x” is no address",
        ),
        ("tls-cert = \"x.pem\"\n", "veto.toml:1: tls-cert: it needs a tls-key"),
        ("tls-cert = \"x.pem\"\ntls-key = \"x.pem\"\n", "x.pem: "),
        ("data = \"nowhere\"\n", "nowhere: the folder cannot be read"),
    ] {
        let file = folder.write("veto.toml", text);
        for command in [
            &["check", "--config", &file][..],
            &["--config", &file, "--port", "0"][..],
        ] {
            // Not only checked, but refused at the start too.
            let line = refusal(&run(command));
            assert!(line.contains(expected), "{command:?}: {line}");
        }
    }
    assert!(refusal(&run(&["--country", "XX", "check"])).contains("--country: there is no country “XX”"));
    assert!(refusal(&run(&["--config", "/nowhere/veto.toml", "check"])).contains("/nowhere/veto.toml"));
}

#[test]
fn the_example_of_the_settings_names_every_setting_and_is_right_as_it_stands() {
    let example = include_str!("../packaging/veto.toml");
    // Each line of a setting begins with "# " and a key, a table or the end of a list; all else is explanation.
    let is_setting = |line: &&str| {
        let key = line.split(" = ").next().unwrap_or_default();
        let is_key = line.contains(" = ") && key.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-');
        is_key || line.starts_with(['[', ']', ' '])
    };
    let lines = example.lines().filter_map(|line| line.strip_prefix("# "));
    let used: Vec<&str> = lines
        .filter(is_setting)
        .filter(|line| !line.starts_with("tls-"))
        .collect();
    let folder = Folder::new();
    std::fs::create_dir(folder.path().join("own")).expect("the folder of the example");
    let file = folder.write("veto.toml", &used.join("\n"));
    let output = run(&["check", "--config", &file]);
    assert_eq!(
        output.status.code(),
        Some(0),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );

    let help = String::from_utf8(run(&["--help"]).stdout).expect("UTF-8");
    let flags = help
        .lines()
        .filter_map(|line| line.trim().strip_prefix("--")?.split([' ', '=']).next());
    let only_flags = ["config", "lan", "open"];
    for flag in flags.filter(|flag| !only_flags.contains(flag)) {
        assert!(
            example.contains(&format!("\n# {flag} = ")),
            "{flag} is not in the example"
        );
    }
}

#[test]
fn check_says_what_is_used() {
    let folder = Folder::new();
    folder.write("locales/en/home.toml", "title = \"Hello\"\n");
    let file = folder.write("veto.toml", "data = \".\"\n");
    let output = run(&["check", "--config", &file]);
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert_eq!(output.status.code(), Some(0), "{said}");
    assert!(said.contains(&file) && said.contains("locales/en/home.toml"), "{said}");
}

/// The form of Facebook, at another address.
const FORM: &str = r#"
[[form]]
service = "facebook"
generation = 2025
address = "https://www.facebook.com/help/contact/1"
tried = { source = "a friend", checked = "2026-11-24" }
named = { source = "a friend", checked = "2026-11-24" }
"#;
const OLD_FORM: &str = "https://www.facebook.com/help/contact/712876720715583";
const NEW_FORM: &str = "https://www.facebook.com/help/contact/1\"";

#[test]
fn one_corrected_entry_replaces_one_entry_and_leaves_all_others() {
    let folder = Folder::new();
    folder.write("data/forms.toml", FORM);
    folder.write("locales/de/home.toml", "title = \"Anders\"\n");
    let site = Site::start_with(|command| {
        command.arg("--data").arg(folder.path());
    });
    let form = |service: &str| page(&format!("{}/en/step/2?service={service}&country=IE", site.url));
    let facebook = form("facebook");
    assert!(facebook.contains(NEW_FORM) && !facebook.contains(OLD_FORM));
    assert!(facebook.contains("6359191084165019"), "the older form is still there");
    assert!(form("instagram").contains("767264225370182"), "the other service too");
    let home = page(&format!("{}/de/", site.url));
    assert!(home.contains("<h1>Anders</h1>") && home.contains("class=\"lead\""));
}

#[test]
fn a_new_generation_of_a_form_comes_first() {
    let folder = Folder::new();
    folder.write("data/forms.toml", &FORM.replace("2025", "2027"));
    let site = Site::start_with(|command| {
        command.arg("--data").arg(folder.path());
    });
    let page = page(&format!("{}/en/step/2?service=facebook&country=IE", site.url));
    let button = page.split("class=\"button\" href=\"").nth(1).expect("the button");
    assert!(button.starts_with(NEW_FORM), "{}", &button[..100]);
    assert!(
        page.contains(OLD_FORM),
        "the one before is kept for those whose link does not work"
    );
}

#[test]
fn a_language_can_be_added_as_a_folder() {
    let folder = Folder::new();
    let english = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("locales/en");
    for file in std::fs::read_dir(english).expect("the locale") {
        let file = file.expect("a file");
        let text = std::fs::read_to_string(file.path()).expect("a text");
        let text = text.replace("language = \"English\"", "language = \"Testish\"");
        folder.write(&format!("locales/xx/{}", file.file_name().display()), &text);
    }
    let sentence = concat!(env!("CARGO_MANIFEST_DIR"), "/data/tested_sentence.toml");
    let sentence = std::fs::read_to_string(sentence).expect("the sentence");
    folder.write(
        "data/tested_sentence.toml",
        &(sentence + "\n[wording.xx]\ntext = \"x\"\npublished = false\n"),
    );
    let site = Site::start_with(|command| {
        command.arg("--data").arg(folder.path());
    });
    assert!(page(&format!("{}/de/", site.url)).contains(">Testish</a>"));
    assert!(page(&format!("{}/xx/why", site.url)).contains("<html lang=\"xx\">"));
}

#[cfg(unix)]
fn hang_up(site: &mut Site) {
    let told = Command::new("kill")
        .args(["-HUP", &site.process().id().to_string()])
        .status();
    assert!(told.expect("kill runs").success());
}

/// Asks until the answer is right, for ten seconds.
#[cfg(unix)]
fn eventually(mut is_right: impl FnMut() -> bool) -> bool {
    (0..100).any(|_| {
        std::thread::sleep(Duration::from_millis(100));
        is_right()
    })
}

#[cfg(unix)]
#[test]
fn facts_and_settings_are_read_again_when_told_and_a_faulty_file_changes_nothing() {
    let folder = Folder::new();
    let file = folder.write("veto.toml", "data = \".\"\nname = \"Before\"\n");
    let mut site = Site::start_with(|command| {
        command
            .args(["--config", &file])
            .env("VETO_LOG", "info")
            .stderr(Stdio::piped());
    });
    let url = format!("{}/en/step/2?service=facebook&country=IE", site.url);
    let log = site.process().stderr.take().expect("a pipe");
    let mut log = BufReader::new(log).lines().map(|line| line.expect("UTF-8"));

    folder.write("data/forms.toml", FORM);
    folder.write("veto.toml", "data = \".\"\nname = \"After\"\n");
    assert!(page(&url).contains(OLD_FORM), "nothing changes by itself");
    hang_up(&mut site);
    assert!(log.any(|line| line.contains("read again")));
    let fresh = page(&url);
    assert!(fresh.contains(NEW_FORM) && fresh.contains("Veto, After"));

    folder.write("data/forms.toml", "[[form]]\nservice = \"myspace\"\n");
    hang_up(&mut site);
    let reason = log.find(|line| line.contains("not read again")).expect("a reason");
    assert!(
        reason.contains("forms.toml:2:") && reason.contains("myspace"),
        "{reason}"
    );
    assert_eq!(page(&url), fresh, "all goes on as before");
}

/// A certificate for localhost and its key, as files, and the certificate alone.
fn certificate(folder: &Folder, name: &str) -> ([String; 2], CertificateDer<'static>) {
    let CertifiedKey::<KeyPair> { cert, signing_key } =
        generate_simple_self_signed(["localhost".to_owned()]).expect("a certificate");
    let files = [
        folder.write(&format!("{name}.pem"), &cert.pem()),
        folder.write(&format!("{name}.key"), &signing_key.serialize_pem()),
    ];
    (files, cert.der().clone())
}

/// A client that trusts this certificate and no other.
fn trusting(certificate: &CertificateDer<'static>) -> Agent {
    let roots = RootCerts::new_with_certs(&[Certificate::from_der(certificate).to_owned()]);
    let tls = TlsConfig::builder().root_certs(roots).build();
    Agent::config_builder().tls_config(tls).build().into()
}

fn start_with_tls([certificate, key]: &[String; 2]) -> Site {
    Site::start_with(|command| {
        command.args(["--tls-cert", certificate, "--tls-key", key]);
    })
}

#[cfg(unix)]
#[test]
fn pages_come_by_https_and_a_new_certificate_is_used_when_told() {
    let folder = Folder::new();
    let (files, first) = certificate(&folder, "site");
    let mut site = start_with_tls(&files);
    assert!(site.url.starts_with("https://localhost:"), "{}", site.url);
    let url = format!("{}/en/", site.url);
    assert_eq!(trusting(&first).get(&url).call().expect("a page").status(), 200);

    // The same names again, as a renewal writes them.
    let (_, second) = certificate(&folder, "site");
    hang_up(&mut site);
    assert!(
        eventually(|| trusting(&second).get(&url).call().is_ok()),
        "the new one is used"
    );
    assert!(trusting(&first).get(&url).call().is_err(), "the old one no longer");

    folder.write("site.key", "nonsense");
    hang_up(&mut site);
    std::thread::sleep(Duration::from_millis(500));
    assert!(
        trusting(&second).get(&url).call().is_ok(),
        "a broken key changes nothing"
    );
}

#[tokio::test]
async fn http_2_is_spoken_where_the_browser_offers_it() {
    let folder = Folder::new();
    let (files, certificate) = certificate(&folder, "site");
    let site = start_with_tls(&files);
    let mut roots = RootCertStore::empty();
    roots.add(certificate).expect("a root");
    let mut config = ClientConfig::builder()
        .with_root_certificates(roots)
        .with_no_client_auth();
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    let host = site.url.strip_prefix("https://").expect("https");
    let stream = tokio::net::TcpStream::connect(host).await.expect("a connection");
    let name = ServerName::try_from("localhost").expect("a name");
    let stream = tokio_rustls::TlsConnector::from(Arc::new(config))
        .connect(name, stream)
        .await;
    let stream = stream.expect("a handshake");
    assert_eq!(stream.get_ref().1.alpn_protocol(), Some(&b"h2"[..]));

    let io = hyper_util::rt::TokioIo::new(stream);
    let executor = hyper_util::rt::TokioExecutor::new();
    let (mut sender, connection) = hyper::client::conn::http2::handshake(executor, io)
        .await
        .expect("HTTP/2");
    tokio::spawn(connection);
    let ask = |method: &str, path: &str| {
        let uri = format!("{}{path}", site.url);
        let request = axum::http::Request::builder().method(method).uri(uri);
        let request = request.header("accept-encoding", "br");
        request.body(axum::body::Body::empty()).expect("a request")
    };
    for (method, path, status) in [
        ("GET", "/en/", 200),
        ("HEAD", "/en/", 200),
        ("GET", "/en/nothing-here", 404),
        ("GET", "/", 307),
    ] {
        let answer = sender.send_request(ask(method, path)).await.expect("an answer");
        assert_eq!(answer.status().as_u16(), status, "{path}");
        assert!(answer.headers().contains_key("content-security-policy"), "{path}");
        let body = axum::body::to_bytes(axum::body::Body::new(answer.into_body()), usize::MAX).await;
        let body = body.expect("a whole body");
        assert_eq!(body.is_empty(), method == "HEAD" || status == 307, "{method} {path}");
    }
}

#[test]
fn a_certificate_with_the_key_of_another_is_refused() {
    let folder = Folder::new();
    let ([one, _], _) = certificate(&folder, "one");
    let ([_, other], _) = certificate(&folder, "other");
    let line = refusal(&run(&["--port", "0", "--tls-cert", &one, "--tls-key", &other]));
    assert!(line.contains("do not fit together"), "{line}");
}

/// What `veto health` says of a site that was started with `settings`: exit code and output.
fn health(site: &Site, settings: &[&str]) -> (Option<i32>, String) {
    let port = site
        .url
        .rsplit(':')
        .next()
        .and_then(|rest| rest.split('/').next())
        .expect("a port");
    let output = run(&[settings, &["--port", port, "health"]].concat());
    (
        output.status.code(),
        String::from_utf8_lossy(&output.stdout).into_owned(),
    )
}

#[test]
fn health_is_told_with_a_path_with_https_and_with_neither() {
    let folder = Folder::new();
    folder.write("data/forms.toml", FORM);
    let ([certificate, key], _) = certificate(&folder, "site");
    let data = folder.path().display().to_string();
    for settings in [
        &[][..],
        &["--address", "https://veto.example/tools/veto/", "--data", &data],
        &["--tls-cert", &certificate, "--tls-key", &key],
    ] {
        let site = Site::start_with(|command| {
            command.args(settings);
        });
        let (code, said) = health(&site, settings);
        assert_eq!(code, Some(0), "{settings:?}");
        let report: serde_json::Value = serde_json::from_str(&said).expect("JSON");
        assert_eq!(
            (&report["status"], &report["facts"]),
            (&"ok".into(), &"2026-11-23".into()),
            "{said}"
        );
        assert_eq!(report["languages"], serde_json::json!(["de", "en"]));
        let overrides: &[&str] = if settings.contains(&"--data") {
            &["data/forms.toml"]
        } else {
            &[]
        };
        assert_eq!(report["overrides"], serde_json::json!(overrides));
        assert!(
            report["loaded"].as_str().is_some_and(|since| since.ends_with('Z')),
            "{said}"
        );
    }
}

#[test]
fn health_of_what_does_not_run_is_exit_code_1() {
    let free = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = free.local_addr().expect("its address").port().to_string();
    drop(free);
    let output = run(&["--port", &port, "health"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stderr).contains("not well"));
}

#[test]
fn counts_are_served_apart_from_the_site_and_tell_nothing_about_anybody() {
    let free = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let at = free.local_addr().expect("its address").to_string();
    drop(free);
    let site = Site::start_with(|command| {
        command.args(["--metrics", &at]);
    });
    page(&format!(
        "{}/en/step/4?service=facebook&country=DE&ground=health",
        site.url
    ));
    page(&format!("{}/en/step/1?service=facebook&country=DE", site.url));
    _ = ureq::get(format!("{}/findling", site.url))
        .header("user-agent", "Findling")
        .call();
    let counts = page(&format!("http://{at}/metrics"));
    assert!(
        counts.contains("veto_requests_total{page=\"/{language}/step/{step}\",status=\"200\"} 2\n"),
        "{counts}"
    );
    assert!(counts.contains("veto_connections "), "{counts}");
    assert!(
        !counts.contains("health") && !counts.to_lowercase().contains("findling"),
        "{counts}"
    );
    assert!(
        ureq::get(format!("{}/metrics", site.url)).call().is_err(),
        "not on the site itself"
    );
}

#[test]
fn in_the_home_network_phones_get_addresses_a_code_and_an_honest_word() {
    let mut command = veto();
    command.args(["--lan", "--port", "0", "--address", "http://x.example/tools/veto/"]);
    let mut process = command.stdout(Stdio::piped()).spawn().expect("the program starts");
    let mut out = BufReader::new(process.stdout.take().expect("a pipe"));
    let mut said = String::new();
    while !said.contains("--tls-cert") && !said.contains("No network") {
        assert_ne!(out.read_line(&mut said).expect("UTF-8"), 0, "{said}");
    }
    process.kill().expect("it can be stopped");
    out.read_to_string(&mut said).expect("UTF-8");
    _ = process.wait();
    let port = said
        .lines()
        .next()
        .and_then(|url| url.strip_prefix("http://localhost:"));
    let port = port
        .and_then(|rest| rest.strip_suffix("/tools/veto"))
        .expect("the port")
        .to_owned();
    if said.contains("No network") {
        // A machine without any network has nothing to show; that it says so is all there is to see.
        return;
    }
    let best = said.lines().nth(2).expect("an address").trim();
    assert!(
        best.ends_with(&format!(":{port}/tools/veto")) && !best.contains("localhost"),
        "{best}"
    );
    assert!(said.contains("others in this network can read"), "{said}");
    assert_eq!(scan(&said), best, "the code leads to the best address");
}

/// Reads the QR code that was printed with half blocks, light on dark.
fn scan(printed: &str) -> String {
    let lines: Vec<Vec<char>> = printed
        .lines()
        .filter(|line| line.contains('█') || line.contains('▀'))
        .map(|line| line.chars().collect())
        .collect();
    let scale = 4;
    let (width, height) = (lines[0].len() * scale, lines.len() * 2 * scale);
    let is_light = |x: usize, y: usize| match lines[y / scale / 2].get(x / scale) {
        Some('█') => true,
        Some('▀') => (y / scale).is_multiple_of(2),
        Some('▄') => !(y / scale).is_multiple_of(2),
        _ => false,
    };
    let mut image = rqrr::PreparedImage::prepare_from_greyscale(width, height, |x, y| u8::from(is_light(x, y)) * 255);
    let codes = image.detect_grids();
    codes.first().expect("a code").decode().expect("a readable code").1
}
