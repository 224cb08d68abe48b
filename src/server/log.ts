import { pino, type DestinationStream, type Logger } from 'pino';
import { MinqingError } from '../model/error.ts';
import type { Answered } from './answered.ts';

export interface Log {
  answered(answered: Answered): void;
  failed(where: string, error: unknown): void;
  said(words: string): void;
}

/** One JSON a line, with nothing of what people wrote or are called; who acted only where the deployment says so. */
export function logTo(
  options: { level: 'info' | 'warn'; actors: boolean },
  destination?: DestinationStream,
): Log {
  const settings = { level: options.level, base: undefined, timestamp: pino.stdTimeFunctions.isoTime };
  const log: Logger = destination ? pino(settings, destination) : pino(settings);
  return {
    answered({ actor, ...answered }) {
      log.info(actor !== undefined && options.actors ? { ...answered, actor } : answered, 'answered');
    },
    failed(where, error) {
      log.error({ where, ...bare(error) }, 'failed');
    },
    said: (words) => log.warn(words),
  };
}

/** What went wrong and where in the code. Its message may quote what somebody wrote, and stays out. */
function bare(error: unknown): { error: string; code?: string; at: string[] } {
  if (!(error instanceof Error)) return { error: typeof error, at: [] };
  const code = error instanceof MinqingError ? error.code : 'code' in error ? error.code : undefined;
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return {
    error: error.name,
    ...(typeof code === 'string' && /^[\w-]{1,40}$/.test(code) ? { code } : {}),
    at: frames.slice(0, 8).map((line) => line.trim()),
  };
}
