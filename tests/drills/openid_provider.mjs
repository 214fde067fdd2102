// npm's oidc-provider with one client and one person, and a page to sign in on. What it is told comes in TOLD, as JSON.
import { createServer } from 'node:http';
import { Provider } from 'oidc-provider';

const { issuer, client, person, claimsParameter } = JSON.parse(process.env.TOLD);
const { sub, acr, amr, ...told } = person;

const provider = new Provider(issuer, {
  clients: [client],
  claims: {
    acr: null,
    amr: null,
    auth_time: null,
    iss: null,
    sid: null,
    openid: ['sub'],
    email: ['email', 'email_verified'],
    profile: ['name', 'preferred_username'],
    upn: ['upn'],
  },
  scopes: ['openid', 'email', 'profile', 'upn'],
  acrValues: ['loa3'],
  cookies: { keys: ['a drill'] },
  features: {
    claimsParameter: { enabled: claimsParameter },
    devInteractions: { enabled: false },
    jwtUserinfo: { enabled: true },
  },
  pkce: { required: () => true },
  interactions: { url: (_context, interaction) => `/interaction/${interaction.uid}` },
  findAccount: (_context, id) => ({ accountId: id, claims: () => ({ sub: id, ...told }) }),
  async loadExistingGrant(context) {
    const { client: asking, session } = context.oidc;
    const grant = new context.oidc.provider.Grant({ clientId: asking.clientId, accountId: session.accountId });
    grant.addOIDCScope('openid email profile upn');
    grant.addOIDCClaims(['acr', 'amr', ...Object.keys(told)]);
    await grant.save();
    return grant;
  },
});

const answer = provider.callback();
createServer(async (request, response) => {
  if (!request.url.startsWith('/interaction/')) {
    await answer(request, response);
  } else if (request.method === 'POST') {
    await provider.interactionFinished(request, response, { login: { accountId: sub, acr, amr } });
  } else {
    response.setHeader('Content-Type', 'text/html');
    response.end(`<form method="post" action="${request.url}"><button>Sign in as ${sub}</button></form>`);
  }
}).listen(new URL(issuer).port, '127.0.0.1');
