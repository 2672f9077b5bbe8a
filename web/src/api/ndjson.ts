// Reads a stream of JSON lines. The network cuts it anywhere, also within a character: bytes are decoded as one stream, and a
// line is parsed when its end has arrived.

export async function* readLines<T>(body: ReadableStream<Uint8Array>): AsyncGenerator<T[]> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = '';
  try {
    for (;;) {
      const { done, value } = await reader.read();
      rest += done ? decoder.decode() : decoder.decode(value, { stream: true });
      const end = done ? rest.length : rest.lastIndexOf('\n') + 1;
      if (end > 0) {
        const complete = rest.slice(0, end);
        rest = rest.slice(end);
        // All lines that arrived together are handed on together: one wait for each piece of network, not for each line.
        const parsed = complete.split('\n').filter((line) => line.trim() !== '').map((line) => JSON.parse(line) as T);
        if (parsed.length > 0) yield parsed;
      }
      if (done) return;
    }
  } finally {
    reader.cancel().catch(() => {});
  }
}
