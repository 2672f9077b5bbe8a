//! From a job to what exactly is run: every file, command line, environment and limit, or the client's mistake.
//!
//! Nothing here looks at the host: the same job, language and configuration always give the same plan. Limits are decided here
//! and nowhere else.

mod files;
mod inputs;
mod limits;

pub(crate) use files::check_name;

use codecanvas_protocol::{CompileSpec, JobSpec, Limits, LimitsSpec, Phase};
use codecanvas_sandbox::{FileEntry, Live, Mount};

use crate::{
    EngineConfig, Invalid,
    definition::{PhaseTemplate, Substitutions, command_line},
    registry::Language,
};

/// What is run for one job.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Plan {
    /// The language's id, for the log.
    pub(crate) language: String,
    /// What the working directory holds at the start of the first phase.
    pub(crate) files: Vec<FileEntry>,
    /// What is run, one after the other, each only if the one before ended with 0.
    pub(crate) phases: Vec<PhasePlan>,
    /// What every phase sees of the host beyond what every sandbox has.
    pub(crate) mounts: Vec<Mount>,
}

/// One command of a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PhasePlan {
    /// Which phase.
    pub(crate) phase: Phase,
    /// The program and its arguments.
    pub(crate) argv: Vec<String>,
    /// The whole environment.
    pub(crate) env: Vec<(String, String)>,
    /// Every limit.
    pub(crate) limits: Limits,
    /// What it reads from its standard input.
    pub(crate) stdin: Vec<u8>,
    /// How it is connected when it is fed while it runs.
    pub(crate) live: Option<Live>,
    /// Whether it may be started by an interpreter that is kept ready.
    pub(crate) warm: bool,
}

/// The plan of a job, or the first mistake in it.
///
/// # Errors
/// [`Invalid`] names the field and says what to do.
pub(crate) fn plan(spec: &JobSpec, language: &Language, config: &EngineConfig) -> Result<Plan, Invalid> {
    let wish = if spec.tty.is_some() { "tty" } else { "shell" };
    if spec.tty.is_some() || spec.shell {
        return Err(invalid("not-interactive", wish, format!("`{wish}` is for interactive runs only: /api/v1/interactive")));
    }
    plan_run(spec, language, config)
}

/// The plan of a job that is fed while it runs. It may take as long as a person does.
///
/// # Errors
/// As [`plan`].
pub(crate) fn plan_live(spec: &JobSpec, language: &Language, config: &EngineConfig) -> Result<Plan, Invalid> {
    if let Some(size) = spec.tty.filter(|size| size.rows == 0 || size.cols == 0) {
        let message = format!("a terminal of {} lines and {} columns shows nothing", size.rows, size.cols);
        return Err(invalid("wrong-terminal-size", "tty", message));
    }
    let config = config.for_interactive();
    let mut plan = if spec.shell { plan_shell(spec, language, &config)? } else { plan_run(spec, language, &config)? };
    let run = plan.phases.last_mut().expect("a plan has a phase");
    run.live = Some(Live { terminal: spec.tty });
    if spec.tty.is_some() {
        run.env.retain(|(name, _)| name != "TERM" || spec.env.contains_key("TERM"));
        if !spec.env.contains_key("TERM") {
            run.env.push(("TERM".to_owned(), "xterm-256color".to_owned()));
        }
    }
    Ok(plan)
}

/// The language's own prompt, with the job's files in its working directory.
fn plan_shell(spec: &JobSpec, language: &Language, config: &EngineConfig) -> Result<Plan, Invalid> {
    let id = language.id();
    let Some(template) = language.shell() else {
        return Err(invalid("no-shell", "shell", format!("language {id} has no prompt of its own; send a program")));
    };
    if spec.source.is_some() {
        return Err(invalid(
            "shell-and-source",
            "source",
            "`shell` starts the language's own prompt; give `files`, no `source`",
        ));
    }
    let files = files::beside_shell(spec, &config.request)?;
    inputs::check_environment(&spec.env, &config.request)?;
    limits::check("limits", &spec.limits, &config.run.ceilings)?;
    let limits = config.run.decide(template.limits, spec.limits, config.output_ceiling);
    let mut run = phase(Phase::Run, template, language, &Substitutions::default(), limits);
    inputs::add_environment(&mut run.env, &spec.env);
    run.stdin = inputs::stdin(spec, &config.request)?;
    limits::check_room(&files, &run)?;
    inputs::check_room(&run)?;
    Ok(Plan { language: id.to_owned(), files, phases: vec![run], mounts: language.mounts().to_vec() })
}

