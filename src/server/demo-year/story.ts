/** What a demo year is told from: `examples/demo/<county>.json`. */
export interface DemoStory {
  reports: number;
  leads: number;
  places: DemoPlace[];
  subjects: DemoSubject[];
  /** The short ones, in turn. */
  kindsOfLead: DemoLead[];
  /** By category. */
  analyses: Record<string, string[]>;
  notUsed: { reason: string; comment: string }[];
  returned: string[];
  /** What the author adds to what came back. */
  added: string;
  asked: string;
  opinions: string[];
  reservedWords: string[];
  tasks: string[];
  instructions: string[];
  progress: string[];
  replies: { result: string; words: string }[];
  /** Why the secretary-general does not refer to the chairman what the rules propose to. */
  whyNot: string;
  /** Of a piece made of several reports, for their `{matters}`. */
  severalTitle: string;
  /** Of a report about a `{matter}` of a `{place}` that another report is about already. */
  twinTitle: string;
  proofread: string;
  supervised: string;
  reminded: string;
  objection: string;
  answer: string;
}
export interface DemoPlace {
  name: string;
  /** The organisation that can settle what is a town's own matter there. */
  town?: string;
}
/** `{place}`, `{matter}`, `{few}` and `{many}` stand for a place, for what it is about, and for numbers. */
export interface DemoSubject {
  title: string;
  /** The same in two or three words, for the title of a piece of several. */
  matter: string;
  category: string;
  department: string;
  situation: string;
  suggestion: string;
  /** Heavy policy asks the department first, heavy politics goes to the chairman, a town's matter to the town. */
  weighs?: 'policy' | 'politics' | 'town';
}
export interface DemoLead {
  /** Of one that joins a report, `{matter}` and `{place}` are that report's. */
  title: string;
  words: string;
  category: string;
  end: 'write-up' | 'join' | 'pass-on' | 'close';
  /** What the office makes of one that is written up. */
  becomes?: Pick<DemoSubject, 'title' | 'matter' | 'department' | 'suggestion'>;
  task?: string;
  reason?: string;
  comment?: string;
}
