//! The configuration file: TOML with the sections `[server]` and `[engine]`.
//!
//! Every section is a struct beside its user; here they are only found and read. A name that no section knows is an error, and
//! an error names the file, the line and the key.

use std::{fs, ops::Range, path::Path};

use anyhow::{Context, Result, anyhow, bail};
use codecanvas_engine::EngineConfig;
use codecanvas_server::ServerConfig;
use serde::de::DeserializeOwned;
use toml::{
    Spanned,
    de::{DeTable, DeValue, Error, ValueDeserializer},
};

/// The whole file.
#[derive(Debug, Default)]
pub(crate) struct Config {
    /// `listen` of the section `[server]`: the address that the server takes.
    pub(crate) listen: Option<String>,
    /// The rest of `[server]`.
    pub(crate) server: ServerConfig,
    /// The section `[engine]`.
    pub(crate) engine: EngineConfig,
}

/// Reads the file; without one everything has its default.
pub(crate) fn read(path: Option<&Path>) -> Result<Config> {
    let Some(path) = path.filter(|path| !path.as_os_str().is_empty()) else { return Ok(Config::default()) };
    let text = fs::read_to_string(path).with_context(|| format!("cannot read the configuration {}", path.display()))?;
    parse(&text).map_err(|error| anyhow!("{}:{error}", path.display()))
}

pub(crate) fn parse(text: &str) -> Result<Config> {
    codecanvas_engine::with_stack_for(text, || parse_all(text)).map_err(|message| anyhow!(message))?
}

fn parse_all(text: &str) -> Result<Config> {
    let mut file = DeTable::parse(text).map_err(|error| placed(text, "", &error))?.into_inner();
    let mut server = section(text, &mut file, "server")?;
    let engine = section(text, &mut file, "engine")?;
    if let Some((key, _)) = file.iter().next() {
        let line = line(text, key.span());
        bail!("{line}: unknown section `{}`, expected `server` or `engine`", key.get_ref());
    }
    let listen = server.get_mut().remove("listen");
    let listen = listen.map(|value| deserialize(text, "server.listen", value)).transpose()?;
    Ok(Config { listen, server: fill(text, "server", server)?, engine: fill(text, "engine", engine)? })
}

/// Takes a section out of the file; one that is not there is empty.
fn section<'a>(text: &str, file: &mut DeTable<'a>, name: &str) -> Result<Spanned<DeTable<'a>>> {
    let Some(value) = file.remove(name) else { return Ok(Spanned::new(0..0, DeTable::new())) };
    let span = value.span();
    match value.into_inner() {
        DeValue::Table(table) => Ok(Spanned::new(span, table)),
        _ => bail!("{}: `{name}` is a section, write [{name}]", line(text, span)),
    }
}

fn fill<T: DeserializeOwned>(text: &str, name: &str, section: Spanned<DeTable<'_>>) -> Result<T> {
    let span = section.span();
    deserialize(text, name, Spanned::new(span, DeValue::Table(section.into_inner())))
}

fn deserialize<T: DeserializeOwned>(text: &str, name: &str, value: Spanned<DeValue<'_>>) -> Result<T> {
    T::deserialize(ValueDeserializer::from(value)).map_err(|error| placed(text, name, &error))
}

/// The error in one line, with the number of the line it is about and the key.
fn placed(text: &str, section: &str, error: &Error) -> anyhow::Error {
    let line = line(text, error.span().unwrap_or(0..0));
    let mut without_input = error.clone();
    // Without the text the message ends with the key that the value belongs to.
    without_input.set_input(None);
    let message = without_input.to_string();
    let message: Vec<&str> = message.lines().filter(|line| !line.is_empty()).collect();
    let section = if section.is_empty() { String::new() } else { format!("{section}: ") };
    anyhow!("{line}: {section}{}", message.join(" "))
}

fn line(text: &str, span: Range<usize>) -> usize {
    1 + text.bytes().take(span.start).filter(|byte| *byte == b'\n').count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(text: &str) -> String {
        parse(text).expect_err("an error").to_string()
    }

    #[test]
    fn both_sections_and_the_address_are_read() {
        let config = parse("[server]\nlisten = \"0.0.0.0:80\"\n[engine]\nrunners = 3\n").unwrap();
        assert_eq!(config.listen.as_deref(), Some("0.0.0.0:80"));
        assert_eq!(config.engine.runners, 3);
    }

    #[test]
    fn an_empty_file_is_all_defaults() {
        assert_eq!(parse("").unwrap().listen, None);
    }

    #[test]
    fn errors_name_the_line_and_the_key() {
        assert!(error("[engine]\nqueue = 1\nruners = 3\n").starts_with("3: engine: unknown field `runers`"));
        let wrong_type = error("[engine]\n\nrunners = \"many\"\n");
        assert!(wrong_type.starts_with("3: engine: ") && wrong_type.contains("`runners`"), "{wrong_type}");
        assert!(error("[server]\nlisten = 5\n").starts_with("2: server.listen: "));
        assert!(error("[limits]\n").starts_with("1: unknown section `limits`"));
        assert!(error("a = 1\n[b\n").starts_with("2: "), "{}", error("a = 1\n[b\n"));
        assert_eq!(error("engine = 3\n"), "1: `engine` is a section, write [engine]");
    }
}
