import type { Difference } from '../desk/verify.ts';
import { say, type Language, type Text } from '../model/text.ts';
import { firstRowThatDiffers, firstStranger, type RowDifference } from '../store/check-rows.ts';
import { withCounties } from './counties.ts';
import { openExisting } from './databases.ts';
import { firstHeadMissing } from './heads.ts';
import { optionsIn, CliError, languageIn } from './say.ts';

/** For each kind of difference the table it is in, what it is, and what to do. */
const words: Record<Difference['what'], { table: string; is: Text; remedy: 'backup' | 'erase' | 'recount' }> =
  {
    chain: { table: 'log', is: { zh: '哈希链断开', en: 'the chain of hashes is broken' }, remedy: 'backup' },
    text: {
      table: 'log_texts',
      is: { zh: '正文与日志中的哈希不符', en: 'a text is not the one whose hash the log holds' },
      remedy: 'backup',
    },
    'missing-text': {
      table: 'log_texts',
      is: { zh: '日志中的一段正文不见了', en: 'a text that the log knows is missing' },
      remedy: 'backup',
    },
    erased: {
      table: 'log_texts',
      is: { zh: '已删除的个人信息又出现了', en: 'personal data that was erased is there again' },
      remedy: 'erase',
    },
    gap: {
      table: 'log',
      is: { zh: '日志缺少或多出一条', en: 'an entry is missing or too many' },
      remedy: 'backup',
    },
    state: {
      table: 'things',
      is: { zh: '现状与日志推出的不同', en: 'the state is not what the log comes to' },
      remedy: 'backup',
    },
    timer: {
      table: 'timers',
      is: { zh: '期限与现状推出的不同', en: 'the due date is not what the state comes to' },
      remedy: 'backup',
    },
    counted: {
      table: 'counted',
      is: { zh: '计入统计的内容与事项不同', en: 'what enters the count is not as the things are' },
      remedy: 'recount',
    },
    entries: {
      table: 'score_entries',
      is: { zh: '得分与办法算出的不同', en: 'the points are not what the method comes to' },
      remedy: 'recount',
    },
  };
const remedies: Record<'backup' | 'erase' | 'recount', Text> = {
  backup: {
    zh: '有人绕过本平台改了数据库。请停下服务,保留此库备查,用最近一次核对无误的备份恢复。',
    en: 'Somebody has changed the database behind the service. Stop it, keep this database as it is, and restore the last backup that verifies.',
  },
  erase: {
    zh: '多半是恢复了旧备份。请运行 minqing person erase 再删除一次。',
    en: 'An older backup was most likely brought back. Erase it again with minqing person erase.',
  },
  recount: {
    zh: '名册改动后得分也会不同:请运行 minqing verify-log --recount 重新计分后再核对;仍不同,则有人改了数据库。',
    en: 'Points differ after the directory was changed, too: count anew with minqing verify-log --recount. If it differs again, somebody has changed the database.',
  },
};

/** `minqing verify-log`: everything against the log and the log against itself; 0 when all hold, else the first that does not. */
export async function verifyLogCommand(args: string[]): Promise<number> {
  const { values } = parse(args);
  const { db, configs, recount = false, heads, key } = values;
  const language = languageIn(args);
  if (!db) throw new CliError({ zh: '请写明 --db FILE。', en: 'Give --db FILE.' });
  if ((heads === undefined) !== (key === undefined))
    throw new CliError({
      zh: '--heads 和 --key(公钥或私钥文件)要一起写。',
      en: 'Give --heads and --key, the file of the public or private key, together.',
    });
  const rows = await openExisting(db);
  try {
    const cut = heads === undefined || key === undefined ? null : await firstHeadMissing(rows.db, heads, key);
    if (cut) {
      const is: Text = {
        zh: '日志曾到此处,现在没有或不同:末尾被截去',
        en: 'the log had come this far and is no longer there, or not the same: its end was cut off',
      };
      printDifference({ where: `log ${cut.head}`, is, ...cut, remedy: remedies.backup }, language);
      return 1;
    }
    // Before the counties are opened, which counts what is not counted yet.
    const row = recount ? null : await firstRowThatDiffers(rows.db);
    if (row) return printRow(row, language);
    return await withCounties({ db, configs }, async ({ hosts }) => {
      const known = (county: string, kind: string) => hosts.get(county)?.desk.kinds.has(kind) ?? false;
      const stranger = await firstStranger(rows.db, known);
      if (stranger) return printRow(stranger, language);
      for (const { county, desk } of hosts.values()) {
        if (recount) await desk.recount();
        const { entries, difference } = await desk.verifyLog();
        if (!difference) {
          console.log(`${county.id} ${entries} ✓`);
          continue;
        }
        const { kind, id, sequence, what, expected, found } = difference;
        const { table, is, remedy } = words[what];
        const where = `${table} ${county.id} ${kind} ${id}${sequence === null ? '' : ` #${sequence}`}`;
        printDifference({ where, is, expected, found, remedy: remedies[remedy] }, language);
        return 1;
      }
      if (recount) {
        const left = await firstRowThatDiffers(rows.db);
        if (left) return printRow(left, language);
      }
      return 0;
    });
  } finally {
    await rows.close();
  }
}

function printRow({ table, key, expected, found }: RowDifference, language: Language): number {
  const is: Text = {
    zh: '这一行与其余各表不符',
    en: 'this row is not what the rest of the database says of it',
  };
  const remedy = remedies[table === 'counted' || table === 'score_entries' ? 'recount' : 'backup'];
  printDifference({ where: `${table} ${key}`, is, expected, found, remedy }, language);
  return 1;
}

function printDifference(
  {
    where,
    is,
    expected,
    found,
    remedy,
  }: { where: string; is: Text; expected: string; found: string; remedy: Text },
  language: Language,
): void {
  const [wanted, there] = language === 'en' ? ['expected', 'found'] : ['应为', '现为'];
  console.log(`${where}: ${say(is, language)}`);
  console.log(`  ${wanted}: ${expected}\n  ${there}: ${found}`);
  console.log(say(remedy, language));
}

const parse = (args: string[]) =>
  optionsIn({
    args,
    options: {
      db: { type: 'string' },
      configs: { type: 'string' },
      recount: { type: 'boolean' },
      heads: { type: 'string' },
      key: { type: 'string' },
      lang: { type: 'string' },
    },
  });