fn plan_run(spec: &JobSpec, language: &Language, config: &EngineConfig) -> Result<Plan, Invalid> {
    require(spec)?;
    let wishes = compile_wishes(spec, language)?;
    let mut program = files::program(spec, language, &config.request)?;
    inputs::check_arguments("args", &spec.args, &config.request)?;
    inputs::check_arguments("compile.args", &wishes.args, &config.request)?;
    inputs::check_environment(&spec.env, &config.request)?;
    let stdin = inputs::stdin(spec, &config.request)?;
    limits::check("compile.limits", &wishes.limits, &config.compile.ceilings)?;
    limits::check("limits", &spec.limits, &config.run.ceilings)?;

    let contents = program.files.iter().map(|file| (file.path.as_str(), file.content.as_slice()));
    let gaps = language.substitutions(contents, &program.entrypoint, &wishes.args, &spec.args);
    let mut phases = Vec::with_capacity(2);
    if let Some(template) = language.compile() {
        let limits = config.compile.decide(template.limits, wishes.limits, config.output_ceiling);
        phases.push(phase(Phase::Compile, template, language, &gaps, limits));
    }
    let limits = config.run.decide(language.run().limits, spec.limits, config.output_ceiling);
    let mut run = phase(Phase::Run, language.run(), language, &gaps, limits);
    inputs::add_environment(&mut run.env, &spec.env);
    run.stdin = stdin;
    run.warm = language.can_be_warm(&program.files);
    phases.push(run);

    files::add_own(&mut program.files, &language.compile().unwrap_or(language.run()).files);
    limits::check_room(&program.files, &phases[0])?;
    phases.iter().try_for_each(inputs::check_room)?;
    Ok(Plan { language: language.id().to_owned(), files: program.files, phases, mounts: language.mounts().to_vec() })
}

/// That the job names a language and has a program: what the original codecanvas asked for, in its words.
///
/// # Errors
/// `required`.
pub(crate) fn require(spec: &JobSpec) -> Result<(), Invalid> {
    let has_program = spec.source.as_ref().is_some_and(|source| !source.is_empty()) || !spec.files.is_empty();
    let missing = match (spec.language.is_empty(), has_program || spec.shell) {
        (true, _) => "language",
        (false, false) => "source",
        (false, true) => return Ok(()),
    };
    Err(invalid("required", missing, r#""language" and "source" fields are required"#))
}

/// The wishes for the compile phase, if the language has one.
fn compile_wishes(spec: &JobSpec, language: &Language) -> Result<CompileSpec, Invalid> {
    match &spec.compile {
        Some(_) if language.compile().is_none() => {
            let id = language.id();
            Err(invalid("not-compiled", "compile", format!("language {id} is not compiled; leave `compile` out")))
        }
        wishes => Ok(wishes.clone().unwrap_or_default()),
    }
}

fn phase(phase: Phase, template: &PhaseTemplate, language: &Language, gaps: &Substitutions, limits: Limits) -> PhasePlan {
    let argv = command_line(template, gaps, limits.memory_bytes);
    PhasePlan { phase, argv, env: language.environment(template), limits, stdin: Vec::new(), live: None, warm: false }
}

/// The field under which a client sets the limits of a phase.
fn limits_field(phase: Phase) -> &'static str {
    match phase {
        Phase::Compile => "compile.limits",
        Phase::Run => "limits",
    }
}

/// The limits a probe of ours runs with: the compile phase's, for toolchains are larger than programs, with this much time.
pub(crate) fn probe_limits(config: &EngineConfig, milliseconds: u64) -> Limits {
    let time = LimitsSpec { cpu_time_ms: Some(milliseconds), wall_time_ms: Some(milliseconds), ..LimitsSpec::default() };
    config.compile.decide(LimitsSpec::default(), time, config.output_ceiling)
}

fn invalid(kind: &'static str, field: impl Into<String>, message: impl Into<String>) -> Invalid {
    Invalid { kind, field: field.into(), message: message.into() }
}

#[cfg(test)]
mod tests;
