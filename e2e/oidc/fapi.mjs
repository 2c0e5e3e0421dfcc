// A program of another agency by the FAPI 2.0 Security Profile: openid-client pushes its request (RFC 9126),
// proves itself by private_key_jwt and its key by DPoP (RFC 9449), and books at a slot service of the demo.
// Then a thief tries what can be tried with what was on the way. Each line of output is one thing that was shown.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import fs from 'node:fs';
import { SignJWT, exportJWK, importJWK } from 'jose';
import * as client from 'openid-client';
import { Browser } from './browser.mjs';
import { key, publicKey } from './provider.mjs';

const run = process.argv[2];
const CALLBACK = 'http://127.0.0.1:1/callback';
const ACT = 'bookings:write:onbehalf';
const EXCHANGE = 'urn:ietf:params:oauth:grant-type:token-exchange';
const ACCESS_TOKEN = 'urn:ietf:params:oauth:token-type:access_token';
const shown = (what) => console.log(`ok  ${what}`);

const agencyKey = await key('fapi-1');
fs.writeFileSync(`${run}/clients.yaml`, JSON.stringify([{
  id: 'fapi', name: 'Fachverfahren', jwks: { keys: [publicKey(agencyKey)] },
  redirect_uris: [CALLBACK], scopes: [ACT, 'slots:read'],
}]));
const log = `${run}/demo.log`;
const out = fs.openSync(log, 'w');
const demo = spawn(process.env.FAIRTERMIN, ['demo', '--port', '0', '--empty', '--clients', `${run}/clients.yaml`], { stdio: ['ignore', out, out] });
let failed = false;
try {
  await theShow(await places());
} catch (error) {
  failed = true;
  console.log(error);
  console.log(fs.readFileSync(log, 'utf8').split('\n').slice(-20).join('\n'));
} finally {
  demo.kill();
}
process.exit(failed ? 1 : 0);

