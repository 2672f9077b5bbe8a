//! What a client is told when a request is refused.

use serde::{Deserialize, Serialize};

/// A refusal: RFC 9457 problem details, and the `error` field that clients of the original know.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Problem {
    /// What is wrong, in one sentence (the original's field; the same text as `detail`).
    pub error: String,
    /// A stable name for this kind of problem: `about:blank#unknown-language`.
    #[serde(rename = "type")]
    pub kind: String,
    /// The kind in words.
    pub title: String,
    /// The HTTP status.
    pub status: u16,
    /// What is wrong and what to do about it.
    pub detail: String,
    /// The field of the request that is at fault, as a path: `files[1].name`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// The id of the request, as in the server's log and the `X-Request-Id` header.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request_id: Option<String>,
}
