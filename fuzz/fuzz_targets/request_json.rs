#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| codecanvas_server::fuzzing::request_json(bytes));
