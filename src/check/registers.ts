import type { CountyConfig } from '../county/config.generated.ts';
import { registerColumns } from '../model/register.ts';
import { didYouMean } from '../rules/did-you-mean.ts';
import type { Report } from './known.ts';

/** The columns of a register are those of every register, and fields of the county's forms. */
export function checkRegisters({ registers = {}, forms = {} }: CountyConfig, report: Report): void {
  const fields = Object.values(forms)
    .flat()
    .map(({ id }) => id);
  const known = [...Object.keys(registerColumns), ...fields];
  for (const [kind, columns] of Object.entries(registers))
    for (const [at, column] of columns.entries()) {
      if (known.includes(column)) continue;
      const near = didYouMean(column, known);
      report(['registers', kind, at], 'unknown-field', {
        zh: `没有“${column}”这一列。${near ? `是不是“${near}”?` : `可以是表单字段,或 ${Object.keys(registerColumns).join('、')}。`}`,
        en: `There is no column "${column}". ${near ? `Did you mean "${near}"?` : `It may be a field of a form, or ${Object.keys(registerColumns).join(', ')}.`}`,
      });
    }
}
