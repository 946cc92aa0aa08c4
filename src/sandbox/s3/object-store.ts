import { createHash } from 'node:crypto';

/** One object as it was last put. */
export interface StoredObject {
  readonly key: string;
  readonly body: Buffer;
  readonly contentType: string;
  /** With its quotes. */
  readonly etag: string;
  readonly modifiedAt: Date;
}

/** What lies in the buckets; a bucket itself belongs to the organization. */
export class ObjectStore {
  readonly #buckets = new Map<string, Map<string, StoredObject>>();

  get(bucketName: string, key: string): StoredObject | undefined {
    return this.#buckets.get(bucketName)?.get(key);
  }

  put(bucketName: string, object: Omit<StoredObject, 'etag'>): StoredObject {
    const stored = { ...object, etag: `"${createHash('md5').update(object.body).digest('hex')}"` };
    const bucket = this.#buckets.get(bucketName) ?? new Map<string, StoredObject>();
    this.#buckets.set(bucketName, bucket);
    bucket.set(object.key, stored);
    return stored;
  }

  delete(bucketName: string, key: string): void {
    this.#buckets.get(bucketName)?.delete(key);
  }

  /** The objects whose keys begin so, in the order of their keys. */
  list(bucketName: string, prefix: string): readonly StoredObject[] {
    const objects = [...(this.#buckets.get(bucketName)?.values() ?? [])];
    return objects
      .filter(({ key }) => key.startsWith(prefix))
      .toSorted((a, b) => Buffer.compare(Buffer.from(a.key), Buffer.from(b.key)));
  }
}
