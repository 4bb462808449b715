// Texts of entering.
export const ENTERING_TEXTS = {} as const;
