import { openSync } from 'node:fs';
import { writeFileAtomic } from '../../../../src/core/files/atomic-file.ts';
import { toFailure } from '../../../../src/core/model/errors.ts';

// Writes a file once and tells as JSON how it went. With `full`, after using up all the files that may be open.
const [path = '', content = '', isFull = ''] = process.argv.slice(2);

if (isFull === 'full') {
  try {
    for (;;) {
      openSync('/dev/null', 'r');
    }
  } catch {
    // That was the last one.
  }
}

writeFileAtomic(path, content).then(
  () => process.stdout.write(JSON.stringify({ ok: true })),
  (error: unknown) => process.stdout.write(JSON.stringify({ ok: false, failure: toFailure(error) })),
);
