//! One language on this host: its definition, where its toolchain is, and which version that has.

use std::{
    collections::BTreeMap,
    path::Path,
    sync::{OnceLock, PoisonError, RwLock},
};

use codecanvas_protocol::{LanguageInfo, LimitsSpec};
use codecanvas_sandbox::{FileEntry, Mount, Warm};

use crate::{
    Invalid,
    cache::{Identity, Tools},
    config::PhaseLimits,
    definition::{Definition, Naming, PhaseTemplate, Sample, Substitutions, WarmDefinition, WarmMode, command_line},
    prepared::{self, Prepared},
    toolchain::{Host, Tool, expand},
};

/// Where commands are in every sandbox.
const BASE_PATH: [&str; 3] = ["/usr/local/bin", "/usr/bin", "/bin"];

/// A command line and its whole environment.
pub(crate) type ArgvAndEnv = (Vec<String>, Vec<(String, String)>);

/// A language. All but its version is decided when the engine starts.
#[derive(Debug)]
pub(crate) struct Language {
    /// Its templates have the tools' paths in them once the toolchain is located.
    definition: Definition,
    toolchain: Toolchain,
    /// What asking for the version gave; nothing before.
    version: RwLock<Option<Result<String, String>>>,
    /// A digest of its compiler, once that was read.
    digest: OnceLock<[u8; 32]>,
}

#[derive(Debug)]
enum Toolchain {
    Located {
        mounts: Vec<Mount>,
        /// Folders of the tools, for PATH.
        folders: Vec<String>,
        /// The commands, if it is compiled and they can be read.
        tools: Option<Tools>,
        /// What could be prepared and is not, with the paths of the tools.
        unprepared: Option<(Prepared, BTreeMap<String, String>)>,
        /// The packages of optional tools that are not there.
        absent: Vec<String>,
    },
    /// Why it is missing.
    Missing(String),
}

impl Language {
    /// Looks for the language's toolchain on this host.
    pub(crate) fn locate(mut definition: Definition, host: &Host) -> Language {
        let toolchain = match host.locate(&definition.tools).and_then(|tools| Ok((paths(&tools)?, tools))) {
            Err(reason) => Toolchain::Missing(reason),
            Ok((paths, tools)) => {
                definition.version.template = definition.version.template.with_tools(&paths);
                let found = definition.prepare.as_ref().and_then(|prepare| Prepared::look(&definition.id, prepare, &tools));
                definition.compile = definition.compile.map(|compile| match (&definition.prepare, &found) {
                    (Some(prepare), Some(prepared)) if prepared.is_ready => prepare.add_to(compile, &paths, prepared::SEEN_AT),
                    _ => compile.with_tools(&paths),
                });
                definition.run = definition.run.with_tools(&paths);
                definition.shell = definition.shell.map(|shell| shell.with_tools(&paths));
                let absent = definition.tools.iter().filter(|(name, _)| !tools.contains_key(*name));
                let absent = absent.filter_map(|(_, tool)| tool.optional.clone()).collect();
                let (mut mounts, folders) = (mounts(&tools, &definition.bind), folders(&tools));
                if let Some(Prepared { folder, is_ready: true, .. }) = &found {
                    mounts.push(Mount { source: folder.clone(), target: prepared::SEEN_AT.into() });
                }
                let tools = definition.compile.as_ref().and_then(|_| Tools::open(tools.values().map(|tool| &*tool.path)).ok());
                let unprepared = found.filter(|prepared| !prepared.is_ready).map(|prepared| (prepared, paths));
                Toolchain::Located { mounts, folders, tools, unprepared, absent }
            }
        };
        Language { definition, toolchain, version: RwLock::new(None), digest: OnceLock::new() }
    }

    /// The id: `python3`.
    pub(crate) fn id(&self) -> &str {
        &self.definition.id
    }

    /// The toolchain's version; `None` until it was asked for, and when asking failed.
    pub(crate) fn version(&self) -> Option<String> {
        self.answer().and_then(Result::ok)
    }

