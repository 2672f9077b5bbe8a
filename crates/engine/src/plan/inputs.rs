//! What a program is given beside its files: arguments, environment, standard input.

use std::collections::BTreeMap;

use base64::{
    Engine as _,
    alphabet::STANDARD,
    engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig},
};
use codecanvas_protocol::{Encoding, JobSpec};

use super::{PhasePlan, invalid, limits_field};
use crate::{
    Invalid,
    config::{RequestCaps, units::format_size},
};

/// RFC 4648 with the standard alphabet; the `=` at the end may be left out.
const BASE64: GeneralPurpose =
    GeneralPurpose::new(&STANDARD, GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent));

/// The bytes of a base64 text.
///
/// # Errors
/// `invalid-base64` for this field.
pub(super) fn decode(text: &str, field: &str) -> Result<Vec<u8>, Invalid> {
    BASE64.decode(text).map_err(|error| {
        // The decoder ends some of its sentences with a full stop.
        let error = error.to_string();
        let error = error.trim_end_matches('.');
        let message = format!("not base64: {error}; write RFC 4648's standard alphabet without spaces or line breaks");
        invalid("invalid-base64", field, message)
    })
}

/// Standard input, decoded.
pub(super) fn stdin(spec: &JobSpec, caps: &RequestCaps) -> Result<Vec<u8>, Invalid> {
    let bytes = match spec.stdin_encoding {
        Encoding::Utf8 => spec.stdin.as_bytes().to_vec(),
        Encoding::Base64 => decode(&spec.stdin, "stdin")?,
    };
    if bytes.len() as u64 > caps.stdin {
        let message = format!("standard input has {} bytes; at most {} are allowed", bytes.len(), format_size(caps.stdin));
        return Err(invalid("stdin-too-large", "stdin", message));
    }
    Ok(bytes)
}

/// That a list of arguments can be passed on.
pub(super) fn check_arguments(field: &str, arguments: &[String], caps: &RequestCaps) -> Result<(), Invalid> {
    if arguments.len() > caps.args {
        let message = format!("there are {} arguments; at most {} are allowed", arguments.len(), caps.args);
        return Err(invalid("too-many-arguments", field, message));
    }
    for (index, argument) in arguments.iter().enumerate() {
        if argument.len() as u64 > caps.arg_length {
            let (length, cap) = (argument.len(), format_size(caps.arg_length));
            let message = format!("the argument has {length} bytes; at most {cap} are allowed");
            return Err(invalid("argument-too-long", format!("{field}[{index}]"), message));
        }
        if argument.contains('\0') {
            let message = "the argument has a NUL character, which no program can be given";
            return Err(invalid("invalid-argument", format!("{field}[{index}]"), message));
        }
    }
    Ok(())
}

/// That an environment can be passed on. Any variable is allowed, `LD_PRELOAD` too: the program is as untrusted as it is.
pub(super) fn check_environment(env: &BTreeMap<String, String>, caps: &RequestCaps) -> Result<(), Invalid> {
    if env.len() > caps.env {
        let message = format!("there are {} environment variables; at most {} are allowed", env.len(), caps.env);
        return Err(invalid("too-many-variables", "env", message));
    }
    for (name, value) in env {
        if !is_variable_name(name) || name.len() as u64 > caps.env_length {
            let shown: String = name.chars().take(100).collect();
            let message = format!("`{}` is no name of a variable; write letters, digits and `_`", shown.escape_debug());
            return Err(invalid("invalid-variable", "env", message));
        }
        let field = format!("env.{name}");
        if value.len() as u64 > caps.env_length {
            let message = format!("the value has {} bytes; at most {} are allowed", value.len(), format_size(caps.env_length));
            return Err(invalid("variable-too-long", field, message));
        }
        if value.contains('\0') {
            return Err(invalid("invalid-variable", field, "the value has a NUL character, which no program can be given"));
        }
    }
    Ok(())
}

fn is_variable_name(name: &str) -> bool {
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '_';
    name.starts_with(|c: char| is_part(c) && !c.is_ascii_digit()) && name.chars().all(is_part)
}

/// Adds the client's variables; they take the place of the language's own of the same name.
pub(super) fn add_environment(env: &mut Vec<(String, String)>, wishes: &BTreeMap<String, String>) {
    env.retain(|(name, _)| !wishes.contains_key(name));
    env.extend(wishes.iter().map(|(name, value)| (name.clone(), value.clone())));
}

/// That the kernel will take the arguments and the environment together.
///
/// They may fill a quarter of the stack, never more than 6 MiB and always 128 KiB (execve(2), "Limits on size of arguments and
/// environment"). Past that the program cannot be started at all, which would look like a failure of ours.
pub(super) fn check_room(phase: &PhasePlan) -> Result<(), Invalid> {
    const FLOOR: u64 = 128 << 10;
    const CEILING: u64 = 6 << 20;
    let pointer = size_of::<usize>();
    let arguments = phase.argv.iter().map(|argument| argument.len() + 1 + pointer);
    let variables = phase.env.iter().map(|(name, value)| name.len() + value.len() + 2 + pointer);
    let needed = arguments.chain(variables).sum::<usize>() as u64;
    let room = (phase.limits.stack_bytes / 4).clamp(FLOOR, CEILING);
    if needed <= room {
        return Ok(());
    }
    let message = format!(
        "arguments and environment have {needed} bytes together; a stack of {} takes {room}",
        format_size(phase.limits.stack_bytes)
    );
    Err(invalid("limit-too-small", format!("{}.stack_bytes", limits_field(phase.phase)), message))
}
