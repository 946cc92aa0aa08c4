import { expect, test } from 'vitest';
import { guideFacts, type GuideAnswers } from '../../../../src/core/session/guide/guide-facts.ts';
import { GUIDE_SIDES, guideSteps } from '../../../../src/core/session/guide/guide-steps.ts';

test.each<[string, GuideAnswers]>([
  ['an account id of 11 digits', { homeAccountId: '12345678901' }],
  ['an account id of other digits', { workAccountId: '１２３４５６７８９０１２' }],
  ['a user name that ends the JSON', { userName: 'a","Action":"*' }],
  ['a user name with a template', { userName: '${file("/etc/passwd")}' }],
  ['a role name with a line break', { roleName: 'a\nb' }],
  ['a permission set of 33 letters', { permissionSetName: 'a'.repeat(33) }],
  ['a start URL of http', { startUrl: 'http://corp.awsapps.com/start' }],
  ['a start URL with a quote', { startUrl: 'https://corp.awsapps.com/"onload=' }],
  ['a region of another partition', { partition: 'aws-cn', region: 'us-east-1' }],
  ['a region that is none', { region: 'us-east-1.evil.tld' }],
])('%s is refused', (_name, answers) => {
  expect(() => guideFacts(answers)).toThrowError(expect.objectContaining({ code: 'bad-input' }) as Error);
});

test('what is not known stays a placeholder that AWS refuses, and is told', () => {
  const facts = guideFacts({ userName: 'alice' });
  expect(facts.workAccountId).toBe('WORK_ACCOUNT_ID');
  expect(facts.missing).toEqual(['homeAccountId', 'workAccountId', 'roleName', 'permissionSetName', 'startUrl']);
});

test.each(GUIDE_SIDES)(
  'the steps of %s have each a name of their own, words, and links to the right console',
  (side) => {
    const facts = guideFacts({ partition: 'aws-cn', userName: 'alice', roleName: 'admin-role' });
    const steps = guideSteps(side, facts);
    expect(new Set(steps.map(({ id }) => id)).size).toBe(steps.length);
    for (const step of steps) {
      expect(step.title).not.toBe('');
      expect(step.paragraphs.length).toBeGreaterThan(0);
      for (const { url } of step.links) {
        expect(new URL(url).host).toBe('console.amazonaws.cn');
      }
    }
  },
);

test('the reader’s own names are in the steps', () => {
  const facts = guideFacts({ userName: 'alice', roleName: 'admin-role', workAccountId: '444455556666' });
  expect(JSON.stringify(guideSteps('admin-iam', facts))).toContain('arn:aws:iam::444455556666:role/admin-role');
});
