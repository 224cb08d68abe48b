import { withCounties } from './counties.ts';
import { optionsIn, CliError, languageIn } from './say.ts';

const words = {
  chain: { zh: '哈希链断开', en: 'the chain of hashes is broken' },
  text: { zh: '正文与日志中的哈希不符', en: 'a text is not the one whose hash the log holds' },
  erased: { zh: '已删除的个人信息又出现了', en: 'personal data that was erased is there again' },
  gap: { zh: '日志缺少或多出一条', en: 'an entry is missing or too many' },
  state: { zh: '现状与日志推出的不同', en: 'the state is not what the log comes to' },
};

/** `minqing verify-log`: every chain, text and state against the log; 0 when all hold, else the first that does not. */
export async function verifyLogCommand(args: string[]): Promise<number> {
  const { values } = parse(args);
  const language = languageIn(args);
  if (!values.db) throw new CliError({ zh: '请写明 --db FILE。', en: 'Give --db FILE.' });
  return withCounties({ db: values.db, configs: values.configs }, async ({ hosts }) => {
    for (const { county, desk } of hosts.values()) {
      const { entries, difference } = await desk.verifyLog();
      if (!difference) {
        console.log(`${county.id} ${entries} ✓`);
        continue;
      }
      const { kind, id, sequence, what } = difference;
      console.log(
        `${county.id} ${kind} ${id}${sequence === null ? '' : ` #${sequence}`}: ${words[what][language]}`,
      );
      return 1;
    }
    return 0;
  });
}

const parse = (args: string[]) =>
  optionsIn({
    args,
    options: { db: { type: 'string' }, configs: { type: 'string' }, lang: { type: 'string' } },
  });
