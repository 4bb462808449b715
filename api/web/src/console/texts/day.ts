// Texts of the view "day".
export const DAY_TEXTS = {
  tabs: ['当日工作', 'Work of the day'],
  tab_overview: ['概览', 'At a glance'],
  tab_stops: ['停靠点', 'Stops'],
} as const;
