// A certified OpenID provider (oidc-provider) that logs everybody in at once as one person.
import http from 'node:http';
import Provider from 'oidc-provider';
import { exportJWK, generateKeyPair } from 'jose';

export async function key(kid) {
  const { privateKey } = await generateKeyPair('ES256', { extractable: true });
  return { ...(await exportJWK(privateKey)), use: 'sig', alg: 'ES256', kid };
}

export function publicKey({ d, ...rest }) {
  return rest;
}

// Listens on a free port; `claims` and `acr` decide who logs in and how well.
export async function start({ client, claims, acr, features = {} }) {
  const server = http.createServer();
  await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const state = { acr };
  const provider = new Provider(issuer, {
    clients: [{
      response_types: ['code'], grant_types: ['authorization_code'],
      id_token_signed_response_alg: 'ES256', ...client(issuer),
    }],
    jwks: { keys: [await key(`key of ${issuer}`)] },
    cookies: { keys: ['for tests only'] },
    clientAuthMethods: ['private_key_jwt', 'client_secret_basic'],
    enabledJWA: { clientAuthSigningAlgValues: ['ES256'], idTokenSigningAlgValues: ['ES256'] },
    pkce: { required: () => true },
    conformIdTokenClaims: false,
    // Its own guard against loopback addresses would refuse to tell us of a log-out.
    fetch: (url, { dispatcher, ...options }) => fetch(url, options),
    acrValues: ['STORK-QAA-Level-1', 'STORK-QAA-Level-3', 'STORK-QAA-Level-4', 'http://eidas.europa.eu/LoA/high'],
    claims: { openid: ['sub', ...Object.keys(claims)], acr: null, auth_time: null, sid: null },
    findAccount: async (_, id) => ({ accountId: id, claims: async () => ({ sub: id, ...claims }) }),
    features: { devInteractions: { enabled: false }, rpInitiatedLogout: { enabled: true }, ...features },
    interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
    ttl: { AccessToken: 600, IdToken: 600, Interaction: 600, Session: 3600, Grant: 3600 },
  });
  provider.use(async (ctx, next) => {
    if (!ctx.path.startsWith('/interaction/')) return next();
    const { params, grantId } = await provider.interactionDetails(ctx.req, ctx.res);
    const accountId = 'account-1';
    const grant = grantId
      ? await provider.Grant.find(grantId)
      : new provider.Grant({ accountId, clientId: params.client_id });
    grant.addOIDCScope(params.scope);
    grant.addOIDCClaims(['acr', 'auth_time']);
    await provider.interactionFinished(ctx.req, ctx.res, {
      login: { accountId, acr: state.acr, amr: ['pop'] },
      consent: { grantId: await grant.save() },
    }, { mergeWithLastSubmission: false });
    ctx.respond = false;
  });
  provider.on('backchannel.error', (_, error) => console.log('back-channel log-out failed:', error));
  server.on('request', provider.callback());
  return { issuer, state, stop: () => server.close() };
}
