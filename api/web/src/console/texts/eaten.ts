// Texts of eaten.
export const EATEN_TEXTS = {} as const;
