/** What the doctor looks at, in the order in which findings of the same weight are shown. */
export const DOCTOR_AREAS = ['files', 'environment', 'network', 'caches', 'modes', 'secrets', 'helper'] as const;

/** One of them. */
export type DoctorArea = (typeof DOCTOR_AREAS)[number];
