import type { InstanceList, ManagedInstance } from '../../../shared/instances.ts';
import type { AwsNetwork, AwsRequest } from '../../aws/client-config.ts';
import { describeInstances, MOST_IDS, type InstanceNote } from '../../aws/ec2.ts';
import { INTERACTIVE_RETRIES, withRetries, type RetryPorts } from '../../aws/retry.ts';
import { describeInstanceInformation, type ManagedNode } from '../../aws/ssm.ts';
import type { TemporaryCredentials } from '../../model/credentials.ts';
import { CoreError } from '../../model/errors.ts';
import { listPages } from '../sso/list-pages.ts';

/** What the list is made with. */
export interface InstancePorts {
  readonly network: AwsNetwork;
  readonly retry: RetryPorts;
}

/**
 * The instances of a region on which a role may start a session, as far as it may see them, with what EC2 knows of them. Throws
 * BadInputError for text that is no region, and what `describeInstanceInformation` throws; that EC2 tells nothing is said in the list.
 */
export async function listInstances(
  ports: InstancePorts,
  signer: TemporaryCredentials,
  region: string,
  signal: AbortSignal,
): Promise<InstanceList> {
  const request: AwsRequest = { network: ports.network, region, signal };
  const again = <T>(call: () => Promise<T>): Promise<T> => withRetries(ports.retry, INTERACTIVE_RETRIES, signal, call);
  const nodes: ManagedNode[] = [];
  await listPages(
    (nextToken) => again(() => describeInstanceInformation(request, signer, nextToken)),
    (rows) => nodes.push(...rows),
  );
  const ids = nodes.map(({ instanceId }) => instanceId).filter((id) => id.startsWith('i-'));
  const notes = new Map<string, InstanceNote>();
  const namesMissing = await unlessRefused(signal, async () => {
    for (let from = 0; from < ids.length; from += MOST_IDS) {
      await listPages(
        (nextToken) => again(() => describeInstances(request, signer, ids.slice(from, from + MOST_IDS), nextToken)),
        (rows) => rows.forEach((note) => notes.set(note.instanceId, note)),
      );
    }
  });
  return {
    instances: nodes.map((node) => described(node, notes.get(node.instanceId))).toSorted(inOrder),
    namesMissing,
  };
}

/** Undefined once `ask` is done; what kept it from that, in words. Throws what stopped the whole. */
async function unlessRefused(signal: AbortSignal, ask: () => Promise<void>): Promise<string | undefined> {
  try {
    await ask();
    return undefined;
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof CoreError) {
      return error.message;
    }
    throw error;
  }
}

function described(node: ManagedNode, note: InstanceNote | undefined): ManagedInstance {
  const { instanceId, online, platform, address } = node;
  const name = [note?.name, node.name, node.computerName].find((each) => each !== undefined && each !== '') ?? '';
  return { instanceId, name, online, state: note?.state ?? '', platform, address };
}

function inOrder(one: ManagedInstance, other: ManagedInstance): number {
  return (
    Number(other.online) - Number(one.online) ||
    one.name.localeCompare(other.name, 'en', { numeric: true }) ||
    one.instanceId.localeCompare(other.instanceId, 'en')
  );
}
