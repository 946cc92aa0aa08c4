import { join } from 'node:path';
import * as v from 'valibot';
import { JsonStateFile } from '../files/json-state-file.ts';
import { watchFiles } from '../files/aws-file-watcher.ts';
import type { Surroundings } from '../session/ports.ts';
import type { RoleTarget } from '../../shared/role-target.ts';
import { RoleTargetSchema } from '../../shared/role-target-schema.ts';
import { DEFAULT_SETTINGS, SettingsSchema, type Settings } from '../../shared/settings.ts';
import { keptValue, type KeptValue } from './kept-value.ts';
import { AllMarksSchema, type AllMarks } from './marks.ts';

/** What the user set and said, in files of our own that app, command line and host share. */
export interface KeptFiles {
  readonly settings: KeptValue<Settings>;
  readonly marks: KeptValue<AllMarks>;
  readonly recentTargets: KeptValue<readonly RoleTarget[]>;
  /** Calls `listener` when another process may have changed one of them; returns the function that ends it. */
  watch(listener: () => void): () => void;
}

const RecentSchema = v.pipe(v.array(RoleTargetSchema), v.maxLength(100), v.readonly());
const NO_MARKS: AllMarks = {};

/** The files in `rolecallHome`. One that cannot be used is put aside, told in the log, and begun anew. */
export function openKeptFiles(surroundings: Surroundings): KeptFiles {
  const { rolecallHome, clock, log } = surroundings;
  const lockDir = join(rolecallHome, 'locks');
  const open = <Value>(name: string, schema: v.GenericSchema<unknown, Value>, defaults: () => Value) => {
    const onQuarantine = (aside: string): void => log(`${name} could not be read and was put aside as ${aside}.`);
    const path = join(rolecallHome, name);
    const file = new JsonStateFile({
      path,
      version: 1,
      schema,
      defaults,
      lockDir,
      isPretty: true,
      clock,
      onQuarantine,
    });
    return { path, kept: keptValue(file, defaults, log) };
  };
  const settings = open('settings.json', SettingsSchema, () => DEFAULT_SETTINGS);
  const marks = open('marks.json', AllMarksSchema, () => NO_MARKS);
  const recentTargets = open('recent-roles.json', RecentSchema, (): readonly RoleTarget[] => []);
  return {
    settings: settings.kept,
    marks: marks.kept,
    recentTargets: recentTargets.kept,
    watch(listener) {
      const watch = watchFiles([settings.path, marks.path, recentTargets.path], () => listener(), clock);
      return () => watch.close();
    },
  };
}
