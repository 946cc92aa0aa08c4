import { stoppedState, type InstanceList, type ManagedInstance } from '../../../shared/instances.ts';
import { didYouMean } from '../../model/did-you-mean.ts';
import { CoreError, NotFoundError } from '../../model/errors.ts';

/** Several instances answer to one name. */
export class InstanceNameTakenTwiceError extends CoreError {
  readonly code = 'not-found';

  constructor(
    name: string,
    region: string,
    readonly instanceIds: readonly string[],
  ) {
    super(
      `${instanceIds.length} instances in ${region} are named ${name}.`,
      `Give the id of one: ${instanceIds.join(', ')}.`,
    );
  }
}

/** The instance is there, and no session can be started on it. */
export class InstanceOfflineError extends CoreError {
  readonly code = 'not-found';

  constructor(name: string, instance: ManagedInstance) {
    const stopped = stoppedState(instance);
    super(
      `${name} (${instance.instanceId}) is not online${stopped === undefined ? '' : `: it is ${stopped}`}.`,
      stopped === undefined
        ? 'Its Systems Manager agent does not answer: see whether it runs and reaches the network.'
        : 'Start it, then try again.',
    );
  }
}

/**
 * The instance of this name. Of several the only one that is online is meant: those that ended stay in the list for a while. Throws
 * NotFoundError with the likely name, InstanceNameTakenTwiceError, InstanceOfflineError.
 */
export function chosenInstance(
  name: string,
  { instances, namesMissing }: InstanceList,
  region: string,
): ManagedInstance {
  const named = namedSo(name, instances);
  const online = named.filter((instance) => instance.online);
  const found = named.length === 1 ? named : online;
  const [instance] = found;
  if (named.length === 0) {
    throw unknownInstance(name, instances, namesMissing, region);
  }
  if (instance === undefined || found.length > 1) {
    throw new InstanceNameTakenTwiceError(
      name,
      region,
      named.map(({ instanceId }) => instanceId),
    );
  }
  if (!instance.online) {
    throw new InstanceOfflineError(name, instance);
  }
  return instance;
}

/** As it was typed; else without regard to case. */
function namedSo(name: string, instances: readonly ManagedInstance[]): readonly ManagedInstance[] {
  const exact = instances.filter((instance) => instance.name === name);
  const folded = name.toLowerCase();
  return exact.length > 0 ? exact : instances.filter((instance) => instance.name.toLowerCase() === folded);
}

function unknownInstance(
  name: string,
  instances: readonly ManagedInstance[],
  namesMissing: string | undefined,
  region: string,
): NotFoundError {
  const likely = didYouMean(
    name,
    instances.map((instance) => instance.name),
  );
  const without = namesMissing === undefined ? '' : `EC2 told no names: ${namesMissing} `;
  return new NotFoundError(
    `There is no instance named ${name} in ${region} that Systems Manager manages.`,
    `${without}${likely}Run "rolecall instances" for those there are, or give another --region.`,
  );
}
