// What the map page says: key → Chinese, English; each concern's texts are in a file of texts/.
import { type Language, type Speak, speakerOf } from './speaking.ts';
import { CHOOSING_TEXTS } from './texts/choosing.ts';
import { COVERAGE_TEXTS } from './texts/coverage.ts';
import { EFFECTING_TEXTS } from './texts/effecting.ts';
import { FINDING_TEXTS } from './texts/finding.ts';
import { PLACING_TEXTS } from './texts/placing.ts';
import { PLANNING_TEXTS } from './texts/planning.ts';

export const TEXTS = {
  ...CHOOSING_TEXTS,
  ...COVERAGE_TEXTS,
  ...EFFECTING_TEXTS,
  ...FINDING_TEXTS,
  ...PLACING_TEXTS,
  ...PLANNING_TEXTS,
  sites: ['食堂与助餐点', 'Canteens and meal points'],
  canteen: ['老年食堂', 'Canteen'],
  meal_point: ['助餐点', 'Meal point'],
  closed: ['已停用', 'Closed'],
  no_sites: ['还没有可以显示的食堂或助餐点。', 'There are no canteens or meal points to show yet.'],
  unlocated: ['没有可用的位置', 'No usable place'],
  capacity: ['供餐能力 {count} 份', 'Capacity {count:portion|portions}'],
  hours: ['{opens}–{closes}', '{opens}–{closes}'],
  supplied_by: ['由 {canteen} 供餐', 'Supplied by {canteen}'],
  layers: ['图层', 'Layers'],
  layer_sites: ['食堂与助餐点', 'Canteens and meal points'],
  layer_routes: ['送餐路线', 'Delivery routes'],
  service: ['餐次', 'Service'],
  no_service: ['不显示', 'None'],
  no_plans: ['没有已发布的配送计划。', 'No plan is published.'],
  lunch: ['午餐', 'lunch'],
  dinner: ['晚餐', 'dinner'],
  courier: ['送餐员', 'Courier'],
  all_couriers: ['全部（{count} 人）', 'All ({count})'],
  trips_of: ['{trips} 趟，{portions} 份', '{trips:trip|trips}, {portions:portion|portions}'],
  no_ways: ['这些趟次的路线暂时无法显示。', 'The ways of these trips cannot be shown.'],
  legend: ['图例', 'Legend'],
  roads: ['道路', 'Streets'],
  paths: ['步行道', 'Footways'],
  water: ['水面', 'Water'],
  green: ['绿地', 'Green'],
  grounds: ['小区、院落', 'Compounds, grounds'],
  buildings: ['建筑', 'Buildings'],
  route: ['送餐路线（按送餐员分色）', 'Delivery route (colour by courier)'],
  map: ['地图：方向键移动，加减键缩放', 'Map: arrow keys move it, plus and minus zoom'],
  zoom_in: ['放大', 'Zoom in'],
  zoom_out: ['缩小', 'Zoom out'],
  whole: ['全部范围', 'Whole area'],
  data_of: ['地图数据：{date}', 'Map data: {date}'],
  no_webgl: [
    '此浏览器不能显示地图（没有 WebGL）。请更换浏览器或在设置中启用图形加速；下面的名单仍可使用。',
    'This browser cannot draw the map (no WebGL). Use another browser or allow graphics in its settings; the list below still works.',
  ],
  no_basemap: ['没有背景地图：{reason}', 'No background map: {reason}'],
  loading: ['正在载入…', 'Loading…'],
  failed: ['无法载入：{reason}', 'Could not load: {reason}'],
  offline: ['连接中断', 'the connection broke'],
} as const;

export type Key = keyof typeof TEXTS;
export type Say = Speak<Key>;
export type { Language };

/** Return the function that says things in a language. */
export function speaker(language: Language): Say {
  return speakerOf<Key>(TEXTS, language);
}
