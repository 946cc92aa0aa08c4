import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository's top folder. */
export const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');

/** A path below the repository's top folder. */
export const inRoot = (/** @type {string[]} */ ...parts) => path.join(ROOT, ...parts);
