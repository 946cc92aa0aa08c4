import { lazy, type ComponentType, type LazyExoticComponent } from 'react';

/** A part of the screen that did not come: whoever has it to give did not answer. */
export class NotLoadedError extends Error {
  override readonly name = 'NotLoadedError';
}

/** A component whose code comes when it is first shown, within a Suspense and a Boundary, which gets a NotLoadedError where it does not. */
export function onDemand<Props>(load: () => Promise<ComponentType<Props>>): LazyExoticComponent<ComponentType<Props>> {
  return lazy(async () => {
    try {
      return { default: await load() };
    } catch (cause) {
      throw new NotLoadedError('A part of the screen did not come.', { cause });
    }
  });
}