// Where the demo's slot services are, once they know what is free.
async function places() {
  await eventually(() => {
    assert.equal(demo.exitCode, null, 'the demo has ended');
    return fs.readFileSync(log, 'utf8').includes('Ctrl-C');
  });
  const text = fs.readFileSync(log, 'utf8');
  const at = Object.fromEntries([...text.matchAll(/^ {4}(\w+) +(http:\/\/[\d.:]+)\//gm)].map(([, name, url]) => [name, url]));
  for (const url of Object.values(at)) {
    await eventually(() => fetch(`${url}/readyz`).then((answer) => answer.ok, () => false));
  }
  return at;
}

async function theShow({ buergeramt: slot, kfz }) {
  const { issuer, resource } = await (await fetch(`${slot}/.well-known/fairtermin`)).json();
  const program = await client.discovery(new URL(issuer), 'fapi', undefined, client.PrivateKeyJwt({ key: await importJWK(agencyKey, 'ES256'), kid: 'fapi-1' }), { execute: [client.allowInsecureRequests] });
  // What openid-client sent last, for the thief.
  let sent;
  program[client.customFetch] = (url, options) => {
    sent = { url: String(url), headers: new Headers(options.headers) };
    return fetch(url, options);
  };
  const keyPair = await client.randomDPoPKeyPair('ES256');
  const DPoP = client.getDPoPHandle(program, keyPair);

  const push = async (more = {}, options = { DPoP }) => {
    const [pkceCodeVerifier, expectedState, expectedNonce] = [client.randomPKCECodeVerifier(), client.randomState(), client.randomNonce()];
    const url = await client.buildAuthorizationUrlWithPAR(program, {
      redirect_uri: CALLBACK, scope: `openid ${ACT}`, state: expectedState, nonce: expectedNonce, ui_locales: 'en',
      code_challenge: await client.calculatePKCECodeChallenge(pkceCodeVerifier), code_challenge_method: 'S256', ...more,
    }, options);
    assert.deepEqual([...url.searchParams.keys()].sort(), ['client_id', 'request_uri']);
    return { url, checks: { pkceCodeVerifier, expectedState, expectedNonce } };
  };
  const logIn = async (url) => {
    const browser = new Browser();
    const choice = await browser.open(url, CALLBACK);
    assert.match(choice.text, /Fachverfahren wants to book for you/);
    const cards = await browser.follow(choice, 'provider=bundid', CALLBACK);
    return (await browser.follow(cards, 'citizen=erika&means=online-id', CALLBACK)).url;
  };
  const redeem = ({ checks }, back, options = { DPoP }) => client.authorizationCodeGrant(program, back, checks, undefined, options);
  const exchange = (subject, options = { DPoP }) => client.genericGrantRequest(program, EXCHANGE, { subject_token: subject, subject_token_type: ACCESS_TOKEN, resource, scope: ACT }, options);

  const request = await push();
  shown('openid-client pushes its request, with private_key_jwt and a proof; the browser carries its name alone');
  const back = await logIn(request.url);
  const tokens = await redeem(request, back);
  assert.equal(tokens.token_type, 'dpop');
  shown('openid-client checks iss, state and nonce, and redeems the code for a bound token');
  const acting = await exchange(tokens.access_token);
  assert.equal(acting.token_type, 'dpop');
  shown('the token is exchanged for one to act for the person, bound to the same key');

  const call = async (method, url, body, headers = {}) => {
    const [text, type] = body ? [JSON.stringify(body), { 'content-type': 'application/json' }] : [undefined, {}];
    const answer = await client.fetchProtectedResource(program, acting.access_token, new URL(url), method, text, new Headers({ ...type, ...headers }), { DPoP });
    assert.ok(answer.ok, `${method} ${url}: ${answer.status} ${await answer.clone().text()}`);
    return answer;
  };
  const attendee = await (await call('GET', `${issuer}/userinfo`)).text();
  const { services } = await (await fetch(`${slot}/v1/services`)).json();
  const service = services.find((it) => !it.entitlement_required).id;
  const free = (await (await fetch(`${slot}/v1/availability/earliest?service=${service}`)).json()).slot;
  const hold = await (await call('POST', `${slot}/v1/holds`, { location: free.location, start: free.start, services: [service] })).json();
  const booking = await (await call('POST', `${slot}/v1/bookings`, { hold_token: hold.hold_token, attendee, language: 'de' }, { 'idempotency-key': randomUUID() })).json();
  assert.equal(booking.booked_by.name, 'Fachverfahren');
  shown(`openid-client holds and books ${booking.code} with a proof for each request`);

  // The thief has read everything that was on the way.
  const list = `${slot}/v1/bookings`;
  await call('GET', list);
  const seen = sent.headers;
  const thief = await client.randomDPoPKeyPair('ES256');
  const proof = async (pair, htm, htu, token = acting.access_token) => new SignJWT({
    jti: randomUUID(), htm, htu, ...(token ? { ath: createHash('sha256').update(token).digest('base64url') } : {}),
  }).setProtectedHeader({ typ: 'dpop+jwt', alg: 'ES256', jwk: await exportJWK(pair.publicKey) }).setIssuedAt().sign(pair.privateKey);
  const tries = [
    ['a proof sent again', list, { authorization: seen.get('authorization'), dpop: seen.get('dpop') }, 'invalid-dpop-proof'],
    ['a proof sent to another address', `${slot}/v1/holds`, { authorization: seen.get('authorization'), dpop: seen.get('dpop') }, 'invalid-dpop-proof'],
    ['a token without a proof', list, { authorization: seen.get('authorization') }, 'invalid-dpop-proof'],
    ['a bound token as bearer', list, { authorization: `Bearer ${acting.access_token}` }, 'invalid-token'],
    ['a bound token as bearer, with a good proof', list, { authorization: `Bearer ${acting.access_token}`, dpop: await proof(keyPair, 'GET', list) }, 'invalid-token'],
    ['a proof by another key', list, { authorization: seen.get('authorization'), dpop: await proof(thief, 'GET', list) }, 'invalid-dpop-proof'],
    ['a proof for another URL', list, { authorization: seen.get('authorization'), dpop: await proof(keyPair, 'GET', `${kfz}/v1/bookings`) }, 'invalid-dpop-proof'],
    ['a proof for another method', list, { authorization: seen.get('authorization'), dpop: await proof(keyPair, 'POST', list) }, 'invalid-dpop-proof'],
    ['a proof of the token endpoint, without ath', list, { authorization: seen.get('authorization'), dpop: await proof(keyPair, 'GET', list, null) }, 'invalid-dpop-proof'],
    ['a proof for another token', list, { authorization: seen.get('authorization'), dpop: await proof(keyPair, 'GET', list, tokens.access_token) }, 'invalid-dpop-proof'],
  ];
  for (const [what, url, headers, code] of tries) {
    const answer = await fetch(url, { headers });
    assert.deepEqual([answer.status, (await answer.json()).code], [401, code], what);
    assert.match(answer.headers.get('www-authenticate'), /^DPoP error="invalid_(token|dpop_proof)", algs="ES256 EdDSA PS256"$/, what);
  }
  const right = await fetch(list, { headers: { authorization: `DPoP ${acting.access_token}`, dpop: await proof(keyPair, 'GET', list) } });
  assert.equal(right.status, 200, 'what the thief lacks is the key');
  shown(`at a service: ${tries.map(([what]) => what).join('; ')}: all refused`);

  await call('POST', `${slot}/v1/bookings/${booking.id}/cancel`);
  shown('the program gives the appointment up');

  // A second try with a code ends the log-in, too.
  await rejects(redeem(request, back), 'invalid_grant');
  const page = await new Browser().open(request.url, CALLBACK);
  assert.equal(page.status, 400);
  shown('a request_uri that served a log-in, and a code that was redeemed, are worth nothing');

  const other = client.getDPoPHandle(program, thief);
  const bound = await push();
  await rejects(redeem(bound, await logIn(bound.url), { DPoP: other }), 'invalid_grant');
  const jkt = createHash('sha256').update('another key').digest('base64url');
  await rejects(push({ dpop_jkt: jkt }), 'invalid_request');
  const named = await push({ dpop_jkt: jkt }, {});
  await rejects(redeem(named, await logIn(named.url)), 'invalid_grant');
  shown('a code is redeemed with the key that was named, by dpop_jkt or by the proof, and no other');

  const fresh = await push();
  const { access_token: subject } = await redeem(fresh, await logIn(fresh.url));
  await rejects(exchange(subject, { DPoP: other }), 'invalid_request');
  const unbound = await push({}, {});
  await rejects(redeem(unbound, await logIn(unbound.url), {}), 'invalid_dpop_proof');
  await rejects(client.clientCredentialsGrant(program, { resource, scope: 'slots:read' }), 'invalid_dpop_proof');
  shown('no token without a proof, and none for the token of another key');

  const direct = client.buildAuthorizationUrl(program, { redirect_uri: CALLBACK, scope: 'openid', code_challenge: 'c'.repeat(43), code_challenge_method: 'S256' });
  const answer = (await new Browser().open(direct, CALLBACK)).url;
  assert.equal(answer.searchParams.get('error'), 'invalid_request');
  assert.equal(answer.searchParams.get('iss'), issuer);
  shown('a request that was not pushed is refused');

  const own = await client.clientCredentialsGrant(program, { resource, scope: 'slots:read' }, { DPoP });
  assert.equal(own.token_type, 'dpop');
  shown('the program gets a bound token in its own name');
}

async function rejects(promise, code) {
  await assert.rejects(promise, (error) => {
    assert.equal(error.error, code, `${error}: ${error.error_description}`);
    return true;
  });
}

async function eventually(question) {
  const until = Date.now() + 30_000;
  while (!(await question())) {
    assert.ok(Date.now() < until, 'not so within 30 s');
    await new Promise((resume) => setTimeout(resume, 50));
  }
}
