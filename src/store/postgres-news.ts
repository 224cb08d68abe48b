import type { Client, Pool } from 'pg';
import { newsDesk, type NewsDesk } from './news.ts';
import type { News } from './port.ts';

const CHANNEL = 'minqing';
/** How long a broken line waits before it is tried again, in milliseconds. */
const PATIENCE = 1_000;

/**
 * News between processes, by LISTEN and NOTIFY. What is kept is told after it is kept and not within its transaction,
 * as a NOTIFY would make all commits of the database wait for each other; news that is lost so is of no harm, as
 * whoever follows reads anew and never counts what was told.
 */
export function postgresNews(pool: Pool, newClient: () => Client): NewsDesk & { close: () => Promise<void> } {
  const here = newsDesk();
  let line: Client | null = null;
  let following = false;
  let closed = false;
  let again: NodeJS.Timeout | undefined;

  async function listen(): Promise<void> {
    const client = newClient();
    const lost = () => {
      if (closed || line !== client) return;
      line = null;
      again = setTimeout(() => void listen(), PATIENCE);
    };
    line = client;
    client.on('error', lost);
    client.on('end', lost);
    client.on('notification', ({ payload = '' }) => here.tell([JSON.parse(payload) satisfies News]));
    try {
      await client.connect();
      await client.query(`listen ${CHANNEL}`);
      here.missed();
    } catch {
      client.end().catch(() => undefined);
      lost();
    }
  }

  return {
    tell(news) {
      pool
        .query('select pg_notify($1, one) from unnest($2::text[]) as one', [
          CHANNEL,
          news.map((one) => JSON.stringify(one)),
        ])
        .catch(() => undefined);
    },
    missed: here.missed,
    follow(follower) {
      if (!following) void listen();
      following = true;
      return here.follow(follower);
    },
    async close() {
      closed = true;
      clearTimeout(again);
      await line?.end().catch(() => undefined);
    },
  };
}
