// Keycloak with one realm: started, administered over its API, stopped.
import { spawn } from 'node:child_process';
import fs from 'node:fs';

const HOME = process.env.KEYCLOAK;
const ADMIN = 'admin of this run';
export const REALM = 'buerger';
export const SECRET = 'a secret: with / and +';
export const PASSWORD = 'erikas password';

/** Starts it with `client` known, and Erika as its only user. */
export async function start(port, run, identity) {
  fs.rmSync(`${HOME}/data`, { recursive: true, force: true });
  fs.mkdirSync(`${HOME}/data/import`, { recursive: true });
  fs.writeFileSync(`${HOME}/data/import/${REALM}.json`, JSON.stringify(realm(identity)));
  const log = fs.openSync(`${run}/keycloak.log`, 'w');
  const process_ = spawn(`${HOME}/bin/kc.sh`, ['start-dev', '--import-realm', '--http-host=127.0.0.1', `--http-port=${port}`], {
    stdio: ['ignore', log, log], detached: true,
    env: { ...process.env, KC_BOOTSTRAP_ADMIN_USERNAME: 'admin', KC_BOOTSTRAP_ADMIN_PASSWORD: ADMIN, JAVA_OPTS_APPEND: '-Xmx512m' },
  });
  const base = `http://127.0.0.1:${port}`;
  return new Keycloak(base, process_);
}

class Keycloak {
  constructor(base, child) {
    this.base = base;
    this.child = child;
    this.issuer = `${base}/realms/${REALM}`;
  }

  isUp() {
    return fetch(`${this.issuer}/.well-known/openid-configuration`).then((answer) => answer.ok, () => false);
  }

  hasEnded() {
    return this.child.exitCode !== null;
  }

  stop() {
    // kc.sh starts Java as a child: the group, which is ours, ends as a whole.
    if (!this.hasEnded()) process.kill(-this.child.pid, 'SIGTERM');
  }

  /** Signs with another key from now on, and no longer publishes the ones before. */
  async rotateKeys() {
    const before = await this.admin('GET', `components?type=org.keycloak.keys.KeyProvider`);
    await this.admin('POST', 'components', {
      name: 'next', providerId: 'rsa-generated', providerType: 'org.keycloak.keys.KeyProvider',
      config: { priority: ['500'], enabled: ['true'], active: ['true'], algorithm: ['RS256'], keySize: ['2048'] },
    });
    for (const key of before.filter(({ providerId }) => providerId === 'rsa-generated')) {
      await this.admin('DELETE', `components/${key.id}`);
    }
  }

  /** Ends one session, as an administrator or Erika does in their account pages. */
  async end(session) {
    await this.admin('DELETE', `sessions/${session}`);
  }

  async sessionsOfErika() {
    const [erika] = await this.admin('GET', 'users?username=erika');
    return (await this.admin('GET', `users/${erika.id}/sessions`)).map(({ id }) => id);
  }

  async admin(method, path, body) {
    const form = new URLSearchParams({ grant_type: 'password', client_id: 'admin-cli', username: 'admin', password: ADMIN });
    const token = await fetch(`${this.base}/realms/master/protocol/openid-connect/token`, { method: 'POST', body: form });
    const { access_token: access } = await token.json();
    const answer = await fetch(`${this.base}/admin/realms/${REALM}/${path}`, {
      method, body: body && JSON.stringify(body),
      headers: { authorization: `Bearer ${access}`, 'content-type': 'application/json' },
    });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return method === 'GET' ? answer.json() : undefined;
  }
}

function realm(identity) {
  const attribute = (name) => ({
    name, protocol: 'openid-connect', protocolMapper: 'oidc-usermodel-attribute-mapper',
    config: { 'user.attribute': name, 'claim.name': name, 'jsonType.label': 'String', 'id.token.claim': 'true' },
  });
  return {
    realm: REALM, enabled: true, sslRequired: 'none',
    attributes: { 'acr.loa.map': JSON.stringify({ 'STORK-QAA-Level-3': 1 }) },
    components: {
      'org.keycloak.userprofile.UserProfileProvider': [{
        providerId: 'declarative-user-profile',
        config: { 'kc.user.profile.config': [JSON.stringify({
          unmanagedAttributePolicy: 'ENABLED',
          attributes: ['username', 'email', 'firstName', 'lastName'].map((name) => ({ name, permissions: { view: ['admin', 'user'], edit: ['admin', 'user'] } })),
        })] },
      }],
    },
    clients: [{
      clientId: 'fairtermin', enabled: true, protocol: 'openid-connect', publicClient: false, secret: SECRET,
      standardFlowEnabled: true, directAccessGrantsEnabled: false, redirectUris: [`${identity}/callback/keycloak`],
      attributes: {
        'pkce.code.challenge.method': 'S256', 'post.logout.redirect.uris': `${identity}/logged-out`,
        'backchannel.logout.url': `${identity}/backchannel-logout/keycloak`, 'backchannel.logout.session.required': 'true',
      },
      protocolMappers: ['date_of_birth', 'place_of_birth', 'birth_name', 'bPK2'].map(attribute),
    }],
    users: [{
      username: 'erika', enabled: true, email: 'erika@example.org', emailVerified: true, firstName: 'ERIKA', lastName: 'MUSTERMANN',
      credentials: [{ type: 'password', value: PASSWORD, temporary: false }],
      attributes: { date_of_birth: ['1964-08-12'], place_of_birth: ['BERLIN'], birth_name: ['GABLER'], bPK2: ['k2jBT0cykDVqiKWia1VMzqmntTu'] },
    }],
  };
}
