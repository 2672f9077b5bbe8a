//! For whoever looks at a host to see that sandboxes leave nothing behind.

use crate::{
    cgroup::layout,
    launcher::places::{FIRST_ID, INIT_ID, LAST_ID, Places},
};

/// Whether a user id of the host is one that sandboxes have when they are started as root.
pub fn is_id_of_sandbox(uid: u32) -> bool {
    uid == INIT_ID || (FIRST_ID..=LAST_ID).contains(&uid)
}

/// Names of cgroups whose launcher is gone. The next launcher would sweep them; one that ended in peace leaves none.
pub fn groups_left_over() -> Vec<String> {
    let Ok(nobodys) = Places::take(0, 0, &[]) else { return Vec::new() };
    layout::open().names(&|name| nobodys.may_sweep_group(name))
}
