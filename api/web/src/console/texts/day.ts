// Texts of the view "day".
export const DAY_TEXTS = {} as const;
