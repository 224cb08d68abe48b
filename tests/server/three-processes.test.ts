import { spawn, type ChildProcess } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { verifyLogCommand } from '../../src/cli/verify-log.ts';
import { adminOf, createClient } from '../../src/client/index.ts';
import type { Changed, ThingView } from '../../src/model/view.ts';
import { demoDirectory } from '../../src/server/demo.ts';
import { postgresStore } from '../../src/store/postgres.ts';
import { countyOf } from '../county.ts';
import { checked, text } from '../desk/office.ts';
import { withPostgres } from '../postgres.ts';

const root = new URL('../../', import.meta.url).pathname;
const node = ['--disallow-code-generation-from-strings', 'dist/cli.js'];

withPostgres('three processes on one PostgreSQL behind a round robin', (postgres) => {
  let db = '';
  let configs = '';
  const processes: { child: ChildProcess; base: string }[] = [];
  let portal: Server;
  let round: Server;
  let robin = '';
  let issuer = '';
  let sign: (who: string) => Promise<string>;

  const folder = mkdtempSync(join(tmpdir(), 'minqing-settings-'));
  const settings = join(folder, 'settings.json');
  const heads = mkdtempSync(join(tmpdir(), 'minqing-heads-'));
  const key = join(folder, 'heads.pem');
  const setting = (issuer: string, more: object = {}) =>
    writeFileSync(
      settings,
      JSON.stringify({
        portals: [{ issuer, audience: 'minqing', jwks: `${issuer}/jwks` }],
        heads: { folder: heads, key },
        ...more,
      }),
    );

  async function start(): Promise<void> {
    const given = ['--settings', settings];
    const args = [...node, 'serve', '--port', '0', '--db', db, '--configs', configs, ...given];
    const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] });
    const base = await new Promise<string>((resolve, reject) => {
      child.stdout.on('data', (said: Buffer) => {
        const found = /http:\/\/127\.0\.0\.1:\d+/.exec(String(said));
        if (found) resolve(found[0]);
      });
      child.once('exit', (code) => reject(new Error(`the server ended with ${code}`)));
    });
    processes.push({ child, base });
  }
  const listening = (server: Server) =>
    new Promise<string>((resolve) => {
      server.listen(0, '127.0.0.1', () => {
        const address = server.address();
        resolve(`http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`);
      });
    });
  const clientOf = (who: string, endpoint = robin) =>
    createClient({ endpoint, county: 'huantai', token: () => sign(who), language: () => 'zh' });
  const baseAt = (at: number) => processes[at]?.base ?? '';
  const opened = (key: string): Promise<ThingView> =>
    clientOf('huantai-author-1').open('report', { action: 'submit', input: text }, key);

  beforeAll(async () => {
    db = await postgres.database();
    configs = mkdtempSync(join(tmpdir(), 'minqing-configs-'));
    for (const name of ['base', 'huantai'])
      copyFileSync(`${root}configs/${name}.json`, join(configs, `${name}.json`));
    writeFileSync(
      join(configs, 'huantai.directory.json'),
      JSON.stringify(demoDirectory(countyOf('huantai').county)),
    );
    const { publicKey, privateKey } = await generateKeyPair('ES256');
    const keys = JSON.stringify({ keys: [await exportJWK(publicKey)] });
    portal = createServer((_request, answer) =>
      answer.setHeader('Content-Type', 'application/json').end(keys),
    );
    issuer = await listening(portal);
    sign = (who) =>
      new SignJWT()
        .setProtectedHeader({ alg: 'ES256' })
        .setSubject(who)
        .setIssuer(issuer)
        .setAudience('minqing')
        .setExpirationTime('1h')
        .sign(privateKey);
    // All at once on an empty database: each of them finds the tables made, and the files are one version.
    const { privateKey: signing } = generateKeyPairSync('ed25519');
    writeFileSync(key, signing.export({ type: 'pkcs8', format: 'pem' }));
    setting(issuer);
    await Promise.all([start(), start(), start()]);
    let turn = 0;
    round = createServer((request, answer) => {
      const base = baseAt((turn += 1) % processes.length);
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const headers = new Headers();
        for (const [name, value] of Object.entries(request.headers))
          if (
            typeof value === 'string' &&
            !['host', 'connection', 'content-length', 'transfer-encoding'].includes(name)
          )
            headers.set(name, value);
        const body = chunks.length > 0 ? { body: Buffer.concat(chunks) } : {};
        void fetch(`${base}${request.url}`, { method: request.method ?? 'GET', headers, ...body }).then(
          async (given) => {
            answer.writeHead(given.status, Object.fromEntries(given.headers));
            answer.end(Buffer.from(await given.arrayBuffer()));
          },
        );
      });
    });
    robin = await listening(round);
  });
  afterAll(async () => {
    const ended = processes.map(({ child }) => new Promise((resolve) => child.once('exit', resolve)));
    for (const { child } of processes) child.kill('SIGTERM');
    const codes = await Promise.all(ended);
    round.close();
    portal.close();
    expect(codes).toEqual([0, 0, 0]);
  });

  test('of three who act at once on one report, each on another process, exactly one wins', async () => {
    for (let time = 0; time < 10; time += 1) {
      const report = await opened(`race-${time}`);
      const acts = [0, 1, 2].map((at) =>
        clientOf('huantai-checker', baseAt(at))
          .act(report, { action: 'pass', input: checked }, `race-${time}-${at}`)
          .then(
            ({ version }) => version,
            (error: { status: number }) => error.status,
          ),
      );
      expect((await Promise.all(acts)).sort()).toEqual([2, 409, 409]);
    }
  });

  test('the same submission sent to all three at once under one key is kept once', async () => {
    const ids = await Promise.all(
      [1, 2, 3, 4, 5, 6].map(() =>
        opened('once').then(
          ({ id }) => id,
          () => null,
        ),
      ),
    );
    const kept = await Promise.all([1, 2, 3].map(() => opened('once').then(({ id }) => id)));
    expect(new Set([...ids.filter((id) => id !== null), ...kept]).size).toBe(1);
  });

  test('each timer acts once, however many processes tick at the same time', async () => {
    const reports = await Promise.all(Array.from({ length: 24 }, (_, at) => opened(`due-${at}`)));
    const at = new Date(Date.parse(reports[0]?.due?.on ?? '') + 3 * 86_400_000).toISOString();
    const tick = () =>
      new Promise<number>((resolve) => {
        const args = [...node, 'tick', '--db', db, '--configs', configs, '--at', at];
        const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] });
        let said = '';
        child.stdout.on('data', (words: Buffer) => (said += String(words)));
        child.once('exit', () => resolve(Number(/huantai (\d+)/.exec(said)?.[1])));
      });
    const acted = await Promise.all([tick(), tick(), tick()]);
    expect(await tick()).toBe(0);
    const store = await postgresStore({ url: db });
    const ticks = await Promise.all(
      reports.map(async (report) =>
        (await store.log(report)).flatMap(({ entry }) => (entry.action === 'tick' ? [entry.change] : [])),
      ),
    );
    await store.close();
    // The same steps of every one, in order, none twice.
    const steps = ticks.map((changes) => changes.map((change) => Object(change).escalated));
    expect(steps).toEqual(reports.map(() => steps[0]?.map((_, at) => at + 1)));
    expect(steps[0]?.length).toBeGreaterThan(0);
    expect(acted.reduce((sum, one) => sum + one)).toBeGreaterThanOrEqual(reports.length);
  });

  test('a stream on one process hears what is done on another, and nothing that its reader may not read', async () => {
    const [heard, strange]: [Changed[], Changed[]] = [[], []];
    const over = new AbortController();
    let wake = () => {};
    const hears = (list: Changed[]) => (changed: Changed | null) => {
      if (changed) list.push(changed);
      wake();
    };
    void clientOf('huantai-checker', baseAt(2)).follow(hears(heard), over.signal);
    void clientOf('huantai-author-2', baseAt(2)).follow(hears(strange), over.signal);
    const until = (done: () => boolean) =>
      new Promise<void>((resolve) => {
        wake = () => done() && resolve();
        wake();
      });
    // A line is there once something is heard on it; what was done before that is not told.
    let probes = 0;
    const probe = setInterval(() => void opened(`probe-${(probes += 1)}`), 200);
    await until(() => heard.length > 0);
    clearInterval(probe);
    const report = await clientOf('huantai-author-1', baseAt(0)).open(
      'report',
      { action: 'submit', input: text },
      'heard',
    );
    const passed = await clientOf('huantai-checker', baseAt(1)).act(
      report,
      { action: 'pass', input: checked },
      'pass',
    );
    await until(() => heard.some(({ id, version }) => id === report.id && version === passed.version));
    over.abort();
    expect(heard.filter(({ id }) => id === report.id).map(({ version }) => version)).toEqual([1, 2]);
    expect(strange).toEqual([]);
  });

  test('a config that is published on one process is in force on all within two seconds', async () => {
    const before = await adminOf(clientOf('huantai-office-director')).config();
    const change = { changes: [{ path: 'quotas/four-a-year/need', value: 6 }], note: '六条' };
    const { number } = await adminOf(clientOf('huantai-office-director', baseAt(0))).configDraft(change);
    await adminOf(clientOf('huantai-secretary-general', baseAt(1))).configStep(number, 'approve');
    const from = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
    await adminOf(clientOf('huantai-secretary-general', baseAt(0))).configStep(number, 'publish', { from });
    const published = performance.now();
    const answering = async (at: number): Promise<string> => {
      let by = '';
      const token = () => sign('huantai-author-1');
      await createClient({
        endpoint: baseAt(at),
        county: 'huantai',
        token,
        language: () => 'zh',
        answeredBy: (version) => (by = version),
      }).info();
      return by;
    };
    for (const at of [0, 1, 2])
      await expect.poll(() => answering(at), { timeout: 2_000, interval: 20 }).toBe(String(number));
    expect(performance.now() - published).toBeLessThan(2_000);
    expect(before.versions.map((version) => version.number)).not.toContain(number);
  });

  test('somebody entered in the directory on one process is known on all within two seconds, and so is who was erased', async () => {
    const admin = adminOf(clientOf('huantai-admin', baseAt(0)));
    const newest = { id: 'huantai-new', name: '陈新', kind: 'member' };
    await admin.putPerson(newest);
    const begun = performance.now();
    const may = (at: number) =>
      clientOf('huantai-new', baseAt(at))
        .info()
        .then(
          () => true,
          () => false,
        );
    for (const at of [0, 1, 2]) await expect.poll(() => may(at), { timeout: 2_000, interval: 20 }).toBe(true);
    expect(performance.now() - begun).toBeLessThan(2_000);
    // By another program, which tells no process of it but by the database.
    const args = [...node, 'person', 'erase', 'huantai', 'huantai-new', '--db', db, '--configs', configs];
    await new Promise<void>((resolve, reject) => {
      const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
      child.once('exit', (code) => (code === 0 ? resolve() : reject(new Error(`erase ended with ${code}`))));
    });
    const nameAt = async (at: number) => {
      const { people } = await adminOf(clientOf('huantai-admin', baseAt(at))).directory();
      return people.find(({ id }) => id === newest.id)?.name;
    };
    for (const at of [0, 1, 2])
      await expect.poll(() => nameAt(at), { timeout: 2_000, interval: 20 }).toBe('(已删除)');
  });

  test('a report handed in on one process is found to be alike on another that has looked before', async () => {
    const words = '梧桐树根顶起了人行道砖,老人容易绊倒';
    const input = { ...text, title: words, situation: words.repeat(3) };
    const alike = async () =>
      (await clientOf('huantai-author-2', baseAt(2)).similarText('report', input)).others;
    const before = await alike();
    await clientOf('huantai-author-1', baseAt(0)).open('report', { action: 'submit', input }, 'alike');
    await expect.poll(alike, { timeout: 2_000, interval: 20 }).toBe(before + 1);
  });

  test('the heads of all chains are signed and written down once, whichever process comes first', async () => {
    const written = () => readdirSync(heads).filter((name) => name.endsWith('.ndjson'));
    await expect.poll(written, { timeout: 5_000, interval: 50 }).toHaveLength(1);
    const lines = readFileSync(join(heads, written()[0] ?? ''), 'utf8')
      .trimEnd()
      .split('\n');
    expect(JSON.parse(lines.at(-1) ?? '')).toEqual({ signature: expect.any(String) });
    const args = ['--db', db, '--configs', configs, '--heads', join(heads, written()[0] ?? ''), '--key', key];
    expect(await verifyLogCommand(args)).toBe(0);
  });

  test('duties that are separated while it runs are so on all within two seconds', async () => {
    setting(issuer, { duties: 'two' });
    const enter = (at: number, time: number) =>
      adminOf(clientOf('huantai-admin', baseAt(at)))
        .putPerson({ id: `huantai-late-${time}`, name: '后来', kind: 'member' })
        .then(
          () => 'alone',
          (error: { code: string }) => error.code,
        );
    let time = 0;
    for (const at of [0, 1, 2])
      await expect.poll(() => enter(at, (time += 1)), { timeout: 2_000, interval: 50 }).toBe('second-needed');
  });
});
