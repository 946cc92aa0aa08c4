/** Codes of virtual MFA devices change every 30 seconds of AWS's clock (RFC 6238, section 4). */
export const TOTP_STEP_SECONDS = 30;

/** Where the present stands within the life of a code. */
export interface TotpWindow {
  /** Whole seconds until the next code, 1 to 30. */
  readonly secondsToNext: number;
  /** How much of this code's life is left, 0 to 1. */
  readonly fractionLeft: number;
}

/** The window at `nowMs`, epoch milliseconds by AWS's clock; a clock that cannot be read counts as the start of a window. */
export function totpWindow(nowMs: number): TotpWindow {
  const seconds = Number.isFinite(nowMs) ? nowMs / 1000 : 0;
  const into = ((seconds % TOTP_STEP_SECONDS) + TOTP_STEP_SECONDS) % TOTP_STEP_SECONDS;
  return {
    secondsToNext: Math.max(1, Math.ceil(TOTP_STEP_SECONDS - into)),
    fractionLeft: (TOTP_STEP_SECONDS - into) / TOTP_STEP_SECONDS,
  };
}

/** Whole seconds to wait until `notBefore` (ISO 8601), 0 when a code may be given now. */
export function waitSeconds(notBefore: string | undefined, nowMs: number): number {
  const untilMs = notBefore === undefined ? Number.NaN : Date.parse(notBefore) - nowMs;
  return Number.isFinite(untilMs) ? Math.max(0, Math.ceil(untilMs / 1000)) : 0;
}
