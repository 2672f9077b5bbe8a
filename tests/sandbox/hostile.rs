//! A client of the launcher that means harm, as a compromised server would: it speaks the protocol over the bare sockets, with
//! malformed, oversized, out-of-order and hostile requests. After each the host is unwritten, the launcher lives and works, and holds
//! no more than before.
//!
//! The protocol is written out here a second time, on purpose: what `codecanvas_sandbox` refuses to send must be sent all the same.

mod client;
mod commands;
mod descriptors;
mod order;
mod packets;
