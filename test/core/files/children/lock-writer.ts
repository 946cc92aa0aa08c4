import { appendFileSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs';
import { withFileLock } from '../../../../src/core/files/file-lock.ts';

// Under a lock: counts a number in a file up, with a pause between reading and writing. Tells when two are in at once.
const [lockDir = '', counter = '', turns = '1', hang = ''] = process.argv.slice(2);

async function count(): Promise<void> {
  const inside = `${counter}.inside`;
  writeFileSync(inside, String(process.pid), { flag: 'wx' });
  const value = Number(readFileSync(counter, 'utf8'));
  await new Promise((resolve) => setTimeout(resolve, 1));
  writeFileSync(counter, String(value + 1));
  if (readFileSync(inside, 'utf8') !== String(process.pid)) {
    appendFileSync(`${counter}.broken`, 'x');
  }
  unlinkSync(inside);
}

async function main(): Promise<void> {
  if (hang === 'hang') {
    await withFileLock(lockDir, 'key', () => {
      process.stdout.write('in');
      return new Promise(() => setInterval(() => undefined, 1_000));
    });
  }
  for (let turn = 0; turn < Number(turns); turn += 1) {
    await withFileLock(lockDir, 'key', count);
  }
  process.stdout.write('done');
}

main().catch((error: unknown) => {
  appendFileSync(`${counter}.broken`, String(error));
});
