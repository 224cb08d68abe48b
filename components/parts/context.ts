import { createContext } from '@lit/context';
import type { Client, CountyInfo } from '../../src/client/index.ts';
import type { Language } from '../../src/model/text.ts';

/** What the county's element hands to those under it. */
export interface CountyContext {
  client: Client;
  language: Language;
  info: CountyInfo;
}
/** Shared by name, so that elements of separately loaded files find each other. */
export const countyContext = createContext<CountyContext | null>(Symbol.for('minqing.county'));
