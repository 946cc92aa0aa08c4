import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

/** Looks like a secret access key. */
export const CANARY = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';

/** Files below `folder` that hold one of `canaries` in their name or content: raw, UTF-16, hex, or Base64 at any of its three positions. */
export async function canaryHits(folder: string, canaries: readonly string[]): Promise<string[]> {
  const forms = canaries.flatMap(formsOf);
  const names = await readdir(folder, { recursive: true });
  const hits = await Promise.all(
    names.map(async (name) => {
      // Folders, sockets and files gone meanwhile have no content to read.
      const bytes = await readFile(path.join(folder, name)).catch(() => Buffer.alloc(0));
      return [Buffer.from(name), bytes].some((text) => forms.some((form) => text.includes(form))) ? [name] : [];
    }),
  );
  return hits.flat();
}

function formsOf(canary: string): Buffer[] {
  const bytes = Buffer.from(canary);
  const inBase64 = [0, 1, 2].map((shift) =>
    Buffer.concat([Buffer.alloc(shift), bytes])
      .toString('base64')
      .slice(4, -4),
  );
  return [
    bytes,
    Buffer.from(canary, 'utf16le'),
    Buffer.from(bytes.toString('hex')),
    ...inBase64.map((form) => Buffer.from(form)),
  ];
}
