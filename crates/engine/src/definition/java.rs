//! Java's rule for names: a public class `Greeter` has to be in `Greeter.java`, and is started as `package.Greeter`.
//!
//! A reader of words and braces is enough for that: comments and literals are passed over, and only what stands outside all
//! braces can name a class. Source that does not compile gets some name, and the compiler says the rest.

/// What the names of a source file follow from.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Names {
    package: Option<String>,
    /// The public top-level type.
    public: Option<String>,
    /// The first top-level type with a `main` method.
    with_main: Option<String>,
}

/// The file that this source has to be in, if its public class demands one.
pub(super) fn file_name(source: &str) -> Option<String> {
    read(source).public.map(|class| format!("{class}.java"))
}

/// The class to start, with its package. `file` names the source and stands in when no class in it can be started.
pub(super) fn main_class(file: &str, source: &str) -> String {
    let names = read(source);
    let stem = || file.rsplit('/').next().unwrap_or(file).trim_end_matches(".java").to_owned();
    let class = names.with_main.or(names.public).unwrap_or_else(stem);
    match names.package {
        Some(package) => format!("{package}.{class}"),
        None => class,
    }
}

fn read(source: &str) -> Names {
    let mut names = Names::default();
    let mut depth = 0_u32;
    let mut is_public = false;
    let mut current: Option<String> = None;
    let tokens = tokens(source);
    for (index, token) in tokens.iter().enumerate() {
        let next = tokens.get(index + 1).copied();
        match (*token, depth) {
            ("{", _) => depth += 1,
            ("}", _) => {
                depth = depth.saturating_sub(1);
                is_public = false;
            }
            ("package", 0) => {
                // Looked at once: a source may have nothing but these.
                names.package.get_or_insert_with(|| {
                    let words = tokens[index + 1..].iter().take_while(|token| is_word(token) || **token == ".");
                    words.copied().collect()
                });
            }
            ("public", 0) => is_public = true,
            (";", 0) => is_public = false,
            ("class" | "interface" | "enum" | "record", 0) if next.is_some_and(is_word) => {
                let name = next.unwrap_or_default().to_owned();
                if is_public {
                    names.public.get_or_insert(name.clone());
                }
                current = Some(name);
            }
            ("main", 1) if index > 0 && tokens[index - 1] == "void" && next == Some("(") && names.with_main.is_none() => {
                names.with_main = current.clone();
            }
            _ => {}
        }
    }
    names
}

fn is_word(token: &str) -> bool {
    token.starts_with(|first: char| first.is_alphabetic() || first == '_' || first == '$')
}

/// Words and single marks, without white space, comments and literals.
fn tokens(source: &str) -> Vec<&str> {
    let mut tokens = Vec::new();
    let mut rest = source;
    while let Some(first) = rest.chars().next() {
        let word = rest.find(|c: char| !c.is_alphanumeric() && c != '_' && c != '$').unwrap_or(rest.len());
        let length = if first.is_whitespace() {
            first.len_utf8()
        } else if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if let Some(comment) = rest.strip_prefix("/*") {
            comment.find("*/").map_or(rest.len(), |end| end + 4)
        } else if rest.starts_with("\"\"\"") {
            literal(rest, "\"\"\"")
        } else if first == '"' {
            literal(rest, "\"")
        } else if first == '\'' {
            literal(rest, "'")
        } else {
            let length = if word > 0 { word } else { first.len_utf8() };
            tokens.push(&rest[..length]);
            length
        };
        rest = &rest[length..];
    }
    tokens
}

/// The length of the literal that `text` begins with, its two marks included. One that is never closed ends with its line.
fn literal(text: &str, mark: &str) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(mark.len()) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '\n' if mark.len() == 1 => return at,
            _ if text[at..].starts_with(mark) => return at + mark.len(),
            _ => {}
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// With a look at all that follows for each word this would take minutes.
    #[test]
    fn a_source_of_nothing_but_packages_is_read_once() {
        let source = "package ".repeat(200_000);
        assert_eq!(main_class("Main.java", &source).len(), "package".len() * 199_999 + ".Main".len());
    }

    #[test]
    fn the_public_class_names_the_file() {
        assert_eq!(file_name("import java.util.*;\n\npublic class Greeter {}").as_deref(), Some("Greeter.java"));
        assert_eq!(file_name("public final class A<T> extends B {}").as_deref(), Some("A.java"));
        assert_eq!(file_name("public sealed interface Shape permits A {}").as_deref(), Some("Shape.java"));
        assert_eq!(
            file_name("class Helper { public class Inner {} }\npublic record Point(int x) {}").as_deref(),
            Some("Point.java")
        );
        assert_eq!(file_name("class Main {}"), None);
        assert_eq!(file_name("print('hello')"), None);
    }

    #[test]
    fn comments_and_strings_name_nothing() {
        let source = "// public class A {\n/* public class B { */\nclass C { String s = \"} public class D {\\\"\"; char c = '}'; }\n\
                      class T { String t = \"\"\"\n } public class U { \"quoted\"\n\"\"\"; }\npublic class E {}";
        assert_eq!(file_name(source).as_deref(), Some("E.java"));
    }

    #[test]
    fn the_class_that_is_started_has_main_and_its_package() {
        let main = "static void main(String[] args) {}";
        assert_eq!(main_class("Main.java", &format!("class Hello {{ public {main} }}")), "Hello");
        assert_eq!(main_class("Main.java", &format!("class A {{}} class B {{ {main} }}")), "B");
        assert_eq!(main_class("app/Main.java", &format!("package org.app ;\npublic class Main {{ {main} }}")), "org.app.Main");
        assert_eq!(
            main_class("Main.java", &format!("@Author(name = \"x\") public class Main {{ class I {{ {main} }} }}")),
            "Main"
        );
        assert_eq!(main_class("lib/Other.java", "not java at all {"), "Other");
        assert_eq!(main_class("Main.java", "package a.b | \0 \"x\" class A {"), "a.b.Main");
        assert_eq!(main_class("Main.java", "class A { int main() { return 1; } } \"never closed"), "Main");
    }
}