    /// Reads its compiler, if it has one and that was not read before.
    ///
    /// # Errors
    /// When it cannot be read.
    pub(crate) fn identify(&self) -> std::io::Result<()> {
        if let (None, Toolchain::Located { tools: Some(tools), .. }) = (self.digest.get(), &self.toolchain) {
            let _ = self.digest.set(tools.digest()?);
        }
        Ok(())
    }

    /// What its compiler is; `None` when it has none, and before it was read.
    pub(crate) fn identity(&self) -> Option<Identity<'_>> {
        let Toolchain::Located { tools: Some(tools), .. } = &self.toolchain else { return None };
        Some(Identity { tools, digest: *self.digest.get()? })
    }

    /// How a program is compiled, for languages that are.
    pub(crate) fn compile(&self) -> Option<&PhaseTemplate> {
        self.definition.compile.as_ref()
    }

    /// How a program is started.
    pub(crate) fn run(&self) -> &PhaseTemplate {
        &self.definition.run
    }

    /// How its own prompt is started, for languages that have one.
    pub(crate) fn shell(&self) -> Option<&PhaseTemplate> {
        self.definition.shell.as_ref()
    }

    /// The name under which a single source is stored.
    pub(crate) fn source_name(&self, source: &str) -> String {
        self.definition.naming.file_name(source)
    }

    /// The only name under which a program of one file can work, for a language that ties it to the source.
    pub(crate) fn required_name(&self, source: &[u8]) -> Option<String> {
        match &self.definition.naming {
            Naming::Fixed(_) => None,
            Naming::JavaPublicClass(_) => Some(self.source_name(std::str::from_utf8(source).ok()?)),
        }
    }

    /// What a job puts into the templates' gaps. `files` are all of its files (path, content), `entrypoint` the one to start.
    pub(crate) fn substitutions<'a>(
        &self,
        files: impl IntoIterator<Item = (&'a str, &'a [u8])>,
        entrypoint: &str,
        flags: &[String],
        args: &[String],
    ) -> Substitutions {
        let mut job =
            Substitutions { entrypoint: entrypoint.to_owned(), flags: flags.into(), args: args.into(), ..Default::default() };
        for (path, content) in files {
            if path == entrypoint {
                job.class = self.definition.naming.class(path, content);
            }
            // What is to be started is compiled whatever its name.
            if path == entrypoint || self.extensions().iter().any(|extension| path.ends_with(extension.as_str())) {
                job.sources.push(path.to_owned());
            }
        }
        job
    }

    /// The whole environment of a phase but for what the client adds: what every program has, then the language's own.
    pub(crate) fn environment(&self, phase: &PhaseTemplate) -> Vec<(String, String)> {
        let folders = match &self.toolchain {
            Toolchain::Located { folders, .. } => folders.as_slice(),
            Toolchain::Missing(_) => &[],
        };
        let path: Vec<&str> = folders.iter().map(String::as_str).chain(BASE_PATH).collect();
        let mut env = BTreeMap::from([("PATH", path.join(":")), ("HOME", "/tmp".to_owned()), ("LANG", "C.UTF-8".to_owned())]);
        env.extend(phase.env.iter().map(|(name, value)| (name.as_str(), value.clone())));
        env.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
    }

    /// Whether its compiler could be spared work, and is not.
    pub(crate) fn is_unprepared(&self) -> bool {
        matches!(&self.toolchain, Toolchain::Located { unprepared: Some(_), .. })
    }

    /// Whether its compiler is spared work; `None` when it cannot be.
    pub(crate) fn is_prepared(&self) -> Option<bool> {
        let is_located = matches!(self.toolchain, Toolchain::Located { .. });
        (is_located && self.definition.prepare.is_some()).then(|| !self.is_unprepared())
    }

    /// Does what spares its compiler work, unless that is done; what came of it.
    pub(crate) fn prepare(&self) -> Option<Result<(), String>> {
        let Toolchain::Located { unprepared: Some((prepared, paths)), .. } = &self.toolchain else { return None };
        let build = self.definition.prepare.as_ref()?.build(paths, &prepared.folder.to_string_lossy());
        Some(prepared.make(&build, &self.environment(&build)))
    }

    /// How its interpreter is kept ready, if it can be.
    fn warm_definition(&self) -> Option<&WarmDefinition> {
        let is_located = matches!(self.toolchain, Toolchain::Located { .. });
        self.definition.warm.as_ref().filter(|warm| is_located && warm.mode != WarmMode::Off)
    }

    /// How its programs are started without waiting for its interpreter, if they can be.
    pub(crate) fn warm_mode(&self) -> Option<WarmMode> {
        self.warm_definition().map(|warm| warm.mode)
    }

    /// Whether its interpreter can have been started before these files were there.
    pub(crate) fn can_be_warm(&self, files: &[FileEntry]) -> bool {
        let is_found = |file: &FileEntry, warm: &WarmDefinition| warm.looks_for.contains(&file.path);
        self.warm_definition().is_some_and(|warm| !files.iter().any(|file| is_found(file, warm)))
    }

    /// The interpreter that can be kept ready for its programs, with the command line that they have unless a client says
    /// otherwise.
    pub(crate) fn warm(&self, limits: &PhaseLimits) -> Option<Warm> {
        let definition = self.warm_definition()?;
        let file = self.source_name("");
        let job = self.substitutions([(file.as_str(), b"".as_slice())], &file, &[], &[]);
        let run = &self.definition.run;
        let limits = limits.decide(run.limits, LimitsSpec::default(), 0);
        Some(Warm {
            interpreter: definition.interpreter,
            argv: command_line(run, &job, limits.memory_bytes),
            env: self.environment(run),
            mounts: self.mounts().to_vec(),
            looks_at: definition.looks_at.clone(),
            stack_bytes: limits.stack_bytes,
        })
    }

    /// What the toolchain needs of the host beyond what every sandbox has.
    pub(crate) fn mounts(&self) -> &[Mount] {
        match &self.toolchain {
            Toolchain::Located { mounts, .. } => mounts,
            Toolchain::Missing(_) => &[],
        }
    }

    /// The command that prints the version, and its environment; `None` when the toolchain is missing.
    pub(crate) fn version_command(&self) -> Option<ArgvAndEnv> {
        let template = &self.definition.version.template;
        let argv = command_line(template, &Substitutions::default(), 0);
        matches!(self.toolchain, Toolchain::Located { .. }).then(|| (argv, self.environment(template)))
    }

    /// The version in what that command printed, on stdout or stderr.
    pub(crate) fn parse_version(&self, output: &str) -> Option<String> {
        self.definition.version.parse(output)
    }

    /// What clients are told.
    pub(crate) fn info(&self) -> LanguageInfo {
        let reason = self.why_unavailable();
        LanguageInfo {
            id: self.definition.id.clone(),
            name: self.definition.name.clone(),
            aliases: self.definition.aliases.clone(),
            extensions: self.definition.extensions.clone(),
            file: self.source_name(""),
            sample: self.hello(),
            limits: self.definition.run.limits,
            shell: self.definition.shell.is_some(),
            compiled: self.definition.compile.is_some(),
            available: reason.is_none(),
            version: self.version(),
            install: reason.is_some().then(|| self.install()),
            reason,
        }
    }

    /// The sample that shows the language: it is a single file of text.
    fn hello(&self) -> Option<String> {
        let hello = self.definition.samples.iter().find(|sample| sample.name == "hello")?;
        let (_, content) = hello.files.first()?;
        String::from_utf8(content.clone()).ok()
    }

    /// Whether a run would work, with a version that begins with `wanted`.
    ///
    /// # Errors
    /// `language-unavailable` with the reason and what to do.
    pub(super) fn check_available(&self, wanted: Option<&str>) -> Result<(), Invalid> {
        let unavailable = |message| Err(Invalid { kind: "language-unavailable", field: "language".to_owned(), message });
        let id = &self.definition.id;
        if let Some(reason) = self.why_unavailable() {
            return unavailable(format!("language {id} is not available here: {reason}; to install it: {}", self.install()));
        }
        match (wanted, self.version()) {
            (Some(wanted), Some(version)) if !is_version(&version, wanted) => {
                unavailable(format!("language {id} is not available here in version {wanted}; there is {version}"))
            }
            _ => Ok(()),
        }
    }

    fn why_unavailable(&self) -> Option<String> {
        if let Toolchain::Missing(reason) = &self.toolchain {
            return Some(reason.clone());
        }
        match self.answer() {
            None => Some("its toolchain has not been tried yet".to_owned()),
            Some(answer) => answer.err(),
        }
    }

    fn install(&self) -> String {
        format!("sudo apt-get install -y {}", self.definition.packages.join(" "))
    }

    pub(super) fn set_version(&self, answer: Result<String, String>) {
        *self.version.write().unwrap_or_else(PoisonError::into_inner) = Some(answer);
    }

    fn answer(&self) -> Option<Result<String, String>> {
        self.version.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Whether this lower-case word is its id or an alias.
    pub(super) fn is_called(&self, name: &str) -> bool {
        self.names().any(|own| own == name)
    }

    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        std::iter::once(&self.definition.id).chain(&self.definition.aliases).map(String::as_str)
    }

    pub(super) fn has_extension(&self, extension: &str) -> bool {
        self.extensions().iter().any(|own| own == extension)
    }

    fn extensions(&self) -> &[String] {
        &self.definition.extensions
    }

    pub(super) fn packages(&self) -> impl Iterator<Item = &str> {
        self.definition.packages.iter().map(String::as_str)
    }

    /// The packages of what it could make use of and does without.
    pub(super) fn absent_packages(&self) -> &[String] {
        match &self.toolchain {
            Toolchain::Located { absent, .. } => absent,
            Toolchain::Missing(_) => &[],
        }
    }

    pub(super) fn samples(&self) -> &[Sample] {
        &self.definition.samples
    }
}

