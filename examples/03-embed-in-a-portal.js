// What a portal's own script does: name the county, hand over the login, show one section at a time.
const county = document.querySelector('#county');
const who = document.querySelector('#who');
const language = document.querySelector('#language');
const asked = new URLSearchParams(location.search);

language.value = asked.get('lang') === 'en' ? 'en' : 'zh';
county.language = language.value;
document.documentElement.lang = language.value === 'en' ? 'en' : 'zh-CN';
for (const link of document.querySelectorAll('nav a')) link.textContent = link.dataset[language.value];

const people = await (
  await fetch('/demo/identities', {
    headers: { 'Accept-Language': language.value === 'en' ? 'en' : 'zh-CN' },
  })
).json();
for (const person of people) {
  const option = document.createElement('option');
  option.value = `${person.county}/${person.id}`;
  option.textContent = `${person.countyName} · ${person.postName} ${person.name}`;
  who.append(option);
}
const wanted = `${asked.get('county')}/${asked.get('as')}`;
const me =
  people.find((person) => `${person.county}/${person.id}` === wanted) ??
  people.find((person) => person.id.includes('author')) ??
  people[0];
who.value = `${me.county}/${me.id}`;
document.querySelector('#county-name').textContent = me.countyName;

// A real portal returns the token of its own login here.
county.token = async () => {
  const answer = await fetch('/demo/token', { method: 'POST', body: JSON.stringify({ id: me.id }) });
  return (await answer.json()).token;
};
county.county = me.county;

function go() {
  const [as] = [who.value.split('/')];
  location.search = new URLSearchParams({ county: as[0], as: as[1], lang: language.value });
}
who.addEventListener('change', go);
language.addEventListener('change', go);

function show() {
  const name = location.hash.slice(1) || 'report';
  for (const section of document.querySelectorAll('main section')) section.hidden = section.id !== name;
  for (const link of document.querySelectorAll('nav a'))
    if (link.hash === `#${name}`) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
}
addEventListener('hashchange', show);
show();
