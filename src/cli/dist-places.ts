import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Where the built parts lie, seen from the built command (`dist/cli`). */
export const RENDERER_DIR = fileURLToPath(new URL('../renderer/', import.meta.url));

/** The absolute path of this command, as `credential_process` lines name it. */
export const COMMAND_FILE = fileURLToPath(new URL('./rolecall.js', import.meta.url));

/** The product's version, from its package.json. */
export function productVersion(): string {
  const parsed: unknown = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  return typeof parsed === 'object' && parsed !== null && 'version' in parsed ? String(parsed.version) : '0.0.0';
}
