import { describe, expect, it } from 'vitest';
import type { Program } from '../workspace/program';
import { cliCommand, curlCommand } from './commands';
import { decodeProgram, encodeProgram, fragmentOf, shareLink } from './link';

const PROGRAM: Program = {
  language: 'python3',
  files: [
    { name: 'main.py', content: 'print("žluťoučký 日本 🦀")\n' },
    { name: 'data/image.bin', content: 'AAEC/w==', encoding: 'base64' },
  ],
  entrypoint: 'main.py',
  stdin: "it's\n",
  args: '--name "Ada L" x',
  limits: { cpu_time_ms: 1500, memory_bytes: 256 * 2 ** 20 },
};
const SMALL: Program = { language: 'c', files: [{ name: 'main.c', content: 'int main(void) {}' }], entrypoint: 'main.c', stdin: '', args: '', limits: {} };

describe('a link that carries a program', () => {
  it('gives the same program back', async () => {
    for (const program of [PROGRAM, SMALL]) {
      const link = new URL(await shareLink(program, new URL('https://play.example.org/code/#old')));
      expect(link.pathname).toBe('/code/');
      expect(link.hash).toMatch(/^#p=1\.[\w-]+$/);
      expect(await decodeProgram(fragmentOf(link.hash)!)).toEqual(program);
    }
  });

  it('is nothing when it is damaged, newer, or no program', async () => {
    const encoded = await encodeProgram(PROGRAM);
    for (const broken of ['', '1.', '2.abc', encoded.slice(0, -9), '1.!!!', `1.${encoded.slice(9)}`]) expect(await decodeProgram(broken)).toBeUndefined();
    expect(fragmentOf('#other')).toBeUndefined();
  });

  it('does not unpack without an end', async () => {
    const bomb = await encodeProgram({ ...SMALL, stdin: 'x'.repeat(17 * 2 ** 20) });
    expect(await decodeProgram(bomb)).toBeUndefined();
  });
});

describe('the same run as a command', () => {
  it('with our own program', () => {
    expect(cliCommand(PROGRAM, 'http://127.0.0.1:10100')).toBe(
      `printf '%s' 'it'\\''s\n' | codecanvas run main.py data/image.bin -l python3 --url http://127.0.0.1:10100 --limit cpu_time=1500ms --limit memory=256MiB -- --name 'Ada L' x`,
    );
    expect(cliCommand({ ...SMALL, limits: { cpu_time_ms: 2000, processes: 4 } }, 'http://x')).toBe(
      'codecanvas run main.c -l c --url http://x --limit cpu_time=2s --limit processes=4',
    );
  });

  it('with curl', () => {
    const command = curlCommand(PROGRAM, 'http://127.0.0.1:10100');
    const body = /--data-binary '(.*)'$/s.exec(command)![1]!.replaceAll(`'\\''`, "'");
    expect(JSON.parse(body)).toMatchObject({ language: 'python3', entrypoint: 'main.py', stdin: "it's\n", args: ['--name', 'Ada L', 'x'] });
  });
});
