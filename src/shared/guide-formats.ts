/** The forms in which the guide's documents can be had. */
export const GUIDE_FORMATS = ['json', 'cloudformation', 'terraform'] as const;
