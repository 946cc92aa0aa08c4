import type { FileHandle } from 'node:fs/promises';
import { sleep, type Clock } from '../model/clock.ts';
import { FileHistory } from './aws-file-history.ts';
import { decodeAwsText, readPath, readWhole, type AwsFileSnapshot } from './aws-file-snapshot.ts';
import { botocoreErrors } from './botocore-reading.ts';
import { parseIni, type IniDocument } from './ini-document.ts';

interface Orphan {
  readonly handle: FileHandle;
  bytes: Uint8Array;
}

/** The first look after a write, as a part of the whole time. */
const FIRST_LOOK = 0.03;
const MOST_ORPHANS = 16;
const CALM_MS = 10;
/** How long a file may be empty, broken or shorter by whole sections before that is believed. */
const CUT_BELIEVED_MS = 1_000;
/** The same for one that keeps changing and is never seen whole. */
const MOVING_CUT_BELIEVED_MS = 5_000;

/**
 * Looks out for programs that write a file in place while we replace it by a new one. Two things can happen to them: they still have
 * the old file open, so what they write is in no folder any more; or they open ours and write over it what they made of the old.
 *
 * So the files that were replaced are kept open for a while and looked at, like the file itself. What others wrote goes into the
 * history; its truth, with our edit made again, is what the file must hold.
 */
export class ForeignWrites {
  readonly #path: string;
  readonly #clock: Clock;
  readonly #settleMs: number;
  readonly #orphans: Orphan[] = [];
  #history: FileHistory | undefined;
  /** What the file held when it was last looked at. */
  #expected: Uint8Array | undefined;
  #writtenAtMs = 0;
  #cut: { readonly bytes: Uint8Array; readonly sinceMs: number; readonly firstMs: number } | undefined;

  constructor(path: string, clock: Clock, settleMs: number) {
    this.#path = path;
    this.#clock = clock;
    this.#settleMs = settleMs;
  }

  /**
   * What the file should hold, given what it does now. Undefined while it lacks whole sections that it had before: its writer may be
   * half-way through. What lacks them for a second is meant so.
   */
  truthFor(snapshot: AwsFileSnapshot): IniDocument | undefined {
    if (this.#history === undefined) {
      this.#history = new FileHistory(snapshot.document);
    } else if (this.#expected === undefined || Buffer.compare(this.#expected, snapshot.bytes) !== 0) {
      if (this.#history.looksCut(snapshot.document) && !this.#isCutForLong(snapshot)) {
        return undefined;
      }
      this.#history.absorb(snapshot.document);
    }
    this.#cut = undefined;
    this.#expected = snapshot.bytes;
    return this.#history.truth;
  }

  /** Tells that the file of this snapshot was replaced by one that holds `document`. */
  replaced(snapshot: AwsFileSnapshot, document: IniDocument, content: Uint8Array): void {
    this.#history?.wrote(document);
    this.#expected = content;
    this.#writtenAtMs = this.#clock.now().getTime();
    if (snapshot.handle !== undefined) {
      this.#orphans.push({ handle: snapshot.handle, bytes: snapshot.bytes });
    }
  }

  /**
   * Looks until the time after our last write is over: from then on nobody holds what was before it. False as soon as others wrote
   * something, so that it can be seen to; a write that keeps ours does not make the time longer.
   */
  async areOver(): Promise<boolean> {
    for (;;) {
      const passedMs = this.#clock.now().getTime() - this.#writtenAtMs;
      const leftMs = this.#settleMs - passedMs;
      if (leftMs <= 0) {
        return true;
      }
      // Often at first, when a writer that had the file open is at work.
      await sleep(this.#clock, Math.min(Math.max(passedMs / 2, this.#settleMs * FIRST_LOOK), leftMs));
      const isFound = await this.#foundInOrphans();
      if (isFound || !(await this.#isAsExpected())) {
        return false;
      }
    }
  }

  async close(): Promise<void> {
    await Promise.all(this.#orphans.map(({ handle }) => handle.close()));
  }

  #isCutForLong({ bytes }: AwsFileSnapshot): boolean {
    const nowMs = this.#clock.now().getTime();
    const before = this.#cut ?? { bytes, sinceMs: nowMs, firstMs: nowMs };
    const isSame = Buffer.compare(before.bytes, bytes) === 0;
    this.#cut = { bytes, sinceMs: isSame ? before.sinceMs : nowMs, firstMs: before.firstMs };
    return nowMs - this.#cut.sinceMs >= CUT_BELIEVED_MS || nowMs - this.#cut.firstMs >= MOVING_CUT_BELIEVED_MS;
  }

  async #foundInOrphans(): Promise<boolean> {
    while (this.#orphans.length > MOST_ORPHANS) {
      await this.#orphans.shift()?.handle.close();
    }
    let isFound = false;
    for (const orphan of this.#orphans) {
      if (Buffer.compare(await readWhole(orphan.handle), orphan.bytes) !== 0) {
        const written = await this.#readSettled(() => readWhole(orphan.handle));
        orphan.bytes = written.bytes;
        if (written.document !== undefined) {
          this.#history?.absorb(written.document);
          isFound = true;
        }
      }
    }
    return isFound;
  }

  /** Also waits for a writer that is half-way through the file itself. */
  async #isAsExpected(): Promise<boolean> {
    const bytes = await readPath(this.#path);
    // Gone: some editors rename the old file away for a moment. If it stays away, someone wants it so.
    if (bytes === undefined || (this.#expected !== undefined && Buffer.compare(bytes, this.#expected) === 0)) {
      return true;
    }
    await this.#readSettled(async () => (await readPath(this.#path)) ?? new Uint8Array());
    return false;
  }

  /**
   * What a file holds when its writer is done: the same twice in a row, whole, and no section shorter than all we know; what stays
   * shorter for a second is meant so. Without a document when it stays empty or broken: the writer died half-way, and what it meant
   * to write is nowhere.
   */
  async #readSettled(
    read: () => Promise<Uint8Array>,
  ): Promise<{ readonly bytes: Uint8Array; readonly document: IniDocument | undefined }> {
    let last = await read();
    let sinceMs = this.#clock.now().getTime();
    for (;;) {
      await sleep(this.#clock, CALM_MS);
      const bytes = await read();
      const nowMs = this.#clock.now().getTime();
      if (Buffer.compare(bytes, last) !== 0) {
        last = bytes;
        sinceMs = nowMs;
        continue;
      }
      const document = bytes.length === 0 ? undefined : wholeDocument(bytes);
      const isCut = document === undefined || this.#history?.looksCut(document) === true;
      if (!isCut || nowMs - sinceMs >= CUT_BELIEVED_MS) {
        return { bytes, document };
      }
    }
  }
}

/** The document in these bytes, if botocore can read it. */
function wholeDocument(bytes: Uint8Array): IniDocument | undefined {
  const text = decodeAwsText(bytes);
  const document = text === undefined ? undefined : parseIni(text);
  return document === undefined || botocoreErrors(document).length > 0 ? undefined : document;
}
