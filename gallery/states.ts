/** The main states of an element, each as what its questions to the server come to. */
export const states = ['filled', 'empty', 'loading', 'offline', 'refused', 'failed', 'long'] as const;
export type State = (typeof states)[number];

/** The words a server says no with, as far as the elements read them. */
const refusals = {
  refused: {
    status: 403,
    code: 'forbidden',
    zh: '您的职务无权查看或办理此事项。如需办理,请联系县政协办公室。',
    en: 'Your post may not see or do this. Ask the office of the county CPPCC if you need to.',
  },
  failed: {
    status: 500,
    code: 'internal',
    zh: '服务器出错,您的操作没有保存。请稍后再试;若仍不行,请联系管理员。',
    en: 'The server failed and nothing was kept. Try again later; if it stays so, ask the administrator.',
  },
};

const isChinese = (words: string) => /\p{Script=Han}/u.test(words);

/** The same answer with each string that people read given to `change`; names that code reads stay. */
export function withWords(answer: unknown, change: (words: string) => string): unknown {
  if (typeof answer === 'string') return isChinese(answer) ? change(answer) : answer;
  if (Array.isArray(answer)) return answer.map((one) => withWords(one, change));
  if (typeof answer !== 'object' || answer === null) return answer;
  return Object.fromEntries(Object.entries(answer).map(([key, value]) => [key, withWords(value, change)]));
}

const long = (words: string) =>
  words.length > 60
    ? `${words}\nhttps://portal.example/a/very/long/address/without/a/break/anywhere/${'0123456789'.repeat(8)}\n${words}`
    : words.repeat(3);

/** The same answer with nothing in its lists. */
function emptied(answer: unknown): unknown {
  if (Array.isArray(answer)) return [];
  if (typeof answer !== 'object' || answer === null) return answer;
  const lists = ['rows', 'subjects', 'history', 'versions', 'told'];
  return Object.fromEntries(
    Object.entries(answer).map(([key, value]) =>
      lists.includes(key) && Array.isArray(value)
        ? [key, []]
        : key === 'handling' && Array.isArray(value)
          ? [key, value.map(emptied)]
          : [key, key === 'total' || key === 'unread' ? 0 : key === 'next' ? null : value],
    ),
  );
}

type Ask = (address: string, init: RequestInit) => Promise<Response>;

/** Answers in a state: as the server does, or as it would if it had nothing, were away, or said no. */
export async function answerIn(
  state: State,
  ask: Ask,
  address: string,
  init: RequestInit,
): Promise<Response> {
  if (state === 'loading') return new Promise(() => {});
  if (state === 'offline') throw new TypeError('offline');
  if (state === 'refused' || state === 'failed') {
    const { status, code, zh, en } = refusals[state];
    const english = new Headers(init.headers).get('Accept-Language') === 'en';
    return Response.json({ code, detail: english ? en : zh }, { status });
  }
  // What one story writes is no draft of the next.
  if (address.includes('/drafts/')) return Response.json({ draft: null });
  const answer = await ask(address, init);
  if (state === 'filled' || !answer.headers.get('Content-Type')?.includes('json')) return answer;
  const { status, headers } = answer;
  const body: unknown = await answer.json();
  return Response.json(state === 'empty' ? emptied(body) : withWords(body, long), { status, headers });
}
