#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| codecanvas_server::fuzzing::websocket_message(bytes));
