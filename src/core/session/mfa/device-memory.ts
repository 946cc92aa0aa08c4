/**
 * How codes of a device are spent. `session`: once for GetSessionToken, whose session then assumes every role. `per-role`: one
 * for each AssumeRole, where a policy refuses GetSessionToken.
 */
export type MfaStrategy = 'session' | 'per-role';

/** What is known of an MFA device from its use. Holds no secret. */
export interface DeviceMemory {
  readonly strategy?: MfaStrategy | undefined;
  /** When AWS last said so; in milliseconds since 1970, AWS's time. */
  readonly strategyAtMs?: number | undefined;
  /** The number of the 30-second window, counted from 1970, in which a code was last sent. */
  readonly lastWindow?: number | undefined;
}

/** Keeps what is known of MFA devices, shared by all processes of the user. */
export interface DeviceMemories {
  read(mfaSerial: string): Promise<DeviceMemory>;
  /** Replaces what is known; nobody else, in this process or another, changes it meanwhile. What `change` throws comes through. */
  update(mfaSerial: string, change: (memory: DeviceMemory) => DeviceMemory): Promise<void>;
}

/** Device memories that live and die with the process: for tests, and where no file may be written. */
export function memoryDeviceMemories(): DeviceMemories {
  const memories = new Map<string, DeviceMemory>();
  return {
    read: (mfaSerial) => Promise.resolve(memories.get(mfaSerial) ?? {}),
    async update(mfaSerial, change) {
      memories.set(mfaSerial, change(memories.get(mfaSerial) ?? {}));
    },
  };
}
