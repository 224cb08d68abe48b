#!/usr/bin/env -S node --disallow-code-generation-from-strings
import { MinqingError } from '../model/error.ts';
import { anthologyCommand } from './anthology.ts';
import { backupCommand } from './backup.ts';
import { bulletinCommand } from './bulletin.ts';
import { directoryCommand } from './directory.ts';
import { checkCommand } from './check.ts';
import { configCommand } from './config.ts';
import { copyCommand } from './copy.ts';
import { scoreCommand } from './score.ts';
import { fieldsCommand } from './fields.ts';
import { labelsCommand } from './labels.ts';
import { factsCommand } from './facts.ts';
import { headsCommand } from './heads.ts';
import { migrateCommand } from './migrate.ts';
import { messagesCommand } from './messages.ts';
import { personCommand } from './person.ts';
import { monthCommand } from './month.ts';
import { obligationsCommand } from './obligations.ts';
import { quotasCommand } from './quotas.ts';
import { restoreCommand } from './restore.ts';
import { serveCommand } from './serve.ts';
import { tickCommand } from './tick.ts';
import { verifyLogCommand } from './verify-log.ts';
import { simulateCommand } from './simulate.ts';
import { whatIfCommand } from './what-if.ts';
import { CliError, languageIn } from './say.ts';

const commands = {
  serve: serveCommand,
  check: checkCommand,
  config: configCommand,
  migrate: migrateCommand,
  directory: directoryCommand,
  person: personCommand,
  tick: tickCommand,
  messages: messagesCommand,
  copy: copyCommand,
  backup: backupCommand,
  restore: restoreCommand,
  heads: headsCommand,
  'verify-log': verifyLogCommand,
  facts: factsCommand,
  fields: fieldsCommand,
  labels: labelsCommand,
  score: scoreCommand,
  simulate: simulateCommand,
  'what-if': whatIfCommand,
  quotas: quotasCommand,
  obligations: obligationsCommand,
  month: monthCommand,
  anthology: anthologyCommand,
  bulletin: bulletinCommand,
};

const help = `minqing 民情

  minqing serve [--port 8787] [--db FILE] [--configs DIR] [--demo [--empty]]
                [--settings FILE] [--origins https://portal.example,…]
                [--files DIR] [--clamd HOST:PORT]
                [--webhooks FILE.json] [--log-actors] [--stop-within 10]
  minqing check CONFIG… [--coverage] [--overrides] [--lang en]
  minqing config list|draft|check|diff|approve|publish|roll-back … --db FILE
  minqing migrate --county ID --db FILE [--to NUMBER] [--map FILE] [--dry-run] [--by WHO] [--json]
                [--configs DIR]
  minqing directory import|list COUNTY … --db FILE [--dry-run]
  minqing person export|erase COUNTY PERSON --db FILE [--out FILE.zip] [--erasures FILE] [--files DIR]
  minqing tick --db FILE [--at INSTANT] [--configs DIR] [--webhooks FILE.json]
  minqing messages list --db FILE --county ID
  minqing messages replay --db FILE --county ID (--all | KEY…)
  minqing copy --from DB --to DB [--files DIR]
  minqing backup --db FILE --out FILE [--files DIR]
  minqing restore BACKUP --db FILE [--erasures FILE] [--files DIR] [--configs DIR]
  minqing heads --db FILE --key KEY.pem [--out FILE]
  minqing verify-log --db FILE [--recount] [--heads FILE --key KEY.pem] [--configs DIR]
  minqing facts CONFIG [--json]
  minqing fields CONFIG [--templates DIR]
  minqing labels
  minqing score --config CONFIG --records FILE.ndjson --period P
                [--of people|units] [--directory FILE] [--json | --csv | --explain SUBJECT]
                [--as-of DATE] [--in-force-on DATE]
  minqing simulate --config NEW --against OLD --records FILE.ndjson --period P
                [--of people|units] [--directory FILE] [--json]
  minqing what-if --config NEW --db FILE [--county ID] [--period P] [--json] [--configs DIR]
  minqing bulletin --config CONFIG --records FILE.ndjson --period P --out FILE.docx|.xlsx|.html…
                   [--directory FILE]
  minqing anthology --db FILE --county ID --period P --out FILE.docx
  minqing month --db FILE --county ID --month 2026-03 [--of OFFICE] [--out FILE.docx|.xlsx|.html]
  minqing quotas --config CONFIG --records FILE.ndjson --on DATE [--behind] [--directory FILE] [--json]
  minqing obligations --config CONFIG --records FILE.ndjson --on DATE [--open] [--directory FILE] [--json]

  P: 2023, 2023-H1, 2023-Q3, 2023-09, 2018-W05, 2018-01/2018-02, year:2018, cycle:2018, session:13-5, term:13
  --db: a SQLite FILE, or postgres://USER:PASSWORD@HOST/DATABASE
  --lang en for English
`;

// Whoever reads the first lines alone, as `head` does, has what they wanted.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

const [name = '', ...rest] = process.argv.slice(2);
const language = languageIn(rest);
try {
  if (name === '' || name === '--help' || name === 'help') process.stdout.write(help);
  else if (name in commands) process.exitCode = await commands[name as keyof typeof commands](rest);
  else
    throw new CliError({
      zh: `没有“${name}”这个命令。请运行 minqing --help 查看。`,
      en: `There is no command "${name}". See minqing --help.`,
    });
} catch (error) {
  if (error instanceof MinqingError) {
    console.error(error.saying[language]);
    process.exitCode = error instanceof CliError ? 2 : 1;
  } else throw error;
}
