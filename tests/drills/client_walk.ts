// What a client with types from the OpenAPI document does; address and office come in the environment.
import createClient from 'openapi-fetch';
import type { paths } from './schema.d.ts';

declare const process: { env: Record<string, string> };
declare const console: { log(text: string): void };
const office = JSON.parse(process.env.OFFICE);
const us = createClient<paths>({
  baseUrl: process.env.ADDRESS,
  headers: { Authorization: `Bearer ${office.token}` },
});

const first = await us.GET('/api/v1/parties/', {});
const offset = first.data!.results.length;
const second = await us.GET('/api/v1/parties/', { params: { query: { offset } } });
const consents = await us.GET('/api/v1/chains/{reference}/consents/', {
  params: { path: { reference: office.chains[0] } },
});
const state: 'given' | 'refused' | 'withdrawn' | 'ended' | null = consents.data!.results[0].answers[0].state;
const party: string = office.parties[0];
const proposals = await us.POST('/api/v1/proposals/', {
  body: { party, site: 'norrkoping', track: 1, from: office.first, to: office.last, limit: 3 },
});
const proposal = proposals.data!.proposals[0].id;
const booked = await us.POST('/api/v1/chains/', { body: { party, proposal } });
const refused = await us.POST('/api/v1/chains/', { body: { party: office.parties[1], proposal: 'none' } });
const problem = refused.error!;
console.log(
  JSON.stringify({
    pages: [first.data!.count, offset, second.data!.results.length],
    consent: state,
    booked: [booked.data!.party, booked.data!.state],
    refused: [problem.status, problem.type],
  }),
);
