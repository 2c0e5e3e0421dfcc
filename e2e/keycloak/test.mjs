// See test.sh. Each line of output is one thing that was shown.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import * as client from 'openid-client';
import { Browser } from './browser.mjs';
import { PASSWORD, SECRET, start } from './keycloak.mjs';

const run = process.argv[2];
const [port, keycloakPort] = [await freePort(), await freePort()];
const identity = `http://127.0.0.1:${port}`;
const PORTAL = 'http://127.0.0.1:9';
const CALLBACK = `${PORTAL}/login/callback`;
const LEA = 'urn:fairtermin:authority:lea';
const shown = (what) => console.log(`ok  ${what}`);

const keycloak = await start(keycloakPort, run, identity);
let service;
let failed = false;
try {
  await eventually(async () => {
    assert.ok(!keycloak.hasEnded(), 'Keycloak ended');
    return keycloak.isUp();
  }, 180_000);
  service = serve();
  await eventually(() => fetch(`${identity}/livez`).then((answer) => answer.ok, () => false), 10_000);
  await theShow();
} catch (error) {
  failed = true;
  console.log(error);
} finally {
  service?.kill();
  keycloak.stop();
}
process.exit(failed ? 1 : 0);

/** The settings are what an operator would write: no code knows Keycloak. */
function serve() {
  const keys = Object.fromEntries(['person', 'data', 'contact'].map((name, n) => [name, { value: Buffer.alloc(32, n + 1).toString('base64') }]));
  fs.writeFileSync(`${run}/identity.yaml`, JSON.stringify({
    process: { demo: true },
    identity: {
      http: { listen: `127.0.0.1:${port}` },
      database: { url: { value: `sqlite://${run}/identity.sqlite?mode=rwc` } },
      keys,
      authorities: ['lea'],
      providers: [{
        id: 'keycloak', name: { de: 'BundID' }, issuer: keycloak.issuer, client_id: 'fairtermin', client_secret: { value: SECRET },
        scopes: ['profile', 'email'], profile: 'bund-id', claims: { level: 'acr' }, logout_there: true,
      }],
      clients: [
        { id: 'portal', secret: { value: 'portal secret' }, redirect_uris: [CALLBACK], post_logout_redirect_uris: [`${PORTAL}/`], scopes: ['bookings'] },
      ],
    },
  }));
  const log = fs.openSync(`${run}/identity.log`, 'w');
  return spawn(process.env.FAIRTERMIN, ['serve', 'identity', '--config', `${run}/identity.yaml`], { stdio: ['ignore', log, log] });
}

async function theShow() {
  const keys = createRemoteJWKSet(new URL(`${identity}/jwks`));
  const portal = await client.discovery(new URL(identity), 'portal', {}, client.ClientSecretBasic('portal secret'), { execute: [client.allowInsecureRequests] });
  const refresh = (tokens) => client.refreshTokenGrant(portal, tokens.refresh_token, { resource: LEA });
  const isOver = (tokens) => refresh(tokens).then(() => false, (error) => error.error === 'invalid_grant');

  const first = await logIn(portal);
  const { payload } = await jwtVerify((await refresh(first.tokens)).access_token, keys, { issuer: identity, audience: LEA });
  assert.equal(payload.acr, 'substantial');
  shown('code flow with Keycloak: discovery, PAR, PKCE, nonce, iss, client_secret_basic, acr');

  const [firstThere] = await keycloak.sessionsOfErika();
  await keycloak.rotateKeys();
  // Known keys are fetched again at most every ten seconds.
  let second;
  await eventually(async () => (second = await logIn(portal).catch(() => undefined)) !== undefined, 30_000);
  const again = await jwtVerify((await refresh(second.tokens)).access_token, keys, { issuer: identity, audience: LEA });
  assert.equal(again.payload.sub, payload.sub);
  shown('Keycloak signs with another key: the next log-in works, without a restart, as the same person');

  await keycloak.end(firstThere);
  await eventually(() => isOver(first.tokens), 10_000);
  assert.ok(!(await isOver(second.tokens)), 'the session on her other device goes on');
  shown('logged out at Keycloak: our session ends, and only that one (back-channel)');

  const before = await keycloak.sessionsOfErika();
  const third = await logIn(portal);
  const [thirdThere] = (await keycloak.sessionsOfErika()).filter((id) => !before.includes(id));
  const end = client.buildEndSessionUrl(portal, { id_token_hint: third.tokens.id_token, post_logout_redirect_uri: `${PORTAL}/`, state: 'bye' });
  let page = await third.browser.open(end, PORTAL);
  // Without the ID token that it once gave us, Keycloak asks whether it is meant.
  if (page.status) page = await confirm(third.browser, page);
  assert.equal(page.url.href, `${PORTAL}/?state=bye`);
  await eventually(async () => !(await keycloak.sessionsOfErika()).includes(thirdThere), 10_000);
  assert.ok(await isOver(third.tokens));
  shown('logged out at our portal: Keycloak\'s session ends too (RP-initiated)');
}

/** Logs Erika in, in a new browser. */
async function logIn(portal) {
  const [verifier, state, nonce] = [client.randomPKCECodeVerifier(), client.randomState(), client.randomNonce()];
  const url = client.buildAuthorizationUrl(portal, {
    redirect_uri: CALLBACK, scope: 'openid offline_access', state, nonce, acr_values: 'substantial',
    code_challenge: await client.calculatePKCECodeChallenge(verifier), code_challenge_method: 'S256',
  });
  const browser = new Browser();
  const form = await browser.open(url, PORTAL);
  const back = await browser.post(action(form), { username: 'erika', password: PASSWORD, credentialId: '' }, PORTAL);
  assert.equal(back.status, 0, `not back at the portal: ${back.url.pathname} ${back.text.slice(0, 400)}`);
  const tokens = await client.authorizationCodeGrant(portal, back.url, { pkceCodeVerifier: verifier, expectedState: state, expectedNonce: nonce });
  return { tokens, browser };
}

async function confirm(browser, page) {
  const [, code] = page.text.match(/name="session_code" value="([^"]+)"/);
  return browser.post(action(page), { session_code: code, confirmLogout: 'yes' }, PORTAL);
}

/** Where the page's form goes. */
function action(page) {
  const found = page.text.match(/<form[^>]* action="([^"]+)"/);
  assert.ok(found, `no form at ${page.url.pathname}: ${page.text.slice(0, 400)}`);
  return new URL(found[1].replaceAll('&amp;', '&'), page.url).href;
}

async function eventually(question, within) {
  const until = Date.now() + within;
  while (!(await question())) {
    assert.ok(Date.now() < until, `not so within ${within} ms`);
    await new Promise((resume) => setTimeout(resume, 200));
  }
}

async function freePort() {
  const server = net.createServer();
  await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
  const { port: free } = server.address();
  await new Promise((closed) => server.close(closed));
  return free;
}
