//! The address that the server takes: bound before anything else starts, so that a taken port costs nothing.

use std::{
    io::ErrorKind,
    net::{SocketAddr, TcpListener},
};

use anyhow::{Result, bail};

use crate::port_owner;

/// The address without any wish.
pub(crate) const DEFAULT: &str = "127.0.0.1:10100";

/// How many connections may wait to be accepted, unless the kernel allows fewer (net.core.somaxconn).
const BACKLOG: i32 = 4096;

/// Binds `HOST:PORT`, or `PORT` of this machine's loopback.
pub(crate) fn bind(address: &str) -> Result<TcpListener> {
    let full = if address.parse::<u16>().is_ok() { format!("127.0.0.1:{address}") } else { address.to_owned() };
    let error = match TcpListener::bind(&full) {
        Ok(listener) => {
            // The library's own length is 128: in a burst the kernel has the next ones try again a second later.
            let _ = rustix::net::listen(&listener, BACKLOG);
            return Ok(listener);
        }
        Err(error) => error,
    };
    match error.kind() {
        ErrorKind::AddrInUse => bail!("{full} is taken{}; choose another address with --listen", taker(&full)),
        ErrorKind::PermissionDenied => bail!("{full}: only root may take ports below 1024; choose another with --listen"),
        ErrorKind::AddrNotAvailable => bail!("{full}: this machine does not have that address; choose another with --listen"),
        ErrorKind::InvalidInput => bail!("{full} is not an address; write for example --listen {DEFAULT}"),
        _ => bail!("cannot listen on {full}: {error}"),
    }
}

/// What is exposed by this address, when other machines reach it.
pub(crate) fn warning(address: SocketAddr) -> Option<String> {
    if address.ip().is_loopback() {
        return None;
    }
    Some(format!(
        "warning: other machines reach {address}, and no key is asked for: everyone who does can run programs here, in the sandbox"
    ))
}

fn taker(address: &str) -> String {
    let port = address.rsplit_once(':').and_then(|(_, port)| port.parse().ok());
    port.and_then(port_owner::find).map(|owner| format!(" by {owner}")).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_taken_port_is_told_with_its_taker() {
        let listener = bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let error = bind(&address).unwrap_err().to_string();
        assert!(error.starts_with(&format!("{address} is taken by ")), "{error}");
        assert!(error.contains(&format!("(pid {})", std::process::id())), "{error}");
    }

    #[test]
    fn what_is_no_address_is_refused() {
        assert!(bind("nonsense").unwrap_err().to_string().contains("is not an address"));
    }

    #[test]
    fn only_loopback_needs_no_warning() {
        assert_eq!(warning("127.0.0.1:1".parse().unwrap()), None);
        assert_eq!(warning("[::1]:1".parse().unwrap()), None);
        assert!(warning("0.0.0.0:1".parse().unwrap()).is_some());
    }
}
