//! Who listens on a TCP port of this machine: found in /proc, so only processes that we may look into.

use std::{fs, path::Path};

/// The process that listens on this port: `nginx (pid 123)`.
pub(crate) fn find(port: u16) -> Option<String> {
    let tables = ["/proc/net/tcp", "/proc/net/tcp6"].map(|table| fs::read_to_string(table).unwrap_or_default());
    let sockets: Vec<String> = tables.iter().flat_map(|table| listening(table, port)).collect();
    let processes = fs::read_dir("/proc").ok()?.flatten();
    let mut processes = processes.filter(|entry| entry.file_name().as_encoded_bytes().iter().all(u8::is_ascii_digit));
    let process = processes.find(|process| has_any(&process.path(), &sockets))?;
    let name = fs::read_to_string(process.path().join("comm")).ok()?;
    Some(format!("{} (pid {})", name.trim(), process.file_name().display()))
}

/// The sockets of a table in the form of proc_net(5) that listen on this port, as `/proc/PID/fd` names them.
fn listening(table: &str, port: u16) -> Vec<String> {
    const LISTEN: &str = "0A";
    let ending = format!(":{port:04X}");
    let rows = table.lines().skip(1).map(|row| row.split_whitespace().collect::<Vec<_>>());
    let rows = rows.filter(|row| row.len() > 9 && row[1].ends_with(&ending) && row[3] == LISTEN);
    rows.map(|row| format!("socket:[{}]", row[9])).collect()
}

fn has_any(process: &Path, sockets: &[String]) -> bool {
    let Ok(descriptors) = fs::read_dir(process.join("fd")) else { return false };
    let mut links = descriptors.flatten().filter_map(|descriptor| fs::read_link(descriptor.path()).ok());
    links.any(|link| sockets.iter().any(|socket| link.as_os_str() == socket.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_listening_sockets_of_the_port_count() {
        let table = "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n\
             0: 0100007F:2774 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 111 1\n\
             1: 0100007F:2774 0100007F:9999 01 00000000:00000000 00:00000000 00000000     0        0 222 1\n\
             2: 0100007F:2775 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 333 1\n";
        assert_eq!(listening(table, 10100), ["socket:[111]"]);
    }
}
