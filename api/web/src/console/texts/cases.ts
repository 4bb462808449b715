// Texts of cases.
export const CASE_TEXTS = {} as const;
