// Which broken rules a proposal has, and whether people may agree to them.
import type { RuleBroken } from './types.ts';

export interface Ruling {
  /** Rules that moves break and that those concerned may set aside. */
  agreeable: RuleBroken[];
  /** Rules that moves break and that nobody sets aside: the proposal cannot be accepted. */
  never: RuleBroken[];
  /** Rules that the day itself broke. */
  given: RuleBroken[];
}

/** Return the broken rules by what can be done about them. */
export function rulingOf(rules: readonly RuleBroken[]): Ruling {
  const own = rules.filter((one) => one.by_hand);
  return {
    agreeable: own.filter((one) => one.agreeable),
    never: own.filter((one) => !one.agreeable),
    given: rules.filter((one) => !one.by_hand),
  };
}

/** Return whether the service would accept a proposal, after those concerned agreed or not. */
export function acceptable(rules: readonly RuleBroken[], agreed: boolean): boolean {
  const { agreeable, never } = rulingOf(rules);
  return never.length === 0 && (agreed || agreeable.length === 0);
}
