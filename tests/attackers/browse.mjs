// Looks at every kind of page with a browser tool: axe, lighthouse or csp_evaluator.
// node browse.mjs TOOL FOLDER ADDRESSES   (FOLDER: where npm installed; ADDRESSES: what targets.py demo prints)
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { readFileSync } from 'node:fs';

const [tool, folder, given] = process.argv.slice(2);
const addresses = JSON.parse(given);
const require = createRequire(folder + '/package.json');
const load = name => import(pathToFileURL(require.resolve(name)));
const puppeteer = (await load('puppeteer-core')).default;
const chromium = ['/usr/bin/chromium', '/usr/local/bin/chromium'].find(path => {
    try { readFileSync(path, { flag: 'r' }).subarray(0, 1); return true } catch { return false }
});
const flags = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
    '--disable-component-update', '--disable-sync', '--disable-dev-shm-usage'];
const browser = await puppeteer.launch({ executablePath: chromium, headless: true, args: flags });
const origin = new URL(addresses.link).origin;
// One page of each kind: ids are left out, and each kind of policy is one.
const kind = url => new URL(url).pathname.split('/').map(part => part.length > 30 ? '*' : part).join('/');
const findings = [];

async function press(page, url) {
    await page.goto(url, { waitUntil: 'load' });
    await Promise.all([page.waitForNavigation(), page.click('main form button')]);
}

// Every kind of page that links lead to, once each.
async function pages(page, starts, visit) {
    const open = [...starts], kinds = new Set();
    while (open.length) {
        const url = open.shift();
        if (kinds.has(kind(url)) || /\.(csv|pdf)$|attachments|sign-out|\/leave/.test(kind(url))) continue;
        kinds.add(kind(url));
        const response = await page.goto(url, { waitUntil: 'load' }).catch(() => null);
        if (!response || !(response.headers()['content-type'] ?? '').startsWith('text/html')) continue;
        await visit(page, url, response);
        const links = await page.$$eval('a[href]', all => all.map(a => a.href.split('#')[0]));
        open.push(...links.filter(link => link.startsWith(origin)));
    }
    return kinds.size;
}

async function axe(page, url) {
    const found = await page.evaluate(async source => {
        (0, eval)(source);
        const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
        return (await axe.run(document, { runOnly: { type: 'tag', values: tags } })).violations
            .map(rule => rule.id + ': ' + rule.nodes.map(node => node.html.slice(0, 120)).join(' | '));
    }, readFileSync(require.resolve('axe-core'), 'utf8'));
    findings.push(...found.map(one => url + ' ' + one));
}

const { CspEvaluator } = tool === 'csp' ? (await load('csp_evaluator')).default : {};
const parser = tool === 'csp' ? (await load('csp_evaluator/dist/parser.js')).default : {};
async function csp(page, url, response) {
    const policy = response.headers()['content-security-policy'];
    if (!policy) { findings.push(url + ' has no policy'); return }
    for (const one of new CspEvaluator(new parser.CspParser(policy).csp).evaluate()) {
        // Below 45 something can be got round, for sure or perhaps; the rest is advice.
        if (one.severity < 45) findings.push(`${url} ${one.directive} ${one.value ?? ''}: ${one.description}`);
    }
}

async function lighthouse(page, url) {
    const run = (await load('lighthouse')).default;
    const onlyCategories = ['accessibility', 'best-practices', 'performance'];
    let lhr;
    // On a busy machine a page may not have painted when it is measured.
    for (let tries = 0; tries < 3 && (!lhr || lhr.runtimeError); tries += 1)
        ({ lhr } = await run(url, { onlyCategories, disableStorageReset: true, logLevel: 'error' }, undefined, page));
    const scores = onlyCategories.map(name => Math.round((lhr.categories[name].score ?? 0) * 100));
    console.log(kind(url), 'accessibility', scores[0], 'best practices', scores[1], 'performance', scores[2]);
    const failed = Object.values(lhr.audits).filter(audit => audit.score === 0).map(audit => audit.id).join(' ');
    // The speed of an unoptimised build says nothing; the other two do not depend on it.
    if (scores[0] < 100 || scores[1] < 96) findings.push(`${url} ${scores.slice(0, 2)} ${failed}`);
}

const visit = { axe, csp, lighthouse }[tool];
// Scripts of a tool are put in past the page's own policy; the policy itself is what csp reads.
const page = await browser.newPage();
if (tool === 'axe') await page.setBypassCSP(true);
let count = 0;
if (tool === 'lighthouse') {
    await press(page, addresses.link);
    await press(page, addresses.console);
    for (const path of ['/statement', '/pay', '/console', '/console/debtors', '/console/terms']) {
        await lighthouse(page, origin + path);
        count += 1;
    }
} else {
    count += await pages(page, [addresses.link, origin + '/left', origin + '/nowhere', addresses.console], visit);
    await press(page, addresses.link);
    count += await pages(page, [origin + '/statement'], visit);
    await press(page, addresses.console);
    count += await pages(page, [origin + '/console'], visit);
}
await browser.close();
for (const one of findings) console.log('finding:', one);
console.log(`${count} kinds of pages, ${findings.length} findings`);
process.exit(findings.length ? 1 : 0);
