import { DeskError } from '../desk/error.ts';
import { MinqingError } from '../model/error.ts';
import type { Language } from '../model/text.ts';
import type { ThingView } from '../model/view.ts';
import { troubleOf } from '../store/trouble.ts';

/** RFC 9457, with what our pages need besides. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  detail: string;
  code: string;
  /** What is wrong, field by field. */
  fields?: { field: string; message: string }[];
  /** The thing as it is now, where somebody else was faster. */
  current?: ThingView;
}

const statusOf: Record<string, number> = {
  'bad-json': 400,
  'bad-request': 400,
  'unknown-period': 400,
  unauthorized: 401,
  forbidden: 403,
  'not-found': 404,
  'unknown-route': 404,
  'not-offered': 409,
  conflict: 409,
  'key-taken': 409,
  'too-large': 413,
  'wrong-file-type': 415,
  infected: 422,
  'no-scan': 503,
  'no-pictures': 503,
  'invalid-input': 422,
  'unknown-action': 422,
  'key-reused': 422,
  'nul-in-text': 422,
  'version-needed': 428,
  'no-version': 404,
  'version-taken': 409,
  'not-approved': 409,
  'config-refused': 422,
  'other-county': 422,
  'nothing-new': 422,
  'bad-date': 422,
  'template-field': 422,
  'bad-stage-map': 422,
  'not-in-force': 409,
  'keys-unreachable': 503,
  'second-needed': 409,
  'second-refused': 403,
  'not-linked': 403,
  'link-over': 410,
  // Nobody but a person can make room, and whoever asks again by itself only fills the line: so RFC 4918 has it of 507.
  'storage-full': 507,
  'storage-read-only': 503,
  'storage-busy': 503,
  'storage-away': 503,
};

const titles: Record<number, Record<Language, string>> = {
  400: { zh: '请求有误', en: 'Bad request' },
  401: { zh: '请先登录', en: 'Not signed in' },
  403: { zh: '无权办理', en: 'Not allowed' },
  404: { zh: '没有找到', en: 'Not found' },
  409: { zh: '情况已变', en: 'It has changed' },
  413: { zh: '内容过大', en: 'Too large' },
  415: { zh: '文件类型不符', en: 'Wrong type of file' },
  422: { zh: '内容需要改正', en: 'Please correct it' },
  428: { zh: '缺少版本', en: 'Version needed' },
  503: { zh: '暂不可用', en: 'Not available' },
  500: { zh: '系统出错', en: 'Something failed' },
  507: { zh: '存储已满', en: 'No room left' },
};

/** What passes by itself, and when to ask again, in seconds. */
const passing: Record<string, number> = { 'storage-busy': 5, 'storage-away': 5 };
export const retryAfter = ({ code }: Problem): number | null => passing[code] ?? null;

/** An error as its reader may see it; what we did not foresee says nothing of the inside. */
export function problemOf(error: unknown, language: Language): Problem {
  const known = error instanceof MinqingError ? error : troubleOf(error);
  const status = known ? (statusOf[known.code] ?? 500) : 500;
  const detail =
    known && status !== 500
      ? known.saying[language]
      : language === 'en'
        ? 'Nothing was kept. Try again; if it stays so, tell whoever runs this service.'
        : '未保存任何内容。请重试;如仍出错,请联系系统管理人员。';
  return {
    type: 'about:blank',
    title: titles[status]?.[language] ?? '',
    status,
    detail,
    code: known && status !== 500 ? known.code : 'failed',
    ...(error instanceof DeskError && error.fields.length > 0
      ? { fields: error.fields.map(({ field, saying }) => ({ field, message: saying[language] })) }
      : {}),
  };
}
