/** Source: https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html */
export const STS_CONSTRAINTS = {
  roleArn: { min: 20, max: 2048 },
  roleSessionName: { min: 2, max: 64, pattern: /^[\w+=,.@-]*$/ },
  externalId: { min: 2, max: 1224, pattern: /^[\w+=,.@:/-]*$/ },
  serialNumber: { min: 9, max: 256, pattern: /^[\w+=/:,.@-]*$/ },
  tokenCode: { min: 6, max: 6, pattern: /^\d*$/ },
  sourceIdentity: { min: 2, max: 64, pattern: /^[\w+=,.@-]*$/ },
  federatedName: { min: 2, max: 32, pattern: /^[\w+=,.@-]*$/ },
  webIdentityToken: { min: 4, max: 20_000 },
  policy: { min: 1, max: 2048 },
} as const;
