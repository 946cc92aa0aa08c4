import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const ROOT = path.join(process.cwd(), 'src/renderer');
const IMPORT = /from '(\.{1,2}\/[^']+)'/g;

/** Files that the gallery draws with: those it imports itself, and what these are made of. */
function shownFiles(): ReadonlySet<string> {
  const gallery = fs.readdirSync(path.join(ROOT, 'gallery')).map((file) => path.join('gallery', file));
  const shown = new Set(gallery.filter((file) => file.endsWith('.tsx')));
  for (const file of shown) {
    for (const [, name = ''] of fs.readFileSync(path.join(ROOT, file), 'utf8').matchAll(IMPORT)) {
      const imported = path.join(path.dirname(file), name);
      if (/\.tsx?$/.test(imported) && fs.existsSync(path.join(ROOT, imported))) {
        shown.add(imported);
      }
    }
  }
  return shown;
}

test('the gallery shows every component of the design system', () => {
  const components = fs.readdirSync(path.join(ROOT, 'components')).filter((file) => file.endsWith('.tsx'));
  expect(components.length).toBeGreaterThan(12);
  const shown = shownFiles();
  expect(components.filter((file) => !shown.has(path.join('components', file)))).toEqual([]);
});
