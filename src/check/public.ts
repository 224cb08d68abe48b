import type { CountyConfig } from '../county/config.generated.ts';
import { verbs } from '../model/verb.ts';
import { didYouMean } from '../rules/did-you-mean.ts';
import { knownIn, type Report } from './known.ts';

/** What anybody may read hangs on one question, which the office answers and no author can. */
export function checkPublic(config: CountyConfig, report: Report): void {
  const { acts = [], ...kinds } = config.public ?? {};
  for (const [key, named] of Object.entries(kinds)) checkNamed(config, key, named, report);
  acts.forEach((act, at) =>
    knownIn(report)(['public', 'acts', at], act, verbs, 'unknown-action', '动作', 'action'),
  );
}

function checkNamed(config: CountyConfig, key: string, named: string, report: Report): void {
  const path = ['public', key];
  const forms = config.forms ?? {};
  const questions = Object.values(forms)
    .flat()
    .filter(({ type }) => type === 'yes-no')
    .map(({ id }) => id);
  const near = didYouMean(named, questions);
  if (!questions.includes(named))
    return report(path, 'unknown-field', {
      zh: `没有“${named}”这个“是否”字段。${near ? `是不是“${near}”?` : '请在机关填写的表单里加一个 "type": "yes-no" 的字段。'}`,
      en: `There is no yes-no field "${named}". ${near ? `Did you mean "${near}"?` : 'Add a field with "type": "yes-no" to a form that the office fills in.'}`,
    });
  const opening = key === 'reports' ? config.flows?.report?.form : undefined;
  if (opening !== undefined && (forms[opening] ?? []).some(({ id }) => id === named))
    report(path, 'not-allowed', {
      zh: `“${named}”在反映人填写的表单 ${opening} 里,反映人就能自行公开。请换到机关填写的表单。`,
      en: `"${named}" stands in the form ${opening}, which authors fill in: they could publish by themselves. Move it to a form of the office.`,
    });
}
