import { describe, expect, test } from 'vitest';
import { chosenInstance } from '../../../../src/core/session/instances/chosen-instance.ts';
import type { ManagedInstance } from '../../../../src/shared/instances.ts';

const REGION = 'ap-northeast-1';

function instance(at: number, name: string, more: Partial<ManagedInstance> = {}): ManagedInstance {
  const instanceId = `i-${String(at).padStart(17, '0')}`;
  return { instanceId, name, online: true, state: 'running', platform: '', address: '', ...more };
}

const choose = (name: string, instances: readonly ManagedInstance[], namesMissing?: string) =>
  chosenInstance(name, { instances, namesMissing }, REGION).instanceId;

describe('an instance by its name', () => {
  test('as it was typed, else without regard to case', () => {
    const both = [instance(1, 'Web'), instance(2, 'web')];
    expect(choose('web', both)).toBe(both[1]?.instanceId);
    expect(choose('Web', both)).toBe(both[0]?.instanceId);
    expect(choose('BASTION', [instance(3, 'bastion')])).toBe('i-00000000000000003');
  });

  test('two of one name: their ids are told', () => {
    expect(() => choose('web', [instance(1, 'web'), instance(2, 'web')])).toThrow(
      expect.objectContaining({
        message: '2 instances in ap-northeast-1 are named web.',
        hint: 'Give the id of one: i-00000000000000001, i-00000000000000002.',
      }),
    );
    const off = { online: false, state: 'stopped' };
    expect(() => choose('web', [instance(1, 'web', off), instance(2, 'web', off)])).toThrow('2 instances');
  });

  test('of several the only one that is online is meant', () => {
    const ended = { online: false, state: 'terminated' };
    expect(choose('web', [instance(1, 'web', ended), instance(2, 'web')])).toBe('i-00000000000000002');
  });

  test.each([
    [{ state: 'stopped' }, /^batch \(i-0+1\) is not online: it is stopped\.$/],
    [{ state: 'running' }, /^batch \(i-0+1\) is not online\.$/],
    [{ state: '' }, /^batch \(i-0+1\) is not online\.$/],
  ])('one that is not online is told with what EC2 knows: %j', (more, message) => {
    expect(() => choose('batch', [instance(1, 'batch', { online: false, ...more })])).toThrow(message);
  });

  test('a name that is not there: the likely one, and why there are none', () => {
    expect(() => choose('basition', [instance(1, 'bastion')])).toThrow(
      expect.objectContaining({
        message: 'There is no instance named basition in ap-northeast-1 that Systems Manager manages.',
        hint: 'Did you mean bastion? Run "rolecall instances" for those there are, or give another --region.',
      }),
    );
    expect(() => choose('web', [instance(1, '')], 'X may not do ec2:DescribeInstances.')).toThrow(
      expect.objectContaining({ hint: expect.stringMatching(/^EC2 told no names: X may not do/) as string }),
    );
  });
});
