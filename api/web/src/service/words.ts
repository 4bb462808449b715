// Words that the console and the couriers' page both use, so that one thing has one name:
// key → Chinese, English.

/** When nobody opens: the steps in their order, and what came of one. */
export const CASE_WORDS = {
  step_call_elder: ['致电老人', 'Call the elder'],
  step_call_contact: ['致电紧急联系人', 'Call the emergency contact'],
  step_tell_office: ['报告食堂办公室', 'Tell the canteen’s office'],
  result_reached: ['已联系上', 'reached'],
  result_not_reached: ['未联系上', 'not reached'],
  result_impossible: ['无法联系', 'no way to call'],
} as const;

/** Where a meal went that was not handed over. */
export const FATE_WORDS = {
  fate_returned: ['退回食堂', 'back at the canteen'],
  fate_given: ['转给他人', 'given to somebody else'],
  fate_discarded: ['已废弃', 'discarded'],
} as const;

/** Diets that the service knows, by the word that is stored; other words stay as they are. */
export const DIET_WORDS = {
  diet_低糖: ['低糖', 'low sugar'],
  diet_低盐: ['低盐', 'low salt'],
  diet_少油: ['少油', 'little oil'],
  diet_低脂: ['低脂', 'low fat'],
  diet_软食: ['软食', 'soft'],
  diet_半流食: ['半流食', 'semi-liquid'],
  diet_流食: ['流食', 'liquid'],
  diet_糊餐: ['糊餐', 'puréed'],
  diet_清真: ['清真', 'halal'],
  diet_素食: ['素食', 'vegetarian'],
  diet_不辣: ['不辣', 'not spicy'],
  diet_低嘌呤: ['低嘌呤', 'low purine'],
  diet_忌海鲜: ['忌海鲜', 'no seafood'],
} as const;
