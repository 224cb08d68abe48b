// Generated from configs/county.schema.json by `npm run generate`; edit the schema instead.

/**
 * 文字:一个中文字符串,或 {"zh":…,"en":…} / A label: one string, or one each language
 */
export type Text =
  | string
  | {
      zh: string;
      en?: string;
    };
/**
 * 分值:数,或按事实查表,或取自事实 / Points: a number, a table by facts, or a fact of the moment
 */
export type Amount =
  | number
  | string
  | {
      by?: string | string[];
      table?: {};
      otherwise?: number | string;
      fact?: string;
    };

/**
 * 一个县(市、区)政协的配置 / The config of one county
 */
export interface CountyConfig {
  $schema?: string;
  /**
   * 继承的基础配置(同目录文件名,不含 .json);只继承一层 / The config it extends: a file beside it, without .json; one level
   */
  extends?: string;
  /**
   * 标识:小写字母、数字、连字符 / An id: small letters, digits, hyphens
   */
  id: string;
  name: Text;
  /**
   * 版本 / The version of this text
   */
  version?: string;
  /**
   * 依据的办法 / The decree this follows
   */
  clause?: string;
  /**
   * 时区,如 Asia/Shanghai / The time zone, e.g. Asia/Shanghai
   */
  timeZone?: string;
  /**
   * 工作日历 / The working calendar
   */
  calendar?: {
    /**
     * 本县另行放假的日子 / Days this county is closed besides the holidays
     */
    closures?: string[];
  };
  /**
   * 时间线上是否显示经办人姓名 / Whether timelines show the names of those who acted
   */
  showsNames?: boolean;
  /**
   * 职务 / Posts
   */
  posts?: Post[];
  /**
   * 组织:专委会、界别、镇办、部门 / Organisations: committees, sectors, towns, departments
   */
  organisations?: Organisation[];
  /**
   * 反映人类别 / Kinds of author
   */
  authorKinds?: Option[];
  /**
   * 各种选项表 / Named lists of options
   */
  lists?: {
    [k: string]: Option[];
  };
  /**
   * 表单:每张表是一列字段 / Forms: each a list of fields
   */
  forms?: {
    [k: string]: Field[];
  };
  /**
   * 规则:先作判断,流程再据此走 / Rules: decided before a step, read by the flow
   */
  rules?: Rule[];
  /**
   * 流程:线索、信息、编发件、办理、通报期 / Flows of leads, reports, pieces, handling and periods
   */
  flows?: {
    lead?: Flow;
    report?: Flow;
    piece?: Flow;
    handling?: Flow;
    period?: Flow;
  };
  /**
   * 谁可以查看和新建 / Who may read and create
   */
  access?: Access[];
  /**
   * 年度任务 / Quotas
   */
  quotas?: Quota[];
  /**
   * 名册:组织和人员 / The directory: organisations and people
   */
  directory?: {
    organisations?: {}[];
    people?: {}[];
  };
  /**
   * 考核计分办法 / The published scoring method
   */
  method?: {
    /**
     * 条件中可用的事实 / The facts that conditions may read
     */
    facts?: {
      [k: string]: {
        type: 'text' | 'number' | 'yes-no' | 'list' | 'date';
        label: Text;
      };
    };
    /**
     * 每行保留几位小数,四舍五入 / Decimals of a line, half up
     */
    decimals?: number;
    people?: Ledger;
    units?: Ledger;
  };
  /**
   * 算例:记录与应得分数 / Worked cases: records and the points they come to
   */
  cases?: {}[];
  /**
   * 通报 / The bulletin
   */
  bulletin?: {
    /**
     * 多久一期 / How often
     */
    every?: 'month' | 'quarter' | 'half-year' | 'year';
    title?: Text;
  };
}
/**
 * 一个职务 / A post
 */
export interface Post {
  /**
   * 标识:小写字母、数字、连字符 / An id: small letters, digits, hyphens
   */
  id: string;
  name: Text;
  /**
   * 管到哪里:本人的、本单位的、全县的 / How far it reaches: own things, own organisation's, the county's
   */
  scope: 'own' | 'organisation' | 'county';
  /**
   * 人人都有 / Held by everyone
   */
  everyone?: boolean;
  /**
   * 可代为录入的职务 / Posts that may enter this party's acts
   */
  enteredBy?: string[];
}
/**
 * 一个组织 / An organisation
 */
export interface Organisation {
  /**
   * 标识:小写字母、数字、连字符 / An id: small letters, digits, hyphens
   */
  id: string;
  name: Text;
  /**
   * committee、sector、town、department 等 / committee, sector, town, department …
   */
  kind: string;
  group?: string;
}
/**
 * 一个选项 / An option
 */
export interface Option {
  /**
   * 标识:小写字母、数字、连字符 / An id: small letters, digits, hyphens
   */
  id: string;
  label: Text;
  group?: string;
}
/**
 * 一个字段 / A field
 */
