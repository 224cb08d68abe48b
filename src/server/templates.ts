import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Mistake } from '../check/mistake.ts';
import { mistakeAt, readSource } from '../check/source.ts';
import type { County } from '../county/county.ts';
import { fieldsOfPaper } from '../desk/paper-fields.ts';
import { templateMistake, TemplateError } from '../documents/tags.ts';
import { paperIds } from '../model/paper.ts';

/** A county's own Word template, which lies beside its config; throws `TemplateError` where it does not. */
export async function readTemplate(folder: string, file: string): Promise<Uint8Array> {
  try {
    return new Uint8Array(await readFile(join(folder, file)));
  } catch {
    throw new TemplateError('template-field', {
      zh: `读不到模板“${file}”。它应放在配置文件旁边。`,
      en: `The template "${file}" cannot be read. It belongs beside the config.`,
    });
  }
}

/** What is wrong with the templates that a config names, where it names them. */
export async function templateMistakes(
  folder: string,
  file: string,
  text: string,
  county: County,
): Promise<Mistake[]> {
  const mistakes: Mistake[] = [];
  for (const paper of paperIds) {
    const name = county.papers.get(paper);
    if (name === undefined) continue;
    const path = ['papers', paper];
    try {
      const wrong = templateMistake(await readTemplate(folder, name), fieldsOfPaper(county, paper));
      if (wrong) throw wrong;
    } catch (error) {
      if (!(error instanceof TemplateError)) throw error;
      mistakes.push(mistakeAt(readSource(file, text), path, 'unknown-placeholder', error.saying));
    }
  }
  return mistakes;
}
