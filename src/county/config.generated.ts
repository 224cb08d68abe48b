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
 * 配置旁边的 .docx 文件名 / The name of a .docx beside the config
 */
export type Template = string;
/**
 * 分值:数,或查表、分档、取事实、命名值、评分、按日期生效 / Points: a number, a table, steps, a fact, a named value, a rating, or by date
 */
export type Amount =
  | number
  | string
  | {
      /**
       * 按哪个(些)事实查表 / The fact or facts it goes by
       */
      by?: string | string[];
      /**
       * 每个值多少分 / Points for each value
       */
      table?: {};
      /**
       * 达到多少(含)得多少 / From so much on, so many
       */
      steps?: {
        /**
         * 得分 / Points
         */
        [k: string]: number | string;
      };
      /**
       * 表外的值得多少;不写则报错 / What the rest earn; without it they are an error
       */
      otherwise?: number | string;
      /**
       * 事实有多个值时取最高或相加 / Of several values the highest, or their sum
       */
      several?: 'highest' | 'sum';
      /**
       * 直接取事实的数 / The number a fact holds
       */
      fact?: string;
      /**
       * 录入分值下限 / Least that may be entered
       */
      atLeast?: number | string;
      /**
       * 录入分值上限 / Most that may be entered
       */
      atMost?: number | string;
      /**
       * method.values 中的命名值 / A value named in method.values
       */
      value?: string;
      /**
       * method.ratings 中的评分 / A rating of method.ratings
       */
      rating?: string;
      /**
       * 自某日起的数值 / The value in force since each date
       */
      since?: {
        [k: string]: Amount;
      };
      /**
       * 乘以 / Times
       */
      times?: number | string;
      /**
       * 这一数值的依据 / The clause of this value
       */
      clause?: string;
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
    /**
     * 办公时间,按先后写 / Office hours, in their order
     */
    officeHours?: {
      /**
       * 从几点,如 08:30 / From, such as 08:30
       */
      from: string;
      /**
       * 到几点,如 12:00 / To, such as 12:00
       */
      to: string;
    }[];
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
   * 任何环节都无人可办时,最后由哪个职务办理 / The last resort: the post that acts at any stage where nobody else can
   */
  fallback?: string;
  /**
   * 组织:专委会、界别、镇办、部门 / Organisations: committees, sectors, towns, departments
   */
  organisations?: Organisation[];
  /**
   * 本级是哪一级(lists.levels 中的一项);下级政协的来件被本级刊物采用时,按这一级反馈 / The level that this committee is of (one of lists.levels): what its journal prints of a lower committee's is told there as adopted at this level
   */
  level?: string;
  /**
   * 上级政协:向哪个去向报送的编发件,自动送到哪个政协,采用、批示等结果自动返回 / Committees above: what is dispatched to which destination arrives at which committee by itself, and what becomes of it comes back
   */
  above?: {
    /**
     * 上级政协配置的标识 / The id of that committee's config
     */
    id: string;
    /**
     * 报送去向(lists.destinations 中的一项) / A destination (one of lists.destinations)
     */
    destination: string;
  }[];
  /**
   * 下级政协:收哪些政协的来件,各算哪个报送单位 / Committees below: whose dispatches are taken, and which sending unit each is
   */
  below?: {
    /**
     * 下级政协配置的标识 / The id of that committee's config
     */
    id: string;
    /**
     * 在本级的报送单位(organisations 中的一项) / Its sending unit here (one of organisations)
     */
    unit: string;
  }[];
  /**
   * 反映人类别 / Kinds of author
   */
  authorKinds?: AuthorKind[];
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
   * 查找内容相近的信息:只提示,不自动合并 / Finding reports that say much the same: it suggests and merges nothing by itself
   */
  similar?: {
    /**
     * 比对时略去的套话;县里写了就整个替换基础配置的 / Set phrases that are left out when comparing; a county's own list takes the place of its base's
     */
    stopWords?: string[];
    /**
     * 相似度达到多少才提示(1–100,100 为相同) / From which likeness on it is suggested (1–100, 100 being the same)
     */
    atLeast?: number;
  };
  /**
   * 本县自己的 Word 模板:放在配置旁边的 .docx 文件名;不写的用默认模板 / The county's own Word templates: names of .docx files beside the config; the default one without it
   */
  papers?: {
    issue?: Template;
    'sign-off'?: Template;
    transfer?: Template;
    supervision?: Template;
    notice?: Template;
    yearly?: Template;
    employer?: Template;
  };
  /**
   * 登记台账(.xlsx)默认的列:事项种类 → 列 / The columns that a register has by default: a kind, and its columns
   */
  registers?: {
    /**
     * @minItems 1
     */
    [k: string]: string[];
  };
  /**
   * 对外公开:不写就什么都不公开 / What anybody may read: nothing without it
   */
  public?: {
    /**
     * 一个“是否”字段的编号,由机关填写;答“是”的信息,其标题和所处环节可公开查询 / The id of a yes-no field that the office fills in: of a report where it says yes, anybody may read the title and where it stands
     */
    reports?: string;
    /**
     * 一个“是否”字段的编号,由机关填写;答“是”的办理件,其标题、承办单位、期限、进展、答复和满意度可公开查询 / The id of a yes-no field that the office fills in: of an item being handled where it says yes, anybody may read its title, who handles it, until when, the progress, the reply and how it was rated
     */
    handling?: string;
    /**
     * 已公开的事项,另外告知哪些动作于哪天办过(如 submit、sign-for);不写则不告知,动作里填写的内容一律不公开 / Of what is public, the acts (such as submit, sign-for) of which it is told that they happened and on which day: none without it, and never what was written in them
     *
     * @minItems 1
     */
    acts?: string[];
  };
  /**
   * 站内消息怎么写:按动作(如 return),其余写在 otherwise;可用 {title} {action} {stage} {due} / How people are told: by action (such as return), the rest under otherwise; {title} {action} {stage} {due} can be used
   */
  messages?: {
    [k: string]: Text;
  };
  /**
   * 页面上的用语换成本县的说法,按用语的键;占位符如 {n} 照写 / Labels of the page in the county's own words, by their keys; gaps such as {n} as they are
   */
  labels?: {
    [k: string]: Text;
  };
  /**
   * 附件:收哪些类型(按内容识别,不看文件名)和每个文件的大小上限 / Attachments: which types are taken (by content, not by name), and how large each may be
   */
  attachments?: {
    /**
     * 收哪些类型;县里写了就整个替换基础配置的 / Which types; a county's own list takes the place of its base's
     *
     * @minItems 1
     */
    types?: ('pdf' | 'docx' | 'xlsx' | 'doc' | 'xls' | 'jpg' | 'png' | 'webp' | 'mp3' | 'mp4')[];
    /**
     * 每个文件的上限,单位 MB / How large one may be, in megabytes
     */
    megabytes?: number;
  };
  /**
   * 规则:先作判断,流程再据此走 / Rules: decided before a step, read by the flow
   */
  rules?: Rule[];
  /**
   * 流程:线索、信息、编发件、办理、通报期,以及各种事项 / Flows of leads, reports, pieces, handling and periods, and of the county's own matters
   */
  flows?: {
    [k: string]: Flow;
  };
  /**
   * 谁可以查看和新建 / Who may read and create
   */
  access?: Access[];
  /**
   * 年度任务 / Quotas
   */
  quotas?: Quota[];
  directory?: Directory;
  /**
   * 考核计分办法 / The published scoring method
   */
  method?: {
    facts?: Facts;
    /**
     * 每行保留几位小数,四舍五入 / Decimals of a line, half up
     */
    decimals?: number;
    people?: Ledger;
    units?: Ledger;
    /**
     * 记录的种类及其时刻、事实 / Kinds of record with their moments and facts
     */
    records?: {
      /**
       * 一种记录 / A kind of record
       */
      [k: string]: {
        name?: Text;
        /**
         * 会发生什么 / What can happen to it
         */
        moments?: {
          [k: string]: Text;
        };
        facts?: Facts;
      };
    };
    /**
     * 多处使用的条件,用 {"condition":"名字"} 引用 / Conditions used in several places
     */
    conditions?: {
      /**
       * 条件:如 {"level":["city"],"rate":{"below":30}} / A condition, e.g. {"level":["city"],"rate":{"below":30}}
       */
      [k: string]: {};
    };
    /**
     * 多处使用的数值,用 {"value":"名字"} 引用 / Values used in several places
     */
    values?: {
      /**
       * 数值,或按日期生效 / The value, or the value since each date
       */
      [k: string]:
        | number
        | string
        | {
            /**
             * 自某日起的数值 / The value in force since each date
             */
            since: {
              /**
               * 数值 / The value
               */
              [k: string]: number | string;
            };
            /**
             * 这一数值的依据 / The clause of this value
             */
            clause?: string;
          };
    };
    /**
     * 按标准评分 / Ratings on criteria
     */
    ratings?: {
      /**
       * 标识:小写字母、数字、连字符 / An id: small letters, digits, hyphens
       */
      id: string;
      name: Text;
      /**
       * 每项打分范围,默认 0–100 / The scale, 0 to 100 without it
       */
      scale?: {
        /**
         * 最低 / Least
         */
        from: number | string;
        /**
         * 最高 / Most
         */
        to: number | string;
      };
      /**
       * @minItems 1
       */
      criteria: {
        /**
         * 标识:小写字母、数字、连字符 / An id: small letters, digits, hyphens
         */
        id: string;
        label: Text;
        /**
         * 权重,合计 100 / Weight; they add to 100
         */
        weight: number | string;
      }[];
    }[];
    /**
     * 什么使一条记录成为优秀 / What makes a record excellent
     */
    honours?: {
      /**
       * 标识:小写字母、数字、连字符 / An id: small letters, digits, hyphens
       */
      id: string;
      name: Text;
      clause?: string;
      /**
       * 在哪些时刻 / At which moments
       */
      on: string | string[];
      /**
       * 条件:如 {"level":["city"],"rate":{"below":30}} / A condition, e.g. {"level":["city"],"rate":{"below":30}}
       */
      when?: {};
    }[];
    /**
     * 本县的年度、届次 / The county's own year, sessions and terms
     */
    periods?: {
      /**
       * 年度从哪天起,如 11-01 / The day its year begins, e.g. 11-01
       */
      yearStarts?: string;
      /**
       * 几年表彰一次 / Years in a cycle
       */
      cycle?: number;
      /**
       * 届次 / Sessions
       */
      sessions?: {
        /**
         * 起止日期 / From and to
         */
        [k: string]: {
          /**
           * 日期,如 2018-02-01 / A date such as 2018-02-01
           */
          from: string;
          /**
           * 日期,如 2018-02-01 / A date such as 2018-02-01
           */
          to: string;
        };
      };
      /**
       * 届 / Terms
       */
      terms?: {
        /**
         * 起止日期 / From and to
         */
        [k: string]: {
          /**
           * 日期,如 2018-02-01 / A date such as 2018-02-01
           */
          from: string;
          /**
           * 日期,如 2018-02-01 / A date such as 2018-02-01
           */
          to: string;
        };
      };
    };
    /**
     * 同一件事不重复计分:相连的两条只计一条。写明计哪一条:from(有此关系的一条)、to(所指的一条)、higher(得分高的) / Not counted twice: of two that are tied so only one earns: the one that says it, the one it names, or the one with more points
     */
    notTwice?: {
      /**
       * 计哪一条 / Which one earns
       */
      [k: string]: 'from' | 'to' | 'higher';
    };
    /**
     * 并入的信息,谁计分 / Who is credited for reports that were merged
     */
    merge?: {
      /**
       * kept 只计留下的一条(默认);first 只计最先提交的;shared 合为联名;all 各自全额 / kept: the report that goes on (without it); first: who sent first; shared: joint authors; all: each in full
       */
      credit: 'kept' | 'first' | 'shared' | 'all';
    };
  };
  /**
   * 算例:记录与应得分数 / Worked cases: records and the points they come to
   */
  cases?: Case[];
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
  /**
   * 绝不会发生的事,检查时证明 / What never happens; the check proves it
   */
  never?: {
    /**
     * 标识:小写字母、数字、连字符 / An id: small letters, digits, hyphens
     */
    id: string;
    /**
     * 哪种事项 / Of what kind of thing
     */
    on: string;
    name: Text;
    /**
     * 依据 / Its source
     */
    clause?: string;
    /**
     * 办这个动作 / This action is taken
     */
    do?: string;
    /**
     * 到这个环节 / This stage is come to
     */
    reach?: string;
    /**
     * 此前没有 / Without, before it
     */
    without: {
      /**
       * 办过这个动作 / This action was taken
       */
      action?: string;
      /**
       * 到过这个环节 / This stage was come to
       */
      stage?: string;
    };
  }[];
  /**
   * 总会发生的事,检查时证明 / What always happens; the check proves it
   */
  always?: {
    /**
     * 标识:小写字母、数字、连字符 / An id: small letters, digits, hyphens
     */
    id: string;
    /**
     * 哪种事项 / Of what kind of thing
     */
    on: string;
    name: Text;
    /**
     * 依据 / Its source
     */
    clause?: string;
    /**
     * 在此之后 / After this
     */
    after: {
      /**
       * 办过这个动作 / This action was taken
       */
      action?: string;
      /**
       * 到过这个环节 / This stage was come to
       */
      stage?: string;
    };
    /**
     * 结束之前总有 / Before an end there comes
     */
    comes: {
      /**
       * 办过这个动作 / This action was taken
       */
      action?: string;
      /**
       * 到过这个环节 / This stage was come to
       */
      stage?: string;
      /**
       * 可以办这个动作 / This action is offered
       */
      offered?: string;
    };
  }[];
  /**
   * 县里自定的事项:约稿、年度课题、协调会、微协商、联系记录……表单写在 forms,流程写在 flows / The county's own matters: calls, topics of the year, meetings … Their forms stand in forms, their flows in flows
   */
  matters?: {
    /**
     * 标识:小写字母、数字、连字符 / An id: small letters, digits, hyphens
     */
    id: string;
    name: Text;
    /**
     * 出了草稿,凡有查看权的职务都看得到每一件,不限本人或本单位 / Out of its draft, every post that may read it reads all of them, not only its own
     */
    everyone?: boolean;
    /**
     * 按 method.records 的哪种记录计入考核 / The kind of record, of method.records, under which it is counted
     */
    record?: string;
    /**
     * 哪个日期字段是发生之日;不写则为提交之日 / The date field that says when it happened; the day it was handed in without it
     */
    on?: string;
  }[];
  /**
   * 义务:有了甲就应有乙,如界别活动后应报一条信息 / What is owed after something: a sector activity owes a report
   */
  obligations?: {
    /**
     * 标识:小写字母、数字、连字符 / An id: small letters, digits, hyphens
     */
    id: string;
    name: Text;
    /**
     * 依据 / Its source
     */
    clause?: string;
    /**
     * 有了什么 / After what
     */
    after: {
      /**
       * 哪种记录或事项 / The kind of record or matter
       */
      kind: string;
      /**
       * 它的哪个时刻,如 held / Which moment of it
       */
      moment: string;
      /**
       * 记录和时刻的事实须为何值;列表表示其一 / The facts that it must have; a list is any of them
       */
      when?: {
        [k: string]: string | number | boolean | (string | number | boolean)[];
      };
    };
    /**
     * 谁欠:报送单位,或每位作者 / Who owes: the unit, or each of the authors
     */
    by: 'unit' | 'authors';
    /**
     * 欠什么:report 或另一种记录;默认 report / What is owed: a report, or a record of another kind
     */
    owes?: string;
    /**
     * 期限,自次日起算 / Till when, from the day after
     */
    within: {
      workingDays?: number;
      days?: number;
      months?: number;
    };
  }[];
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
  /**
   * 无人在任、或在任者都请假或须回避时,由哪些职务代行 / The posts that act where nobody holds it, or all who do are on leave or must not
   */
  deputies?: string[];
  /**
   * 三员之一:系统、安全、审计管理员;分权时一人不得兼任两种 / One of the three administrators; where duties are separate nobody is two of them
   */
  administers?: 'system' | 'security' | 'audit';
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
 * 一类反映人 / A kind of author
 */
export interface AuthorKind {
  /**
   * 标识:小写字母、数字、连字符 / An id: small letters, digits, hyphens
   */
  id: string;
  label: Text;
  /**
   * 聘期:名册中未写起止的,按此 / Their term, where the directory gives no dates
   */
  term?: {
    from: string;
    to: string;
  };
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
  /**
   * 填什么:短文字、长文字、数、日期、是否、单选、多选、一个文件、多个文件、人、几个人、职务、环节、另一事项或记录、本件的一个字段、一条未处理的字段批注 / What it takes; field names one of the thing itself, comment an open comment on one
   */
  type:
    | 'text'
    | 'long-text'
    | 'number'
    | 'date'
    | 'yes-no'
    | 'choice'
    | 'choices'
    | 'file'
    | 'files'
    | 'person'
    | 'people'
    | 'post'
    | 'stage'
    | 'thing'
    | 'field'
    | 'comment';
  /**
   * 标识:小写字母、数字、连字符 / An id: small letters, digits, hyphens
   */
  id: string;
  label: Text;
  /**
   * 是否必填 / Whether it must be filled in
   */
  required?: boolean;
  /**
   * 最多字数,或最大数 / Most characters, or the largest number
   */
  limit?: number;
  hint?: Text;
  /**
   * 导入 Word/WPS 文件时,这些小标题下的文字填入本字段;字段名称本身总是算 / When a Word file is brought in, what stands under these headings goes into this field; the field's own label always does
   *
   * @minItems 1
   */
  headings?: string[];
  /**
   * 选项取自 lists 的哪张表,或 organisations;type 为 person 时可写 links(本人的联系对象);type 为 long-text 时是可套用的常用语 / The list its options come from, or organisations; of a person also links, those whom one keeps contact with; of a long text, phrases to start from
   */
  optionsFrom?: string;
  /**
   * 只取这些类别的组织;type 为 people 时是这些类别的反映人 / Only organisations of these kinds; with the type people, authors of these kinds
   */
  ofKind?: string[];
  /**
   * 最小数 / The least number
   */
  min?: number;
  /**
   * 只收整数 / Whole numbers only
   */
  whole?: boolean;
  /**
   * type 为 file、files 时:只收照片,手机上可直接拍照 / With the types file and files: pictures alone; a phone offers its camera
   */
  pictures?: boolean;
  /**
   * 谁看得到所填内容:仅机关,或仅批示知悉人;不写则看得到此事项的人都看得到 / Who reads what is filled in: the office alone, or readers of instructions; without it whoever reads the thing
   */
  seenBy?: 'office' | 'instruction-readers';
  /**
   * type 为 thing 时:与所选的关系:应答、来源于、转为、附于、列入议题、作出决定 / With the type thing: how it is tied to what is chosen
   */
  link?: 'answers' | 'derived-from' | 'becomes' | 'attached-to' | 'lists' | 'decides';
  /**
   * type 为 thing 时:可选哪些种类的事项或记录 / With the type thing: the kinds of things or records to choose from
   *
   * @minItems 1
   */
  kinds?: string[];
  /**
   * type 为 thing 时:只列处于这些环节的 / With the type thing: only those at these stages
   *
   * @minItems 1
   */
  stages?: string[];
  /**
   * type 为 thing 时:过了期限的不再列出,也不再收 / With the type thing: none whose due date is past
   */
  untilDue?: boolean;
}
/**
 * 一条规则 / A rule
 */
export interface Rule {
  /**
   * 标识:小写字母、数字、连字符 / An id: small letters, digits, hyphens
   */
  id: string;
  /**
   * 对哪种事项判断:lead、report、piece、handling、period,或 matters 中的一种 / What kind of thing it is about: lead, report, piece, handling, period, or one of the matters
   */
  on: string;
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
  /**
   * 新建时填的表 / The form it begins with
   */
  form: string;
  /**
   * 起始环节 / Where it begins
   */
  start: string;
  /**
   * 各环节 / Its stages
   */
  stages: Stage[];
  /**
   * 在每个环节都可办的动作,如清除 / What can be done at every stage, such as purge
   */
  everywhere?: {
    [k: string]: Action;
  };
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
  /**
   * 环节种类 / What kind of stage it is
   */
  kind: 'draft' | 'review' | 'decision' | 'compile' | 'dispatch' | 'handling' | 'follow-up' | 'end';
  /**
   * 由哪些职务办理 / The posts that act here
   */
  by?: string[];
  /**
   * 以上职务都无人可办时,由哪个职务办理 / The post that acts where nobody can by those posts
   */
  fallback?: string;
  /**
   * 与信息有这些关系的人不在此环节办理:same-organisation 与反映人同一组织、sending-unit 属报送单位、department-concerned 属涉及或承办部门、declared 名册中申报的关系 / Who has one of these relations to it does not act here: of an author's organisation, of the sending unit, of a department concerned or handling it, declared in the directory
   *
   * @minItems 1
   */
  excludes?: ('same-organisation' | 'sending-unit' | 'department-concerned' | 'declared')[];
  /**
   * 期限:收到次日起几个工作日,或其他算法 / Due: working days from the day after receipt, or otherwise reckoned
   */
  due?: {
    /**
     * 收到次日起几个工作日 / Working days from the day after receipt
     */
    workingDays?: number;
    /**
     * 收到时起几个工作小时 / Working hours from receipt
     */
    workingHours?: number;
    /**
     * 收到次日起几个自然日 / Calendar days from the day after receipt
     */
    days?: number;
    /**
     * 几个月后的同日 / The same day so many months later
     */
    months?: number;
    /**
     * 收到当日 / The day of receipt itself
     */
    sameDay?: boolean;
    /**
     * 收到当日下班前;下班后收到的,下一个工作日下班前 / The close of office that day; received after it, of the next working day
     */
    closeOfOffice?: boolean;
    /**
     * 这个日期字段所填日期之前 workingDays 个工作日 / workingDays working days before the date in this field
     */
    before?: string;
    /**
     * 填了这个日期字段的,以它为期限 / A date field: where it is filled in, its date is the due date
     */
    field?: string;
    /**
     * 按紧急程度缩短为几个工作日 / Working days by urgency
     */
    urgent?: {
      [k: string]: number;
    };
  };
  /**
   * 此环节的动作 / What can be done here
   */
  actions?: {
    [k: string]: Action;
  };
  /**
   * 临期和超期后依次做什么,每步一次 / What is done near and after the due date, each step once
   */
  overdue?: {
    /**
     * 期限后几个自然日;负数为期限前 / Calendar days after the due date; before it where negative
     */
    days?: number;
    /**
     * 期限后几个工作日;负数为期限前 / Working days after the due date; before it where negative
     */
    workingDays?: number;
    /**
     * remind 催办、supervise 督办、report 报告、criticise 书面批评,或本环节的一个动作 / remind, supervise, report, criticise, or an action of the stage
     */
    do: string;
    /**
     * 告知哪些职务 / The posts that are told
     */
    to?: string[];
    /**
     * 期限后几个工作小时;0 为到时 / Working hours after the due time; 0 at that time
     */
    workingHours?: number;
  }[];
  /**
   * 几个人一起办:或签、会签、顺序会签、票签 / Several act on it, one for all, all of them, in order, or by a vote
   */
  together?: {
    /**
     * 哪些职务;不写则本环节的 by / Which posts; the stage's by without it
     *
     * @minItems 1
     */
    of?: string[];
    /**
     * 一个职务一签、一人一签,或一个承办单位一签 / One for each post, person or handling organisation
     */
    each?: 'post' | 'person' | 'handler';
    /**
     * all 会签、any 或签、in-order 顺序会签、几人,或 2/3 这样的份额 / all, any, in-order, how many, or a share such as 2/3
     */
    need: string | number;
    /**
     * 各职务的票权,默认 1 / The weight of each post's vote, 1 without it
     */
    weights?: {
      [k: string]: number;
    };
    /**
     * 一票否决的职务 / Posts whose no decides
     */
    veto?: string[];
    /**
     * 表示同意的动作,默认 pass / The action that agrees, pass without it
     */
    action?: string;
  };
  /**
   * 送到这里的人正是该办的人时,自动办这个动作 / The action that is taken by itself where whoever brought it here would be the one to take it
   */
  sameActor?: 'pass' | 'proofread' | 'confirm';
}
/**
 * 一个动作 / An action
 */
export interface Action {
  label: Text;
  /**
   * 要填的表 / The form it takes
   */
  form?: string;
  /**
   * 由哪些职务办;不写则同本环节 / The posts that take it; the stage's without it
   */
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
  /**
   * 按钮样式 / How its button looks
   */
  tone?: 'primary' | 'plain' | 'danger';
  confirm?: Text;
  /**
   * 只有主办单位可办 / For the lead handler alone
   */
  leadOnly?: boolean;
  /**
   * 到本环节后多久内可办 / Offered only so long after arrival
   */
  within?: {
    /**
     * 到达次日起几个工作日 / Working days from the day after arrival
     */
    workingDays: number;
  };
  /**
   * 只在期限之内可办(如申请延期) / Offered only until the due date (asking for an extension)
   */
  beforeDue?: boolean;
  /**
   * 写在 everywhere 里的动作,在结束环节也可办 / For an action of everywhere: at ends too
   */
  atEnds?: boolean;
  /**
   * 用在退回上:办好后直接送回这里,不再重走 / On a way back: from there it goes on to here at once, not the whole way again
   */
  resumes?: boolean;
}
/**
 * 一个分支 / A branch
 */
export interface Branch {
  if?: string;
  to: string;
  /**
   * 这样走跳过了哪些环节,办理过程和流程图上写明 / The stages that are left out this way; the history and the map show it
   *
   * @minItems 1
   */
  skips?: string[];
}
/**
 * 一项权限 / A permission
 */
export interface Access {
  /**
   * 标识,便于县的配置只改这一项 / An id, so that a county changes this one alone
   */
  id?: string;
  /**
   * 可做什么 / What
   */
  may:
    | 'create'
    | 'read'
    | 'see-scores'
    | 'see-config'
    | 'draft-config'
    | 'approve-config'
    | 'attach'
    | 'import'
    | 'export'
    | 'read-instructions'
    | 'manage-directory'
    | 'agree'
    | 'see-audit'
    | 'personal-data';
  /**
   * 对哪种事项;不写则各种 / On what kind of thing; any without it
   */
  on?: string;
  /**
   * 哪些职务 / The posts that may
   */
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
   * 分值:数,或查表、分档、取事实、命名值、评分、按日期生效 / Points: a number, a table, steps, a fact, a named value, a rating, or by date
   */
  need:
    | number
    | string
    | {
        /**
         * 按哪个(些)事实查表 / The fact or facts it goes by
         */
        by?: string | string[];
        /**
         * 每个值多少分 / Points for each value
         */
        table?: {};
        /**
         * 达到多少(含)得多少 / From so much on, so many
         */
        steps?: {
          /**
           * 得分 / Points
           */
          [k: string]: number | string;
        };
        /**
         * 表外的值得多少;不写则报错 / What the rest earn; without it they are an error
         */
        otherwise?: number | string;
        /**
         * 事实有多个值时取最高或相加 / Of several values the highest, or their sum
         */
        several?: 'highest' | 'sum';
        /**
         * 直接取事实的数 / The number a fact holds
         */
        fact?: string;
        /**
         * 录入分值下限 / Least that may be entered
         */
        atLeast?: number | string;
        /**
         * 录入分值上限 / Most that may be entered
         */
        atMost?: number | string;
        /**
         * method.values 中的命名值 / A value named in method.values
         */
        value?: string;
        /**
         * method.ratings 中的评分 / A rating of method.ratings
         */
        rating?: string;
        /**
         * 自某日起的数值 / The value in force since each date
         */
        since?: {
          [k: string]: Amount;
        };
        /**
         * 乘以 / Times
         */
        times?: number | string;
        /**
         * 这一数值的依据 / The clause of this value
         */
        clause?: string;
      };
  /**
   * 每期多久 / How often
   */
  every: 'week' | 'month' | 'quarter' | 'half-year' | 'year';
  /**
   * 什么算数:提交、通过初核、通过审签、编报、采用 / What counts
   */
  counts: 'submitted' | 'checked' | 'forwarded' | 'compiled' | 'adopted';
  clause?: string;
  /**
   * 线索也算 / Leads count too
   */
  leads?: boolean;
  /**
   * 联名:各算一条、平分、只算第一作者 / Joint reports: whole for each, shared, first only
   */
  joint?: 'whole' | 'shared' | 'first';
  /**
   * 单位的任务也算其成员的 / A unit's quota counts its members' reports too
   */
  members?: boolean;
  /**
   * 不在任或请假的,任务按比例减 / Reduced for the time somebody was not there
   */
  reduce?: {
    by: 'month' | 'day';
    /**
     * 新任、离任、请假 / Joining, leaving, leave
     *
     * @minItems 1
     */
    for: ('joining' | 'leaving' | 'leave')[];
    /**
     * 取整 / Rounding
     */
    round?: 'up' | 'down' | 'half-up' | 'none';
  };
}
/**
 * 名册:组织和人员 / The directory: organisations and people
 */
export interface Directory {
  organisations?: {
    id: string;
    name: string;
    kind?: string;
    group?: string;
    /**
     * 上级单位 / The unit above it
     */
    parent?: string;
    /**
     * 联系谁 / Whom they keep contact with
     */
    links?: {
      /**
       * 联系谁 / With whom
       */
      to: string;
      /**
       * 哪种联系,如 member、people / What kind of link
       */
      kind?: string;
      /**
       * 自何日 / Since when, a date such as 2018-02-01
       */
      since?: string;
      /**
       * 至何日 / Till when, a date such as 2018-02-01
       */
      until?: string;
      /**
       * 不在名册中的人,写姓名 / Of somebody who is not in the directory
       */
      name?: string;
    }[];
    /**
     * 人数 / Head-count
     */
    headcount?: number;
    /**
     * 日期,如 2018-02-01 / A date such as 2018-02-01
     */
    from?: string;
    /**
     * 日期,如 2018-02-01 / A date such as 2018-02-01
     */
    to?: string;
  }[];
  people?: {
    id: string;
    name: string;
    kind?: string;
    group?: string;
    organisation?: string;
    posts?: {
      post: string;
      organisation?: string;
      /**
       * 日期,如 2018-02-01 / A date such as 2018-02-01
       */
      from?: string;
      /**
       * 日期,如 2018-02-01 / A date such as 2018-02-01
       */
      to?: string;
    }[];
    /**
     * 批准的请假 / Approved leave
     */
    leaves?: {
      /**
       * 日期,如 2018-02-01 / A date such as 2018-02-01
       */
      from: string;
      /**
       * 日期,如 2018-02-01 / A date such as 2018-02-01
       */
      to: string;
    }[];
    /**
     * 日期,如 2018-02-01 / A date such as 2018-02-01
     */
    from?: string;
    /**
     * 日期,如 2018-02-01 / A date such as 2018-02-01
     */
    to?: string;
    /**
     * 出差、请假期间由谁代理 / Who stands in for them, and when
     */
    standIns?: {
      /**
       * 代理人 / Who
       */
      person: string;
      /**
       * 从哪天 / From
       */
      from?: string;
      /**
       * 到哪天 / To
       */
      to?: string;
    }[];
    /**
     * 联系谁 / Whom they keep contact with
     */
    links?: {
      /**
       * 联系谁 / With whom
       */
      to: string;
      /**
       * 哪种联系,如 member、people / What kind of link
       */
      kind?: string;
      /**
       * 自何日 / Since when, a date such as 2018-02-01
       */
      since?: string;
      /**
       * 至何日 / Till when, a date such as 2018-02-01
       */
      until?: string;
      /**
       * 不在名册中的人,写姓名 / Of somebody who is not in the directory
       */
      name?: string;
    }[];
    /**
     * 申报的利害关系:遇到这些人或组织的信息应回避 / Declared relations: to whom or what, so that they do not judge it
     */
    relations?: {
      /**
       * 与哪个人或组织 / To which person or organisation
       */
      to: string;
      /**
       * 什么关系,如 配偶、曾任职 / What relation
       */
      kind?: string;
    }[];
  }[];
  /**
   * 联系关系:谁联系谁 / Contact links: who keeps contact with whom
   */
  links?: {
    /**
     * 谁 / Who
     */
    from: string;
    /**
     * 联系谁 / With whom
     */
    to: string;
    /**
     * 哪种联系,如 member、people / What kind of link
     */
    kind?: string;
    /**
     * 自何日 / Since when, a date such as 2018-02-01
     */
    since?: string;
    /**
     * 至何日 / Till when, a date such as 2018-02-01
     */
    until?: string;
    /**
     * 名册以外的人,写姓名 / The name of somebody who is not in the directory
     */
    name?: string;
  }[];
}
/**
 * 本办法另用的事实 / Further facts of this method
 */
export interface Facts {
  /**
   * 一个事实 / A fact
   */
  [k: string]: {
    type: 'text' | 'number' | 'yes-no' | 'list' | 'date';
    label: Text;
    /**
     * 可取的值 / Its values
     */
    options?: {
      [k: string]: Text;
    };
  };
}
/**
 * 一本账:个人或单位 / A ledger: of people or of units
 */
export interface Ledger {
  /**
   * 只列这些类别 / Only these kinds stand in the table
   */
  kinds?: string[];
  /**
   * 要用到的数 / Figures that lines read
   */
  figures?: {
    [k: string]: Figure;
  };
  /**
   * 按原文次序,一条一行 / In the printed order, one rule a line
   */
  lines: Line[];
  /**
   * 各行封顶之和应为多少 / What the caps of its lines add up to
   */
  total?: number | string;
  /**
   * 与分数并行的奖金 / Money beside points
   */
  money?: {
    unit?: Text;
    /**
     * 按原文次序,一条一行 / In the printed order, one rule a line
     */
    lines: Line[];
  };
  /**
   * 等次 / Grades
   */
  grades?: Grade[];
  /**
   * 后果与表彰 / What follows
   */
  outcomes?: Outcome[];
  /**
   * 并列各栏:自评与审核、累计 / Columns: self and audited, running total
   */
  columns?: Column[];
  /**
   * 表中另列的数 / Figures shown beside the total
   */
  show?: string[];
  /**
   * 全表的数 / Numbers of the whole table
   */
  summary?: Summary[];
  /**
   * 得分转记到谁:{"甲":"乙"} / Whose credit passes to whom
   */
  redirect?: {
    [k: string]: string;
  };
  /**
   * 这些类别的单位,得分记到上级单位(parent) / Units of these kinds pass theirs to their parent
   */
  redirectKinds?: string[];
}
/**
 * 一个数:某人(单位)在期间内的次数、合计、比率、名次… / A named number of a subject in the period
 */
export interface Figure {
  name?: Text;
  /**
   * 数哪些时刻 / The moments it counts
   */
  count?: string | string[];
  /**
   * 按次数或按件数 / Moments, or records that had one
   */
  of?: 'moments' | 'records';
  /**
   * 条件:如 {"level":["city"],"rate":{"below":30}} / A condition, e.g. {"level":["city"],"rate":{"below":30}}
   */
  when?: {};
  /**
   * 计给谁:反映人、报送单位、办理方、组织方 / Whom it credits
   */
  to?: 'authors' | 'units' | 'handlers' | 'organisers';
  weigh?: Amount;
  /**
   * 只计整数 / Only whole items
   */
  whole?: boolean;
  /**
   * 合计哪个事实 / The fact it sums
   */
  sum?: string;
  mean?: Amount;
  /**
   * 哪些时刻 / At which moments
   */
  on?: string | string[];
  /**
   * 哪些行的得分合计 / What these lines earned
   */
  points?: string | string[];
  /**
   * 两个数之比 / One figure over another
   *
   * @minItems 2
   * @maxItems 2
   */
  ratio?: string[];
  /**
   * 乘以,如 100 得百分比 / Times, e.g. 100 for per cent
   */
  times?: number | string;
  /**
   * 按哪个数在组内排名 / The place in the group by this figure
   */
  rank?: string;
  /**
   * 有几个周(月…)满足 when / In how many weeks (months …) when holds
   */
  periods?: 'week' | 'month' | 'quarter' | 'half-year' | 'year';
  /**
   * 所在单位的哪个数 / This figure of the own unit
   */
  unit?: string;
  /**
   * 这个事实的每个值只数一次,如 with / Each value of this fact counts once, e.g. with
   */
  distinct?: string;
  /**
   * 期末有几项此种联系(名册的 links);all 为全部 / How many links of this kind (links of the directory) at the window's end; all for every kind
   */
  links?: string;
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
   * 按一个数计:figures 中的名字,或就地写 count / For a figure: its name, or a count written here
   */
  for?:
    | string
    | {
        /**
         * 数哪些时刻 / The moments it counts
         */
        count: string | string[];
        /**
         * 条件:如 {"level":["city"],"rate":{"below":30}} / A condition, e.g. {"level":["city"],"rate":{"below":30}}
         */
        when?: {};
        of?: 'moments' | 'records';
        weigh?: Amount;
        /**
         * 计给谁:反映人、报送单位、办理方、组织方 / Whom it credits
         */
        to?: 'authors' | 'units' | 'handlers' | 'organisers';
      };
  /**
   * 条件:如 {"level":["city"],"rate":{"below":30}} / A condition, e.g. {"level":["city"],"rate":{"below":30}}
   */
  when?: {};
  points?: Amount;
  /**
   * 乘以 / Times
   */
  times?: number | string;
  /**
   * 同一件:每次都计、只计一次、只计最高、取平均 / Of one record: each, once, the highest, the mean
   */
  take?: 'each' | 'once' | 'highest' | 'mean';
  /**
   * 联名:full 各得全分、equal 平分、first 只给第一作者、{"first":60} 第一作者占 60%、其余平分 / Joint work: full, equal, first, or {"first":60}
   */
  share?:
    | string
    | {
        /**
         * 第一作者占百分之几 / The first author's per cent
         */
        first: number | string;
      };
  each?: Amount;
  /**
   * 从第几件起 / From the how-manieth on
   */
  from?: number;
  quota?: Amount;
  reached?: Amount;
  missed?: Amount;
  section?: Text;
  lines?: Line[];
  base?: Amount;
  /**
   * 分值:数,或查表、分档、取事实、命名值、评分、按日期生效 / Points: a number, a table, steps, a fact, a named value, a rating, or by date
   */
  floor?:
    | number
    | string
    | {
        /**
         * 按哪个(些)事实查表 / The fact or facts it goes by
         */
        by?: string | string[];
        /**
         * 每个值多少分 / Points for each value
         */
        table?: {};
        /**
         * 达到多少(含)得多少 / From so much on, so many
         */
        steps?: {
          /**
           * 得分 / Points
           */
          [k: string]: number | string;
        };
        /**
         * 表外的值得多少;不写则报错 / What the rest earn; without it they are an error
         */
        otherwise?: number | string;
        /**
         * 事实有多个值时取最高或相加 / Of several values the highest, or their sum
         */
        several?: 'highest' | 'sum';
        /**
         * 直接取事实的数 / The number a fact holds
         */
        fact?: string;
        /**
         * 录入分值下限 / Least that may be entered
         */
        atLeast?: number | string;
        /**
         * 录入分值上限 / Most that may be entered
         */
        atMost?: number | string;
        /**
         * method.values 中的命名值 / A value named in method.values
         */
        value?: string;
        /**
         * method.ratings 中的评分 / A rating of method.ratings
         */
        rating?: string;
        /**
         * 自某日起的数值 / The value in force since each date
         */
        since?: {
          [k: string]: Amount;
        };
        /**
         * 乘以 / Times
         */
        times?: number | string;
        /**
         * 这一数值的依据 / The clause of this value
         */
        clause?: string;
      };
  /**
   * 分值:数,或查表、分档、取事实、命名值、评分、按日期生效 / Points: a number, a table, steps, a fact, a named value, a rating, or by date
   */
  cap?:
    | number
    | string
    | {
        /**
         * 按哪个(些)事实查表 / The fact or facts it goes by
         */
        by?: string | string[];
        /**
         * 每个值多少分 / Points for each value
         */
        table?: {};
        /**
         * 达到多少(含)得多少 / From so much on, so many
         */
        steps?: {
          /**
           * 得分 / Points
           */
          [k: string]: number | string;
        };
        /**
         * 表外的值得多少;不写则报错 / What the rest earn; without it they are an error
         */
        otherwise?: number | string;
        /**
         * 事实有多个值时取最高或相加 / Of several values the highest, or their sum
         */
        several?: 'highest' | 'sum';
        /**
         * 直接取事实的数 / The number a fact holds
         */
        fact?: string;
        /**
         * 录入分值下限 / Least that may be entered
         */
        atLeast?: number | string;
        /**
         * 录入分值上限 / Most that may be entered
         */
        atMost?: number | string;
        /**
         * method.values 中的命名值 / A value named in method.values
         */
        value?: string;
        /**
         * method.ratings 中的评分 / A rating of method.ratings
         */
        rating?: string;
        /**
         * 自某日起的数值 / The value in force since each date
         */
        since?: {
          [k: string]: Amount;
        };
        /**
         * 乘以 / Times
         */
        times?: number | string;
        /**
         * 这一数值的依据 / The clause of this value
         */
        clause?: string;
      };
  /**
   * 计给谁:反映人、报送单位、办理方、组织方 / Whom it credits
   */
  to?: 'authors' | 'units' | 'handlers' | 'organisers';
  /**
   * 按这些事实的每个值分别只计一次(最高) / Once (highest) for each value of these facts
   */
  per?: string | string[];
  /**
   * 最多计几位作者 / At most so many authors
   */
  limit?: number;
  /**
   * 期间内只计最高的几件 / Only the best so many of the period
   */
  best?: number;
  over?: Amount;
  short?: Amount;
  /**
   * 下面各行封顶之和应为多少 / What the caps under it add up to
   */
  total?: number | string;
  /**
   * 按周(月…)分别计 / Reckoned for each week (month …)
   */
  every?: 'week' | 'month' | 'quarter' | 'half-year' | 'year';
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
   * 从多少分起(含);不写则下不封底 / From this many points, included; open below without it
   */
  from?: number | string;
  /**
   * 到多少分止(含) / Up to, included
   */
  to?: number | string;
  /**
   * 低于多少分 / Below this
   */
  below?: number | string;
  /**
   * 条件:如 {"level":["city"],"rate":{"below":30}} / A condition, e.g. {"level":["city"],"rate":{"below":30}}
   */
  when?: {};
}
/**
 * 后果:约谈、表彰等 / What follows: a talk, a commendation
 */
export interface Outcome {
  /**
   * 标识:小写字母、数字、连字符 / An id: small letters, digits, hyphens
   */
  id: string;
  name: Text;
  clause?: string;
  /**
   * 条件:如 {"level":["city"],"rate":{"below":30}} / A condition, e.g. {"level":["city"],"rate":{"below":30}}
   */
  when?: {};
  /**
   * 连续几期 / So many periods running
   */
  running?: number;
  /**
   * 每组前几名(同名次一并) / The best so many of each group, ties together
   */
  best?: number;
  /**
   * 按哪个数,不写为总分 / By this figure; the total without it
   */
  by?: string;
  /**
   * 只在这种期间的表里 / Only in tables of this kind of period
   */
  every?: 'week' | 'month' | 'quarter' | 'half-year' | 'year' | 'session' | 'term' | 'cycle';
}
/**
 * 并列的一栏 / A column beside
 */
export interface Column {
  /**
   * 标识:小写字母、数字、连字符 / An id: small letters, digits, hyphens
   */
  id: string;
  name: Text;
  /**
   * 条件:如 {"level":["city"],"rate":{"below":30}} / A condition, e.g. {"level":["city"],"rate":{"below":30}}
   */
  when?: {};
  /**
   * 自年(届、次)初累计 / From the beginning of the year …
   */
  since?: 'year' | 'session' | 'term' | 'cycle';
  /**
   * 排名和等次按这一栏 / Ranks and grades go by it
   */
  main?: boolean;
}
/**
 * 全表的一个数 / A number of the whole table
 */
export interface Summary {
  /**
   * 标识:小写字母、数字、连字符 / An id: small letters, digits, hyphens
   */
  id: string;
  name: Text;
  /**
   * 数哪些时刻 / The moments it counts
   */
  count?: string | string[];
  /**
   * 默认按件;last:每件按最后一次;moments:按次;pieces:按编发件,几条合编的算一件 / Records unless said; last: a record by its last such moment; moments: each; pieces: a piece once, whatever it was compiled from
   */
  of?: 'records' | 'last' | 'moments' | 'pieces';
  /**
   * 条件:如 {"level":["city"],"rate":{"below":30}} / A condition, e.g. {"level":["city"],"rate":{"below":30}}
   */
  when?: {};
  /**
   * 各行的哪个数之和,或 total / The sum of a figure, or of total
   */
  sum?: string;
  /**
   * 上面两行之比(百分比) / One line above over another, in per cent
   *
   * @minItems 2
   * @maxItems 2
   */
  ratio?: string[];
  /**
   * 各有多少人(单位),占百分之几 / How many fall to each, and their shares
   *
   * @minItems 1
   */
  parts?: {
    /**
     * 标识:小写字母、数字、连字符 / An id: small letters, digits, hyphens
     */
    id: string;
    name: Text;
    /**
     * 条件:如 {"level":["city"],"rate":{"below":30}} / A condition, e.g. {"level":["city"],"rate":{"below":30}}
     */
    when?: {};
  }[];
  /**
   * 百分比的小数位 / Decimals of a per cent
   */
  decimals?: number;
  /**
   * 各项如此取舍、末项为余数;不写为最大余数法 / Each share so and the last the rest; largest remainder without it
   */
  round?: 'half-up' | 'down' | 'up';
  /**
   * 各期公布的数;不符时一并列出 / What was published, by period; shown where it differs
   */
  stated?: {
    /**
     * 公布的数 / The published number
     */
    [k: string]: number | string;
  };
}
/**
 * 算例 / A worked case
 */
export interface Case {
  name: string;
  of?: 'people' | 'units';
  period: string;
  directory?: Directory;
  records: Record[];
  /**
   * 各人(单位)应得 / What each comes to
   */
  expect: {
    [k: string]:
      | number
      | string
      | {
          points?: number | string;
          rank?: number;
          grade?: string;
          money?: number | string;
          columns?: {
            [k: string]: number | string;
          };
          figures?: {
            [k: string]: number | string;
          };
          outcomes?: string[];
          /**
           * 各项任务:应报、已报、还差 / Each quota: needed, done, short
           */
          quotas?: {
            /**
             * 一项任务 / A quota
             */
            [k: string]: {
              /**
               * 应报 / Needed
               */
              need?: number | string;
              /**
               * 已报 / Done
               */
              done?: number | string;
              /**
               * 还差 / Short
               */
              short?: number | string;
              /**
               * 零报送 / Sent nothing
               */
              silent?: boolean;
            };
          };
        };
  };
  /**
   * 全表的数 / Numbers of the whole table
   */
  summary?: {
    [k: string]: number | string;
  };
  /**
   * 任务看到哪一天;不写为期末 / The day its quotas are looked at; the last of the period without it
   */
  on?: string;
}
/**
 * 一条记录 / A record
 */
export interface Record {
  id: string;
  kind: string;
  authors?: {
    id: string;
    part?: 'sole' | 'first' | 'other';
  }[];
  unit?: string;
  units?: {
    id: string;
    part?: 'sole' | 'first' | 'other';
  }[];
  handlers?: {
    id: string;
    part?: 'sole' | 'first' | 'other';
  }[];
  organisers?: {
    id: string;
    part?: 'sole' | 'first' | 'other';
  }[];
  facts?: {
    [k: string]: string | number | boolean | string[] | null;
  };
  moments: {
    is: string;
    /**
     * 日期,如 2018-02-01 / A date such as 2018-02-01
     */
    on: string;
    [k: string]: string | number | boolean | string[] | null;
  }[];
  /**
   * 与其他记录的关系 / How it is tied to other records
   */
  links?: {
    /**
     * 什么关系 / How
     */
    is: 'answers' | 'derived-from' | 'becomes' | 'attached-to' | 'merged-into';
    /**
     * 另一条记录 / The other record
     */
    to: string;
  }[];
}
