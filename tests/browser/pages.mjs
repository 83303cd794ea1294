// The pages in a real browser: every step by keys, what is lit, what is fetched,
// what is saved, who can read them, and how they are laid out.
//
//   node pages.mjs BINARY [FOLDER FOR PICTURES]
//
// Needs `npm install` here, Java, and a Chromium (CHROMIUM, else /usr/bin/chromium).
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import vnu from 'vnu-jar';

const [binary, pictures] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), 'pages-'));
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const make = (name, ...args) => {
  const path = join(folder, `${name}.html`);
  execFileSync(binary, [...args, '--format', 'html', '--output', path]);
  return path;
};
const files = {
  lesson: make('lesson', 'run', 'xor', '--apply'),
  softmax: make('softmax', 'run', 'softmax-cross-entropy', '--apply'),
  deep: make('deep', 'run', 'deep'),
  batch: make('batch', 'run', 'xor-batch', '--batch', '--apply'),
  sheet: make('sheet', 'sheet', 'xor'),
  check: make('check', 'check', 'xor'),
  train: make('train', 'train', 'xor-batch', '--epochs', '3000'),
};
const answers = join(folder, 'answers.txt');
const key = execFileSync(binary, ['sheet', 'xor', '--filled'], { encoding: 'utf8' });
writeFileSync(answers, key.replace(/^(dL\/du1 *= *).*$/m, '$10.0168'));
files.only = make('only', 'run', 'xor', '--only', 'dL/dW11');
execFileSync(binary, ['mark', 'xor', answers, '--feedback', folder, '--feedback-format', 'html']);
files.feedback = answers.replace('.txt', '.html');
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu'],
});

async function open(path, options = {}) {
  // The tests put scripts of their own into the page, past its policy.
  const context = await browser.newContext({ bypassCSP: Boolean(options.bypass), ...options });
  const page = await context.newPage();
  const faults = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) faults.push(message.text());
  });
  page.on('pageerror', (error) => faults.push(String(error)));
  page.on('request', (request) => {
    const url = request.url();
    if (url !== pathToFileURL(path).href && !url.startsWith('blob:')) faults.push(`asks for ${url}`);
  });
  await page.goto(pathToFileURL(path).href);
  return { page, faults, close: () => context.close() };
}

// Every step by keys, forwards; the lit links are those of the current factor.
async function walk(path, least) {
  const { page, faults, close } = await open(path, { viewport: { width: 1280, height: 800 } });
  const state = () => page.evaluate(() => {
    const here = document.querySelector('section.here');
    const now = here.querySelector('tr.now');
    const current = [...here.querySelectorAll('svg.bt-figure .bt-current[data-links]')];
    return {
      at: document.querySelector('nav output').textContent,
      shown: [...here.querySelectorAll('.b')].filter((beat) => !beat.classList.contains('off')).length,
      links: now ? now.dataset.links.split(' ').filter(Boolean) : null,
      lit: current.map((line) => line.dataset.links.split(' ')),
      wide: document.documentElement.scrollWidth > innerWidth,
    };
  });
  await page.keyboard.press('n');
  await page.keyboard.press('g');
  let [seen, factors] = [[], 0];
  for (let press = 0; press < 2000; press += 1) {
    const now = await state();
    assert(!now.wide, `${now.at} is wider than the screen`);
    if (now.links && now.lit.length + now.links.length) {
      factors += 1;
      for (const link of now.links) assert(now.lit.flat().includes(link), `${now.at}: ${link} is not lit`);
      for (const line of now.lit) assert(line.some((link) => now.links.includes(link)), `${now.at}: ${line} is lit`);
    }
    const key = JSON.stringify([now.at, now.shown]);
    if (seen[seen.length - 1] === key) break;
    seen.push(key);
    await page.keyboard.press([' ', 'n', 'ArrowRight', 'l'][press % 4]);
  }
  assert(seen.length > least, `${seen.length} beats`);
  assert.equal(new Set(seen).size, seen.length);
  const last = seen.length;
  for (let press = 1; press < last; press += 1) {
    await page.keyboard.press(['p', 'ArrowLeft', 'k'][press % 3]);
    const now = await state();
    assert.equal(JSON.stringify([now.at, now.shown]), seen[last - 1 - press]);
  }
  const parts = new Set();
  for (let press = 0; press < 30; press += 1) {
    parts.add((await state()).at);
    await page.keyboard.press(']');
  }
  assert(parts.size >= 5, `${parts.size} parts`);
  await page.keyboard.press('G');
  assert.equal(JSON.stringify(await state().then(({ at, shown }) => [at, shown])), seen[last - 1]);
  await page.keyboard.press('Escape');
  assert.equal(await page.locator('.off').count(), 0);
  assert.deepEqual(faults, []);
  await close();
  return { beats: last, factors };
}

