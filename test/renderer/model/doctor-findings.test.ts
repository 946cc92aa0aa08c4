import { describe, expect, test } from 'vitest';
import {
  doctorSubject,
  groupFindings,
  isWanted,
  parseWanted,
  placeOf,
} from '../../../src/renderer/model/doctor-findings.ts';
import { errorCount, lastReading, type DoctorVisit } from '../../../src/renderer/state/doctor-visit.ts';
import { FAKE_DOCTOR } from '../fake-doctor.ts';

const { findings } = FAKE_DOCTOR;

describe('findings', () => {
  test('are grouped by weight, the worst first, and within it by what was looked at', () => {
    const mixed = findings.toReversed();
    expect(
      groupFindings(mixed).map(({ severity, findings: some }) => [severity, some.map(({ area }) => area)]),
    ).toEqual([
      ['error', ['files', 'files', 'network']],
      ['warning', ['caches', 'modes']],
      ['info', ['secrets']],
    ]);
    expect(groupFindings([])).toEqual([]);
  });

  test.each(['legacy-tools', 'a/b:c', 'about-profile:x', '東京'])('of the profile %j are found by its link', (name) => {
    const wanted = parseWanted(doctorSubject({ kind: 'profile', name }));
    expect(wanted).toEqual({ kind: 'profile', name });
    const found = findings.filter((finding) => isWanted(finding, wanted)).map(({ about }) => about);
    expect(found).toEqual(name === 'legacy-tools' ? [{ kind: 'profile', name }] : []);
  });

  test('of an Identity Center are found by its link, one by its id, and all without', () => {
    const count = (subject: string | undefined) =>
      findings.filter((finding) => isWanted(finding, parseWanted(subject))).length;
    expect(count(doctorSubject({ kind: 'sso-session', id: 'acme' }))).toBe(1);
    expect(count('mode:/home/ada/.aws/credentials')).toBe(1);
    expect(count('gone')).toBe(0);
    expect(count(undefined)).toBe(findings.length);
  });

  test('lead to the page of what they are about', () => {
    expect(placeOf({ kind: 'profile', name: 'a' })).toEqual({ page: 'profiles', subject: 'a' });
    expect(placeOf({ kind: 'sso-session', id: 'acme' })).toEqual({ page: 'sessions', subject: 'acme' });
    expect(placeOf({ kind: 'secret-store' }).page).toBe('settings');
  });
});

test('what was found last stays in sight while the doctor looks again, and when it fails', () => {
  const last = { ...FAKE_DOCTOR, atMs: 0, offline: false };
  const failure = { code: 'internal', message: '', hint: '' } as const;
  const visits: readonly DoctorVisit[] = [
    { kind: 'looking', last },
    { kind: 'seen', last },
    { kind: 'failed', failure, last },
  ];
  for (const visit of visits) {
    expect([lastReading(visit), errorCount(visit)]).toEqual([last, 3]);
  }
  expect(errorCount({ kind: 'never' })).toBe(0);
  expect(errorCount({ kind: 'looking', last: undefined })).toBe(0);
});
