import type { ActivityEntry, Asker } from '../../shared/app-state.ts';
import type { RoleTarget } from '../../shared/role-target.ts';
import { openActivityLog } from '../app/activity-log.ts';
import type { GuardState } from '../app/guard-rules.ts';
import { keptGuardState } from '../app/kept-guard-state.ts';
import type { CredentialService } from '../app/services.ts';
import { outcomeOf, UsePermission } from '../app/use-permission.ts';
import { findAsker } from '../broker/find-asker.ts';
import { processTable } from '../broker/process-table.ts';
import type { AwsPaths } from '../files/aws-paths.ts';
import { loadAwsProfiles } from '../files/load-aws-profiles.ts';
import { toFailure } from '../model/errors.ts';
import { findReferenced } from '../session/keys/helper-line.ts';
import type { CallContext, PromptPort, Surroundings } from '../session/ports.ts';

type ProfileTarget = Extract<RoleTarget, { kind: 'profile' }>;

/** What a command works with that uses roles without an app. */
export interface CommandGround {
  readonly surroundings: Surroundings;
  readonly paths: AwsPaths;
  readonly prompt: Pick<PromptPort, 'askPermission'>;
  readonly use: ActivityEntry['what'];
}

/** Runs what a command does with a role. Throws GuardRefusedError, CancelledError, or what `action` throws. */
export type ConfirmedUse = <Value>(
  target: RoleTarget,
  context: CallContext,
  action: () => Promise<Value>,
) => Promise<Value>;

/**
 * What the app does beside getting credentials, for commands without one: guarded roles are confirmed, on the terminal, by whoever sits
 * there, and each use is noted in the activity log. Ending the app is no way around its rules.
 */
export function commandUse(own: CredentialService, ground: CommandGround): CredentialService {
  const confirmed = confirmedUse(ground);
  return {
    get: (target, context, options) => confirmed(target, context, () => own.get(target, context, options)),
    held: () => own.held(),
    forget: (target) => own.forget(target),
    forgetSsoSession: (id) => own.forgetSsoSession(id),
    onChange: (listener) => own.onChange(listener),
  };
}

/** The same for any use of a role, also one that takes no credentials. */
export function confirmedUse(ground: CommandGround): ConfirmedUse {
  const { surroundings, paths, prompt, use } = ground;
  const { clock } = surroundings;
  const permission = new UsePermission({ prompts: prompt, clock });
  const activity = openActivityLog(surroundings);
  return async (target, context, action) => {
    const [asker, state] = await Promise.all([
      whoAsks(surroundings, context.asker),
      keptGuardState(surroundings, () => loadAwsProfiles(paths)),
    ]);
    const named = target.kind === 'profile' ? byName(target, state.profiles) : target;
    const entry = { asker, what: use, target: named, ssoSession: undefined, format: undefined };
    const note = async (outcome: ActivityEntry['outcome'], detail: string): Promise<void> => {
      activity.append({ ...entry, at: clock.now().toISOString(), outcome, detail });
      await activity.flush();
    };
    try {
      await permission.confirm({ target: named, asker, userAsked: false, signal: context.signal }, () => state);
      const value = await action();
      await note('ok', '');
      return value;
    } catch (error) {
      await note(outcomeOf(error), toFailure(error).message);
      throw error;
    }
  };
}

/** The program that started this command, as the app would see it; the command itself where the system does not tell. */
async function whoAsks({ clock, platform }: Surroundings, own: Asker): Promise<Asker> {
  const claim = { pid: own.pid, folder: own.folder };
  const asker = await findAsker(processTable(clock, platform), claim, process.getuid?.());
  return asker.pid === undefined ? own : asker;
}

/** Helper lines name a profile by an id where its own name could not stand in a shell's line. */
function byName(target: ProfileTarget, profiles: GuardState['profiles']): ProfileTarget {
  return { kind: 'profile', profile: findReferenced(profiles, target.profile)?.name ?? target.profile };
}
