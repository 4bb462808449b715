// Texts of what surrounds every view of the console: the bar, the choice of a service, notices.
export const FRAME_TEXTS = {
  views: ['工作台', 'Console'],
  view_day: ['当日', 'The day'],
  view_plan: ['计划', 'Plan'],
  view_roster: ['名册', 'Roster'],
  service: ['餐次', 'Service'],
  no_services: ['没有可显示的餐次。', 'There are no services to show.'],
  lunch: ['午餐', 'lunch'],
  dinner: ['晚餐', 'dinner'],
  today: ['今天', 'today'],
  tomorrow: ['明天', 'tomorrow'],
  nothing_for_you: ['您的角色在工作台没有可用的内容。', 'Your role has no use for the console.'],
  loading: ['正在载入…', 'Loading…'],
  failed: ['无法载入：{reason}', 'Could not load: {reason}'],
  offline: ['连接中断', 'the connection broke'],
  cancel: ['取消', 'Cancel'],
} as const;
