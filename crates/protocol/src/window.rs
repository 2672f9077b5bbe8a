//! The size of a terminal.

use serde::{Deserialize, Serialize};

/// How many characters a terminal shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct WindowSize {
    /// Lines.
    pub rows: u16,
    /// Characters in a line.
    pub cols: u16,
}

impl Default for WindowSize {
    /// What terminals had before they could be made larger.
    fn default() -> WindowSize {
        WindowSize { rows: 24, cols: 80 }
    }
}
