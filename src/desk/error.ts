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
      | 'not-linked',
    saying: Saying,
    readonly fields: FieldProblem[] = [],
  ) {
    super(code, saying);
  }
}

export function notFound(): DeskError {
  return new DeskError('not-found', {
    zh: '没有这件事项,或不属于本县。请核对链接。',
    en: 'There is no such thing here. Check the link.',
  });
}
