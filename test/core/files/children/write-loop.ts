import { writeFileSync } from 'node:fs';
import { writeFileAtomic } from '../../../../src/core/files/atomic-file.ts';

// Writes one whole content after the other to a file until it is killed. `in-place` writes as a careless program would.
const [path = '', mode = 'atomic'] = process.argv.slice(2);

const contents = [1, 2, 3].map(
  (generation) => `[profile p]\nregion = generation-${generation}\n`.repeat(2_000) + `# end ${generation}\n`,
);

async function writeForEver(): Promise<void> {
  process.stdout.write('ready');
  for (let turn = 0; ; turn += 1) {
    const text = contents[turn % contents.length] ?? '';
    if (mode === 'in-place') {
      writeFileSync(path, text);
    } else {
      await writeFileAtomic(path, text);
    }
  }
}

void writeForEver();
