import { existsSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { demoOrganization } from '../../src/sandbox/demo-organization.ts';
import { DEMO } from '../../src/sandbox/demo-facts.ts';
import type { Machine } from './aws-programs.ts';
import { DEBIAN_PYTHON, debianClientsMissing, run, type Finished } from './sandbox-programs.ts';

/** The programs that every way to credentials is tried with. Terraform stands for the Go SDK, which is in it. */
export const CLIENTS = ['aws', 'boto3', 'js', 'terraform'] as const;

export type ClientName = (typeof CLIENTS)[number];

const place = (name: string): string => fileURLToPath(new URL(`../fixtures/clients/${name}`, import.meta.url));
const PROGRAMS: Readonly<Record<ClientName, readonly string[]>> = {
  aws: [place('aws.sh')],
  boto3: [DEBIAN_PYTHON, place('script.py')],
  js: [process.execPath, place('js.mjs')],
  terraform: [place('terraform.sh')],
};

/** Why a client cannot be run on this machine; undefined where it can. */
export function clientMissing(client: ClientName): string | undefined {
  switch (client) {
    case 'aws':
    case 'boto3':
      return debianClientsMissing();
    case 'js':
      return undefined;
    case 'terraform':
      return terraformFolder() === undefined ? 'there is no terraform in PATH' : undefined;
  }
}

/** What a call of a client came to: the account that it worked in, or why it could not. */
export type Called = { readonly account: string } | { readonly failed: string };

/** The command line of a client, with a profile or (empty) with what the environment offers. */
export function clientCommand(client: ClientName, profile: string, mode: 'once' | 'lines'): readonly string[] {
  return [...PROGRAMS[client], profile, mode];
}

/** Where a client works. Terraform has to be told; the region is the demo's where not said. */
export interface ClientPlace {
  readonly account: string;
  readonly region?: string;
}

/** The environment of a client that works in this account: AWS's own hosts, through the proxy, as all of them can. */
export async function clientEnvironment(
  client: ClientName,
  machine: Machine,
  { account, region = DEMO.region }: ClientPlace,
): Promise<Record<string, string>> {
  const { theirs } = machine;
  if (client === 'js') {
    return { ...theirs, NODE_NO_WARNINGS: '1' };
  }
  return client === 'terraform'
    ? { ...theirs, ...(await terraformVariables(machine, account)), TF_REGION: region }
    : theirs;
}

/** Runs a client once, behind the words of `before` where given (`rolecall exec … --`). */
export async function callOnce(
  client: ClientName,
  machine: Machine,
  use: ClientPlace & { readonly profile?: string; readonly before?: readonly string[] },
): Promise<Called> {
  const { profile = '', before = [] } = use;
  const env = await clientEnvironment(client, machine, use);
  // In a session of its own it has no terminal to ask on, wherever the tests run.
  const command = ['setsid', '--wait', ...before, ...clientCommand(client, profile, 'once')];
  return calledOf(await run(command, env));
}

/** Reads what a client said of its last call. */
export function calledOf({ code, stdout, stderr }: Pick<Finished, 'code' | 'stdout' | 'stderr'>): Called {
  const [, word = '', rest = ''] = /^(ok|failed) (.*)$/.exec(stdout.trim().split('\n').at(-1) ?? '') ?? [];
  if (word === 'ok') {
    return { account: accountOfBucket(rest) ?? rest };
  }
  return { failed: `${rest} ${stderr}`.trim() || `ended with ${code}` };
}

function accountOfBucket(bucketName: string): string | undefined {
  const generated = /^minato-(\d{12})$/.exec(bucketName)?.[1];
  return (
    generated ??
    demoOrganization().accounts.find(({ buckets }) => buckets?.some((bucket) => bucket.bucketName === bucketName))
      ?.accountId
  );
}

/** A run writes its state into a bucket of the account, which no other account may. */
async function terraformVariables(machine: Machine, account: string): Promise<Record<string, string>> {
  const bucket = demoOrganization().accounts.find(({ accountId }) => accountId === account)?.buckets?.[0]?.bucketName;
  return {
    PATH: [machine.theirs['PATH'], dirname(process.execPath), terraformFolder()].join(delimiter),
    CHECKPOINT_DISABLE: '1',
    TF_CLI_CONFIG_FILE: '/dev/null',
    TF_FOLDER: await mkdtemp(join(machine.home, 'terraform-')),
    TF_BUCKET: bucket ?? `minato-${account}`,
  };
}

function terraformFolder(): string | undefined {
  return (process.env['PATH'] ?? '').split(delimiter).find((folder) => existsSync(join(folder, 'terraform')));
}
