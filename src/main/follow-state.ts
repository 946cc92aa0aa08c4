import type { StateView } from '../core/app/state-store.ts';
import type { AppState } from '../shared/app-state.ts';

/** Calls `action` with a part of the state, at once and whenever that part is another. Returns the function that ends it. */
export function followState<Part>(
  view: StateView,
  part: (state: AppState) => Part,
  action: (part: Part) => void,
): () => void {
  let last: { readonly value: Part } | undefined;
  return view.subscribe(() => {
    const value = part(view.get());
    if (last === undefined || !Object.is(last.value, value)) {
      last = { value };
      action(value);
    }
  });
}
