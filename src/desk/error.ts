import { MinqingError, type Saying } from '../model/error.ts';

export interface FieldProblem {
  field: string;
  saying: Saying;
}

/** A refusal of the desk; nothing was kept. */
export class DeskError extends MinqingError {
  constructor(
    code:
      | 'not-found'
      | 'forbidden'
      | 'not-offered'
      | 'invalid-input'
      | 'key-reused'
      | 'version-needed'
      | 'not-linked'
      | 'link-over',
    saying: Saying,
    readonly fields: FieldProblem[] = [],
  ) {
    super(code, saying);
  }
}

/** A form with these problems; nothing of it is kept. */
export function toPutRight(problems: FieldProblem[]): DeskError {
  return new DeskError(
    'invalid-input',
    {
      zh: `有 ${problems.length} 处需要改正,未保存。`,
      en: `${problems.length} thing(s) to put right; nothing was kept.`,
    },
    problems,
  );
}

/** One field is wrong: what is read at the top says why too. */
export function wrong(problem: FieldProblem): DeskError {
  return new DeskError('invalid-input', problem.saying, [problem]);
}

export function notFound(): DeskError {
  return new DeskError('not-found', {
    zh: '没有这件事项,或不属于本县。请核对链接。',
    en: 'There is no such thing here. Check the link.',
  });
}
