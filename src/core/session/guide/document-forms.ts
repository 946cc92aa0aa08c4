import type { GuideFacts } from './guide-facts.ts';

/** One document in each form it can be had in. */
export interface DocumentForms {
  readonly title: string;
  /** Without extension. */
  readonly fileName: string;
  json(facts: GuideFacts): unknown;
  /** Resources by logical id. */
  cloudformation(facts: GuideFacts): Readonly<Record<string, unknown>>;
  terraform(facts: GuideFacts): string;
}
