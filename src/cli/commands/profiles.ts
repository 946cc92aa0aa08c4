import { EXIT } from '../exit-codes.ts';
import type { CommandSpec } from '../command-spec.ts';
import { oneLine, table } from '../terminal-text.ts';
import { guardedTargets } from '../../core/app/guard-rules.ts';
import { keptGuardState } from '../../core/app/kept-guard-state.ts';
import { profileStates } from '../../core/app/profile-states.ts';

/** `rolecall profiles`: profiles as the AWS tools resolve them, and what is wrong with them. */
export const profiles: CommandSpec = {
  name: 'profiles',
  synopsis: 'profiles [--json]',
  summary: 'List effective profiles and their problems',
  examples: ['', '--json'],
  async run(_args, context) {
    const { profiles: reader } = await context.services();
    const read = await reader.read();
    const known = profileStates(read, context.surroundings.platform);
    const isGuarded = guardedTargets(await keptGuardState(context.surroundings, async () => read, known));
    const states = known.map((state) => ({
      ...state,
      guarded: isGuarded({ kind: 'profile', profile: state.name }),
    }));
    if (context.json) {
      context.out(JSON.stringify({ profiles: states, problems: read.problems }, null, 2));
      return EXIT.ok;
    }
    context.out(
      states.length === 0
        ? 'No profile yet.'
        : table([
            ['PROFILE', 'KIND', 'ACCOUNT', 'ROLE', 'REGION', 'GUARDED', 'PROBLEMS'],
            ...states.map((state) => [
              state.name,
              state.kind,
              state.accountId ?? '-',
              state.roleName ?? '-',
              state.region ?? '-',
              state.guarded ? 'yes' : '-',
              state.problems.length === 0 ? '' : String(state.problems.length),
            ]),
          ]),
    );
    const problems = [
      ...read.problems,
      ...states.flatMap((state) =>
        state.problems.map((problem) => ({ ...problem, message: `${state.name}: ${problem.message}` })),
      ),
    ];
    for (const problem of problems) {
      context.out(oneLine(`${problem.severity}: ${problem.message} ${problem.hint}`));
    }
    return EXIT.ok;
  },
};
