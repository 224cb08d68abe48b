/*
 * Who may take which action at which stage, written by hand and read from no config. `for:` is who may only enter it on
 * behalf of the party whose act it is. What is not here is refused.
 */
export const everyone: readonly string[] = [
  'author-1', // who wrote it
  'author-2', // another one
  'checker',
  'compiler',
  'office-director',
  'secretary-general',
  'chairman',
  'education-bureau', // that was asked, or handles it
  'other-bureau',
  'supervision-office',
  'admin',
  'security-admin',
  'audit-admin',
];
const desk = 'checker compiler office-director secretary-general chairman';
const purgers = 'office-director secretary-general';
const tying = 'checker compiler office-director';
const gate = 'checker office-director';
const compiling = 'compiler office-director';
const assigners = 'office-director supervision-office';
const bureau = 'for:checker for:office-director education-bureau';
const author = 'author-1 for:checker for:office-director';
const reading = 'author-1 checker compiler office-director secretary-general chairman supervision-office';
const readingLeads = 'author-1 checker office-director secretary-general';
const readingHandling =
  'checker compiler office-director secretary-general chairman education-bureau supervision-office';

export const takers: Record<string, Record<string, string>> = {
  'report initial-check': {
    tie: tying,
    withdraw: author,
    claim: 'checker',
    check: 'checker',
    pass: 'checker',
    'take-back': 'author-1',
    transfer: 'checker',
    inquire: desk,
    copy: desk,
    recuse: 'checker',
    jump: 'secretary-general',
    return: 'checker',
    'not-use': 'checker',
    reserve: 'checker',
    'pass-on': 'checker',
    purge: purgers,
    merge: 'checker',
    delegate: 'checker',
    terminate: purgers,
  },
  'report second-review': {
    recuse: 'office-director',
    tie: tying,
    pass: 'office-director',
    'take-back': 'checker',
    inquire: desk,
    copy: desk,
    jump: 'secretary-general',
    return: 'office-director',
    'not-use': 'office-director',
    reserve: 'office-director',
    'pass-on': 'office-director',
    ask: 'office-director',
    purge: purgers,
    delegate: 'office-director',
    terminate: purgers,
  },
  'report sign-off': {
    recuse: 'secretary-general',
    tie: tying,
    pass: 'secretary-general',
    'take-back': 'office-director',
    inquire: desk,
    copy: desk,
    jump: 'secretary-general',
    return: 'secretary-general',
    'not-use': 'secretary-general',
    reserve: 'secretary-general',
    refer: 'secretary-general',
    purge: purgers,
    delegate: 'secretary-general',
    terminate: purgers,
  },
  'report to-compile': {
    tie: tying,
    'take-back': 'secretary-general',
    inquire: desk,
    copy: desk,
    jump: 'secretary-general',
    return: 'compiler',
    reserve: 'compiler',
    compile: 'compiler',
    purge: purgers,
    delegate: 'compiler',
    terminate: purgers,
  },
  'report compiled': {
    tie: tying,
    inquire: desk,
    copy: desk,
    jump: 'secretary-general',
    compile: compiling,
    mark: 'compiler office-director secretary-general',
    archive: compiling,
    purge: purgers,
    delegate: compiling,
    terminate: purgers,
  },
  'report chairman': {
    recuse: 'for:office-director chairman',
    tie: tying,
    'take-back': 'secretary-general',
    inquire: desk,
    copy: desk,
    jump: 'secretary-general',
    decide: 'for:office-director chairman',
    purge: purgers,
    terminate: purgers,
  },
  'report opinion': {
    tie: tying,
    pass: 'office-director',
    'take-back': 'office-director',
    inquire: desk,
    copy: desk,
    jump: 'secretary-general',
    opine: bureau,
    remind: 'office-director',
    purge: purgers,
    delegate: 'office-director',
    terminate: purgers,
  },
  'report revision': {
    tie: tying,
    save: author,
    submit: author,
    withdraw: author,
    'take-back': 'checker',
    inquire: desk,
    copy: desk,
    jump: 'secretary-general',
    purge: purgers,
    terminate: purgers,
  },
  'report reserved': {
    tie: tying,
    'take-back': 'checker',
    inquire: desk,
    copy: desk,
    jump: 'secretary-general',
    retrieve: 'checker compiler office-director',
    archive: 'checker compiler office-director',
    purge: purgers,
    delegate: 'checker compiler office-director',
    terminate: purgers,
  },
  'report not-used': {
    tie: tying,
    purge: purgers,
    reopen: purgers,
  },
  'report withdrawn': {
    tie: tying,
    purge: purgers,
  },
  'report draft': {
    save: 'author-1',
    submit: 'author-1',
    withdraw: 'author-1',
  },
  'lead received': {
    'pass-on': gate,
    purge: purgers,
    'write-up': gate,
    join: gate,
    close: gate,
  },
  'lead closed': {
    purge: purgers,
  },
  'lead draft': {
    save: 'author-1',
    submit: 'author-1',
  },
  'piece drafting': {
    pass: 'compiler',
    edit: 'compiler',
    purge: purgers,
  },
  'piece proofreading': {
    edit: gate,
    proofread: gate,
    'send-back': gate,
    purge: purgers,
  },
  'piece issuing': {
    issue: 'secretary-general',
    'send-back': 'secretary-general',
    purge: purgers,
  },
  'piece dispatching': {
    dispatch: compiling,
    purge: purgers,
  },
  'piece sent': {
    record: compiling,
    archive: compiling,
    purge: purgers,
  },
  'piece archived': {
    record: compiling,
    purge: purgers,
  },
  'handling assigned': {
    'sign-for': bureau,
    decline: bureau,
    remind: assigners,
    supervise: 'supervision-office',
    purge: purgers,
  },
  'handling working': {
    progress: bureau,
    'ask-extension': bureau,
    decline: bureau,
    reply: bureau,
    remind: assigners,
    supervise: 'supervision-office',
    purge: purgers,
  },
  'handling checking': {
    confirm: 'office-director',
    'send-back': 'office-director',
    purge: purgers,
  },
  'handling satisfaction': {
    rate: 'for:checker office-director',
    purge: purgers,
  },
  'handling reassigning': {
    reassign: assigners,
    'send-back': assigners,
    purge: purgers,
  },
  'period trial': {
    pass: 'office-director',
    count: 'office-director',
  },
  'period checking': {
    pass: 'office-director',
    object: everyone.join(' '),
    answer: 'office-director',
  },
  'period approving': {
    'send-back': 'secretary-general',
    approve: 'secretary-general',
  },
  'period approved': {
    issue: purgers,
  },
};

/** Who reads a thing at each stage. */
export const readers: Record<string, string> = {
  'report initial-check': reading,
  'report second-review': reading,
  'report sign-off': reading,
  'report to-compile': reading,
  'report compiled': reading,
  'report chairman': reading,
  'report opinion':
    'author-1 checker compiler office-director secretary-general chairman education-bureau supervision-office',
  'report revision': reading,
  'report reserved': reading,
  'report not-used': reading,
  'report withdrawn': reading,
  'report draft': 'author-1',
  'lead received': readingLeads,
  'lead closed': readingLeads,
  'lead draft': 'author-1',
  'piece drafting': reading,
  'piece proofreading': reading,
  'piece issuing': reading,
  'piece dispatching': reading,
  'piece sent': reading,
  'piece archived': reading,
  'handling assigned': readingHandling,
  'handling working': readingHandling,
  'handling checking': readingHandling,
  'handling satisfaction': readingHandling,
  'handling reassigning': readingHandling,
  'period trial': 'compiler office-director secretary-general chairman',
  'period checking': everyone.join(' '),
  'period approving': everyone.join(' '),
  'period approved': everyone.join(' '),
};
