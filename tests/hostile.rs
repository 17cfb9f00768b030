//! Clients that want to bring the program down, or to get something of theirs onto its pages. One program, so that tests
//! that wait for a time limit wait side by side.

#[path = "hostile/connections.rs"]
mod connections;
#[path = "hostile/input.rs"]
mod input;
#[cfg(target_os = "linux")]
#[path = "hostile/memory.rs"]
mod memory;
#[path = "hostile/requests.rs"]
mod requests;
#[path = "hostile/slow_clients.rs"]
mod slow_clients;
mod support;
