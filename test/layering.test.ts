import fs from 'node:fs';
import { builtinModules } from 'node:module';
import path from 'node:path';
import { parseSync } from 'vite';
import { describe, expect, test } from 'vitest';

/** What the code of one folder may use. The longest matching folder decides. */
interface Layer {
  readonly folder: string;
  /** Folders and files of `src` besides its own. */
  readonly may: readonly string[];
  /** Folders and files that may be imported only lazily: a program loads them when they are asked for. */
  readonly mayLazily?: readonly string[];
  readonly node: boolean;
  /** Electron, by the module names allowed. */
  readonly electron?: readonly string[];
  /** Packages; all but `electron` and React when not said. */
  readonly packages?: readonly RegExp[];
}

const SANDBOX_DOORS = ['sandbox/create-sandbox.ts', 'sandbox/open-demo.ts', 'sandbox/seed-home.ts'];

const LAYERS: readonly Layer[] = [
  { folder: 'shared', may: [], node: false, packages: [/^valibot$/] },
  { folder: 'core/model', may: ['shared'], node: true },
  { folder: 'core/aws', may: ['core/model', 'shared'], node: true },
  { folder: 'core/files', may: ['core/model', 'shared'], node: true },
  { folder: 'core/secrets', may: ['core/model', 'shared'], node: true },
  { folder: 'core/session', may: ['core/aws', 'core/files', 'core/secrets', 'core/model', 'shared'], node: true },
  { folder: 'core/app', may: ['core', 'shared'], node: true },
  { folder: 'core/helper', may: ['core', 'shared'], node: true },
  { folder: 'core/broker', may: ['core', 'shared'], node: true },
  {
    folder: 'core/browsers',
    may: ['core/session', 'core/files', 'core/loopback', 'core/model', 'shared'],
    node: true,
  },
  {
    folder: 'core/terminals',
    may: ['core/browsers', 'core/session', 'core/files', 'core/model', 'shared'],
    node: true,
  },
  { folder: 'core/loopback', may: ['core/model', 'shared'], node: true },
  { folder: 'cli', may: ['core', 'shared'], mayLazily: [...SANDBOX_DOORS, 'web'], node: true },
  { folder: 'web', may: ['core', 'shared'], node: true },
  {
    folder: 'main',
    may: ['core', 'shared'],
    mayLazily: SANDBOX_DOORS,
    node: true,
    electron: ['electron', 'electron/main'],
    packages: [/^electron-store$/, /^valibot$/],
  },
  { folder: 'preload', may: ['shared'], node: false, electron: ['electron/renderer'], packages: [] },
  {
    folder: 'renderer',
    may: ['shared'],
    node: false,
    packages: [/^react(-dom)?(\/.*)?$/, /^uqr$/, /^valibot$/],
  },
  { folder: 'sandbox', may: ['shared', 'core/model'], node: true },
];

interface Import {
  readonly specifier: string;
  readonly lazy: boolean;
}

/** Every module a file names: imports, re-exports, `import()` as expression and as type. */
function importsOf(file: string, source: string): Import[] {
  const { program, errors } = parseSync(file, source);
  if (errors.length > 0) {
    throw new Error(`${file}: ${errors[0]?.message ?? 'cannot be parsed'}`);
  }
  const found: Import[] = [];
  visit(program, (node) => {
    const specifier = specifierOf(node);
    if (specifier !== undefined) {
      found.push({ specifier, lazy: node.type === 'ImportExpression' || isTypeOnly(node) });
    }
  });
  return found;
}

const IMPORTING = new Set([
  'ImportDeclaration',
  'ExportNamedDeclaration',
  'ExportAllDeclaration',
  'ImportExpression',
  'TSImportType',
]);

type Node = Readonly<Record<string, unknown>>;

function specifierOf(node: Node): string | undefined {
  const { source } = node;
  const named = typeof node.type === 'string' && IMPORTING.has(node.type) && isNode(source);
  return named && typeof source.value === 'string' ? source.value : undefined;
}

/** Types are gone when the program runs, so naming them loads nothing. */
function isTypeOnly(node: Node): boolean {
  return node.type === 'TSImportType' || node.importKind === 'type' || node.exportKind === 'type';
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null;
}

function visit(value: unknown, action: (node: Node) => void): void {
  if (Array.isArray(value)) {
    value.forEach((item) => visit(item, action));
  } else if (isNode(value)) {
    action(value);
    Object.values(value).forEach((item) => visit(item, action));
  }
}

