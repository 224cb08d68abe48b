// What a portal's own script does: name the county, hand over the login, show one section at a time.
const byId = (id) => document.getElementById(id);
const [county, where, who, language, look] = ['county', 'where', 'who', 'language', 'look'].map(byId);
const asked = new URLSearchParams(location.search);

language.value = asked.get('lang') === 'en' ? 'en' : 'zh';
county.language = language.value;
document.documentElement.lang = language.value === 'en' ? 'en' : 'zh-CN';
for (const one of document.querySelectorAll('[data-zh]')) one.textContent = one.dataset[language.value];

look.value = [...look.options].some((one) => one.value === asked.get('look')) ? asked.get('look') : 'light';
county.elder = look.value === 'elder';
county.theme = look.value === 'elder' ? 'light' : look.value;
document.documentElement.dataset.look = look.value;

const people = await (
  await fetch('/demo/identities', {
    headers: { 'Accept-Language': language.value === 'en' ? 'en' : 'zh-CN' },
  })
).json();
const me =
  people.find((person) => person.county === asked.get('county') && person.id === asked.get('as')) ??
  people.find((person) => person.county === asked.get('county')) ??
  people.find((person) => person.id.includes('author')) ??
  people[0];

const choice = (value, words) =>
  Object.assign(document.createElement('option'), { value, textContent: words });
where.append(
  ...[...new Map(people.map((person) => [person.county, person.countyName]))].map((one) => choice(...one)),
);
where.value = me.county;
who.append(
  ...people
    .filter((person) => person.county === me.county)
    .map((person) => choice(person.id, `${person.postName} ${person.name}`)),
);
who.value = me.id;
byId('county-name').textContent = me.countyName;

// A real portal returns the token of its own login here.
county.token = async () => {
  const answer = await fetch('/demo/token', {
    method: 'POST',
    body: JSON.stringify({ county: me.county, id: me.id }),
  });
  return (await answer.json()).token;
};
county.county = me.county;

// What this person may not do is not in the way; the server refuses it in any case.
const { may } = await (
  await fetch(`/counties/${me.county}`, { headers: { Authorization: `Bearer ${await county.token()}` } })
).json();
for (const link of document.querySelectorAll('nav.main a[data-may]'))
  link.hidden = !link.dataset.may.split(' ').some((one) => may.includes(one));

function go(person) {
  location.search = new URLSearchParams({
    county: where.value,
    ...person,
    lang: language.value,
    look: look.value,
  });
}
where.addEventListener('change', () => go({}));
for (const select of [who, language, look]) select.addEventListener('change', () => go({ as: who.value }));

function show() {
  const links = [...document.querySelectorAll('nav.main a:not([hidden])')];
  const link = links.find((one) => one.hash === location.hash) ?? links[0];
  for (const section of document.querySelectorAll('main section'))
    section.hidden = `#${section.id}` !== link.hash;
  for (const one of links)
    if (one === link) one.setAttribute('aria-current', 'page');
    else one.removeAttribute('aria-current');
  byId('here').textContent = link.textContent;
  document.title = `${link.textContent} · ${me.countyName}`;
}
addEventListener('hashchange', show);
show();
