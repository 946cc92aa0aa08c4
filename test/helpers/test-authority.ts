import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A certificate with its key, as PEM. */
export interface PemPair {
  readonly certificate: string;
  readonly key: string;
}

/** A certificate authority made for a test, which no machine knows. */
export interface TestAuthority {
  readonly certificate: string;
  issue(hosts: readonly string[]): Promise<PemPair>;
  /** Removes its files. */
  remove(): Promise<void>;
}

/** Makes an authority with the `openssl` program. */
export async function testAuthority(): Promise<TestAuthority> {
  const folder = await mkdtemp(join(tmpdir(), 'rolecall-authority-'));
  const openssl = (...args: string[]): Promise<unknown> => run('openssl', args, { cwd: folder });
  const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  await openssl('req', '-x509', ...newKey, '-keyout', 'ca.key', '-out', 'ca.pem', '-subj', '/CN=Test Authority');
  let issued = 0;
  return {
    certificate: await readFile(join(folder, 'ca.pem'), 'utf8'),
    async issue(hosts) {
      issued += 1;
      const name = `leaf${issued}`;
      const names = hosts.map((host) => `${/^[\d.]+$/.test(host) ? 'IP' : 'DNS'}:${host}`).join(',');
      await writeFile(join(folder, `${name}.ext`), `subjectAltName=${names}\n`);
      await openssl('req', ...newKey, '-keyout', `${name}.key`, '-out', `${name}.csr`, '-subj', `/CN=${hosts[0]}`);
      const signing = `x509 -req -in ${name}.csr -CA ca.pem -CAkey ca.key -CAcreateserial -extfile ${name}.ext -days 1`;
      await openssl(...signing.split(' '), '-out', `${name}.pem`);
      const [certificate, key] = await Promise.all(
        ['pem', 'key'].map((extension) => readFile(join(folder, `${name}.${extension}`), 'utf8')),
      );
      return { certificate: certificate ?? '', key: key ?? '' };
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
