import { Component, type ReactNode } from 'react';

interface State {
  /** Held in an object, since a part may fail with undefined too. */
  readonly failed: { readonly error: unknown } | undefined;
}

/**
 * Shows something else where a part of the screen cannot be drawn. Without it everything would leave the page, the words that tell of
 * the loss included.
 */
export class Boundary extends Component<
  { readonly renderInstead: (error: unknown) => ReactNode; readonly children: ReactNode },
  State
> {
  override state: State = { failed: undefined };

  /** React's own way to learn of it: there is no hook for this. */
  static getDerivedStateFromError(error: unknown): State {
    return { failed: { error } };
  }

  override render(): ReactNode {
    const { failed } = this.state;
    return failed === undefined ? this.props.children : this.props.renderInstead(failed.error);
  }
}
