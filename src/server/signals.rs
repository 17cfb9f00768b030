//! The signals to stop and to reload.

use std::io;

/// Resolves on SIGINT or SIGTERM. Installs the handlers at once: from then on the signals do not end the process.
///
/// # Errors
/// When the handlers cannot be installed.
#[cfg(unix)]
pub fn stop_signal() -> io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let (mut interrupt, mut terminate) = (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}

/// Resolves on Ctrl-C.
///
/// # Errors
/// Never on this system.
#[cfg(not(unix))]
pub fn stop_signal() -> io::Result<impl Future<Output = ()>> {
    Ok(async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    })
}

/// Calls `reload` on each SIGHUP.
///
/// # Errors
/// When the handler cannot be installed.
#[cfg(unix)]
pub fn on_hangup(mut reload: impl FnMut() + Send + 'static) -> io::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut hangup = signal(SignalKind::hangup())?;
    tokio::spawn(async move {
        while hangup.recv().await.is_some() {
            tokio::task::block_in_place(&mut reload);
        }
    });
    Ok(())
}

/// Does nothing: this system has no such signal.
///
/// # Errors
/// Never on this system.
#[cfg(not(unix))]
pub fn on_hangup(_: impl FnMut() + Send + 'static) -> io::Result<()> {
    Ok(())
}
