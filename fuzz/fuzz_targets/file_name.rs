#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| codecanvas_engine::fuzzing::file_name(bytes));
