//! `codecanvas serve`: the HTTP server, from its settings to its last request.

mod settings;

use std::{net::TcpListener, process::ExitCode};

use anyhow::{Context, Result};
use codecanvas_engine::Engine;
use codecanvas_protocol::LanguageInfo;
use codecanvas_server::ServerConfig;
use tokio::runtime::Builder;

use crate::{doctor, langs, listen, local, shutdown::Shutdown, terminal, user};

pub(crate) use settings::Args;

/// Each step needs the ones before it: the port may need root, the launcher keeps it, and threads inherit what is left.
pub(crate) fn main(args: Args) -> Result<ExitCode> {
    let user = user::to_become(args.user())?;
    let settings = settings::decide(args)?;
    let listener = listen::bind(&settings.listen)?;
    doctor::demand_isolation()?;
    let engine = Engine::start(&settings.engine).map_err(local::start_error)?;
    codecanvas_sandbox::drop_privileges(user.uid, user.gid).context("cannot give root away")?;
    // From here on there are threads.
    let runtime = Builder::new_multi_thread().enable_all().build().context("cannot start the runtime")?;
    runtime.block_on(serve(engine, settings.server, listener))?;
    Ok(ExitCode::SUCCESS)
}

async fn serve(engine: Engine, config: ServerConfig, listener: TcpListener) -> Result<()> {
    let shutdown = Shutdown::catch()?;
    let address = listener.local_addr()?;
    engine.probe().await;
    terminal::print(&overview(&engine.languages()));
    for weakness in engine.weaker() {
        terminal::say(&format!("weaker on this host: {weakness}"));
    }
    if let Some(warning) = listen::warning(address) {
        terminal::say(&warning);
    }
    if !codecanvas_server::has_page() {
        terminal::say("the page is not in this program: `make web` builds it, and the next build of the program takes it in");
    }
    terminal::print(&format!("Listening on http://{address}\n"));
    codecanvas_server::serve(engine, config, listener, shutdown.first()).await.context("the server failed")
}

/// The languages that work in one line, and one line for each that does not.
fn overview(languages: &[LanguageInfo]) -> String {
    let named = |language: &LanguageInfo| match &language.version {
        Some(version) => format!("{} {version}", language.id),
        None => language.id.clone(),
    };
    let available: Vec<String> = languages.iter().filter(|language| language.available).map(named).collect();
    let mut text = match available.is_empty() {
        true => "Languages: none yet\n".to_owned(),
        false => format!("Languages: {}\n", available.join(", ")),
    };
    for language in languages {
        if let Some(missing) = langs::missing(language) {
            text.push_str(&format!("  without {}: {missing}\n", language.id));
        }
    }
    text
}
