//! nginx as a load balancer.

use std::env;
use std::fs;
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::Duration;

use crate::Result;
use crate::server::Server;

/// Debian's path, which is not in the `PATH` of every user.
const PROGRAM: &str = "/usr/sbin/nginx";

/// An nginx in front of some servers, killed on drop.
pub struct Nginx {
    process: Child,
    url: String,
    folder: PathBuf,
}

impl Nginx {
    /// Starts nginx on a free port, and waits until it accepts connections.
    pub fn start(servers: &[Server]) -> Result<Self> {
        let folder = env::temp_dir().join(format!("veto-bench-{}", std::process::id()));
        fs::create_dir_all(&folder)?;
        let address = TcpListener::bind("127.0.0.1:0")?.local_addr()?.to_string();
        let file = folder.join("nginx.conf");
        fs::write(&file, config(&folder, &address, servers))?;
        let mut command = Command::new(PROGRAM);
        command.arg("-c").arg(file).stdout(Stdio::null()).stderr(Stdio::null());
        let nginx = Self {
            process: command.spawn().map_err(|error| format!("{PROGRAM}: {error}"))?,
            url: format!("http://{address}"),
            folder,
        };
        for _ in 0..50 {
            if TcpStream::connect(&address).is_ok() {
                return Ok(nginx);
            }
            sleep(Duration::from_millis(100));
        }
        Err("nginx does not accept connections".into())
    }

    /// Its URL.
    pub fn url(&self) -> &str {
        &self.url
    }
}

impl Drop for Nginx {
    fn drop(&mut self) {
        // Fails only if the process has ended already.
        _ = self.process.kill();
        _ = self.process.wait();
        // A folder that stays does no harm.
        _ = fs::remove_dir_all(&self.folder);
    }
}

/// The configuration: one process, whose files are all in `folder`.
fn config(folder: &Path, address: &str, servers: &[Server]) -> String {
    let folder = folder.display();
    let upstreams: Vec<String> = servers
        .iter()
        .map(|server| format!("server {};", server.host()))
        .collect();
    let upstreams = upstreams.join(" ");
    format!(
        "daemon off;
         master_process off;
         pid {folder}/pid;
         error_log {folder}/error.log;
         events {{ worker_connections 2048; }}
         http {{
             access_log off;
             client_body_temp_path {folder}/client_body;
             proxy_temp_path {folder}/proxy;
             fastcgi_temp_path {folder}/fastcgi;
             uwsgi_temp_path {folder}/uwsgi;
             scgi_temp_path {folder}/scgi;
             upstream veto {{
                 {upstreams}
                 keepalive 256;
             }}
             server {{
                 listen {address};
                 location / {{
                     proxy_pass http://veto;
                     proxy_http_version 1.1;
                     proxy_set_header Connection \"\";
                     proxy_buffers 16 8k;
                 }}
             }}
         }}"
    )
}
