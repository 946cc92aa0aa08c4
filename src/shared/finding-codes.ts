/** What can be wrong in the files of `~/.aws`. Stable names: screens, tests and words in other languages go by them. */
export const PROBLEM_CODES = [
  // The whole file
  'byte-order-mark',
  'not-utf8',
  'unreadable',
  'key-before-section',
  'line-without-value',
  'line-without-key',
  'bad-nested-line',
  'duplicate-section',
  'duplicate-key',
  'js-reads-nothing',
  'more-problems',
  // One section or key
  'default-section-leaks',
  'default-twice',
  'profile-twice',
  'prefix-in-credentials-file',
  'prefix-missing',
  'section-ignored',
  'inline-comment',
  'continued-line',
  'key-invisible-to-js',
  // One profile
  'unsafe-name',
  'invisible-to-js',
  'tools-differ',
  'sso-session-missing',
  'sso-session-incomplete',
  'sso-session-conflict',
  'sso-incomplete',
  'source-profile-missing',
  'source-profile-loop',
  'source-profile-empty',
  'source-profile-sso',
  'both-sources',
  'no-source',
  'credential-source-unknown',
  'role-arn-invalid',
  'mfa-serial-invalid',
  'mfa-serial-unused',
  'duration-invalid',
  'static-key-incomplete',
  'static-key-shadowed',
  'static-key-shadows',
  'security-token-shadows',
  'services-missing',
] as const;

/** One of them. */
export type ProblemCode = (typeof PROBLEM_CODES)[number];

/** What the doctor finds besides, by what was looked at. */
export const DOCTOR_CODES = [
  // Files
  'key-shadowed',
  'region-missing',
  'sso-legacy',
  'sso-scope-missing',
  // Environment
  'environment-keys',
  'environment-long-term-key',
  'environment-keys-incomplete',
  'environment-token-missing',
  'environment-security-token',
  'environment-profile-missing',
  'environment-profiles-differ',
  'environment-regions-differ',
  'environment-file-missing',
  'environment-endpoint',
  'environment-endpoint-broken',
  'environment-proxy',
  // Network and trust
  'trust-aws-ca-bundle',
  'trust-requests-ca-bundle',
  'trust-node-extra-ca-certs',
  'trust-profile',
  'trust-missing-for-js',
  'trust-missing-for-python',
  'network-name',
  'network-refused',
  'network-no-way',
  'network-silent',
  'network-broken',
  'network-certificate',
  'network-web-page',
  'network-time-out',
  'network-other',
  'proxy-name',
  'proxy-refused',
  'proxy-unreachable',
  'proxy-says-no',
  'clock',
  // Caches
  'cache-broken',
  'cache-other-portal',
  'cache-expired',
  'cache-left-over',
  'registration-expired',
  // Modes
  'mode-secret-readable',
  'mode-secret-writable',
  'mode-config-writable',
  'owner',
  // Secrets
  'vault-list-unreadable',
  'vault-open-profiles',
  'vault-open-token',
  'vault-half-way',
  'secret-store-none',
  'secret-store-memory',
  'secret-store-missing',
  'secret-store-locked',
  'secret-store-changed',
  'secret-store-failed',
  // Our own program
  'helper-stale',
  'helper-other',
] as const;

/** What kind of thing a finding is: a problem of the files, or what else the doctor finds. */
export type FindingCode = ProblemCode | (typeof DOCTOR_CODES)[number];

/** What the core tells by a notice, besides findings. */
export const NOTICE_CODES = [
  'signed-out-elsewhere',
  'sign-in-is-shared',
  'address-used-twice',
  'kept-file-broken',
] as const;

/** All that the core words in English by kind. */
export type WordedCode = FindingCode | (typeof NOTICE_CODES)[number];
