import { requirePartition } from '../../aws/endpoints.ts';
import type { HandlerContext, HandlersOf } from './handler.ts';

type InstanceCommand = 'listInstances' | 'connectInstance';

/** Commands about instances on which a role may start a session. */
export function instanceHandlers({ services, roles, signal }: HandlerContext): HandlersOf<InstanceCommand> {
  return {
    async listInstances({ target, region }, { asker }) {
      requirePartition(region);
      return roles.run({ target, asker, userAsked: true, signal, what: 'credentials' }, async (call) =>
        services.instances.list(await services.credentials.get(target, call), region, call.signal),
      );
    },
    // The role is used by the command in the terminal, which asks for it as every program does.
    async connectInstance({ target, region, instanceId }) {
      requirePartition(region);
      await services.instances.connect(target, { region, instanceId });
      return null;
    },
  };
}
