type MetadataKey = unknown;
type Holder = object;

interface ReflectWithMetadata {
  defineMetadata?: (key: MetadataKey, value: unknown, target: Holder) => void;
  getOwnMetadata?: (key: MetadataKey, target: Holder) => unknown;
  getMetadata?: (key: MetadataKey, target: Holder) => unknown;
  hasOwnMetadata?: (key: MetadataKey, target: Holder) => boolean;
}

/**
 * Gives `Reflect` the metadata functions that the dependency injection inside `@peculiar/x509` asks for, where they are missing.
 *
 * Only classes carry metadata there, so keys of single properties are not needed.
 * Source: https://rbuckton.github.io/reflect-metadata/
 */
export function installReflectMetadata(): void {
  const reflect = Reflect as ReflectWithMetadata;
  if (reflect.getMetadata !== undefined) {
    return;
  }
  const metadata = new WeakMap<Holder, Map<MetadataKey, unknown>>();
  const own = (key: MetadataKey, target: Holder): unknown => metadata.get(target)?.get(key);
  const inherited = (key: MetadataKey, target: Holder | null): unknown =>
    target === null ? undefined : (own(key, target) ?? inherited(key, Object.getPrototypeOf(target) as Holder | null));
  reflect.defineMetadata = (key, value, target) => {
    metadata.set(target, (metadata.get(target) ?? new Map<MetadataKey, unknown>()).set(key, value));
  };
  reflect.getOwnMetadata = own;
  reflect.getMetadata = inherited;
  reflect.hasOwnMetadata = (key, target) => metadata.get(target)?.has(key) === true;
}