/// Whether `wanted` is this version or the beginning of it: `3.1` is the beginning of 3.1.2, not of 3.11.
fn is_version(version: &str, wanted: &str) -> bool {
    version.strip_prefix(wanted).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

fn paths(tools: &BTreeMap<String, Tool>) -> Result<BTreeMap<String, String>, String> {
    let text =
        |tool: &Tool| tool.path.to_str().map(str::to_owned).ok_or_else(|| format!("{} is not UTF-8", tool.path.display()));
    tools.iter().map(|(name, tool)| Ok((name.clone(), text(tool)?))).collect()
}

/// The folders of the tools and the extra paths that exist, without those inside another.
fn mounts(tools: &BTreeMap<String, Tool>, bind: &[String]) -> Vec<Mount> {
    let extra = bind.iter().flat_map(|pattern| expand(Path::new(pattern))).filter(|path| path.exists());
    let extra = extra.map(|path| Mount { source: path.clone(), target: path });
    let all: Vec<Mount> = tools.values().filter_map(|tool| tool.mount.clone()).chain(extra).collect();
    let mut mounts: Vec<Mount> = Vec::new();
    for mount in &all {
        let is_inside = |other: &Mount| other != mount && mount.source.starts_with(&other.source);
        if !mounts.contains(mount) && !all.iter().any(is_inside) {
            mounts.push(mount.clone());
        }
    }
    mounts
}

fn folders(tools: &BTreeMap<String, Tool>) -> Vec<String> {
    let mut folders: Vec<String> = Vec::new();
    for folder in tools.values().filter_map(|tool| tool.path.parent()?.to_str()) {
        if !BASE_PATH.contains(&folder) && !folders.iter().any(|known| known == folder) {
            folders.push(folder.to_owned());
        }
    }
    folders
}