// A factor lights its link, and a link its factor.
async function touch(path) {
  const { page, faults, close } = await open(path, { viewport: { width: 1280, height: 900 } });
  const rows = page.locator('tr[data-links]');
  await rows.nth(1).focus();
  const lit = () => page.locator('section:has(tr.touched) svg .bt-current').count();
  assert(await lit() > 0, 'a focused row lights nothing');
  await rows.nth(1).blur();
  assert.equal(await page.locator('tr.touched').count(), 0);
  await page.locator('section:has(tr[data-links]) svg .bt-known[data-links]').first().dispatchEvent('pointerenter');
  assert.equal(await page.locator('tr.touched').count(), 1);
  assert.deepEqual(faults, []);
  await close();
}

// Fill in a sheet, save it, have it marked.
async function fill(path) {
  const { page, faults, close } = await open(path, { acceptDownloads: true });
  const key = JSON.parse(execFileSync(binary, ['sheet', 'xor', '--filled', '--format', 'json'], { encoding: 'utf8' }));
  await page.fill('#student', 'Ada <b>');
  for (const input of await page.locator('input[data-answer]').all()) {
    await input.fill(key[await input.getAttribute('data-answer')].replace('-', '−'));
  }
  const [download] = await Promise.all([page.waitForEvent('download'), page.click('nav button')]);
  const saved = join(folder, 'answers.json');
  writeFileSync(saved, readFileSync(await download.path()));
  assert.equal(JSON.parse(readFileSync(saved, 'utf8')).student, 'Ada <b>');
  const marked = spawnSync(binary, ['run', 'xor', '--exact', '--verify', saved], { encoding: 'utf8' });
  assert.equal(marked.status, 0, marked.stdout + marked.stderr);
  assert.deepEqual(faults, []);
  await close();
}

async function accessible(name, path) {
  for (const colorScheme of ['light', 'dark']) {
    const { page, close } = await open(path, { bypass: true, colorScheme });
    await page.evaluate(axe);
    const { violations } = await page.evaluate(() => window.axe.run());
    const said = violations.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map((node) => node.html).join(' | ')}`);
    assert.deepEqual(said, [], `${name}, ${colorScheme}`);
    await close();
  }
}

async function layout(name, path) {
  for (const width of [360, 1280, 1920]) {
    const { page, faults, close } = await open(path, { viewport: { width, height: 900 } });
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    assert(wide <= width, `${name} is ${wide} wide at ${width}`);
    if (pictures) await page.screenshot({ path: join(pictures, `${name}-${width}.png`), fullPage: true });
    assert.deepEqual(faults, []);
    await close();
  }
  const bare = await open(path, { javaScriptEnabled: false });
  assert(await bare.page.locator('h1').isVisible());
  assert(await bare.page.locator('section').last().isVisible());
  await bare.close();
}

// Every number that the lecture prints can be read.
async function numbers(path) {
  const { page, close } = await open(path);
  const { reference } = JSON.parse(readFileSync(new URL('../../scenarios/xor.json', import.meta.url), 'utf8'));
  const text = (await page.locator('body').innerText()).replaceAll('\u2212', '-');
  const printed = Object.entries(reference.values);
  assert(printed.length >= 26);
  for (const [name, value] of printed) assert(text.includes(String(value)), `${name} = ${value} is not there`);
  await close();
}

// HTML as the validator of the W3C has it. It does not know a property of MathML Core.
function valid(paths) {
  const checked = spawnSync('java', [
    '-jar', vnu, '--errors-only', '--filterpattern', '.*math-style.*', ...paths,
  ], { encoding: 'utf8' });
  assert.equal(checked.status, 0, checked.stderr);
}

valid(Object.values(files));
await numbers(files.lesson);
console.log('lesson', await walk(files.lesson, 60));
console.log('deep', await walk(files.deep, 60));
console.log('softmax', await walk(files.softmax, 40));
await touch(files.lesson);
await fill(files.sheet);
for (const [name, path] of Object.entries(files)) {
  await layout(name, path);
  await accessible(name, path);
}
await browser.close();
console.log('all pages are as they should be');
