// Looks at letters in a browser without a window. One line of input each: {"html", "width", "scheme": "light" | "dark" | "forced", "shot"};
// the answer is {"problems", "text"} on a line. "forced" is a mail program that drops style sheets and turns colours around by itself; it
// is judged by its pixels, since no style says what it made of them. "shot" is where a picture is kept, if one is wanted.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';

const local = createRequire(join(process.cwd(), 'package.json'));
const load = name => import(pathToFileURL(local.resolve(name)).href);

// The package brings the browser, its libraries and fonts, packed. Unpacked in a folder of its own and moved in one step, so that nobody
// finds half of it and nobody else's /tmp/chromium is run.
async function packed() {
  const { version } = JSON.parse(readFileSync(join(process.cwd(), 'node_modules/@sparticuz/chromium/package.json'), 'utf8'));
  const home = join(process.cwd(), 'node_modules', `.chromium-${version}`);
  if (!existsSync(home)) {
    const stage = mkdtempSync(`${home}-`);
    const before = process.env.TMPDIR;
    Object.assign(process.env, { TMPDIR: stage, AWS_LAMBDA_JS_RUNTIME: 'nodejs20.x' }); // then it unpacks the libraries too
    await (await load('@sparticuz/chromium')).default.executablePath();
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
    try {
      renameSync(stage, home);
    } catch (failure) {
      if (!existsSync(home)) throw failure; // another run was faster
    }
  }
  const cache = join(home, 'cache');
  mkdirSync(cache, { recursive: true });
  const fonts = [join(home, 'fonts'), '/usr/share/fonts'].map(f => `<dir>${f}</dir>`).join('');
  writeFileSync(join(home, 'fonts.conf'), `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>${fonts}<cachedir>${cache}</cachedir></fontconfig>`);
  return { executablePath: join(home, 'chromium'), env: { ...process.env, LD_LIBRARY_PATH: join(home, 'al2023', 'lib'), FONTCONFIG_FILE: join(home, 'fonts.conf') } };
}

function onPath() {
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
  const found = (process.env.PATH ?? '').split(delimiter).flatMap(folder => names.map(name => join(folder, name))).find(existsSync);
  if (!found) throw new Error(`none of ${names.join(', ')} is on the PATH`);
  return { executablePath: found };
}

async function launch(forced) {
  const { chromium } = (await load('playwright-core')).default;
  const reasons = [];
  for (const [name, find] of [['the package @sparticuz/chromium', packed], ['a browser on the PATH', onPath]]) {
    try {
      return await chromium.launch({ ...await find(), headless: true, args: ['--no-sandbox', '--disable-gpu', '--no-zygote', '--font-render-hinting=none', '--disable-lcd-text', ...forced ? ['--blink-settings=forceDarkModeEnabled=true'] : []] });
    } catch (failure) {
      reasons.push(`${name}: ${failure.message.split('\n').slice(0, 12).join(' ')}`);
    }
  }
  throw new Error(`There is no browser to look at letters with. Run infra/local/install --tests (Linux on x64), or put chromium on the PATH. ${reasons.join(' | ')}`);
}

// Everything below runs in the page.
function look(judgesColours) {
  const problems = [];
  const about = node => `<${node.nodeName.toLowerCase()}> ${node.textContent.trim().slice(0, 40)}`;
  const root = document.documentElement;
  if (root.scrollWidth > root.clientWidth) problems.push(`the page is ${root.scrollWidth} wide on ${root.clientWidth}`);
  const shown = element => element.checkVisibility();
  const channels = colour => colour.match(/[\d.]+/g).map(Number);
  const luminance = ([r, g, b]) => [r, g, b].map(v => v / 255).map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4).reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const backdrop = element => {
    for (let at = element; at; at = at.parentElement) {
      const [r, g, b, a = 1] = channels(getComputedStyle(at).backgroundColor);
      if (a === 1) return [r, g, b];
      if (a > 0) throw new Error('A background is half transparent: say how it is to be judged.');
    }
    return null;
  };

  for (const element of document.querySelectorAll('body *')) {
    if (!shown(element)) continue;
    if (getComputedStyle(element).display !== 'inline' && element.scrollWidth > element.clientWidth + 1) problems.push(`${about(element)} is ${element.scrollWidth} wide in ${element.clientWidth}`);
    if (getComputedStyle(element).overflow !== 'visible' && element.scrollHeight > element.clientHeight + 1) problems.push(`${about(element)} is cut off`);
    const box = element.getBoundingClientRect();
    if (element.nodeName === 'A' && (box.height < 36 || box.width < 36)) problems.push(`${about(element)} is hard to hit: ${box.width} x ${box.height}`);
    if (element.matches('.negative, .neutral, .positive') && box.width < 2) problems.push(`a part of a bar is ${box.width} wide`);
  }

  const texts = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    if (!node.textContent.trim() || !shown(element)) continue;
    const style = getComputedStyle(element);
    if (parseFloat(style.fontSize) < 13) problems.push(`${about(element)} is written in ${style.fontSize}`);
    const range = document.createRange();
    range.selectNodeContents(node);
    const cell = element.closest('td, th, caption').getBoundingClientRect();
    for (const line of range.getClientRects()) {
      if (line.width === 0) continue;
      if (line.left < cell.left - 1 || line.right > cell.right + 1 || line.top < cell.top - 1 || line.bottom > cell.bottom + 1) problems.push(`${about(element)} hangs out of its cell`);
      texts.push({ about: about(element), left: line.left + scrollX, top: line.top + scrollY, width: line.width, height: line.height });
    }
    if (!judgesColours) continue;
    const paper = backdrop(element);
    const [ink, behind] = [luminance(channels(style.color)), paper ? luminance(paper) : NaN];
    const contrast = (Math.max(ink, behind) + 0.05) / (Math.min(ink, behind) + 0.05);
    if (!(contrast >= 4.5)) problems.push(`${about(element)} has a contrast of ${contrast}: ${style.color} on ${paper}`);
  }

  const levels = [...document.querySelectorAll('h1, h2, h3, h4')].map(h => Number(h.nodeName[1]));
  if (levels[0] !== 1 || levels.filter(l => l === 1).length !== 1 || levels.some((l, i) => i > 0 && l > levels[i - 1] + 1)) problems.push(`headings go ${levels}`);
  return { problems: [...new Set(problems)].slice(0, 20), text: document.body.innerText, texts, height: root.scrollHeight };
}

