//! Who the server becomes once it needs root no more.

use std::fs;

use anyhow::{Context, Result, bail, ensure};
use codecanvas_sandbox::SERVER_ID;

/// A user by numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct User {
    pub(crate) uid: u32,
    pub(crate) gid: u32,
}

/// The user that a server started as root becomes, by name or number; without a wish one that no account has.
pub(crate) fn to_become(asked: Option<&str>) -> Result<User> {
    let Some(asked) = asked else { return Ok(User { uid: SERVER_ID, gid: SERVER_ID }) };
    ensure!(is_root()?, "--user: only root can become another user");
    let passwd = fs::read_to_string("/etc/passwd").unwrap_or_default();
    let user = find(&passwd, asked)?;
    ensure!(user.uid != 0, "--user: the server does not stay root");
    Ok(user)
}

/// A user of a table in the form of passwd(5); a number need not be in it.
fn find(passwd: &str, asked: &str) -> Result<User> {
    let mut entries = passwd.lines().map(|line| line.split(':').collect::<Vec<_>>()).filter(|entry| entry.len() > 3);
    if let Some(entry) = entries.find(|entry| entry[0] == asked || entry[2] == asked) {
        return Ok(User { uid: entry[2].parse()?, gid: entry[3].parse()? });
    }
    match asked.parse() {
        Ok(number) => Ok(User { uid: number, gid: number }),
        Err(_) => bail!("--user: there is no user `{asked}`"),
    }
}

fn is_root() -> Result<bool> {
    let status = fs::read_to_string("/proc/self/status").context("cannot read /proc/self/status")?;
    // proc(5): real, effective, saved and file system user.
    let effective = status.lines().find_map(|line| line.strip_prefix("Uid:")?.split_whitespace().nth(1));
    Ok(effective == Some("0"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const PASSWD: &str = "root:x:0:0:root:/root:/bin/bash\nrunner:x:990:991::/:/usr/sbin/nologin\n";

    #[test]
    fn a_user_has_a_name_or_a_number() {
        assert_eq!(find(PASSWD, "runner").unwrap(), User { uid: 990, gid: 991 });
        assert_eq!(find(PASSWD, "990").unwrap(), User { uid: 990, gid: 991 });
        assert_eq!(find(PASSWD, "1234").unwrap(), User { uid: 1234, gid: 1234 });
        assert_eq!(find(PASSWD, "stranger").unwrap_err().to_string(), "--user: there is no user `stranger`");
    }
}
