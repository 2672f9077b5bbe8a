//! Tells a job as numbered events: output as text that is never cut inside a character, and no more of it than the report has.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use codecanvas_protocol::{Encoding, Event, Numbered, Phase, Piece};
use codecanvas_sandbox::Stream;

use crate::execute::Moment;

/// The longest character of UTF-8, in bytes.
const CHARACTER_MAX: usize = 4;

/// The teller of one job.
#[derive(Debug)]
pub struct Narrator {
    seq: u64,
    /// Whether output past what the report has is told too.
    tells_all: bool,
    told: [Told; 2],
}

/// What was told of one stream in this phase.
#[derive(Debug, Default)]
struct Told {
    /// The begin of a character whose end has not come yet.
    pending: Vec<u8>,
    /// How many more bytes are told.
    left: u64,
}

impl Narrator {
    /// A teller that stops where the report stops: the rest of the output is counted, not told.
    pub fn new() -> Narrator {
        Narrator { seq: 0, tells_all: false, told: Default::default() }
    }

    /// A teller of all that is written: for a person at a terminal.
    pub fn of_everything() -> Narrator {
        Narrator { tells_all: true, ..Narrator::new() }
    }

    /// The events of a moment, given to `tell`.
    pub fn moment(&mut self, moment: &Moment<'_>, tell: &mut dyn FnMut(Numbered)) {
        match *moment {
            Moment::Started { phase, output_bytes, .. } => {
                let left = if self.tells_all { u64::MAX } else { output_bytes };
                self.told = [left, left].map(|left| Told { pending: Vec::new(), left });
                tell(self.number(Event::PhaseStarted { phase }));
            }
            Moment::Output(phase, stream, bytes) => self.output(phase, stream, bytes, tell),
            Moment::Ended(phase, outcome, usage) => {
                for stream in [Stream::Stdout, Stream::Stderr] {
                    let rest = std::mem::take(&mut self.told[index(stream)].pending);
                    // The cap cut this character, or the program did: then these bytes are what it wrote.
                    if self.told[index(stream)].left > 0 {
                        self.piece(phase, stream, &rest, tell);
                    }
                }
                tell(self.number(Event::PhaseFinished { phase, outcome: outcome.clone(), usage }));
            }
        }
    }

    /// An event with the next number.
    pub fn number(&mut self, event: Event) -> Numbered {
        self.seq += 1;
        Numbered { seq: self.seq, event }
    }

    fn output(&mut self, phase: Phase, stream: Stream, bytes: &[u8], tell: &mut dyn FnMut(Numbered)) {
        let told = &mut self.told[index(stream)];
        let fitting = bytes.len().min(usize::try_from(told.left).unwrap_or(usize::MAX));
        told.left -= fitting as u64;
        let mut text = std::mem::take(&mut told.pending);
        text.extend_from_slice(&bytes[..fitting]);
        told.pending = text.split_off(text.len() - unfinished(&text));
        self.piece(phase, stream, &text, tell);
    }

    /// Tells bytes: what of them is text as text, what is none in base64.
    fn piece(&mut self, phase: Phase, stream: Stream, bytes: &[u8], tell: &mut dyn FnMut(Numbered)) {
        let mut told = |data: String, encoding| {
            let piece = Piece { phase, data, encoding };
            let event = if stream == Stream::Stdout { Event::Stdout(piece) } else { Event::Stderr(piece) };
            tell(self.number(event));
        };
        let mut chunks = bytes.utf8_chunks().peekable();
        while let Some(chunk) = chunks.next() {
            if !chunk.valid().is_empty() {
                told(chunk.valid().to_owned(), Encoding::Utf8);
            }
            let mut invalid = chunk.invalid().to_vec();
            // Binary output has many of them in a row.
            while let Some(next) = chunks.next_if(|next| !invalid.is_empty() && next.valid().len() < CHARACTER_MAX) {
                invalid.extend_from_slice(next.valid().as_bytes());
                invalid.extend_from_slice(next.invalid());
            }
            if !invalid.is_empty() {
                told(STANDARD.encode(invalid), Encoding::Base64);
            }
        }
    }
}

impl Default for Narrator {
    fn default() -> Narrator {
        Narrator::new()
    }
}

fn index(stream: Stream) -> usize {
    usize::from(stream == Stream::Stderr)
}

