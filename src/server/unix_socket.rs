//! A Unix socket, for a web server in front on this machine.

use std::fs::{self, Permissions};
use std::io;
use std::os::unix::fs::{FileTypeExt as _, PermissionsExt as _};
use std::os::unix::net::{UnixListener as BlockingListener, UnixStream as BlockingStream};
use std::path::{Path, PathBuf};

use tokio::net::{UnixListener, UnixSocket as Unbound, UnixStream};

use super::listen::BACKLOG;

/// Every user of this machine may connect, as to a port of localhost. Who may reach the file is decided by its folder.
const MODE: u32 = 0o666;

/// A listening Unix socket.
pub struct UnixSocket {
    listener: UnixListener,
    /// Its file, if this program has made it.
    file: Option<PathBuf>,
}

impl UnixSocket {
    /// Opens the socket. A file that a program has left which no longer listens is replaced.
    ///
    /// # Errors
    /// When a program listens there, another file has this name, or the folder cannot be written.
    pub fn open(path: &Path) -> io::Result<Self> {
        let socket = match bind(path) {
            Err(error) if error.kind() == io::ErrorKind::AddrInUse && is_abandoned(path) => {
                fs::remove_file(path)?;
                bind(path)?
            }
            socket => socket?,
        };
        fs::set_permissions(path, Permissions::from_mode(MODE))?;
        Ok(Self {
            listener: socket.listen(BACKLOG)?,
            file: Some(path.to_owned()),
        })
    }

    /// A socket that the service manager has opened, and will remove.
    pub(super) fn inherited(listener: BlockingListener) -> io::Result<Self> {
        Ok(Self {
            listener: UnixListener::from_std(listener)?,
            file: None,
        })
    }

    /// Accepts one connection.
    pub(super) async fn accept(&self) -> io::Result<UnixStream> {
        self.listener.accept().await.map(|(stream, _)| stream)
    }
}

impl Drop for UnixSocket {
    /// Removes the file while the socket still listens, so that it is not one of the next program.
    fn drop(&mut self) {
        if let Some(file) = &self.file {
            _ = fs::remove_file(file);
        }
    }
}

fn bind(path: &Path) -> io::Result<Unbound> {
    let socket = Unbound::new_stream()?;
    socket.bind(path)?;
    Ok(socket)
}

/// Whether the file is a socket at which nobody listens.
fn is_abandoned(path: &Path) -> bool {
    let is_socket = fs::symlink_metadata(path).is_ok_and(|file| file.file_type().is_socket());
    let refuses = || BlockingStream::connect(path).is_err_and(|error| error.kind() == io::ErrorKind::ConnectionRefused);
    is_socket && refuses()
}
