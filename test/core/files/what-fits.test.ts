import * as v from 'valibot';
import { expect, test } from 'vitest';
import { whatFits } from '../../../src/core/files/what-fits.ts';

const schema = v.object({
  name: v.optional(v.string(), 'none'),
  rules: v.optional(v.array(v.object({ from: v.string(), to: v.string() })), []),
  marks: v.optional(v.record(v.string(), v.object({ pinned: v.optional(v.boolean()) })), {}),
});
const good = { from: 'a', to: 'b' };

test.each([
  ['all of it', { name: 'x', rules: [good] }, { name: 'x', rules: [good], marks: {} }, []],
  ['a field', { name: 7, rules: [good] }, { name: 'none', rules: [good], marks: {} }, ['name']],
  [
    'a rule that lacks a half',
    { rules: [{ from: 'a' }, good] },
    { name: 'none', rules: [good], marks: {} },
    ['rules.0.to'],
  ],
  [
    'a rule with both halves wrong',
    { rules: [good, { from: 1, to: 2 }] },
    { name: 'none', rules: [good], marks: {} },
    ['rules.1.from', 'rules.1.to'],
  ],
  ['a list that is none', { rules: 'all' }, { name: 'none', rules: [], marks: {} }, ['rules']],
  [
    'a part of an entry',
    { marks: { a: { pinned: 'yes' }, b: { pinned: true } } },
    { name: 'none', rules: [], marks: { a: {}, b: { pinned: true } } },
    ['marks.a.pinned'],
  ],
])('%s', (_, value, fits, misfits) => {
  expect(whatFits(schema, value)).toEqual({ value: fits, misfits });
});

test('a key with a dot in it is not taken for a place below another', () => {
  const marks = { a: { pinned: 1 }, 'a.pinned': { pinned: true } };
  expect(whatFits(schema, { marks })?.value.marks).toEqual({ a: {}, 'a.pinned': { pinned: true } });
});

test.each([[7], ['text'], [null], [undefined]])('of %j nothing can be made', (value) => {
  expect(whatFits(schema, value)).toBeUndefined();
});

test('what is needed and missing cannot be made up', () => {
  expect(whatFits(v.object({ needed: v.string() }), { other: 1 })).toBeUndefined();
});

test('a key that names the prototype is a key like any other', () => {
  const value = JSON.parse('{"marks":{"__proto__":{"pinned":1},"a":{"pinned":true}},"name":5}') as unknown;
  expect(whatFits(schema, value)?.value).toMatchObject({ name: 'none', marks: { a: { pinned: true } } });
  expect(({} as { pinned?: unknown }).pinned).toBeUndefined();
});
