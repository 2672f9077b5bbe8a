//! Lures: what a program of the host has lying about, planted for programs to find if they get out.

use std::{
    fs, io,
    net::{TcpListener, UdpSocket},
    os::{
        linux::net::SocketAddrExt,
        unix::{
            fs::PermissionsExt,
            net::{SocketAddr, UnixListener},
        },
    },
    path::PathBuf,
    process::{Child, Command, Stdio},
    sync::{Arc, Mutex, PoisonError},
};

use anyhow::{Context, Result};

/// What is planted on this host. Dropping it takes all of it away.
pub(super) struct Lures {
    /// What must not be in any output.
    secret: String,
    folder: PathBuf,
    process: Child,
    /// The key of a segment of System V shared memory, where Perl is there to make one.
    segment: Option<i32>,
    tcp: u16,
    udp: u16,
    abstract_name: String,
    /// Lures that somebody came to.
    visited: Arc<Mutex<Vec<&'static str>>>,
}

impl Lures {
    pub(super) fn plant() -> Result<Lures> {
        let token = token()?;
        let secret = format!("codecanvas-lure-{token}");
        let folder = std::env::temp_dir().join(&secret[..24]);
        fs::create_dir(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
        open_to_all(&folder, 0o777)?;
        fs::write(folder.join("file"), format!("{secret}\n"))?;
        open_to_all(&folder.join("file"), 0o644)?;

        let visited = Arc::default();
        let by_path = UnixListener::bind(folder.join("socket"))?;
        open_to_all(&folder.join("socket"), 0o777)?;
        watch(&visited, "the UNIX socket in a folder", move || by_path.accept().map(drop));
        let abstract_name = format!("lure-{token}");
        let by_name = UnixListener::bind_addr(&SocketAddr::from_abstract_name(&abstract_name)?)?;
        watch(&visited, "the abstract UNIX socket", move || by_name.accept().map(drop));
        let tcp = TcpListener::bind(("127.0.0.1", 0))?;
        let port = tcp.local_addr()?.port();
        watch(&visited, "the TCP port", move || tcp.accept().map(drop));
        if let Ok(six) = TcpListener::bind(("::1", port)) {
            watch(&visited, "the TCP port, by IPv6", move || six.accept().map(drop));
        }
        let udp = UdpSocket::bind(("127.0.0.1", 0))?;
        let udp_port = udp.local_addr()?.port();
        watch(&visited, "the UDP port", move || udp.recv_from(&mut [0; 16]).map(drop));

        let mut sleeper = Command::new("sleep");
        sleeper.arg("1000000").env("LURE", &secret).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        let process = sleeper.spawn().context("cannot start `sleep`")?;
        let segment = make_segment(&token, &secret);
        Ok(Lures { secret, folder, process, segment, tcp: port, udp: udp_port, abstract_name, visited })
    }

    /// The text with the lures' names in place of their placeholders.
    pub(super) fn bait(&self, text: &str) -> String {
        let folder = self.folder.display();
        let names = [
            ("@LURE_FILE@", format!("{folder}/file")),
            ("@LURE_FOLDER@", folder.to_string()),
            ("@LURE_SOCKET@", format!("{folder}/socket")),
            ("@LURE_ABSTRACT@", self.abstract_name.clone()),
            ("@LURE_TCP@", self.tcp.to_string()),
            ("@LURE_UDP@", self.udp.to_string()),
            ("@LURE_PID@", self.process.id().to_string()),
            ("@LURE_SHM@", self.segment.unwrap_or(NO_SEGMENT).to_string()),
        ];
        name(text, &names)
    }

    pub(super) fn secret(&self) -> &str {
        &self.secret
    }

    /// Lures that were come to since this was asked last.
    pub(super) fn visited(&self) -> Vec<&'static str> {
        std::mem::take(&mut self.visited.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// What somebody did to what lies in the folder.
    pub(super) fn changed(&self) -> Vec<String> {
        let names = fs::read_dir(&self.folder).into_iter().flatten().flatten().map(|entry| entry.file_name());
        let mut changes: Vec<String> = names
            .filter(|name| name != "file" && name != "socket")
            .map(|name| format!("{} was made", self.folder.join(name).display()))
            .collect();
        if fs::read_to_string(self.folder.join("file")).unwrap_or_default() != format!("{}\n", self.secret) {
            changes.push(format!("{}/file was changed", self.folder.display()));
        }
        changes
    }
}

impl Drop for Lures {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
        if let Some(key) = self.segment {
            let _ = perl(&format!("my $id = shmget({key}, 4096, 0); shmctl($id, 0, 0);"));
        }
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// The text with names in place of placeholders.
pub(super) fn name(text: &str, names: &[(&str, String)]) -> String {
    names.iter().fold(text.to_owned(), |text, (placeholder, name)| text.replace(placeholder, name))
}

/// A key that nobody has.
const NO_SEGMENT: i32 = 0x7c0d_ecab;

/// 16 random hexadecimal digits.
fn token() -> io::Result<String> {
    let mut bytes = [0; 8];
    io::Read::read_exact(&mut fs::File::open("/dev/urandom")?, &mut bytes)?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

fn open_to_all(path: &std::path::Path, mode: u32) -> io::Result<()> {
    fs::set_permissions(path, fs::Permissions::from_mode(mode))
}

/// Waits for visitors as long as this process lives.
fn watch(
    visited: &Arc<Mutex<Vec<&'static str>>>,
    name: &'static str,
    mut visit: impl FnMut() -> io::Result<()> + Send + 'static,
) {
    let visited = Arc::clone(visited);
    std::thread::spawn(move || {
        while visit().is_ok() {
            visited.lock().unwrap_or_else(PoisonError::into_inner).push(name);
        }
    });
}

/// Shared memory of System V, which Rust's library has no words for, and Perl has.
fn make_segment(token: &str, secret: &str) -> Option<i32> {
    let key = i32::from_str_radix(&token[..7], 16).ok()?;
    let script = format!(
        "my $id = shmget({key}, 4096, 0666 | 01000 | 02000); defined $id && shmwrite($id, '{secret}', 0, 64) or exit 1;"
    );
    perl(&script).then_some(key)
}

fn perl(script: &str) -> bool {
    let quiet =
        Command::new("perl").args(["-e", script]).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status();
    quiet.is_ok_and(|status| status.success())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lures_are_baited_watched_and_taken_away() {
        let lures = Lures::plant().unwrap();
        let file = lures.bait("@LURE_FILE@");
        assert!(fs::read_to_string(&file).unwrap().starts_with(lures.secret()));
        assert_eq!((lures.visited(), lures.changed()), (vec![], vec![]));

        std::net::TcpStream::connect(("127.0.0.1", lures.tcp)).unwrap();
        while lures.visited() != ["the TCP port"] {
            std::thread::sleep(std::time::Duration::from_millis(5));
        }
        fs::write(lures.folder.join("x"), "").unwrap();
        assert!(lures.changed()[0].ends_with("/x was made"));
        drop(lures);
        assert!(!std::path::Path::new(&file).exists());
    }
}
