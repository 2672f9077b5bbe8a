// First programs, for a server that sends none of its own.

const SAMPLES: Record<string, [file: string, source: string]> = {
  bash: ['main.sh', 'for name in Ada Grace Margaret; do\n  echo "Hello, $name!"\ndone\n'],
  c: ['main.c', '#include <stdio.h>\n\nint main(void) {\n    for (int n = 1; n <= 10; n++) {\n        printf("%2d squared is %3d\\n", n, n * n);\n    }\n    return 0;\n}\n'],
  'c++': ['main.cpp', '#include <iostream>\n#include <string>\n#include <vector>\n\nint main() {\n    std::vector<std::string> names{"Ada", "Grace", "Margaret"};\n    for (const auto& name : names) {\n        std::cout << "Hello, " << name << "!\\n";\n    }\n}\n'],
  go: ['main.go', 'package main\n\nimport "fmt"\n\nfunc main() {\n\tfor _, name := range []string{"Ada", "Grace", "Margaret"} {\n\t\tfmt.Printf("Hello, %s!\\n", name)\n\t}\n}\n'],
  java: ['Main.java', 'import java.util.List;\n\npublic class Main {\n    public static void main(String[] args) {\n        for (var name : List.of("Ada", "Grace", "Margaret")) {\n            System.out.println("Hello, " + name + "!");\n        }\n    }\n}\n'],
  lua: ['main.lua', 'for _, name in ipairs({ "Ada", "Grace", "Margaret" }) do\n  print("Hello, " .. name .. "!")\nend\n'],
  nodejs: ['main.js', "for (const name of ['Ada', 'Grace', 'Margaret']) {\n  console.log(`Hello, ${name}!`);\n}\n"],
  perl: ['main.pl', 'use strict;\nuse warnings;\n\nfor my $name (qw(Ada Grace Margaret)) {\n    print "Hello, $name!\\n";\n}\n'],
  php: ['main.php', "<?php\n\nforeach (['Ada', 'Grace', 'Margaret'] as $name) {\n    echo \"Hello, $name!\\n\";\n}\n"],
  python3: ['main.py', 'names = ["Ada", "Grace", "Margaret"]\n\nfor name in names:\n    print(f"Hello, {name}!")\n'],
  ruby: ['main.rb', '%w[Ada Grace Margaret].each do |name|\n  puts "Hello, #{name}!"\nend\n'],
  rust: ['main.rs', 'fn main() {\n    for name in ["Ada", "Grace", "Margaret"] {\n        println!("Hello, {name}!");\n    }\n}\n'],
  typescript: ['main.ts', "const names: string[] = ['Ada', 'Grace', 'Margaret'];\n\nfor (const name of names) {\n  console.log(`Hello, ${name}!`);\n}\n"],
};

export const fallbackSample = (language: string) => SAMPLES[language]?.[1] ?? '';
export const fallbackFile = (language: string, extension = '') => SAMPLES[language]?.[0] ?? `main${extension}`;
