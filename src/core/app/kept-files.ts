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
import { plainText } from './plain-text.ts';

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
const MOST_NAMED = 3;
const MOST_LETTERS = 80;

/** What was wrong with a file. */
export interface KeptFileTrouble {
  /** Its name, as in `settings.json`. */
  readonly name: string;
  readonly message: string;
  readonly hint: string;
}

/**
 * The files in `rolecallHome`. Of one that holds what we do not know, the rest holds; one that cannot be used at all is put aside and
 * begun anew. Either is told, by default in the log.
 */
export function openKeptFiles(
  surroundings: Surroundings,
  onTrouble: (trouble: KeptFileTrouble) => void = ({ message, hint }) => surroundings.log(`${message} ${hint}`),
): KeptFiles {
  const { rolecallHome, clock, log } = surroundings;
  const lockDir = join(rolecallHome, 'locks');
  const open = <Value>(name: string, schema: v.GenericSchema<unknown, Value>, defaults: () => Value) => {
    const onQuarantine = (aside: string, isKeptInPart: boolean): void =>
      onTrouble({
        name,
        message: isKeptInPart
          ? `${name} was written anew, without what Rolecall does not understand.`
          : `${name} could not be used, so what it said does not hold.`,
        hint: `As it was it lies in ${aside}. Look through your settings, or mend that file and put it back.`,
      });
    const onMisfits = (places: readonly string[]): void =>
      onTrouble({
        name,
        message: `${name} holds what Rolecall does not understand: ${listed(places)}.`,
        hint: 'That is passed over, and all else in it holds. Correct it there, or set it anew; the file as it is will be put aside.',
      });
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
      onMisfits,
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

function listed(places: readonly string[]): string {
  const shown = places.slice(0, MOST_NAMED).map((place) => plainText(place, MOST_LETTERS));
  return places.length > shown.length
    ? `${shown.join(', ')} and ${places.length - shown.length} more`
    : shown.join(', ');
}
