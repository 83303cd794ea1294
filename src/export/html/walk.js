
'use strict';
(() => {
  const all = (query, root = document) => [...root.querySelectorAll(query)];
  const lights = ['bt-quiet', 'bt-ahead', 'bt-known', 'bt-current'];
  const links = (element) => element.dataset.links.split(' ');
  const scenes = all('main > section').map((section) => {
    const rows = all('tr[data-links]', section);
    const svg = section.querySelector('svg.bt-figure');
    const owned = rows.map(links);
    // Of each line of the figure the factors that lead over it.
    const lines = !svg || !rows.length ? [] : all('[data-links],[data-name]', svg).flatMap((line) => {
      const own = line.dataset.links ? links(line) : [line.dataset.name];
      const of = owned.flatMap((names, at) => names.some((name) => own.includes(name)) ? [at] : []);
      return of.length ? [{ line, of }] : [];
    });
    return { section, rows, lines, terms: all('[data-term]', section), beats: all('.b', section), part: section.dataset.part || '' };
  });
  let walking = false;
  let at = 0;
  let beat = 0;

  // Lights the factor `now`; those before it are known, or all others.
  const light = (scene, now, others) => {
    for (const { line, of } of scene.lines) {
      const bright = of.map((k) => k === now ? 3 : others || k < now ? 2 : 1);
      line.classList.remove(...lights);
      line.classList.add(lights[Math.max(...bright)]);
    }
    scene.rows.forEach((row, k) => row.classList.toggle('touched', others && k === now));
    for (const term of scene.terms) term.classList.toggle('touched', Number(term.dataset.term) === now);
  };
  const rest = (scene) => {
    const here = walking && scene === scenes[at];
    const shown = here ? scene.beats.slice(0, beat) : scene.beats;
    const seen = scene.rows.filter((row) => shown.includes(row)).length;
    const last = shown[shown.length - 1];
    const now = here && scene.rows.includes(last) ? scene.rows.indexOf(last) : seen ? scene.rows.length : -1;
    light(scene, now, false);
    scene.rows.forEach((row, k) => row.classList.toggle('now', here && k === now));
  };
  for (const scene of scenes) {
    const touch = (element, k) => {
      for (const event of ['pointerenter', 'focus']) element.addEventListener(event, () => light(scene, k, true));
      for (const event of ['pointerleave', 'blur']) element.addEventListener(event, () => rest(scene));
    };
    scene.rows.forEach(touch);
    scene.terms.forEach((term) => touch(term, Number(term.dataset.term)));
    scene.lines.forEach(({ line, of }) => touch(line, of[0]));
    rest(scene);
  }

  const button = (text, label, action) => {
    const made = document.createElement('button');
    made.type = 'button';
    made.textContent = text;
    made.setAttribute('aria-label', label);
    made.addEventListener('click', action);
    return made;
  };
  const bar = document.createElement('nav');
  bar.setAttribute('aria-label', 'Steps');
  const where = document.createElement('output');
  const start = button('Walk through, step by step', 'Walk through, step by step', () => begin());
  const back = button('←', 'Back', () => step(-1));
  const next = button('→', 'Next', () => step(1));
  const leave = button('✕', 'Show the whole page', () => end());
  bar.append(start, back, where, next, leave);
  document.body.append(bar);

  const show = () => {
    const scene = scenes[at];
    beat = Math.min(Math.max(beat, Math.min(1, scene.beats.length)), scene.beats.length);
    for (const { section } of scenes) section.classList.toggle('here', walking && section === scene.section);
    scene.beats.forEach((element, k) => element.classList.toggle('off', walking && k >= beat));
    rest(scene);
    where.textContent = walking ? `${at + 1}/${scenes.length}  ${scene.part}` : '';
    const last = scene.beats[beat - 1];
    if (walking && last && beat > 1) (last.matches('.w') ? last.lastElementChild : last).scrollIntoView({ block: 'nearest' });
  };
  const dress = () => {
    document.body.classList.toggle('walk', walking);
    start.hidden = walking;
    for (const one of [back, where, next, leave]) one.hidden = !walking;
  };
  const go = (to, first) => {
    at = Math.min(Math.max(to, 0), scenes.length - 1);
    beat = first ? 0 : Infinity;
    window.scrollTo(0, 0);
    show();
  };
  const begin = () => {
    const seen = scenes.findIndex(({ section }) => section.getBoundingClientRect().bottom > 80);
    walking = true;
    dress();
    go(Math.max(seen, 0), true);
    document.activeElement.blur();
  };
  const end = () => {
    walking = false;
    for (const { beats } of scenes) beats.forEach((element) => element.classList.remove('off'));
    dress();
    scenes.forEach(rest);
    for (const { section } of scenes) section.classList.remove('here');
    where.textContent = '';
    scenes[at].section.scrollIntoView();
    start.focus({ preventScroll: true });
  };
  const step = (way) => {
    const { beats } = scenes[at];
    const first = Math.min(1, beats.length);
    if (way > 0 && beat < beats.length) { beat += 1; show(); }
    else if (way > 0 && at + 1 < scenes.length) go(at + 1, true);
    else if (way < 0 && beat > first) { beat -= 1; show(); }
    else if (way < 0 && at > 0) go(at - 1, false);
  };
  const part = (way) => {
    const own = scenes[at].part;
    let to = at;
    while (scenes[to] && scenes[to].part === own) to += way;
    if (!scenes[to]) return;
    // To the beginning of the part before.
    while (way < 0 && to > 0 && scenes[to - 1].part === scenes[to].part) to -= 1;
    go(to, true);
  };
  const keys = {
    Next: [' ', 'n', 'l', 'j', 'Enter', 'ArrowRight', 'ArrowDown', 'PageDown'],
    Back: ['p', 'h', 'k', 'ArrowLeft', 'ArrowUp', 'PageUp', 'Backspace'],
    First: ['g', 'Home'], Last: ['G', 'End'], Leave: ['q', 'Escape'], On: [']'], Before: ['['], All: ['a'],
  };
  const acts = {
    Next: () => step(1), Back: () => step(-1), First: () => go(0, true), Last: () => go(scenes.length, false),
    Leave: end, On: () => part(1), Before: () => part(-1), All: () => { beat = Infinity; show(); },
  };
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (!walking) {
      if (event.key === 'n' || event.key === 'ArrowRight') { event.preventDefault(); begin(); }
      return;
    }
    const pressed = event.target.closest('button');
    if (pressed && pressed !== next && (event.key === ' ' || event.key === 'Enter')) return;
    const name = Object.keys(keys).find((one) => keys[one].includes(event.key));
    if (!name) return;
    event.preventDefault();
    acts[name]();
  });
  let from = null;
  document.addEventListener('touchstart', ({ touches }) => {
    from = touches.length === 1 ? touches[0] : null;
  }, { passive: true });
  document.addEventListener('touchend', ({ changedTouches: [to] }) => {
    if (!walking || !from) return;
    const [x, y] = [to.clientX - from.clientX, to.clientY - from.clientY];
    if (Math.abs(x) > 50 && Math.abs(x) > 2 * Math.abs(y)) step(x < 0 ? 1 : -1);
  }, { passive: true });
  dress();
  if (location.hash === '#walk') begin();

  // What is wider than the screen can be scrolled by keys.
  const reach = () => {
    for (const box of all('.scroll,.eq,td.f,figure,p,dd')) {
      if (box.scrollWidth > box.clientWidth + 1) box.tabIndex = 0;
      else box.removeAttribute('tabindex');
    }
  };
  reach();
  window.addEventListener('resize', reach);
})();
