// What the page says of a scenario's effect on deliveries.

export const EFFECTING_TEXTS = {
  effect: ['送餐影响', 'Delivery effect'],
  effect_intro: [
    '用排班求解器对选定餐次各排一次：不含方案和含方案。不会改动任何计划。',
    'Plans the chosen service twice, without and with the scenario. No plan is touched.',
  ],
  effect_scenario: ['方案', 'Scenario'],
  effect_none: ['请先保存一个方案。', 'Save a scenario first.'],
  effect_day: ['日期', 'Date'],
  effect_seconds: ['每次求解时间（秒，留空按系统设置）', 'Seconds for each plan (empty: as in the settings)'],
  effect_start: ['计算送餐影响', 'Work out the effect'],
  effect_of: ['{day} {meal}，方案第 {version} 版', '{meal} of {day}, version {version} of the scenario'],
  effect_without: ['现状', 'Present'],
  effect_with: ['含方案', 'With it'],
  effect_unserved_orders: ['无法送达的订单', 'Orders not served'],
  effect_served_portions: ['送达份数', 'Portions served'],
  effect_circle_share: ['送餐圈内的份数比例', 'Share inside the delivery circle'],
  effect_couriers: ['需要的送餐员', 'Couriers needed'],
  effect_trips: ['趟次', 'Trips'],
  effect_travel_seconds: ['在途时间', 'Travel'],
  effect_cost: ['计划成本（求解器的综合指标）', 'Cost of the plan (what the solver weighs)'],
  effect_gap: ['与最优的差距', 'Gap to the best'],
  effect_gap_before: ['现状：{words}', 'Present: {words}'],
  effect_gap_after: ['含方案：{words}', 'With it: {words}'],
  effect_chance: [
    '两个计划成本之差小于已证明的差距：不能断定哪个更好，可延长求解时间再算。',
    'The two costs differ by less than what is proven: which is better cannot be told. More seconds may settle it.',
  ],
  effect_assumed: ['假设', 'What is assumed'],
  effect_assumed_scratch: [
    '两个计划都从头求解，时间和随机种子相同。',
    'Both plans are made from scratch, with the same seconds and the same seed.',
  ],
  effect_assumed_new: [
    '新食堂按其供餐能力供餐；派驻的送餐员骑电动自行车，全程在岗；未派驻则不送餐。',
    'A new canteen cooks its capacity; couriers stationed there ride e-bikes all the time; without any it delivers nothing.',
  ],
  effect_assumed_closed: [
    '关闭的食堂，其送餐员和供餐任务转到最近的食堂；关闭的助餐点不再供餐。',
    'Couriers and supplies of a closed canteen go to the nearest one; a closed meal point is not supplied.',
  ],
  hours_minutes: ['{hours} 小时 {minutes} 分', '{hours} h {minutes} min'],
  only_minutes: ['{minutes} 分', '{minutes} min'],
} as const;
