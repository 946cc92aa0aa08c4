import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { build } from './build.mjs';
import { fuseFaults, programWithFuses } from './lib/fuses.mjs';
import { inRoot } from './lib/root.mjs';
import { runNode } from './lib/run-program.mjs';
import { stageCommand } from './lib/stage-command.mjs';

/**
 * Checks how the app would be packed, without a download: both configurations against electron-builder's schema, then a release that
 * electron-builder really makes around a program that has Electron's fuses and nothing else of it: what its archive holds, and the
 * fuses, read back from the packed program.
 *
 * It proves the file list and the fuses, never that the packed app starts: that takes the real runtime. Given a path, it reads the
 * fuses of a program that was packed with the real one: `node scripts/check-package.mjs release/mac/Rolecall.app`.
 */

/** What the archive must hold, and what must not be in it. */
const NEEDED = [
  'dist/main/main.js',
  'dist/preload/preload.cjs',
  'dist/renderer/index.html',
  'assets/tray/live.png',
  'assets/tray/liveTemplate@2x.png',
  'assets/tray/live-on-dark@1.5x.png',
  'package.json',
];
const UNWANTED = [
  /^src\//,
  /^test\//,
  /\.map$/,
  /\.tsx?$/,
  /^dist\/cli\//,
  /^node_modules\/(?!@napi-rs(\/|$))/,
  /(^|\/)\.env/,
  /^docs\//,
];

/** What lies beside the archive, for programs other than the app. */
const NEEDED_BESIDE = [
  'rolecall/dist/cli/rolecall.js',
  'rolecall/dist/renderer/index.html',
  'rolecall/package.json',
  'rolecall/node_modules/@napi-rs/keyring/index.js',
];

/** Throws where the configuration is not as electron-builder wants it. @param {string} name */
async function checkConfig(name) {
  // Inner modules of a pinned version: there is no public way to check a configuration alone.
  const { getConfig, validateConfiguration } = await import('app-builder-lib/out/util/config/config.js');
  const { DebugLogger } = await import('builder-util');
  const config = await getConfig(inRoot(), inRoot(name), null);
  await validateConfiguration(config, new DebugLogger(false));
}

/** Packs a release around a program that is not Electron. @param {string} folder @returns {Promise<string>} where it was unpacked */
async function packWithoutElectron(folder) {
  const dist = path.join(folder, 'electron');
  fs.mkdirSync(dist);
  fs.writeFileSync(path.join(dist, 'electron'), programWithFuses(), { mode: 0o755 });
  const { version } = JSON.parse(fs.readFileSync(inRoot('node_modules/electron/package.json'), 'utf8'));
  const { code, output } = await runNode(
    [
      inRoot('node_modules/electron-builder/cli.js'),
      '--linux',
      'dir',
      `--config=${inRoot('electron-builder.release.yml')}`,
      `--config.electronDist=${dist}`,
      `--config.electronVersion=${version}`,
      `--config.directories.output=${path.join(folder, 'out')}`,
      '--publish=never',
    ],
    { quiet: true },
  );
  if (code !== 0) {
    throw new Error(`electron-builder failed:\n${output}`);
  }
  return path.join(folder, 'out/linux-unpacked');
}

/** @param {string} archive @returns {Promise<string[]>} what is wrong with what it holds */
async function faultsOf(archive) {
  const { listPackage } = await import('@electron/asar');
  const files = listPackage(archive, { isPack: false }).map((file) => file.replaceAll('\\', '/').replace(/^\//, ''));
  const native = fs
    .readdirSync(`${archive}.unpacked`, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.node'));
  return [
    ...NEEDED.filter((file) => !files.includes(file)).map((file) => `${file} is missing`),
    ...files
      .filter((file) => UNWANTED.some((unwanted) => unwanted.test(file)))
      .map((file) => `${file} does not belong there`),
    ...NEEDED_BESIDE.filter((file) => !fs.existsSync(path.join(path.dirname(archive), file))).map(
      (file) => `${file} is missing`,
    ),
    ...(await commandFaults(path.join(path.dirname(archive), 'rolecall/dist/cli/rolecall.js'))),
    ...(native.length === 0 ? ['the native module of the keyring is not unpacked'] : []),
  ];
}

/** Whether the command starts from where it was packed. @param {string} command @returns {Promise<string[]>} */
async function commandFaults(command) {
  const { code, output } = await runNode([command, '--version'], { quiet: true });
  const { version } = JSON.parse(fs.readFileSync(inRoot('package.json'), 'utf8'));
  return code === 0 && output.trim() === version ? [] : [`the packed command does not start: ${output.trim()}`];
}

/** @param {readonly string[]} faults @param {string} praise */
function report(faults, praise) {
  console.log(faults.length === 0 ? praise : faults.slice(0, 20).join('\n'));
  process.exitCode = faults.length === 0 ? 0 : 1;
}

async function checkPackage() {
  await build();
  stageCommand();
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'rolecall-package-'));
  try {
    await checkConfig('electron-builder.yml');
    await checkConfig('electron-builder.release.yml');
    const unpacked = await packWithoutElectron(folder);
    const archive = path.join(unpacked, 'resources/app.asar');
    const faults = [...(await fuseFaults(path.join(unpacked, 'rolecall'))), ...(await faultsOf(archive))];
    const megabytes = (fs.statSync(archive).size / 1e6).toFixed(1);
    report(faults, `The package is as it should be (${megabytes} MB archive).`);
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

const [program] = process.argv.slice(2);
if (program === undefined) {
  await checkPackage();
} else {
  report(await fuseFaults(program), 'The fuses are as they should be.');
}