/** What is wrong with one import of one file (`file` is its path below `src`); undefined when it may be. */
function violation(file: string, { specifier, lazy }: Import): string | undefined {
  const layer = layerOf(file);
  if (layer === undefined) {
    return `${file}: no layer is named for its folder`;
  }
  const verdict = specifier.startsWith('.')
    ? mayImportFile(layer, path.posix.join(path.posix.dirname(file), specifier), lazy)
    : mayImportPackage(layer, specifier);
  return verdict ? undefined : `${file} imports ${specifier}${lazy ? ' (lazily)' : ''}`;
}

function layerOf(file: string): Layer | undefined {
  return LAYERS.filter(({ folder }) => isBelow(folder, file)).sort((a, b) => b.folder.length - a.folder.length)[0];
}

function isBelow(place: string, file: string): boolean {
  return file === place || file.startsWith(`${place}/`);
}

function mayImportFile(layer: Layer, target: string, lazy: boolean): boolean {
  const places = [layer.folder, ...layer.may, ...(lazy ? (layer.mayLazily ?? []) : [])];
  return places.some((place) => isBelow(place, target));
}

function mayImportPackage(layer: Layer, specifier: string): boolean {
  if (specifier.startsWith('node:') || builtinModules.includes(specifier)) {
    return layer.node && specifier.startsWith('node:');
  }
  if (/^electron(\/|$)/.test(specifier)) {
    return layer.electron?.includes(specifier) ?? false;
  }
  return layer.packages?.some((allowed) => allowed.test(specifier)) ?? !/^(react|electron)/.test(specifier);
}

const SRC = path.resolve(import.meta.dirname, '../src');

function sourceFiles(): string[] {
  return fs
    .readdirSync(SRC, { recursive: true, encoding: 'utf8' })
    .map((file) => file.replaceAll(path.sep, '/'))
    .filter((file) => /\.tsx?$/.test(file));
}

test('every import in src goes along the arrows of the layout', () => {
  const wrong = sourceFiles().flatMap((file) => {
    const imports = importsOf(file, fs.readFileSync(path.join(SRC, file), 'utf8'));
    return imports.map((each) => violation(file, each)).filter((text) => text !== undefined);
  });
  expect(wrong).toEqual([]);
});

describe('the check itself', () => {
  const refused: readonly (readonly [file: string, source: string])[] = [
    ['core/session/x.ts', `import { app } from 'electron';`],
    ['core/session/x.ts', `import type { App } from 'electron';`],
    ['core/session/x.ts', `type App = import('electron').App;`],
    ['core/session/x.ts', `import { createCore } from '../app/create-core.ts';`],
    ['core/aws/x.ts', `export { y } from '../files/y.ts';`],
    ['core/files/x.ts', `export * from '../session/y.ts';`],
    ['core/model/x.ts', `import React from 'react';`],
    ['core/model/x.ts', `import fs from 'fs';`],
    ['shared/x.ts', `import fs from 'node:fs';`],
    ['renderer/x.tsx', `import { Secret } from '../core/model/secret.ts';`],
    ['renderer/x.tsx', `await import('node:fs');`],
    ['renderer/x.tsx', `import { ipcRenderer } from 'electron/renderer';`],
    ['preload/x.ts', `import { app } from 'electron';`],
    ['main/x.ts', `import { host } from '../web/host.ts';`],
    ['main/x.ts', `import { createSandbox } from '../sandbox/create-sandbox.ts';`],
    ['main/x.ts', `await import('../sandbox/world.ts');`],
    ['web/x.ts', `await import('../cli/main.ts');`],
    ['web/x.ts', `import type { X } from '../cli/main.ts';`],
    ['cli/x.ts', `import { startHost, type Host } from '../web/start-host.ts';`],
    ['sandbox/x.ts', `import { y } from '../core/aws/y.ts';`],
    ['elsewhere/x.ts', `import { y } from './y.ts';`],
  ];
  test.each(refused)('%s: %s is refused', (file, source) => {
    expect(importsOf(file, source).map((each) => violation(file, each))).toEqual([expect.stringContaining(file)]);
  });

  const allowed: readonly (readonly [file: string, source: string])[] = [
    ['main/x.ts', `import { app } from 'electron';`],
    ['main/x.ts', `await import('../sandbox/create-sandbox.ts');`],
    ['cli/x.ts', `await import('../web/start-host.ts');`],
    ['cli/x.ts', `import type { Host } from '../web/start-host.ts';`],
    ['core/app/x.ts', `import { y } from '../session/y.ts';`],
    ['core/files/x.ts', `import fs from 'node:fs';`],
    ['renderer/views/x.tsx', `import { targetKey } from '../../shared/role-target.ts';`],
  ];
  test.each(allowed)('%s: %s is allowed', (file, source) => {
    expect(importsOf(file, source).map((each) => violation(file, each))).toEqual([undefined]);
  });
});
