// See test.sh. Each line of output is one thing that was shown.
import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { promisify } from 'node:util';
import fs from 'node:fs';
import net from 'node:net';
import { createRemoteJWKSet, importJWK, jwtVerify } from 'jose';
import * as client from 'openid-client';
import { Browser } from './browser.mjs';
import { key, publicKey, start } from './provider.mjs';

const run = process.argv[2];
const port = await freePort();
const identity = `http://127.0.0.1:${port}`;
const PORTAL = 'http://127.0.0.1:9';
const CALLBACK = `${PORTAL}/login/callback`;
const LEA = 'urn:fairtermin:authority:lea';
const shown = (what) => console.log(`ok  ${what}`);

const relyingPartyKey = await key('identity-1');
const agencyKey = await key('agency-1');

const bundid = await start({
  acr: 'STORK-QAA-Level-4',
  claims: {
    bPK2: 'k2jBT0cykDVqiKWia1VMzqmntTu', trust_level_authentication: 'STORK-QAA-Level-4',
    given_name: 'JÜRGEN', family_name: 'GROẞ', birth_name: 'MÜLLER-LÜDENSCHEIDT',
    date_of_birth: '1975-10-31', place_of_birth: 'KÖLN', email: 'juergen@example.org',
  },
  features: { pushedAuthorizationRequests: { enabled: true, requirePushedAuthorizationRequests: true }, backchannelLogout: { enabled: true } },
  client: () => ({
    client_id: 'fairtermin', token_endpoint_auth_method: 'private_key_jwt',
    token_endpoint_auth_signing_alg: 'ES256', jwks: { keys: [publicKey(relyingPartyKey)] },
    redirect_uris: [`${identity}/callback/bundid`],
    backchannel_logout_uri: `${identity}/backchannel-logout/bundid`, backchannel_logout_session_required: true,
  }),
});
const eid = await start({
  acr: 'http://eidas.europa.eu/LoA/high',
  claims: {
    given_name: 'Juergen', family_name: 'Gross', birth_name: 'Mueller Luedenscheidt',
    birthdate: '1975-10-31', place_of_birth: 'Koeln',
  },
  client: () => ({
    client_id: 'fairtermin', client_secret: 'a secret: with / and +',
    token_endpoint_auth_method: 'client_secret_basic', redirect_uris: [`${identity}/callback/eid`],
  }),
});

// The settings are what an operator would write: no code knows these providers.
fs.writeFileSync(`${run}/identity.yaml`, JSON.stringify({
  process: { demo: true },
  identity: {
    http: { listen: `127.0.0.1:${port}` },
    database: { url: { value: `sqlite://${run}/identity.sqlite?mode=rwc` } },
    keys: Object.fromEntries(['person', 'data', 'contact'].map((name, n) => [name, { value: Buffer.alloc(32, n + 1).toString('base64') }])),
    authorities: ['lea', 'kfz'],
    providers: [
      { id: 'bundid', name: { de: 'BundID' }, issuer: bundid.issuer, client_id: 'fairtermin', private_key: { value: JSON.stringify(relyingPartyKey) }, profile: 'bund-id' },
      { id: 'eid', name: { de: 'Online-Ausweis' }, issuer: eid.issuer, client_id: 'fairtermin', client_secret: { value: 'a secret: with / and +' }, profile: 'e-id' },
    ],
    clients: [
      { id: 'portal', secret: { value: 'portal secret: with / and +' }, redirect_uris: [CALLBACK], post_logout_redirect_uris: [`${PORTAL}/`], scopes: ['bookings'] },
      { id: 'agency', jwks: { keys: [publicKey(agencyKey)] }, scopes: ['slots:read'] },
    ],
  },
}));
fs.writeFileSync(`${run}/agency.json`, JSON.stringify(agencyKey));

const log = fs.openSync(`${run}/identity.log`, 'w');
const service = spawn(process.env.FAIRTERMIN, ['serve', 'identity', '--config', `${run}/identity.yaml`], { stdio: ['ignore', log, log] });
let failed = false;
try {
  await reachable();
  await theShow();
} catch (error) {
  failed = true;
  console.log(error);
} finally {
  service.kill();
  bundid.stop();
  eid.stop();
}
process.exit(failed ? 1 : 0);

