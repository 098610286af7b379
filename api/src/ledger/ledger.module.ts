// Owns entries, their postings and closed periods: double entry, append-only, chained by hash.
// Refuses to know what a booking or a school is: a URN is text, a source is a kind and an id.
// Balances are derived from postings; nothing here stores one.
import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { LedgerCheckEntity } from './ledger-check.entity.js';
import { LedgerInspection } from './ledger-inspection.js';
import { LedgerChecks } from './ledger-checks.service.js';
import { LedgerController } from './ledger.controller.js';
import { LedgerEntryEntity } from './ledger-entry.entity.js';
import { LedgerPostingEntity } from './ledger-posting.entity.js';
import './ledger.problems.js';
import { LedgerQueries } from './ledger.queries.js';
import { Ledger } from './ledger.service.js';
import { PeriodCloseEntity } from './period-close.entity.js';
import { Periods } from './periods.service.js';

@Module({
  imports: [TypeOrmModule.forFeature([LedgerCheckEntity, LedgerEntryEntity, LedgerPostingEntity, PeriodCloseEntity])],
  controllers: [LedgerController],
  providers: [Ledger, LedgerChecks, LedgerInspection, LedgerQueries, Periods],
  exports: [Ledger, LedgerQueries],
})
export class LedgerModule {}
