// Texts of the view "plan".
export const PLAN_TEXTS = {} as const;