async function theShow() {
  const keys = createRemoteJWKSet(new URL(`${identity}/jwks`));
  const portal = await client.discovery(new URL(identity), 'portal', { userinfo_signed_response_alg: 'ES256' }, client.ClientSecretBasic('portal secret: with / and +'), { execute: [client.allowInsecureRequests] });
  shown('openid-client accepts our discovery document');

  const logIn = async (provider, acr) => {
    const [verifier, state, nonce] = [client.randomPKCECodeVerifier(), client.randomState(), client.randomNonce()];
    const url = client.buildAuthorizationUrl(portal, {
      redirect_uri: CALLBACK, scope: 'openid offline_access', state, nonce, ui_locales: 'en',
      code_challenge: await client.calculatePKCECodeChallenge(verifier), code_challenge_method: 'S256',
      ...(acr ? { acr_values: acr } : {}),
    });
    const browser = new Browser();
    const choice = await browser.open(url, PORTAL);
    const back = await browser.follow(choice, `provider=${provider}`, PORTAL);
    if (back.status) return { refused: back };
    const tokens = await client.authorizationCodeGrant(portal, back.url, { pkceCodeVerifier: verifier, expectedState: state, expectedNonce: nonce });
    return { tokens, browser };
  };
  const tokenFor = async (tokens, resource = LEA) => {
    const answer = await client.refreshTokenGrant(portal, tokens.refresh_token, { resource });
    const { payload } = await jwtVerify(answer.access_token, keys, { issuer: identity, audience: resource, typ: 'at+jwt' });
    return payload;
  };

  const first = await logIn('bundid', 'high');
  shown('BundID by oidc-provider: discovery, PAR, private_key_jwt, PKCE, nonce, iss, acr; openid-client completes the code flow');
  const person = await tokenFor(first.tokens);
  assert.equal(person.acr, 'high');
  shown('jose verifies the access token for one authority (RFC 9068)');
  const userinfo = await client.fetchUserInfo(portal, first.tokens.access_token, first.tokens.claims().sub);
  assert.equal(userinfo.family_name, 'GROẞ');
  shown('openid-client verifies the signed userinfo answer');

  const second = await logIn('eid');
  assert.equal((await tokenFor(second.tokens)).sub, person.sub);
  shown('the same human by the eID service (client_secret_basic, other spelling) has the same pseudonym');
  assert.notEqual((await tokenFor(first.tokens, 'urn:fairtermin:authority:kfz')).sub, person.sub);
  shown('another authority sees another pseudonym');

  bundid.state.acr = 'STORK-QAA-Level-1';
  const again = await logIn('bundid', 'high');
  bundid.state.acr = 'STORK-QAA-Level-4';
  assert.ok(again.tokens, 'the level claim is what counts in this profile, not acr');
  shown('the configured level claim decides, whatever acr says');

  await rejects(client.refreshTokenGrant(portal, first.tokens.refresh_token, { resource: 'urn:fairtermin:authority:nowhere' }), 'invalid_target');
  await rejects(client.refreshTokenGrant(portal, 'made up', { resource: LEA }), 'invalid_grant');
  shown('openid-client reads our refusals');

  const end = client.buildEndSessionUrl(portal, { id_token_hint: second.tokens.id_token, post_logout_redirect_uri: `${PORTAL}/`, state: 'bye' });
  assert.equal((await new Browser().open(end, PORTAL)).url.href, `${PORTAL}/?state=bye`);
  await rejects(client.refreshTokenGrant(portal, second.tokens.refresh_token, { resource: LEA }), 'invalid_grant');
  shown('RP-initiated log-out ends the session');

  const ending = await first.browser.open(`${bundid.issuer}/session/end`);
  await submit(first.browser, bundid.issuer, ending);
  await eventually(async () => {
    try { await client.refreshTokenGrant(portal, first.tokens.refresh_token, { resource: LEA }); return false; } catch { return true; }
  });
  shown('logging out at BundID ends our session (back-channel)');

  const agency = await client.discovery(new URL(identity), 'agency', undefined, client.PrivateKeyJwt({ key: await importJWK(agencyKey, 'ES256'), kid: 'agency-1' }), { execute: [client.allowInsecureRequests] });
  const DPoP = client.getDPoPHandle(agency, await client.randomDPoPKeyPair('ES256'));
  const own = await client.clientCredentialsGrant(agency, { resource: LEA, scope: 'slots:read' }, { DPoP });
  const { payload } = await jwtVerify(own.access_token, keys, { issuer: identity, audience: LEA });
  assert.deepEqual([payload.sub, payload.cnf.jkt], ['agency', await DPoP.calculateThumbprint()]);
  shown('openid-client gets an agency token by private_key_jwt, bound by DPoP');

  // Not the blocking call: the provider that it logs in at runs in this process.
  const python = await promisify(execFile)(process.env.PYTHON, ['clients.py', identity, CALLBACK, `${run}/agency.json`]);
  process.stdout.write(python.stdout);
}

// oidc-provider asks for confirmation with a form.
async function submit(browser, issuer, page) {
  const xsrf = page.text.match(/name="xsrf" value="([^"]+)"/)[1];
  await browser.post(`${issuer}/session/end/confirm`, { xsrf, logout: 'yes' });
}

async function rejects(promise, code) {
  await assert.rejects(promise, (error) => error.error === code);
}

async function eventually(question) {
  const until = Date.now() + 5000;
  while (!(await question())) {
    assert.ok(Date.now() < until, 'not so within 5 s');
    await new Promise((resume) => setTimeout(resume, 50));
  }
}

async function reachable() {
  await eventually(() => fetch(`${identity}/livez`).then((answer) => answer.ok, () => false));
}

async function freePort() {
  const server = net.createServer();
  await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
  const { port: free } = server.address();
  await new Promise((closed) => server.close(closed));
  return free;
}
