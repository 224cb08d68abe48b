import { createHash } from 'node:crypto';
import type { Context } from 'hono';
import { safe } from '../documents/html.ts';
import { languageOf } from './asking.ts';

const style = `
body{margin:0;padding:16px;font:18px/1.6 system-ui,"PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif;color:#1c2733;background:#fff;overflow-wrap:anywhere}
main{max-width:560px;margin:0 auto}
h1{font-size:1.25em;line-height:1.35;margin:8px 0}
h2{font-size:1.1em;margin:24px 0 4px}
h3{font-size:1em;margin:16px 0 4px}
p{margin:0 0 12px}
.soft{color:#55626f;font-size:.9em}
blockquote{margin:0 0 16px;padding:10px 14px;border-left:4px solid #1f5fa8;background:#f4f7fa;white-space:pre-wrap}
.error{border-left:4px solid #b42318;padding:10px 14px;background:#f4f7fa}
a{color:#1f5fa8}
dl{margin:0 0 16px}
dt{color:#55626f;font-size:.9em}
dd{margin:0 0 10px;white-space:pre-wrap}
section{margin-top:24px;padding-top:8px;border-top:1px solid #c9d2da}
button{display:block;width:100%;min-height:56px;margin:0 0 12px;padding:8px 16px;font:inherit;font-weight:600;color:#1f5fa8;background:#fff;border:2px solid #1f5fa8;border-radius:8px;cursor:pointer}
a:focus-visible,button:focus-visible,textarea:focus-visible,input:focus-visible,select:focus-visible{outline:3px solid #c06a00;outline-offset:2px}
label{display:block;font-weight:600;margin:0 0 12px}
textarea,select,input{display:block;box-sizing:border-box;width:100%;min-height:48px;margin-top:4px;padding:8px 12px;font:inherit;color:inherit;background:#fff;border:1px solid #7c8a98;border-radius:8px}
textarea{min-height:96px}
summary{min-height:44px;padding:8px 0;cursor:pointer}
@media (prefers-color-scheme:dark){body,button,textarea,select,input{color:#e8edf2;background:#18202a}.soft,dt{color:#b4bfca}a{color:#8fbcf0}section{border-color:#3a4754}blockquote,.error{background:#222d39;border-color:#8fbcf0}button{color:#8fbcf0;border-color:#8fbcf0}.error{border-color:#ff9d91}}
`;
const policy = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'`;

/** A page without a script, for whoever is not signed in. */
export function plainPage(c: Context, status: 200 | 404 | 410 | 422, title: string, body: string) {
  const lang = languageOf(c) === 'en' ? 'en' : 'zh-CN';
  return c.html(
    `<!doctype html>
<html lang="${lang}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${safe(title)}</title><style>${style}</style></head>
<body><main>${body}</main></body>
</html>
`,
    status,
    { 'Content-Security-Policy': policy },
  );
}
