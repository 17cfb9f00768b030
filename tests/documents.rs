//! What the documents of this repository name exists.

#[cfg(unix)]
#[allow(dead_code, reason = "other tests use the rest")]
#[path = "support/folder.rs"]
mod folder;
#[allow(dead_code, reason = "other tests use the rest")]
#[path = "support/repository.rs"]
mod repository;

use std::path::Path;

/// The documents for people who run the program or change it.
const DOCUMENTS: [&str; 4] = ["README.md", "CONTRIBUTING.md", "ARCHITECTURE.md", "SECURITY.md"];

#[test]
fn every_link_to_a_file_leads_to_one() {
    for document in DOCUMENTS {
        let text = repository::read(document);
        let links = text.split("](").skip(1).filter_map(|rest| rest.split_once(')'));
        for (link, _) in links.filter(|(link, _)| Path::new(link).extension().is_some()) {
            let is_file = link.starts_with("http") || link.contains(':') || repository::path(link).exists();
            assert!(is_file, "{document}: {link}");
        }
    }
}

#[test]
fn every_cargo_command_and_test_exists() {
    let aliases = repository::toml(".cargo/config.toml");
    for document in DOCUMENTS {
        let text = repository::read(document);
        for command in text.split("cargo ").skip(1) {
            let command = command.split(['`', '\n']).next().unwrap_or_default();
            let mut words = command.split(' ');
            let name = words.next().unwrap_or_default();
            let known =
                ["build", "check", "fmt", "run", "test"].contains(&name) || aliases["alias"].get(name).is_some();
            assert!(known, "{document}: cargo {command}");
            if let Some((_, target)) = command.split_once("--test ") {
                assert!(
                    repository::path(&format!("tests/{target}.rs")).exists(),
                    "{document}: {command}"
                );
            }
        }
    }
}

#[test]
fn what_a_container_mounts_is_there_and_its_port_is_for_this_machine() {
    for file in ["compose.yaml", "compose-many.yaml"] {
        let text = repository::read(&format!("packaging/{file}"));
        let entries = text.lines().filter_map(|line| line.trim().strip_prefix("- "));
        for source in entries.filter_map(|entry| entry.strip_prefix("./")?.split(':').next()) {
            assert!(
                repository::path(&format!("packaging/{source}")).exists(),
                "{file}: {source}"
            );
        }
    }
    let one = repository::read("packaging/compose.yaml");
    let mut ports = one
        .lines()
        .filter_map(|line| line.trim().strip_prefix("- \""))
        .filter(|port| port.contains(":8080"));
    assert!(ports.all(|port| port.starts_with("127.0.0.1:")), "{one}");
}

/// Does what the image's layer of dependencies does before it builds them. Cargo reads all manifests and looks for their targets
/// whichever package it checks; this one has no dependencies.
#[cfg(unix)]
#[test]
fn the_image_can_build_the_dependencies_without_the_rest() {
    let stage = repository::read("packaging/Containerfile").replace("\\\n", "");
    let mut script = Vec::new();
    for line in stage.lines().take_while(|line| *line != "COPY . .") {
        if let Some(files) = line.strip_prefix("COPY ") {
            let (files, target) = files.rsplit_once(' ').expect("files and a folder");
            script.push(format!("mkdir -p {target}"));
            for file in files.split(' ') {
                script.push(format!("cp '{}' {target}", repository::path(file).display()));
            }
        } else if let Some((stubs, _)) = line.strip_prefix("RUN ").and_then(|run| run.split_once("cargo build")) {
            let check = "cargo check --offline --locked --package veto-test-summary --target-dir target";
            script.push(format!("{stubs}{check}"));
        }
    }
    let script = script.join("\n");
    let output = std::process::Command::new("sh")
        .args(["-ec", &script])
        .current_dir(folder::Folder::new().path())
        .output()
        .expect("sh can be started");
    assert!(script.contains("cargo check"), "{stage}");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn the_oldest_rust_is_named() {
    let package = &repository::toml("Cargo.toml")["workspace"]["package"];
    let version = package["rust-version"].as_str().expect("a version");
    let readme = repository::read("README.md");
    assert!(
        readme.contains(&format!(" {version} or later")),
        "README.md does not name Rust {version}"
    );
}
