import type { Doctor, DoctorServiceParts } from '../session/doctor/doctor.ts';

/** What is asked of the doctor. */
export type DoctorService = Pick<Doctor, 'run' | 'previewFix' | 'applyFix'>;

/** The doctor, which is loaded when it is first asked for: the app starts sooner without. */
export function lazyDoctor(parts: DoctorServiceParts): DoctorService {
  const made: { doctor?: Promise<Doctor> } = {};
  const load = async (): Promise<Doctor> => new (await import('../session/doctor/doctor.ts')).Doctor(parts);
  const doctor = (): Promise<Doctor> => (made.doctor ??= load());
  return {
    run: async (options) => (await doctor()).run(options),
    previewFix: async (findingId) => (await doctor()).previewFix(findingId),
    applyFix: async (findingId) => (await doctor()).applyFix(findingId),
  };
}
