//! What is kept of one output stream: its beginning up to a cap, as text where it is text, and the count of all of it.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use codecanvas_protocol::{Encoding, StreamInfo};

/// The beginning of one stream. Never holds more than its cap, however much is written.
#[derive(Debug)]
pub(crate) struct Capture {
    kept: Vec<u8>,
    cap: usize,
    written: u64,
}

impl Capture {
    /// A capture that keeps up to `cap` bytes.
    pub(crate) fn new(cap: u64) -> Capture {
        Capture { kept: Vec::new(), cap: usize::try_from(cap).unwrap_or(usize::MAX), written: 0 }
    }

    /// Takes the next piece of the stream: keeps what fits and counts all.
    pub(crate) fn push(&mut self, piece: &[u8]) {
        let room = self.cap - self.kept.len();
        self.kept.extend_from_slice(&piece[..piece.len().min(room)]);
        self.written += piece.len() as u64;
    }

    /// Whether nothing was written.
    pub(crate) fn is_empty(&self) -> bool {
        self.written == 0
    }

    /// What was kept as readable text, where there is no place to name an encoding: each part that is none becomes `\u{FFFD}`.
    pub(crate) fn text(&self) -> String {
        let cut = std::str::from_utf8(&self.kept).err().filter(|error| error.error_len().is_none() && self.is_truncated());
        let whole = cut.map_or(self.kept.len(), |error| error.valid_up_to());
        String::from_utf8_lossy(&self.kept[..whole]).into_owned()
    }

    fn is_truncated(&self) -> bool {
        self.written > self.kept.len() as u64
    }

    /// What is returned to the client, and the facts about it. A character that the cap cut in half is left out.
    pub(crate) fn finish(self) -> (String, StreamInfo) {
        let truncated = self.is_truncated();
        let (text, encoding) = match text_of(self.kept, truncated) {
            Ok(text) => (text, Encoding::Utf8),
            Err(bytes) => (STANDARD.encode(bytes), Encoding::Base64),
        };
        (text, StreamInfo { bytes: self.written, encoding, truncated })
    }
}

/// The bytes as text, or back as they are when they are none.
fn text_of(mut bytes: Vec<u8>, truncated: bool) -> Result<String, Vec<u8>> {
    if let Err(error) = std::str::from_utf8(&bytes) {
        // No `error_len` means: the bytes end in the middle of a character that was right so far. Only the cap may do that; a
        // program that itself ends so has not written text.
        if error.error_len().is_some() || !truncated {
            return Err(bytes);
        }
        bytes.truncate(error.valid_up_to());
    }
    String::from_utf8(bytes).map_err(|error| error.into_bytes())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn captured(cap: u64, pieces: &[&[u8]]) -> (String, StreamInfo) {
        let mut capture = Capture::new(cap);
        pieces.iter().for_each(|piece| capture.push(piece));
        capture.finish()
    }

    fn info(bytes: u64, encoding: Encoding, truncated: bool) -> StreamInfo {
        StreamInfo { bytes, encoding, truncated }
    }

    #[test]
    fn text_within_the_cap_comes_back_as_it_is() {
        assert_eq!(
            captured(100, &[b"hello\n", b"", "wörld".as_bytes()]),
            ("hello\nwörld".into(), info(12, Encoding::Utf8, false))
        );
        assert_eq!(captured(5, &[b"hello"]), ("hello".into(), info(5, Encoding::Utf8, false)));
        assert_eq!(captured(5, &[]), (String::new(), info(0, Encoding::Utf8, false)));
    }

    #[test]
    fn past_the_cap_is_counted_and_dropped() {
        assert_eq!(captured(5, &[b"hel", b"lo world", b"!"]), ("hello".into(), info(12, Encoding::Utf8, true)));
        assert_eq!(captured(0, &[b"x"]), (String::new(), info(1, Encoding::Utf8, true)));
    }

    #[test]
    fn a_character_is_never_cut_in_half() {
        for cap in 4..8 {
            assert_eq!(captured(cap, &["abcd😀".as_bytes()]), ("abcd".into(), info(8, Encoding::Utf8, true)));
        }
        assert_eq!(captured(8, &["abcd😀".as_bytes(), b"e"]), ("abcd😀".into(), info(9, Encoding::Utf8, true)));
        assert_eq!(captured(3, &["😀".as_bytes()]), (String::new(), info(4, Encoding::Utf8, true)));
    }

    #[test]
    fn a_character_may_come_in_two_pieces() {
        assert_eq!(captured(9, &[b"\xc3", b"\xa4"]), ("ä".into(), info(2, Encoding::Utf8, false)));
    }

    #[test]
    fn what_is_not_text_comes_back_as_base64() {
        assert_eq!(captured(9, &[b"\xff\x00"]), ("/wA=".into(), info(2, Encoding::Base64, false)));
        assert_eq!(captured(2, &[b"\xff\x00\x01"]), ("/wA=".into(), info(3, Encoding::Base64, true)));
        // Not the cap but the program ended in the middle of a character.
        assert_eq!(captured(9, &[b"a\xc3"]), ("YcM=".into(), info(2, Encoding::Base64, false)));
    }

    #[test]
    fn readable_text_shows_what_is_none() {
        let text = |cap, bytes: &[u8]| {
            let mut capture = Capture::new(cap);
            capture.push(bytes);
            (capture.text(), capture.is_empty())
        };
        assert_eq!(text(9, b"x.c:1: \xe4"), ("x.c:1: \u{FFFD}".into(), false));
        assert_eq!(text(2, "a😀".as_bytes()), ("a".into(), false));
        assert_eq!(text(9, b""), (String::new(), true));
    }

    proptest! {
        #[test]
        fn text_is_always_a_prefix_of_what_was_written(text: String, cap in 0_u64..64, cut in 0_usize..64) {
            let bytes = text.as_bytes();
            let (head, tail) = bytes.split_at(cut.min(bytes.len()));
            let (kept, info) = captured(cap, &[head, tail]);
            prop_assert_eq!(info.encoding, Encoding::Utf8);
            prop_assert_eq!(info.bytes, bytes.len() as u64);
            prop_assert_eq!(info.truncated, bytes.len() as u64 > cap);
            prop_assert!(text.starts_with(&kept));
            prop_assert!(kept.len() as u64 <= cap && (kept.len() as u64 + 4 > cap || !info.truncated));
        }

        #[test]
        fn bytes_are_kept_exactly_and_in_any_pieces(pieces: Vec<Vec<u8>>, cap in 0_u64..512) {
            let all = pieces.concat();
            let pieces: Vec<&[u8]> = pieces.iter().map(Vec::as_slice).collect();
            let (kept, info) = captured(cap, &pieces);
            prop_assert_eq!(&(kept.clone(), info), &captured(cap, &[&all]));
            let bytes = if info.encoding.is_utf8() { kept.into_bytes() } else { STANDARD.decode(kept).unwrap() };
            prop_assert!(all.starts_with(&bytes));
            prop_assert_eq!(info.truncated, all.len() as u64 > cap);
            prop_assert!(info.truncated || bytes == all);
        }
    }
}
