//! The fuzz targets as plain tests: each is given its saved corpus, and then as many changed pieces of it as there is time for.
//!
//! `CODECANVAS_FUZZ_SECONDS` says for how long; without it each is given a few hundred. `make fuzz` searches on, led by coverage.

#[path = "../../fuzz/config.rs"]
mod config;
mod mutate;

use codecanvas_engine::fuzzing as engine;
use codecanvas_sandbox::fuzzing as sandbox;
use codecanvas_server::fuzzing as server;

/// A test for each target: its name, what is called, and how many cases it is given at least.
macro_rules! targets {
    ($($name:ident => $target:path, $cases:literal;)*) => {
        $(#[test]
        fn $name() {
            mutate::check(stringify!($name), $target, $cases);
        })*

        #[test]
        fn every_target_is_here_and_has_a_corpus() {
            let names = |folder: &str| -> Vec<String> {
                let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz").join(folder);
                let entries = std::fs::read_dir(folder).expect("it is there").map(|entry| entry.unwrap().path());
                let mut names: Vec<String> = entries.map(|path| path.file_stem().unwrap().to_str().unwrap().to_owned()).collect();
                names.sort();
                names
            };
            let mut here = vec![$(stringify!($name).to_owned()),*];
            here.sort();
            assert_eq!(names("fuzz_targets"), here);
            assert_eq!(names("corpus"), here);
        }
    };
}

targets! {
    request_json => server::request_json, 2000;
    language_toml => engine::language, 1000;
    config_toml => config::config_toml, 1000;
    websocket_message => server::websocket_message, 5000;
    websocket_talk => server::websocket_messages, 200;
    websocket_frames => server::websocket_frames, 200;
    launcher_protocol => sandbox::launcher_protocol, 5000;
    http => server::http, 200;
    headers => server::headers, 5000;
    file_name => engine::file_name, 5000;
}
