//! Which programs can be started warm: by forking a process that has their interpreter loaded, instead of executing that.

use codecanvas_embed::Kind;
use serde::{Deserialize, Serialize};

use crate::{Command, Mount};

/// An interpreter that is kept ready, and the command lines that it stands for. Named to the launcher at its start, and only then.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Warm {
    /// Which one.
    pub interpreter: Kind,
    /// The command line: the interpreter's path, its options, and a program's file. A command may have another file and further
    /// arguments, if the interpreter can be told.
    pub argv: Vec<String>,
    /// The environment. A command may have further variables, likewise.
    pub env: Vec<(String, String)>,
    /// What such a program sees beyond the base.
    pub mounts: Vec<Mount>,
    /// What further variables may not begin with: the interpreter looks at those when it starts.
    pub looks_at: Vec<String>,
    /// How large a stack such a program may have, unless a client says otherwise.
    pub stack_bytes: u64,
}

/// Variables that the C library looks at when a program is executed.
const LOOKED_AT: [&str; 8] = ["LD_", "GLIBC_", "MALLOC_", "LC_", "LANG", "TZ", "LOCPATH", "NLSPATH"];

/// What a command adds to the command line and environment that were foreseen.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Additions {
    /// The program's file, as it is named.
    pub(crate) file: String,
    pub(crate) arguments: Vec<String>,
    pub(crate) variables: Vec<(String, String)>,
}

impl Warm {
    /// What the command adds, if it is one that this stands for.
    pub(crate) fn additions(&self, command: &Command) -> Option<Additions> {
        let (_, before) = self.argv.split_last()?;
        let (file, arguments) = command.argv.strip_prefix(before)?.split_first()?;
        // That would be an option.
        if file.starts_with('-') || file.is_empty() {
            return None;
        }
        if self.interpreter.measures_its_stack() && command.limits.stack_bytes != self.stack_bytes {
            return None;
        }
        let (mounts, own) = (&command.mounts, &self.mounts);
        let same_mounts = mounts.iter().all(|mount| own.contains(mount)) && own.iter().all(|mount| mounts.contains(mount));
        if !same_mounts || !self.env.iter().all(|own| command.env.contains(own)) {
            return None;
        }
        let variables: Vec<_> = command.env.iter().filter(|variable| !self.env.contains(variable)).cloned().collect();
        let has_words = !arguments.is_empty() || !variables.is_empty();
        if has_words && !self.interpreter.takes_words() {
            return None;
        }
        let is_known = |name: &str| self.env.iter().any(|(own, _)| own == name);
        let looks_at = || LOOKED_AT.into_iter().chain(self.looks_at.iter().map(String::as_str));
        let is_looked_at = |name: &str| is_known(name) || looks_at().any(|prefix| name.starts_with(prefix));
        (!variables.iter().any(|(name, _)| is_looked_at(name))).then(|| Additions {
            file: file.clone(),
            arguments: arguments.to_vec(),
            variables,
        })
    }
}

#[cfg(test)]
mod tests {
    use codecanvas_protocol::Limits;

    use super::*;

    fn variable(name: &str, value: &str) -> (String, String) {
        (name.to_owned(), value.to_owned())
    }

    #[test]
    fn further_arguments_and_variables_are_told() {
        let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
        let warm = Warm {
            interpreter: Kind::Python,
            argv: words(&["python3", "main.py"]),
            env: vec![variable("PATH", "/bin"), variable("HOME", "/tmp")],
            mounts: Vec::new(),
            looks_at: words(&["PYTHON"]),
            stack_bytes: 0,
        };
        let mut command = Command { argv: words(&["python3", "main.py", "a"]), env: warm.env.clone(), ..Command::default() };
        command.env.push(variable("A", "b"));
        let additions = Additions { file: "main.py".to_owned(), arguments: words(&["a"]), variables: vec![variable("A", "b")] };
        assert_eq!(warm.additions(&command), Some(additions));

        let differs = |change: &dyn Fn(&mut Command)| {
            let mut other = command.clone();
            change(&mut other);
            warm.additions(&other)
        };
        let another = differs(&|command| command.argv[1] = "other.py".to_owned());
        assert_eq!(another.map(|additions| additions.file).as_deref(), Some("other.py"));
        assert_eq!(differs(&|command| command.argv[1] = "-i".to_owned()), None);
        assert_eq!(differs(&|command| command.argv.truncate(1)), None);
        assert_eq!(differs(&|command| command.argv[0] = "python2".to_owned()), None);
        assert_eq!(differs(&|command| command.env[0].1 = "/sbin".to_owned()), None);
        assert_eq!(differs(&|command| command.env.push(variable("HOME", "/"))), None);
        assert_eq!(differs(&|command| command.env.push(variable("PYTHONHASHSEED", "0"))), None);
        assert_eq!(differs(&|command| command.env.push(variable("LC_ALL", "C"))), None);
        assert_eq!(differs(&|command| drop(command.env.remove(0))), None);

        let deep = Command { limits: Limits { stack_bytes: 1, ..command.limits }, ..command.clone() };
        assert!(warm.additions(&deep).is_some());

        let java = Warm { interpreter: Kind::Java, ..warm };
        assert_eq!(java.additions(&command), None);
        let plain = Command { argv: java.argv.clone(), env: java.env.clone(), ..Command::default() };
        assert!(java.additions(&plain).is_some());
        assert_eq!(java.additions(&Command { argv: command.argv.clone(), ..plain.clone() }), None);
        assert_eq!(java.additions(&Command { env: command.env.clone(), ..plain.clone() }), None);

        let ruby = Warm { interpreter: Kind::Ruby, stack_bytes: plain.limits.stack_bytes, ..java };
        assert!(ruby.additions(&plain).is_some());
        assert_eq!(ruby.additions(&Command { limits: deep.limits, ..plain }), None);
    }
}