export interface Field {
  type: 'text' | 'long-text' | 'number' | 'date' | 'yes-no' | 'choice' | 'choices' | 'file' | 'files';
  /**
   * 标识:小写字母、数字、连字符 / An id: small letters, digits, hyphens
   */
  id: string;
  label: Text;
  required?: boolean;
  /**
   * 最多字数,或最大数 / Most characters, or the largest number
   */
  limit?: number;
  hint?: Text;
  /**
   * 选项取自 lists 的哪张表,或 organisations / The list its options come from, or organisations
   */
  optionsFrom?: string;
  /**
   * 只取这些类别的组织 / Only organisations of these kinds
   */
  ofKind?: string[];
}
/**
 * 一条规则 / A rule
 */
export interface Rule {
  /**
   * 标识:小写字母、数字、连字符 / An id: small letters, digits, hyphens
   */
  id: string;
  on: 'lead' | 'report' | 'piece' | 'handling' | 'period';
  name: Text;
  /**
   * 条件:如 {"level":["city"],"departments.count":{"atLeast":2}} / A condition, e.g. {"level":["city"],"departments.count":{"atLeast":2}}
   */
  when: {};
  priority?: number;
  clause?: string;
}
/**
 * 一种事项的流程 / The flow of one kind of thing
 */
export interface Flow {
  form: string;
  start: string;
  stages: Stage[];
}
/**
 * 一个环节 / A stage
 */
export interface Stage {
  /**
   * 标识:小写字母、数字、连字符 / An id: small letters, digits, hyphens
   */
  id: string;
  label: Text;
  kind: 'draft' | 'review' | 'decision' | 'compile' | 'dispatch' | 'handling' | 'follow-up' | 'end';
  /**
   * 由哪些职务办理 / The posts that act here
   */
  by?: string[];
  /**
   * 期限:收到次日起几个工作日 / Due: working days from the day after receipt
   */
  due?: {
    workingDays: number;
  };
  actions?: {
    [k: string]: Action;
  };
}
/**
 * 一个动作 / An action
 */
export interface Action {
  label: Text;
  form?: string;
  by?: string[];
  /**
   * 到哪个环节;"back" 为退回它的环节;或按规则依次判断 / The stage it leads to; "back" is the one that returned it; or one by rule, the first that holds
   */
  to?: string | Branch[];
  /**
   * 只在此规则成立时可用 / Offered only where this rule holds
   */
  if?: string;
  /**
   * 此规则成立时不可用 / Not offered where this rule holds
   */
  unless?: string;
  /**
   * 由此规则建议 / The rule that proposes it
   */
  proposedBy?: string;
  /**
   * 所代替的建议动作;不采纳建议须说明理由 / The proposed action it is taken instead of; why not must then be said
   */
  instead?: string;
  tone?: 'primary' | 'plain' | 'danger';
  confirm?: Text;
}
/**
 * 一个分支 / A branch
 */
export interface Branch {
  if?: string;
  to: string;
}
/**
 * 一项权限 / A permission
 */
export interface Access {
  may: 'create' | 'read' | 'see-scores' | 'see-config' | 'attach' | 'import' | 'read-instructions';
  on?: 'lead' | 'report' | 'piece' | 'handling' | 'period';
  posts: string[];
}
/**
 * 一项年度任务 / A quota
 */
export interface Quota {
  /**
   * 标识:小写字母、数字、连字符 / An id: small letters, digits, hyphens
   */
  id: string;
  name: Text;
  /**
   * 谁有任务 / Who owes
   */
  who: {
    kinds?: string[];
    posts?: string[];
    organisationKinds?: string[];
  };
  /**
   * 多少条 / How many
   */
  need: number;
  every: 'month' | 'quarter' | 'half-year' | 'year';
  /**
   * 什么算数 / What counts
   */
  counts: 'submitted' | 'forwarded' | 'compiled' | 'adopted';
  clause?: string;
}
/**
 * 一本账:个人或单位 / A ledger: of people or of units
 */
export interface Ledger {
  lines: Line[];
  grades?: Grade[];
}
/**
 * 办法的一行,或一节 / A line of the method, or a section
 */
export interface Line {
  /**
   * 标识:小写字母、数字、连字符 / An id: small letters, digits, hyphens
   */
  id: string;
  /**
   * 办法中的条款 / The clause of the method
   */
  clause?: string;
  name?: Text;
  /**
   * 每发生一次 / Each time this moment happens
   */
  on?: string | string[];
  /**
   * 按数量计 / For a count in the period
   */
  for?: {
    count: string;
    /**
     * 条件:如 {"level":["city"],"departments.count":{"atLeast":2}} / A condition, e.g. {"level":["city"],"departments.count":{"atLeast":2}}
     */
    when?: {};
  };
  /**
   * 条件:如 {"level":["city"],"departments.count":{"atLeast":2}} / A condition, e.g. {"level":["city"],"departments.count":{"atLeast":2}}
   */
  when?: {};
  points?: Amount;
  times?: number | string;
  take?: 'each' | 'once' | 'highest';
  share?: 'full' | 'equal' | 'first';
  each?: number | string;
  from?: number;
  quota?: number;
  reached?: number | string;
  missed?: number | string;
  section?: Text;
  lines?: Line[];
  base?: number | string;
  floor?: number | string;
  cap?: number | string;
}
/**
 * 等次 / A grade
 */
export interface Grade {
  /**
   * 标识:小写字母、数字、连字符 / An id: small letters, digits, hyphens
   */
  id: string;
  name: Text;
  /**
   * 从多少分起(含) / From this many points, included
   */
  from: number | string;
}
