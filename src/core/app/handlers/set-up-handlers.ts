import type { ParsedCommand } from '../../../shared/commands.ts';
import type { SetUpResult } from '../../../shared/profile-commands.ts';
import { NotFoundError } from '../../model/errors.ts';
import type { LoadedSetUp } from '../../session/profiles/load-set-up.ts';
import type { ImportReport } from '../../session/profiles/set-up-file.ts';
import type { HandlerContext, HandlersOf } from './handler.ts';

/** Set-ups that were shown and may be imported; more than a person compares. */
const MOST_SHOWN = 4;

/** Commands that give a set-up to others and take one from them. What is imported is what was shown: it is not read a second time. */
export function setUpHandlers(context: HandlerContext): HandlersOf<'exportSetUp' | 'readSetUp' | 'importSetUp'> {
  const { services, files, kept, store } = context;
  const shown = new Map<string, LoadedSetUp>();
  return {
    async exportSetUp({ save = false, ...choice }) {
      const setUp = await services.care.setUp();
      const text = await setUp.exportText(choice);
      const savedAs = save ? await setUp.save(text) : undefined;
      return { text, sha256: setUp.sha256Of(text), savedAs };
    },
    async readSetUp({ source }) {
      const loaded = await load(context, source);
      const report = await (await services.care.setUp()).preview(loaded);
      shown.delete(loaded.sha256);
      shown.set(loaded.sha256, loaded);
      for (const old of [...shown.keys()].slice(0, -MOST_SHOWN)) {
        shown.delete(old);
      }
      return setUpResult(report, loaded);
    },
    async importSetUp({ sha256 }) {
      const loaded = shown.get(sha256);
      if (loaded === undefined) {
        throw new NotFoundError('This set-up was not shown.', 'Choose it again, look at it, and import it then.');
      }
      const report = await (await services.care.setUp()).apply(loaded);
      await files.load();
      const [marks, settings] = await Promise.all([kept.marks.read(), kept.settings.read()]);
      store.update(() => ({ marks, settings }));
      return setUpResult(report, loaded);
    },
  };
}

async function load(
  { services, signal }: HandlerContext,
  source: ParsedCommand<'readSetUp'>['source'],
): Promise<LoadedSetUp> {
  const setUp = await services.care.setUp();
  // The prefix keeps a path out: a screen reads no file of this machine by naming it.
  return source.kind === 'text' ? setUp.read(source.text, 'a file') : setUp.load(httpsAddress(source.url), { signal });
}

function httpsAddress(url: string): string {
  const trimmed = url.trim();
  return /^[a-z][a-z0-9+.-]+:/i.test(trimmed) ? trimmed : `https://${trimmed}`;
}

function setUpResult(
  { items, newMarks, newRules, previews, undoId }: ImportReport,
  { sha256, source }: LoadedSetUp,
): SetUpResult {
  return {
    sha256,
    host: URL.canParse(source) ? new URL(source).host : undefined,
    items: items.map((item) => ({ ...item, why: item.why })),
    marks: newMarks.length,
    guardRules: newRules,
    previews,
    undoId,
  };
}
