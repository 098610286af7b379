import type { Charge, ChargeKind } from '@fairshare/contract/sharing';
import { declaredProblems } from '../platform/problem.js';
import type { AgreementRecord } from '../procurement/agreement-record.js';

export interface ChargeRow {
  id: string;
  kind: ChargeKind;
  agreementId: string | null;
  bookingId: string | null;
  instalmentId: string | null;
  correctsChargeId: string | null;
  correctedBy: { id: string; pence: number }[];
  description: string;
  pence: number;
  serviceFrom: string;
  serviceTo: string;
  belongsOn: string;
  countsOn: string;
  chargedOn: string;
  chargedBy: string;
  shared: boolean;
  workings: string[] | null;
  planId: string | null;
  estimated: boolean;
  actualPence: number | null;
  problem: { code: string; facts: Record<string, unknown> } | null;
}

/** Of `charge c` left-joined to its `share_set s`. */
export const chargeColumns = `
  c.id, c.kind, c.agreement_id as "agreementId", c.booking_id as "bookingId", c.instalment_id as "instalmentId",
  c.corrects_charge_id as "correctsChargeId", c.description, c.pence, c.service_from as "serviceFrom", c.service_to as "serviceTo",
  c.belongs_on as "belongsOn", c.counts_on as "countsOn", c.charged_on as "chargedOn", c.charged_by as "chargedBy", s.charge_id is not null as shared,
  c.workings, c.plan_id as "planId", c.estimated,
  (select e.actual_pence from estimate_settled e where e.collaboration_id = c.collaboration_id and e.charge_id = c.id) as "actualPence",
  coalesce((select json_agg(json_build_object('id', x.id, 'pence', x.pence) order by x.id) from charge x
             where x.collaboration_id = c.collaboration_id and x.corrects_charge_id = c.id), '[]') as "correctedBy",
  case when s.charge_id is null then
    (select json_build_object('code', p.code, 'facts', p.facts) from charge_problem p
      where p.collaboration_id = c.collaboration_id and p.charge_id = c.id order by p.tried_at desc, p.id desc limit 1) end as problem`;

/** The charge as the contract words it; names come from its agreement. */
export function chargeOfRow({ problem, ...row }: ChargeRow, agreements: ReadonlyMap<string, AgreementRecord>): Charge {
  const agreement = row.agreementId ? agreements.get(row.agreementId) : undefined;
  return {
    ...row,
    workings: row.workings ?? [],
    agreementName: agreement?.name ?? null,
    serviceName: agreement?.service.name ?? null,
    serviceColour: agreement?.service.colour ?? null,
    supplierName: agreement?.supplier.name ?? null,
    netPence: row.correctedBy.reduce((sum, { pence }) => sum + pence, row.pence),
    problemCode: problem?.code ?? null,
    problem: problem ? sentenceFor(problem) : null,
  };
}

/** What a refusal means, as its room words it. */
export function sentenceFor({ code, facts }: { code: string; facts: Record<string, unknown> }): string {
  const sentence = declaredProblems().get(code)?.[1];
  if (!sentence) return 'It could not be divided.';
  return typeof sentence === 'string' ? sentence : sentence(facts);
}
