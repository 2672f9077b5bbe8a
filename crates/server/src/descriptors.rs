//! Descriptors: as many as the host allows, and never all of them for connections.

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use tracing::warn;

/// Which part of the descriptors is for what runs, and for the server's own: one of so many.
const OWN: usize = 4;

/// Raises the limit of open files to what the host allows, and gives how many connections there may be of those that are wanted.
pub(crate) fn connections(wanted: usize) -> usize {
    let Rlimit { maximum, .. } = getrlimit(Resource::Nofile);
    // Failing leaves the limit as it was.
    let _ = setrlimit(Resource::Nofile, Rlimit { current: maximum, maximum });
    let allowed = getrlimit(Resource::Nofile).current.map_or(usize::MAX, |limit| usize::try_from(limit).unwrap_or(usize::MAX));
    let most = allowed - allowed / OWN;
    if most < wanted {
        warn!(open_files = allowed, max_connections = wanted, "the limit of open files allows {most} connections only");
    }
    wanted.min(most)
}
