import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensureInstalled } from './lib/install.mjs';
import { inRoot } from './lib/root.mjs';
import { runNode } from './lib/run-program.mjs';
import { ensureSystemTools } from './lib/system-tools.mjs';
import { runScript } from './lib/run-script.mjs';

/** @typedef {{ name: string, value: number, unit: string, target?: string, ok: boolean }} BenchRow */

const REPORT = inRoot('docs/benchmarks.md');
const TIME_LIMIT_MS = 600_000;

/** Left to Node: native code, and programs that look for their own files. */
const EXTERNAL = ['@napi-rs/keyring', 'playwright-core', 'vite'];

/**
 * Runs the benchmarks below `bench/`, or those whose names are given, each in its own process. All of them together are written to
 * docs/benchmarks.md; a selection is only printed.
 *
 * @param {readonly string[]} wanted
 * @returns {Promise<number>} 0 when every target was met
 */
async function bench(wanted) {
  await ensureInstalled();
  await ensureSystemTools();
  const { build } = await import('./build.mjs');
  await build();
  const all = fs.readdirSync(inRoot('bench')).filter((file) => file.endsWith('.ts'));
  const chosen = wanted.length === 0 ? all : all.filter((file) => wanted.includes(path.parse(file).name));
  const sections = [];
  for (const file of chosen.sort()) {
    console.log(`bench/${file} ...`);
    const rows = await runBenchmark(file);
    sections.push({ file, rows });
    console.log(toTable(rows));
  }
  if (wanted.length === 0) {
    fs.writeFileSync(REPORT, toReport(sections));
    console.log(`Written to ${path.relative(process.cwd(), REPORT)}.`);
  }
  return sections.length > 0 && sections.every(({ rows }) => rows.every((row) => row.ok)) ? 0 : 1;
}

/** @param {string} file @returns {Promise<BenchRow[]>} */
async function runBenchmark(file) {
  const outDir = inRoot('dist', `.bench-${process.pid}`, path.parse(file).name);
  const answer = path.join(outDir, 'rows.json');
  try {
    const bundle = await bundleBenchmark(file, outDir);
    const script = [
      `import { run } from ${JSON.stringify(pathToFileURL(bundle).href)};`,
      `import { writeFileSync } from 'node:fs';`,
      `writeFileSync(${JSON.stringify(answer)}, JSON.stringify(await run()));`,
      `process.exit(0);`,
    ].join('\n');
    const { code } = await runNode(['--expose-gc', '--input-type=module', '--eval', script], {
      timeoutMs: TIME_LIMIT_MS,
    });
    return code === 0 ? JSON.parse(fs.readFileSync(answer, 'utf8')) : [failedRow(file, `exit code ${code}`)];
  } finally {
    fs.rmSync(path.dirname(outDir), { recursive: true, force: true });
  }
}

/** @param {string} file @param {string} reason @returns {BenchRow} */
function failedRow(file, reason) {
  return { name: `bench/${file} did not finish (${reason})`, value: Number.NaN, unit: '', ok: false };
}

/** @param {string} file @param {string} outDir @returns {Promise<string>} the bundled program */
async function bundleBenchmark(file, outDir) {
  const vite = await import('vite');
  await vite.build({
    configFile: false,
    root: inRoot(),
    logLevel: 'warn',
    publicDir: false,
    ssr: { noExternal: true, external: EXTERNAL, target: 'node' },
    build: {
      ssr: inRoot('bench', file),
      target: 'node20',
      outDir,
      minify: false,
      rolldownOptions: {
        external: EXTERNAL,
        output: { entryFileNames: 'bench.mjs', chunkFileNames: '[name]-[hash].mjs' },
      },
    },
  });
  return path.join(outDir, 'bench.mjs');
}

/** @param {readonly BenchRow[]} rows */
function toTable(rows) {
  const lines = rows.map(
    (row) =>
      `| ${row.name} | ${formatNumber(row.value)} ${row.unit} | ${row.target ?? ''} | ${row.ok ? 'yes' : '**no**'} |`,
  );
  return ['| what | measured | target | met |', '|---|---:|---:|---|', ...lines].join('\n');
}

/** Three significant digits, or whole numbers from a hundred on. @param {number} value */
function formatNumber(value) {
  return Math.abs(value) >= 100 ? Math.round(value).toLocaleString('en') : String(Number(value.toPrecision(3)));
}

/** @param {readonly { file: string, rows: readonly BenchRow[] }[]} sections */
function toReport(sections) {
  const machine = `${os.cpus().length} x ${os.cpus()[0]?.model.trim() ?? 'CPU'}, ${process.platform} ${process.arch}, Node.js ${process.versions.node}`;
  const head = [
    '# Benchmarks',
    '',
    'Written by `npm run bench`; each file of `bench/` runs in a process of its own.',
    '',
    `Machine: ${machine}. An empty \`node -e 0\` takes ${emptyNodeMs().toFixed(0)} ms here; it takes 20 to 65 on most, so set numbers in`,
    'milliseconds against that.',
  ];
  const body = sections.flatMap(({ file, rows }) => ['', `## ${path.parse(file).name}`, '', toTable(rows)]);
  return [...head, ...body, ''].join('\n');
}

/** How long Node takes to do nothing, at best: how fast this machine is just now. @returns {number} */
function emptyNodeMs() {
  const times = Array.from({ length: 9 }, () => {
    const startedAt = performance.now();
    // What this shell has Node load at its start, certificates for one, says nothing of the machine.
    spawnSync(process.execPath, ['-e', '0'], { env: {} });
    return performance.now() - startedAt;
  });
  return Math.min(...times);
}

await runScript(bench);
