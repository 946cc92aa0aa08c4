import { Component, type ReactNode } from 'react';

/**
 * Shows something else where a part of the screen cannot be drawn, as one that comes on demand from a host that is gone. Without it
 * everything would leave the page, the words that tell of the loss included.
 */
export class LoadBoundary extends Component<
  { readonly instead: ReactNode; readonly children: ReactNode },
  { readonly hasFailed: boolean }
> {
  override state = { hasFailed: false };

  /** React's own way to learn of it: there is no hook for this. */
  static getDerivedStateFromError(): { readonly hasFailed: boolean } {
    return { hasFailed: true };
  }

  override render(): ReactNode {
    return this.state.hasFailed ? this.props.instead : this.props.children;
  }
}
