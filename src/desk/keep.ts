import type { Fields } from '../model/thing.ts';
import type { Change } from './change.ts';

/**
 * The thing's own form and all coded answers stay with it, where rules can read them; longer words are said once and
 * stand in the history.
 */
export function keep(act: {
  fields: Fields;
  mainForm: ReadonlySet<string>;
  longTexts: ReadonlySet<string>;
}): Change {
  const fields: Fields = {};
  const said: Fields = {};
  for (const [name, value] of Object.entries(act.fields)) {
    const own = act.mainForm.has(name);
    if (own || !act.longTexts.has(name)) fields[name] = value;
    if (!own && value !== null) said[name] = value;
  }
  return { fields, said };
}
