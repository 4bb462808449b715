// Texts of the view "roster".
export const ROSTER_TEXTS = {} as const;
