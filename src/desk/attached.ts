import { createHash } from 'node:crypto';
import type { StageAction } from '../county/county.ts';
import type { Fields, OnBehalf, Thing } from '../model/thing.ts';
import type { DeskContext } from './context.ts';
import { DeskError, type FieldProblem } from './error.ts';
import type { Log } from './replay.ts';
import { unseal } from './seal.ts';

/** The name under which a file's hash is sealed: salted, beside the log, like a person's own words. */
export const FILE_HASH = '$sha256';

/** Every file that these entries added, whether or not another took its place since. */
export function attachedIn(log: Log): string[] {
  return log.flatMap(({ entry, texts }) => (unseal(entry.change, texts).files ?? []).map(({ id }) => id));
}

/**
 * What the log pins of the files that an act adds. A file is given by the one who uploaded it, or stands there already:
 * naming another's would open it.
 */
export async function attachedBy(
  { county, countyOf, store }: DeskContext,
  actor: string,
  action: StageAction,
  thing: Thing,
  fields: Fields,
  onBehalf: OnBehalf | null,
): Promise<{ id: string; [FILE_HASH]: string }[]> {
  const form = action.form ? (countyOf(thing).forms.get(action.form) ?? []) : [];
  const given = form
    .filter((field) => field.type === 'file' || field.type === 'files')
    .flatMap((field) =>
      [fields[field.id] ?? []]
        .flat()
        .map((id) => ({ field: field.id, id: String(id), pictures: field.pictures })),
    )
    .filter(({ field, id }) => ![thing.fields[field] ?? []].flat().includes(id));
  if (onBehalf?.scan) given.push({ field: 'behalf-scan', id: onBehalf.scan, pictures: false });
  // Most acts bring none.
  if (given.length === 0) return [];
  const files = await Promise.all(given.map(({ id }) => store.file(county.id, id)));
  const problems = given.flatMap(({ field, pictures }, at): FieldProblem[] => {
    const file = files[at];
    if (file?.uploader !== actor)
      return [
        { field, saying: { zh: '没有这个附件,请重新上传。', en: 'There is no such file; upload it again.' } },
      ];
    return !pictures || file.type.startsWith('image/')
      ? []
      : [
          {
            field,
            saying: {
              zh: `“${file.name}”不是照片,请移除后另选。`,
              en: `"${file.name}" is no picture; remove it and choose another.`,
            },
          },
        ];
  });
  if (problems.length > 0)
    throw new DeskError('invalid-input', { zh: '附件有误。', en: 'A file is wrong.' }, problems);
  return files.flatMap((file) =>
    file ? [{ id: file.id, [FILE_HASH]: createHash('sha256').update(file.bytes).digest('hex') }] : [],
  );
}
