import { stories, type Stage, type Story } from './stories.ts';
import { answerIn, states, type State } from './states.ts';

/** A part that does not come in so long is not in this state, in milliseconds. */
const PATIENCE = 5_000;

interface Shown {
  story: Story;
  state: State;
  language: string;
  theme: string;
  elder: boolean;
}

const ask = globalThis.fetch.bind(globalThis);
let state: State = 'filled';
let shownCounty = '';
let underWay = 0;

/** Between the elements and the server: what they are told of a county is in the story's state. */
globalThis.fetch = async (input, init = {}) => {
  const address = typeof input === 'string' ? input : input instanceof URL ? input.href : input.url;
  const path = new URL(address, location.href).pathname;
  // News of others would never end.
  if (path.endsWith('/changes')) return new Promise(() => {});
  // Whose county it is they all know.
  const own = path.startsWith(`/counties/${shownCounty}/`);
  if (own && state === 'loading') return new Promise(() => {});
  underWay += 1;
  try {
    return own ? await answerIn(state, ask, address, init) : await ask(input, init);
  } finally {
    underWay -= 1;
  }
};

const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
async function until<Value>(look: () => Value | null): Promise<Value> {
  for (const end = performance.now() + PATIENCE; ;) {
    const found = look();
    if (found !== null) return found;
    if (performance.now() > end) throw new Error(`Nothing came of ${look}`);
    await frame();
  }
}
/** Nothing is asked for, and what was answered is drawn. */
async function settled(): Promise<void> {
  for (let still = 0; still < 3; still = underWay === 0 ? still + 1 : 0) await frame();
}

const tokens = new Map<string, string>();
async function tokenOf(county: string, id: string): Promise<string> {
  const known = tokens.get(id);
  if (known !== undefined) return known;
  const answer = await ask('/demo/token', { method: 'POST', body: JSON.stringify({ county, id }) });
  const { token }: { token: string } = await answer.json();
  tokens.set(id, token);
  return token;
}

function stageOf(element: HTMLElement, token: () => Promise<string>): Stage {
  const find = (selector: string) =>
    until(() => element.shadowRoot?.querySelector<HTMLElement>(selector) ?? null);
  return {
    element,
    find,
    async press(selector) {
      (await find(selector)).click();
      await settled();
    },
    async write(selector, words) {
      const field = await find(selector);
      if (field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement) field.value = words;
      field.dispatchEvent(new Event('input', { bubbles: true }));
      field.dispatchEvent(new Event('change', { bubbles: true }));
    },
    async ask(path) {
      const headers = { Authorization: `Bearer ${await token()}` };
      return (await ask(`/counties/${shownCounty}${path}`, { headers })).json();
    },
  };
}

async function show({ story, language, theme, elder, ...of }: Shown): Promise<void> {
  ({ state } = of);
  const main = document.querySelector('#stage');
  if (!main) return;
  localStorage.clear();
  const county = document.createElement('mq-county');
  shownCounty = story.county ?? 'huantai';
  const { as } = story;
  const token = async () => (as === null ? '' : tokenOf(shownCounty, `${shownCounty}-${as}`));
  Object.assign(county, { county: shownCounty, language, theme, elder, token });
  const [name = ''] = story.id.split('.');
  const element = document.createElement(`mq-${name}`);
  for (const [attribute, value] of Object.entries(story.attributes ?? {}))
    element.setAttribute(attribute, value);
  county.append(element);
  document.documentElement.lang = language === 'en' ? 'en' : 'zh-CN';
  document.body.dataset['theme'] = theme;
  main.replaceChildren(county);
  await customElements.whenDefined(element.localName);
  await until(() => element.shadowRoot?.firstElementChild ?? null);
  await settled();
  await story.act?.(stageOf(element, token));
  await settled();
}

const hashOf = (story: Story, state: State, rest: URLSearchParams) => {
  const parts = new URLSearchParams(rest);
  parts.set('story', story.id);
  parts.set('state', state);
  return `#${parts}`;
};

/** The story that the address names; what it says besides (language, theme, elder, bare) stays from story to story. */
async function follow(): Promise<void> {
  const asked = new URLSearchParams(location.hash.slice(1));
  const story = stories.find(({ id }) => id === asked.get('story')) ?? stories[0];
  if (!story) return;
  const state = story.states.find((one) => one === asked.get('state')) ?? 'filled';
  delete document.body.dataset['shown'];
  document.body.toggleAttribute('data-bare', asked.has('bare'));
  list(asked, story, state);
  const { hash } = location;
  await show({
    story,
    state,
    language: asked.get('language') === 'en' ? 'en' : 'zh',
    theme: asked.get('theme') ?? 'light',
    elder: asked.has('elder'),
  });
  if (hash === location.hash) document.body.dataset['shown'] = hash;
}

function list(asked: URLSearchParams, now: Story, state: State): void {
  const link = (href: string, words: string, current: boolean) => {
    const a = Object.assign(document.createElement('a'), { href, textContent: words });
    if (current) a.setAttribute('aria-current', 'true');
    return a;
  };
  const change = (name: string, value: string | null) => {
    const parts = new URLSearchParams(asked);
    if (value === null) parts.delete(name);
    else parts.set(name, value);
    return `#${parts}`;
  };
  const looks = [
    ...['zh', 'en'].map((one) => link(change('language', one), one, one === (asked.get('language') ?? 'zh'))),
    ...['light', 'portal', 'dark', 'contrast'].map((one) =>
      link(change('theme', one), one, one === (asked.get('theme') ?? 'light')),
    ),
    link(change('elder', asked.has('elder') ? null : '1'), 'elder', asked.has('elder')),
  ];
  const nodes = stories.flatMap((story) => [
    Object.assign(document.createElement('h2'), { textContent: story.id }),
    ...states
      .filter((one) => story.states.includes(one))
      .map((one) => link(hashOf(story, one, asked), one, story === now && one === state)),
  ]);
  document.querySelector('#stories')?.replaceChildren(...looks, ...nodes);
}

addEventListener('hashchange', () => void follow());
await follow();
