import type { ProblemCode } from '../../shared/finding-codes.ts';
import type { AwsTool, EffectiveProfile, ProblemSeverity, ProfileProblem } from '../model/profile.ts';

/** A profile whose problems are still being collected: into the very list that it will show. */
export interface UncheckedProfile extends EffectiveProfile {
  readonly problems: ProfileProblem[];
}

/** Collects a profile's problems, each with the place of the key it is about. */
export class ProblemList {
  readonly #profile: UncheckedProfile;

  constructor(profile: UncheckedProfile) {
    this.#profile = profile;
  }

  has(codes: readonly ProblemCode[]): boolean {
    return this.#profile.problems.some(({ code }) => codes.includes(code));
  }

  add(
    code: ProblemCode,
    severity: ProblemSeverity,
    tools: readonly AwsTool[],
    key: string | undefined,
    message: string,
    hint: string,
  ): void {
    const place = (key === undefined ? undefined : this.#profile.keys.get(key)) ?? this.#profile.sections[0];
    this.#profile.problems.push({
      code,
      severity,
      message,
      hint,
      tools,
      profile: this.#profile.name,
      ...(place === undefined ? {} : { file: place.file, line: place.line }),
      ...(key === undefined ? {} : { key }),
    });
  }
}
