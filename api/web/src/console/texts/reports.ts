// Words for what is reported: outcomes, steps, findings, where meals went.
import { CASE_WORDS, FATE_WORDS } from '../../service/words.ts';

export const REPORT_TEXTS = {
  ...CASE_WORDS,
  ...FATE_WORDS,
  outcome_handed_over: ['当面送达', 'handed over'],
  outcome_left_as_agreed: ['按约定放置', 'left as agreed'],
  outcome_collected: ['已取走', 'collected'],
  outcome_nobody_home: ['无人应门', 'nobody home'],
  outcome_refused: ['拒收', 'refused'],
  outcome_wrong_address: ['地址有误', 'wrong address'],
  outcome_unsafe: ['不安全，未送', 'unsafe, not delivered'],
  outcome_other: ['其他', 'other'],
  finding_well: ['平安', 'well'],
  finding_was_out: ['外出', 'was out'],
  finding_in_hospital: ['住院', 'in hospital'],
  finding_needed_help: ['需要帮助', 'needed help'],
  finding_died: ['去世', 'died'],
  finding_other: ['其他（请写明）', 'other (say what)'],
  condition_seems_unwell: ['身体似有不适', 'seems unwell'],
  condition_door_changed: ['门牌或门锁有变', 'door changed'],
  condition_phone_changed: ['电话有变', 'phone changed'],
  condition_other: ['其他情况', 'something else'],
  source_phone: ['手机', 'phone'],
  source_paper: ['纸质单', 'paper'],
  source_office: ['食堂', 'office'],
} as const;
