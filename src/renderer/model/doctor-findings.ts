import type { DoctorFinding, FindingSubject } from '../../shared/care-commands.ts';
import { DOCTOR_AREAS } from '../../shared/doctor-areas.ts';
import type { Page } from '../../shared/pages.ts';

/** The weights of findings, the worst first. */
export const SEVERITIES = ['error', 'warning', 'info'] as const;

/** Findings of one weight. */
export interface FindingGroup {
  readonly severity: DoctorFinding['severity'];
  readonly findings: readonly DoctorFinding[];
}

/** Findings by weight, within it by what was looked at; weights without findings are left out. */
export function groupFindings(findings: readonly DoctorFinding[]): readonly FindingGroup[] {
  const rank = (finding: DoctorFinding): number => DOCTOR_AREAS.indexOf(finding.area);
  return SEVERITIES.map((severity) => ({
    severity,
    findings: findings
      .filter((finding) => finding.severity === severity)
      .toSorted((one, other) => rank(one) - rank(other)),
  })).filter((group) => group.findings.length > 0);
}

/** What the page may be asked to show: one finding by its id, or all that is about something. */
export type Wanted = { readonly kind: 'all' } | { readonly kind: 'one'; readonly id: string } | FindingSubject;

const PREFIXES = { profile: 'about-profile:', 'sso-session': 'about-sso-session:' } as const;

/** The subject of the doctor's page that shows all about something; `parseWanted` reads it. */
export function doctorSubject(about: Extract<FindingSubject, { kind: 'profile' | 'sso-session' }>): string {
  return PREFIXES[about.kind] + (about.kind === 'profile' ? about.name : about.id);
}

/** Reads what the doctor's page is asked to show. */
export function parseWanted(subject: string | undefined): Wanted {
  if (subject === undefined) {
    return { kind: 'all' };
  }
  if (subject.startsWith(PREFIXES.profile)) {
    return { kind: 'profile', name: subject.slice(PREFIXES.profile.length) };
  }
  return subject.startsWith(PREFIXES['sso-session'])
    ? { kind: 'sso-session', id: subject.slice(PREFIXES['sso-session'].length) }
    : { kind: 'one', id: subject };
}

/** Whether a finding is what was asked for. */
export function isWanted({ id, about }: DoctorFinding, wanted: Wanted): boolean {
  switch (wanted.kind) {
    case 'all':
      return true;
    case 'one':
      return id === wanted.id;
    case 'profile':
      return about?.kind === 'profile' && about.name === wanted.name;
    case 'sso-session':
      return about?.kind === 'sso-session' && about.id === wanted.id;
    case 'secret-store':
      return about?.kind === 'secret-store';
  }
}

/** Where the thing that a finding is about is shown. */
export function placeOf(about: FindingSubject): { readonly page: Page; readonly subject: string } {
  switch (about.kind) {
    case 'profile':
      return { page: 'profiles', subject: about.name };
    case 'sso-session':
      return { page: 'sessions', subject: about.id };
    case 'secret-store':
      return { page: 'settings', subject: 'secretStore' };
  }
}
