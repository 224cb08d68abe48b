import type { County, StageAction } from '../county/county.ts';
import type { CivilDate } from '../model/date.ts';
import type { Actor, OnBehalf, Thing } from '../model/thing.ts';
import { wrong, type DeskError, type FieldProblem } from './error.ts';
import { partiesOf } from './offering.ts';
import type { Holders } from './participants.ts';

/**
 * Whose act it is that the office enters, and when it happened; null for one's own. Only for a party of the thing whose
 * act this is, not before the thing began and not after today.
 */
export function behalfOf(
  given: OnBehalf | null,
  how: 'direct' | 'behalf',
  reader: Holders,
  at: { county: County; actor: Actor; action: StageAction; thing: Thing; today: CivilDate },
): OnBehalf | null {
  if (how === 'direct') {
    if (given)
      throw refused({
        zh: '这一步由您自己办理,不是代录。请去掉“代谁录入”。',
        en: 'This step is your own: it is not entered for anybody. Leave "on behalf of" out.',
      });
    return null;
  }
  if (!given)
    throw refused({
      zh: '这一步属于反映人或承办单位,请选择代谁录入和发生日期。',
      en: 'This step is the author’s or the department’s: choose for whom, and the date it happened.',
    });
  if (!partiesOf({ ...reader, ...at }, at.action, at.thing).includes(given.of))
    throw refused({
      zh: `“${given.of}”不是此事项这一步的当事方,不能代其录入。请从所列中选择。`,
      en: `"${given.of}" is no party to this step and nothing can be entered for them. Choose among those listed.`,
    });
  const began = at.thing.moments[0]?.on ?? given.on;
  if (given.on < began)
    throw refused(
      {
        zh: `发生日期 ${given.on} 早于此事项开始之日 ${began},请核对。`,
        en: `It cannot have happened on ${given.on}: this began on ${began}. Look at the date again.`,
      },
      'behalf-on',
    );
  return notAfter(given, at.today);
}

/** A report that the office enters for its author: on the day that the author wrote or told it. */
export function openedFor(
  given: OnBehalf | null,
  author: string | undefined,
  own: boolean,
  today: CivilDate,
): OnBehalf | null {
  if (own || author === undefined) {
    if (!given) return null;
    throw refused({
      zh: '这是您自己的信息,不是代录。请去掉“代谁录入”。',
      en: 'This is your own: it is not entered for anybody. Leave "on behalf of" out.',
    });
  }
  if (given && given.of !== author)
    throw refused({
      zh: '代谁录入应为第一反映人。',
      en: 'It is entered for its first author.',
    });
  return notAfter(given ?? { of: author, on: today }, today);
}

function notAfter(behalf: OnBehalf, today: CivilDate): OnBehalf {
  if (behalf.on <= today) return behalf;
  throw refused({ zh: '发生日期不能晚于今天。', en: 'It cannot have happened after today.' }, 'behalf-on');
}

function refused(saying: FieldProblem['saying'], field = 'behalf'): DeskError {
  return wrong({ field, saying });
}
