// The real server, one for each worker; and what it has running.
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

export class Server {
  private constructor(
    readonly url: string,
    private readonly child: ChildProcess,
  ) {}

  static async start(): Promise<Server> {
    const program = process.env['CODECANVAS'];
    if (!program) throw new Error('CODECANVAS must be the path of the program to test');
    const child = spawn(program, ['serve', '--listen', '127.0.0.1:0', '--config', patience()], { stdio: ['ignore', 'pipe', 'inherit'], env: environment() });
    for await (const line of createInterface({ input: child.stdout! })) {
      const url = /^Listening on (http:\/\/\S+)/.exec(line)?.[1];
      if (url) return new Server(url, child);
    }
    throw new Error('the server ended without having listened');
  }

  async stop() {
    const ended = new Promise((resolve) => this.child.once('exit', resolve));
    this.child.kill('SIGTERM');
    await ended;
  }

  /** The command lines of all processes below the server that contain a text. */
  processesWith(text: string): string[] {
    const parents = new Map<number, number>();
    for (const entry of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
      // A process may be gone by now.
      const stat = read(`/proc/${entry}/stat`);
      if (stat) parents.set(Number(entry), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]));
    }
    const isBelow = (pid: number): boolean => {
      const parent = parents.get(pid);
      return parent === this.child.pid || (parent !== undefined && parent > 1 && isBelow(parent));
    };
    return [...parents.keys()]
      .filter(isBelow)
      .map((pid) => read(`/proc/${pid}/cmdline`).replaceAll('\0', ' '))
      .filter((line) => line.includes(text));
  }
}

/** A configuration in which a program that a test stops is not stopped by its time first, however slow the machine is. */
function patience(): string {
  const file = join(mkdtempSync(join(tmpdir(), 'codecanvas-')), 'patient.toml');
  writeFileSync(file, '[engine.run.defaults]\ncpu_time = "1m"\nwall_time = "2m"\n');
  return file;
}

/** Our own, without what npm adds: the server would take the page's TypeScript for the machine's. */
function environment(): NodeJS.ProcessEnv {
  const path = (process.env['PATH'] ?? '').split(':').filter((folder) => !folder.includes('node_modules'));
  return { ...process.env, PATH: path.join(':'), CODECANVAS_LOG: 'warn' };
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
