//! Runs one command in a sandbox: `cargo run -p codecanvas-sandbox --example run -- id`.

use std::io::Write;

use codecanvas_sandbox::{Command, Error, Launcher, Libraries, Setup, Stream, enter_if_launcher};

fn main() -> Result<(), Error> {
    enter_if_launcher(Libraries::default());
    let launcher = Launcher::start(&Setup::default())?;
    for sentence in launcher.weaker() {
        eprintln!("weaker here: {sentence}");
    }
    let argv = std::env::args().skip(1).collect();
    let env = vec![("PATH".to_owned(), "/usr/bin:/bin".to_owned())];
    let mut sandbox = launcher.sandbox()?;
    let child = sandbox.spawn(&Command { argv, env, ..Command::default() })?;
    let exit = child.wait(&mut |stream, piece| {
        let _ = match stream {
            Stream::Stdout => std::io::stdout().write_all(piece),
            Stream::Stderr => std::io::stderr().write_all(piece),
        };
    })?;
    eprintln!("{:?} {:?}", exit.outcome, exit.usage);
    Ok(())
}