/// How many bytes at the end are the begin of a character whose end has not come.
fn unfinished(bytes: &[u8]) -> usize {
    let near_end = bytes.len().saturating_sub(CHARACTER_MAX - 1)..bytes.len();
    let start = near_end.rev().find(|at| bytes[*at] >= 0xC0);
    match start.map(|at| (at, std::str::from_utf8(&bytes[at..]))) {
        Some((at, Err(error))) if error.valid_up_to() == 0 && error.error_len().is_none() => bytes.len() - at,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use codecanvas_protocol::{Outcome, Usage};
    use proptest::prelude::*;

    use super::*;

    const OK: Outcome = Outcome::Exited { code: 0 };

    fn narrated(cap: u64, pieces: &[&[u8]]) -> Vec<Event> {
        let (mut narrator, mut told) = (Narrator::new(), Vec::new());
        let mut tell = |numbered: Numbered| told.push(numbered);
        narrator
            .moment(&Moment::Started { phase: Phase::Run, output_bytes: cap, wall_time: std::time::Duration::ZERO }, &mut tell);
        for piece in pieces {
            narrator.moment(&Moment::Output(Phase::Run, Stream::Stdout, piece), &mut tell);
        }
        narrator.moment(&Moment::Ended(Phase::Run, &OK, Usage::default()), &mut tell);
        assert!(told.iter().zip(1..).all(|(numbered, seq)| numbered.seq == seq));
        told.into_iter().map(|numbered| numbered.event).collect()
    }

    fn pieces(cap: u64, written: &[&[u8]]) -> Vec<(String, Encoding)> {
        let piece = |event| match event {
            Event::Stdout(piece) => Some((piece.data, piece.encoding)),
            _ => None,
        };
        narrated(cap, written).into_iter().filter_map(piece).collect()
    }

    #[test]
    fn a_character_is_told_when_it_is_whole() {
        let crab = "🦀".as_bytes();
        assert_eq!(
            pieces(100, &[b"a", &crab[..1], &crab[1..3], &crab[3..], b"b"]),
            [("a", Encoding::Utf8), ("🦀", Encoding::Utf8), ("b", Encoding::Utf8)].map(|(text, kind)| (text.to_owned(), kind))
        );
    }

    #[test]
    fn what_is_no_text_is_told_in_base64() {
        assert_eq!(
            pieces(100, &[b"ok\xff\xfe!\xfdmore text"]),
            [("ok", Encoding::Utf8), ("//4h/Q==", Encoding::Base64), ("more text", Encoding::Utf8)]
                .map(|(text, kind)| (text.to_owned(), kind))
        );
        // A program that ends inside a character has not written one.
        assert_eq!(pieces(100, &[b"\xf0\x9f"]), [("8J8=".to_owned(), Encoding::Base64)]);
    }

    #[test]
    fn no_more_is_told_than_the_report_has() {
        assert_eq!(pieces(4, &[b"ab", b"cdef", b"gh"]).concat_text(), "abcd");
        // The cap falls inside a character: the report leaves it out, and so do we.
        assert_eq!(pieces(4, &[b"ab", "é€".as_bytes(), b"x"]).concat_text(), "abé");
    }

    trait ConcatText {
        fn concat_text(&self) -> String;
    }

    impl ConcatText for Vec<(String, Encoding)> {
        fn concat_text(&self) -> String {
            self.iter().map(|(text, _)| text.as_str()).collect()
        }
    }

    proptest! {
        #[test]
        fn nothing_is_lost_however_it_is_cut(bytes in proptest::collection::vec(any::<u8>(), 0..200), cuts in proptest::collection::vec(0usize..200, 0..8)) {
            let mut cuts: Vec<usize> = cuts.into_iter().map(|cut| cut.min(bytes.len())).chain([0, bytes.len()]).collect();
            cuts.sort_unstable();
            let parts: Vec<&[u8]> = cuts.windows(2).map(|cut| &bytes[cut[0]..cut[1]]).collect();
            let told: Vec<u8> = pieces(1000, &parts).into_iter().flat_map(|(data, encoding)| match encoding {
                Encoding::Utf8 => data.into_bytes(),
                Encoding::Base64 => STANDARD.decode(data).unwrap(),
            }).collect();
            prop_assert_eq!(told, bytes);
        }

        #[test]
        fn text_is_told_as_text_however_it_is_cut(text in "\\PC{0,60}", cuts in proptest::collection::vec(0usize..200, 0..8)) {
            let bytes = text.as_bytes();
            let mut cuts: Vec<usize> = cuts.into_iter().map(|cut| cut.min(bytes.len())).chain([0, bytes.len()]).collect();
            cuts.sort_unstable();
            let parts: Vec<&[u8]> = cuts.windows(2).map(|cut| &bytes[cut[0]..cut[1]]).collect();
            prop_assert_eq!(pieces(1000, &parts).concat_text(), text);
        }
    }
}
