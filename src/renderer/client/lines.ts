/** Longest line taken from the host: a snapshot of 20,000 roles is a few megabytes. */
const LONGEST_LINE = 64 * 1024 * 1024;

/** The lines of a byte stream, empty ones left out. Throws when a line grows beyond all bounds or the stream breaks. */
export async function* lines(stream: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const reader = stream.pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>).getReader();
  let rest = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) {
      break;
    }
    const parts = (rest + value).split('\n');
    rest = parts.pop() ?? '';
    if (rest.length > LONGEST_LINE) {
      await reader.cancel();
      throw new RangeError('A message of the Rolecall host is longer than any it sends.');
    }
    yield* parts.filter((line) => line.trim() !== '');
  }
  if (rest.trim() !== '') {
    yield rest;
  }
}
