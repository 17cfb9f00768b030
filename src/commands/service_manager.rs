//! What the service manager is told, if one has started the program: systemd with `Type=notify` or `Type=notify-reload`.

#[cfg(target_os = "linux")]
pub use systemd::{ready, reloading, stopping};

#[cfg(target_os = "linux")]
mod systemd {
    use sd_notify::NotifyState;

    /// That the program serves, after the start or a reload; `status` is shown by `systemctl status`.
    pub fn ready(status: &str) {
        tell(&[NotifyState::Ready, NotifyState::Status(status)]);
    }

    /// That a reload begins. The time shows that it is not one that began before the request.
    pub fn reloading() {
        match NotifyState::monotonic_usec_now() {
            Ok(now) => tell(&[NotifyState::Reloading, now]),
            Err(error) => tracing::warn!(%error, "the monotonic time is not known"),
        }
    }

    /// That the program stops.
    pub fn stopping() {
        tell(&[NotifyState::Stopping]);
    }

    /// Does nothing without a service manager.
    fn tell(states: &[NotifyState]) {
        if let Err(error) = sd_notify::notify(states) {
            tracing::warn!(%error, "the service manager cannot be told");
        }
    }
}

#[cfg(not(target_os = "linux"))]
pub use elsewhere::{ready, reloading, stopping};

#[cfg(not(target_os = "linux"))]
mod elsewhere {
    /// Does nothing: there is no systemd.
    pub fn ready(_: &str) {}

    /// Does nothing: there is no systemd.
    pub fn reloading() {}

    /// Does nothing: there is no systemd.
    pub fn stopping() {}
}
