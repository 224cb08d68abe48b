import { zhChecking } from './zh-checking.ts';
import { zhCompile } from './zh-compile.ts';
import { zhFirst } from './zh-first.ts';
import { zhLater } from './zh-later.ts';
import { zhOffice } from './zh-office.ts';
import { zhPublic } from './zh-public.ts';
import { zhSimilar } from './zh-similar.ts';
import { zh } from './zh.ts';

/** Every sentence of the page. No page fetches it whole. */
export const chinese = {
  ...zhFirst,
  ...zhChecking,
  ...zhSimilar,
  ...zhLater,
  ...zh,
  ...zhCompile,
  ...zhOffice,
  ...zhPublic,
};
