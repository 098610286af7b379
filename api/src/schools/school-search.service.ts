import { Injectable } from '@nestjs/common';
import type { PupilNumberLine, SchoolDetail, SchoolQuery, SchoolSummary } from '@fairshare/contract/schools';
import { DomainError } from '@fairshare/domain/kernel/domain-error';
import { Database } from '../platform/database.js';

const summary = `s.urn, s.name, s.kind, s.status, s.type_name as "typeName", s.phase, s.la_code as "laCode", s.la_name as "laName", s.town, s.postcode`;

/** The national register is public: whoever is signed in may look a school up. */
@Injectable()
export class SchoolSearch {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** The exact URN first, then postcodes and URNs that begin so, then names by likeness; schools that are open before others. */
  async find({ query, page, size }: SchoolQuery) {
    const compact = query.toUpperCase().replaceAll(/\s/g, '');
    const rows = await this.#database.plain<SchoolSummary & { found: number }>(
      `select ${summary}, count(*) over () as found
         from school s
        where $1 = '' or s.name ilike $3 or $1 <% s.name or s.urn like $2 or replace(s.postcode, ' ', '') like $2
        order by (s.urn = $1) desc, (s.urn like $2 or replace(s.postcode, ' ', '') like $2) desc nulls last, (s.status = 'closed'),
                 (s.name ilike $4) desc, (s.name ilike $3) desc, word_similarity($1, s.name) desc, s.name, s.urn
        limit $5 offset $6`,
      [query, `${escapeLike(compact || ' ')}%`, `%${escapeLike(query)}%`, `${escapeLike(query)}%`, size, (page - 1) * size],
    );
    return { items: rows, total: rows[0]?.found ?? 0, page, size };
  }

  /** @throws `platform.not-found` for a URN that is not on the register. */
  async read(urn: string): Promise<SchoolDetail> {
    const [school] = await this.#database.plain<Omit<SchoolDetail, 'pupilNumbers'>>(
      `select ${summary}, s.establishment_number as "establishmentNumber", s.ukprn, s.street, s.trust_name as "trustName",
              s.opened_on as "openedOn", s.closed_on as "closedOn", s.successor_urn as "successorUrn"
         from school s where s.urn = $1`,
      [urn],
    );
    if (!school) throw new DomainError('platform.not-found');
    const numbers = await this.#database.plain<Omit<PupilNumberLine, 'number'> & { thousandths: number }>(
      'select measure, census_on as "censusOn", source, thousandths from pupil_number where urn = $1 order by census_on desc, measure desc, source desc',
      [urn],
    );
    return { ...school, pupilNumbers: numbers.map(({ thousandths, ...line }) => ({ ...line, number: thousandths / 1000 })) };
  }
}

const escapeLike = (text: string) => text.replaceAll(/[\\%_]/g, '\\$&');
