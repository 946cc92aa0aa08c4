import { mergeChanges } from './aws-file-merge.ts';
import type { IniDocument } from './ini-document.ts';
import type { IniSection } from './ini-scan.ts';

const MOST_VERSIONS = 32;

/**
 * What a file should hold while others write it in place: all that they changed, and all that we did.
 *
 * A program that writes a whole file writes what it read some time before, with its change in it. Which of the versions since then it
 * read is not known, so the one most like what it wrote is taken; what differs from that one is its change, and is repeated on what
 * the file should hold.
 */
export class FileHistory {
  readonly #versions: IniDocument[] = [];
  #truth: IniDocument;

  constructor(first: IniDocument) {
    this.#truth = first;
    this.#versions.push(first);
  }

  /** What the file should hold. */
  get truth(): IniDocument {
    return this.#truth;
  }

  /** Takes note of what we wrote. */
  wrote(document: IniDocument): void {
    this.#truth = document;
    this.#remember(document);
  }

  /** Whether this differs from what is known by whole sections that are gone: maybe a file whose writer is not done yet. */
  looksCut(document: IniDocument): boolean {
    const base = this.#closest(document);
    return base.sections.some(({ header }) => document.section(header ?? '') === undefined);
  }

  /** Takes in what someone else wrote. */
  absorb(document: IniDocument): void {
    this.#truth = mergeChanges(this.#closest(document), document, this.#truth).document;
    this.#remember(document);
  }

  /** Of several that are equally like it, the newest. */
  #closest(document: IniDocument): IniDocument {
    let closest = this.#truth;
    let least = distance(closest, document);
    for (const version of this.#versions.toReversed()) {
      const differences = distance(version, document);
      if (differences < least) {
        closest = version;
        least = differences;
      }
    }
    return closest;
  }

  #remember(document: IniDocument): void {
    this.#versions.push(document);
    if (this.#versions.length > MOST_VERSIONS) {
      this.#versions.shift();
    }
  }
}

/** How many keys and sections differ between two documents. */
function distance(a: IniDocument, b: IniDocument): number {
  const ofA = a.sections.reduce((sum, section) => sum + sectionDistance(section, b.section(section.header ?? '')), 0);
  const onlyInB = b.sections.filter(({ header }) => a.section(header ?? '') === undefined);
  return ofA + onlyInB.reduce((sum, section) => sum + 1 + section.entries.length, 0);
}

function sectionDistance(a: IniSection, b: IniSection | undefined): number {
  if (b === undefined) {
    return 1 + a.entries.length;
  }
  if (a.text === b.text) {
    return 0;
  }
  const valuesOfB = new Map(b.entries.map(({ name, value }) => [name, value]));
  const differing = a.entries.filter(({ name, value }) => valuesOfB.get(name) !== value).length;
  const namesOfA = new Set(a.entries.map(({ name }) => name));
  return differing + b.entries.filter(({ name }) => !namesOfA.has(name)).length;
}
