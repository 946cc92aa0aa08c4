import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A file as a real tool read it: sections with their keys, or undefined where the tool refused the file. */
export type OracleReading = Record<string, Record<string, unknown>> | undefined;

const PYTHON = '/usr/bin/python3';

// Universal newlines and the locale's encoding as in real life: the text goes through a file.
const BOTOCORE_SCRIPT = `
import json, os, sys, tempfile
from botocore.configloader import raw_config_parse
from botocore.exceptions import ConfigParseError
path = os.path.join(tempfile.mkdtemp(), 'config')
results = []
for text in json.load(sys.stdin):
    with open(path, 'wb') as f:
        f.write(text.encode('utf-8'))
    try:
        results.append(raw_config_parse(path))
    except ConfigParseError as e:
        results.append(None)
os.remove(path)
os.rmdir(os.path.dirname(path))
json.dump(results, sys.stdout)
`;

/** Whether Debian's python3-botocore is there. */
export function hasBotocore(): boolean {
  try {
    execFileSync(PYTHON, ['-c', 'import botocore'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** What the real `botocore.configloader.raw_config_parse` reads in each text. */
export function readWithBotocore(texts: readonly string[]): readonly OracleReading[] {
  const output = execFileSync(PYTHON, ['-X', 'utf8', '-c', BOTOCORE_SCRIPT], {
    input: asciiJson(texts),
    maxBuffer: 2 ** 30,
    encoding: 'utf8',
  });
  return (JSON.parse(output) as readonly (OracleReading | null)[]).map((reading) => reading ?? undefined);
}

/** Runs any Python script with a JSON value on its stdin; its stdout is JSON too. */
export function askPython(script: string, input: unknown): unknown {
  const output = execFileSync(PYTHON, ['-X', 'utf8', '-c', script], {
    input: asciiJson(input),
    maxBuffer: 2 ** 30,
    encoding: 'utf8',
  });
  return JSON.parse(output);
}

interface SharedConfigModule {
  parseKnownFiles(init: {
    readonly filepath: string;
    readonly configFilepath: string;
    readonly ignoreCache: boolean;
  }): Promise<Record<string, Record<string, string>>>;
  loadSharedConfigFiles(init: {
    readonly filepath: string;
    readonly configFilepath: string;
    readonly ignoreCache: boolean;
  }): Promise<{
    readonly configFile: Record<string, Record<string, string>>;
    readonly credentialsFile: Record<string, Record<string, string>>;
  }>;
}

/** The JS SDK's own reader of the shared files, or undefined where the package manager hid it. */
export function jsSdkReader(): SharedConfigModule | undefined {
  try {
    return createRequire(import.meta.url)('@smithy/core/config') as SharedConfigModule;
  } catch {
    return undefined;
  }
}

/** What the real JS SDK reads in a text, as config file and as credentials file. */
export async function readWithJsSdk(
  sdk: SharedConfigModule,
  text: string | Uint8Array,
): Promise<Record<'config' | 'credentials', Record<string, Record<string, string>>>> {
  const folder = mkdtempSync(join(tmpdir(), 'rolecall-js-'));
  try {
    const path = join(folder, 'file');
    writeFileSync(path, text);
    const files = await sdk.loadSharedConfigFiles({ filepath: path, configFilepath: path, ignoreCache: true });
    // Without functions: a section named like a member of Object.prototype becomes one.
    return JSON.parse(JSON.stringify({ config: files.configFile, credentials: files.credentialsFile })) as Record<
      'config' | 'credentials',
      Record<string, Record<string, string>>
    >;
  } finally {
    if (existsSync(folder)) {
      rmSync(folder, { recursive: true });
    }
  }
}

function asciiJson(value: unknown): string {
  return JSON.stringify(value).replace(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
