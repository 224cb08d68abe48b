import type { Context, Hono } from 'hono';
import { may } from '../desk/permission.ts';
import type { Thing } from '../model/thing.ts';
import type { Changed } from '../model/view.ts';
import type { News, Store } from '../store/port.ts';
import type { Asking } from './asking.ts';
import { actorIn } from './host.ts';
import { routes } from './routes.ts';

/** A word now and then, so that nobody between takes the line for dead, in milliseconds. */
const BEAT = 20_000;
/** After so many the stream ends and is asked for anew, with a token that is still good. */
const BEATS = 30;
/** Whoever has not read so many of them by now comes again and reads everything anew. */
const UNREAD = 1_000;

/** What changes while one looks on: server-sent events over a fetch stream, as an EventSource carries no token. */
export function changeRoutes(app: Hono, { asked, hostOf, now }: Asking): { endStreams: () => void } {
  const open = new Set<() => void>();
  const thingOf = readOnce();

  app.get(routes.changes.path, async (c: Context) => {
    const { host, actor: opener } = await asked(c, routes.changes);
    const { id: county } = host.county;
    const words = new TextEncoder();
    let leave = () => {};
    const stream = new ReadableStream<Uint8Array>({
      start(controller) {
        const end = () => {
          leave();
          controller.close();
        };
        const send = (text: string) => {
          if ((controller.desiredSize ?? 0) < -UNREAD) end();
          else controller.enqueue(words.encode(text));
        };
        const stop = host.store.follow({
          heard(news) {
            if (news.county !== county || news.thing === null) return;
            const changed: Changed = news.thing;
            void thingOf(host.store, news).then((thing) => {
              // The county as it is now may let others read than when the stream was opened.
              const by = hostOf(county) ?? host;
              if (!open.has(end)) return;
              // And so does the directory: whoever has left hears nothing more.
              const actor = actorIn(by, opener.id, now());
              if (!actor) end();
              else if (thing && may(by.county, actor, 'read', thing.kind, thing))
                send(`data: ${JSON.stringify(changed)}\n\n`);
            });
          },
          missed: end,
        });
        let beats = 0;
        const beat = setInterval(() => ((beats += 1) < BEATS ? send(': \n\n') : end()), BEAT);
        leave = () => {
          open.delete(end);
          clearInterval(beat);
          stop();
        };
        open.add(end);
        send(': \n\n');
      },
      cancel: () => leave(),
    });
    return c.body(stream, 200, { 'Content-Type': 'text/event-stream', 'X-Accel-Buffering': 'no' });
  });

  return {
    endStreams() {
      for (const end of open) end();
    },
  };
}

/** However many follow, what the news is about is read once. */
function readOnce() {
  const reading = new WeakMap<News, Promise<Thing | null>>();
  return (store: Store, news: News): Promise<Thing | null> => {
    const begun = reading.get(news);
    if (begun || news.thing === null) return begun ?? Promise.resolve(null);
    const { kind, id } = news.thing;
    const read = store.read({ county: news.county, kind, id }).then(
      (row) => row?.thing ?? null,
      () => null,
    );
    reading.set(news, read);
    return read;
  };
}