// In a page of its own: the commonest colour of each line of text is its background, the one farthest from it the writing's.
async function contrasts({ picture, texts, scale }) {
  const image = await createImageBitmap(await (await fetch(picture)).blob());
  const canvas = new OffscreenCanvas(image.width, image.height);
  const context = canvas.getContext('2d', { willReadFrequently: true });
  context.drawImage(image, 0, 0);
  const luminance = colour => [colour >> 16, (colour >> 8) & 255, colour & 255].map(v => v / 255).map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4).reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const problems = [];
  const [desk] = [context.getImageData(0, 0, 1, 1).data].map(([r, g, b]) => luminance(r << 16 | g << 8 | b));
  if (desk > 0.2) problems.push('this browser turned no colours around');
  for (const { about, left, top, width, height } of texts) {
    if (!/\p{L}|\p{N}/u.test(about.slice(about.indexOf('>') + 1))) continue;
    const { data } = context.getImageData(Math.round(left * scale), Math.round(top * scale), Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale)));
    const counts = new Map();
    for (let i = 0; i < data.length; i += 4) {
      const colour = data[i] << 16 | data[i + 1] << 8 | data[i + 2];
      counts.set(colour, (counts.get(colour) ?? 0) + 1);
    }
    const behind = luminance([...counts].reduce((most, next) => next[1] > most[1] ? next : most)[0]);
    const best = Math.max(...[...counts.keys()].map(luminance).map(ink => (Math.max(ink, behind) + 0.05) / (Math.min(ink, behind) + 0.05)));
    if (best < 4.5 && width * height > 100) problems.push(`${about} has a contrast of ${best} where colours are forced`);
  }
  return problems;
}

const browsers = { false: await launch(false), true: null };
const scale = 2;
const pages = new Map();
async function pageFor(width, forced) {
  const key = `${width} ${forced}`;
  if (!pages.has(key)) {
    browsers[forced] ??= await launch(forced);
    const page = await (await browsers[forced].newContext({ viewport: { width, height: 800 }, deviceScaleFactor: forced ? scale : 1 })).newPage();
    pages.set(key, page);
  }
  return pages.get(key);
}

for await (const line of createInterface({ input: process.stdin })) {
  const { html, width, scheme, shot } = JSON.parse(line);
  const forced = scheme === 'forced';
  const page = await pageFor(width, forced);
  await page.emulateMedia({ colorScheme: scheme === 'light' ? 'light' : 'dark' }); // style sheets that ask for it are dropped below where colours are forced
  await page.setContent(forced ? html.replace(/<style>[^]*?<\/style>/, '').replace(/<meta name="(supported-)?color-schemes?"[^>]*>/g, '') : html);
  const { problems, text, texts } = await page.evaluate(look, !forced);
  if (forced || shot) {
    const picture = await page.screenshot({ fullPage: true, ...shot ? { path: shot } : {} });
    if (forced) {
      const judge = await pageFor(100, false);
      problems.push(...await judge.evaluate(contrasts, { picture: `data:image/png;base64,${picture.toString('base64')}`, texts, scale }));
    }
  }
  process.stdout.write(`${JSON.stringify({ problems, text })}\n`);
}
await Promise.all(Object.values(browsers).map(b => b?.close()));
