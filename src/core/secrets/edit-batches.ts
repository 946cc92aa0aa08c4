import type { SecretEntries } from './secret-entries.ts';

/** Changes the entries and says whether it did. May run several times on different entries. */
export type Edit = (entries: SecretEntries) => boolean;

interface Batch<Options> {
  readonly options: Options;
  readonly edits: Edit[];
  readonly done: Promise<void>;
}

/**
 * Makes one save of the edits that arrive while another save is under way: a hundred at once are two saves, not a hundred that wait
 * for each other's locks. Each caller hears how the save with its edit ended; the order of edits is kept.
 */
export class EditBatches<Options> {
  readonly #save: (edit: Edit, options: Options) => Promise<void>;
  #last: Promise<void> = Promise.resolve();
  #waiting: Batch<Options> | undefined;

  constructor(save: (edit: Edit, options: Options) => Promise<void>) {
    this.#save = save;
  }

  /** Resolves when the edit is saved. Edits with different options are saved apart. */
  add(edit: Edit, options: Options): Promise<void> {
    if (this.#waiting?.options === options) {
      this.#waiting.edits.push(edit);
      return this.#waiting.done;
    }
    const edits = [edit];
    const done = this.#last.then(() => {
      this.#waiting = this.#waiting === batch ? undefined : this.#waiting;
      return this.#save((entries) => edits.map((each) => each(entries)).includes(true), options);
    });
    const batch: Batch<Options> = { options, edits, done };
    this.#last = done.catch(() => undefined);
    this.#waiting = batch;
    return done;
  }
}
