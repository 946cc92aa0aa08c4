import { fileURLToPath } from 'node:url';

/** The built command; `npm test` builds it before any test runs. */
export const ROLECALL = fileURLToPath(new URL('../../dist/cli/rolecall.js', import.meta.url));
