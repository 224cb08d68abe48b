import { expect, test } from 'vitest';
import { demoDirectory } from '../../src/server/demo.ts';
import { countyOf } from '../county.ts';

test.each(['huantai', 'ningshan', 'yulin', 'shuangyashan', 'zhenyuan', 'capital'])(
  '%s can be tried out: nobody is there twice, and whoever can be assigned a thing has somebody to do it',
  (name) => {
    const { county } = countyOf(name);
    const { people } = demoDirectory(county);
    expect(new Set(people.map(({ id }) => id)).size).toBe(people.length);
    const contacts = people.flatMap(({ posts = [] }) =>
      posts.flatMap(({ post, organisation }) => (post === 'department-contact' ? [organisation] : [])),
    );
    const lead = county.forms.get('new-handling')?.find(({ id }) => id === 'lead');
    expect(contacts.toSorted()).toEqual(lead?.options.map(({ id }) => id).toSorted());
  },
);
