import { schemas, type Schema } from './openapi-schemas.ts';

/** What stands in an example where a schema says no more than that it is text, by the name of the member. */
const byName: Readonly<Record<string, string>> = {
  id: 'report-12',
  county: 'my-county',
  countyName: '某县政协',
  kind: 'report',
  title: '关于校门口交通安全的建议',
  name: '王建国',
  label: '初核',
  text: '三所小学放学时段校门口拥堵,建议设护学岗。',
  detail: '没有这件事项,或不属于本县。请核对链接。',
  code: 'not-found',
  message: '请填写“标题”。',
  clause: '审核办法第六条',
  because: '价值为强',
  rule: '宜转镇办',
  piece: 'piece-3',
  report: 'report-7',
  period: '2026-Q1',
  post: 'checker',
  postName: '初核专人',
  unit: 'education-committee',
  from: 'my-county',
  to: 'my-city',
  level: 'city',
  outlet: '《社情民意》2026年第1期',
  is: 'adopted',
  zh: '初核',
  en: 'Initial check',
  type: 'application/pdf',
  failure: 'HTTP 503',
  receiver: 'portal',
  token: 'eyJhbGciOiJFUzI1NiJ9.e30.c2ln',
  channel: 'platform',
  subject: 'wang',
};

const isSchema = (value: unknown): value is Schema =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const schemasIn = (value: unknown): Schema[] => (Array.isArray(value) ? value.filter(isSchema) : []);

/**
 * The smallest whole value that a schema describes: all that is required, nothing that may be left out. A test holds
 * each to its schema. Undefined for bytes.
 */
export function exampleOf(schema: Schema, name = ''): unknown {
  if ('const' in schema) return schema['const'];
  if (Array.isArray(schema['examples'])) return schema['examples'][0];
  if (Array.isArray(schema['enum'])) return schema['enum'][0];
  const ref = schema['$ref'];
  if (typeof ref === 'string') {
    const found = Object.entries(schemas).find(([one]) => ref.endsWith(`/${one}`));
    return found ? exampleOf(found[1], name) : undefined;
  }
  const [choice] = schemasIn(schema['anyOf'] ?? schema['oneOf']);
  if (choice) return exampleOf(choice, name);
  const { type } = schema;
  switch (Array.isArray(type) ? type[0] : type) {
    case 'object':
      return objectOf(schema);
    case 'array':
      return listOf(schema, name);
    case 'boolean':
      return true;
    case 'integer':
    case 'number':
      return typeof schema['minimum'] === 'number' ? schema['minimum'] : 1;
    case 'string':
      return textOf(schema, name);
    default:
      return {};
  }
}

function objectOf(schema: Schema): unknown {
  const { properties, required } = schema;
  const needed: unknown[] = Array.isArray(required) ? required : [];
  return Object.fromEntries(
    Object.entries(isSchema(properties) ? properties : {}).flatMap(([name, member]) =>
      needed.includes(name) && isSchema(member) ? [[name, exampleOf(member, name)]] : [],
    ),
  );
}

function listOf({ prefixItems, items }: Schema, name: string): unknown[] {
  if (prefixItems !== undefined) return schemasIn(prefixItems).map((item) => exampleOf(item, name));
  return isSchema(items) ? [exampleOf(items, name)] : [];
}

function textOf({ format, pattern }: Schema, name: string): string | undefined {
  if (format === 'binary') return undefined;
  if (format === 'date') return '2026-03-02';
  if (format === 'date-time') return '2026-03-02T01:00:00.000Z';
  if (typeof pattern === 'string') return '4';
  return byName[name] ?? name;
}
