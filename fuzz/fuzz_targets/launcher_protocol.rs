#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| codecanvas_sandbox::fuzzing::launcher_protocol(bytes));
