// Files that were dropped onto the editor or chosen from a dialog. Text is kept as text, everything else as base64.
import { toBase64 } from '../api/base64';
import type { SourceFile } from '../api/types';

export interface ReadFiles {
  files: SourceFile[];
  /** What could not be taken, in sentences. */
  refused: string[];
}

/** Reads as many as fit: a request has room for `mostBytes`, and base64 needs a third more. */
export async function readFiles(list: Iterable<File>, mostBytes: number): Promise<ReadFiles> {
  const read: ReadFiles = { files: [], refused: [] };
  for (const file of list) {
    const name = (file.webkitRelativePath || file.name).replaceAll('\\', '/').replace(/(^|\/)-+/g, '$1');
    if (file.size * 4 > mostBytes * 3) {
      read.refused.push(`“${name}” is larger than this server accepts.`);
      continue;
    }
    try {
      read.files.push(sourceFile(name, new Uint8Array(await file.arrayBuffer())));
    } catch {
      // What a folder gives, and a file that went away.
      read.refused.push(`“${name}” could not be read. Only files can be added, no folders.`);
    }
  }
  return read;
}

export function sourceFile(name: string, bytes: Uint8Array): SourceFile {
  try {
    const content = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    if (!content.includes('\0')) return { name, content };
  } catch {
    // Not text.
  }
  return { name, content: toBase64(bytes), encoding: 'base64' };
}
