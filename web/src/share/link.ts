// A program in the fragment of an address: `#p=1.…`. Fragments stay in the browser, so a shared program is on no server.
import { fromBase64Url, toBase64Url } from '../api/base64';
import { isProgram, type Program } from '../workspace/program';

const KEY = '#p=';
const VERSION = '1.';
/** A link that unpacks to more than this was made to hurt. */
const MOST_BYTES = 16 * 2 ** 20;

/** The encoded program of an address's fragment, if there is one. */
export function fragmentOf(hash: string): string | undefined {
  return hash.startsWith(KEY) ? hash.slice(KEY.length) : undefined;
}

export async function shareLink(program: Program, page: URL): Promise<string> {
  const link = new URL(page);
  link.hash = KEY + (await encodeProgram(program));
  return link.href;
}

export async function encodeProgram(program: Program): Promise<string> {
  const { language: l, files, entrypoint: e, stdin: i, args: a, limits: m } = program;
  const f = files.map(({ name, content, encoding }) => (encoding === 'base64' ? [name, content, 1] : [name, content]));
  const compact = { l, f, ...(files.length > 1 && { e }), ...(i && { i }), ...(a && { a }), ...(Object.keys(m).length > 0 && { m }) };
  const packed = new Blob([JSON.stringify(compact)]).stream().pipeThrough(new CompressionStream('deflate-raw'));
  return VERSION + toBase64Url(new Uint8Array(await new Response(packed).arrayBuffer()));
}

/** Nothing when the link is damaged or newer than this page. */
export async function decodeProgram(encoded: string): Promise<Program | undefined> {
  if (!encoded.startsWith(VERSION)) return undefined;
  try {
    const { l, f, e, i = '', a = '', m = {} } = JSON.parse(await unpack(fromBase64Url(encoded.slice(VERSION.length))));
    const files = (f as [string, string, number?][]).map(([name, content, binary]) => ({ name, content, ...(binary && { encoding: 'base64' as const }) }));
    const program = { language: l, files, entrypoint: e ?? files[0]?.name, stdin: i, args: a, limits: m };
    return isProgram(program) ? program : undefined;
  } catch {
    return undefined;
  }
}

async function unpack(packed: Uint8Array<ArrayBuffer>): Promise<string> {
  const reader = new Blob([packed]).stream().pipeThrough(new DecompressionStream('deflate-raw')).getReader();
  const decoder = new TextDecoder();
  let text = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    text += decoder.decode(value, { stream: true });
    if (text.length > MOST_BYTES) throw new Error('too large');
  }
}
