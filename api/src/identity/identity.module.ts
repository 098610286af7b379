// Owns people, how they sign in, their sessions and the roles they hold.
// Refuses to know what a role may do: each room declares its own permissions.
// Schools are only URNs here.
import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AccountController } from './account.controller.js';
import { AccountService } from './account.service.js';
import { FactorsController } from './factors.controller.js';
import { DelegationEntity } from './delegation.entity.js';
import { Delegations } from './delegations.js';
import { DelegationsController } from './delegations.controller.js';
import { FirstAdministrator } from './first-administrator.js';
import { WiderRoles } from './wider-roles.js';
import './identity.problems.js';
import './identity.retention.js';
import { Invitations } from './invitations.js';
import { InvitedPeople } from './invited-people.js';
import { LinksController } from './links.controller.js';
import { OneTimeCodes } from './one-time-codes.js';
import { OutsideAccountEntity } from './outside-account.entity.js';
import { OutsideAccounts } from './outside-accounts.js';
import { OwnChanges } from './own-changes.js';
import { OwnFactors } from './own-factors.js';
import { PasskeyEntity } from './passkey.entity.js';
import { Passkeys } from './passkeys.js';
import { PasswordCheck } from './password-check.js';
import { PasswordReset } from './password-reset.js';
import { Passwords } from './passwords.js';
import { PeopleController } from './people.controller.js';
import { PeopleQueries } from './people.queries.js';
import { PeopleService } from './people.service.js';
import { ProviderSignIn } from './provider-sign-in.js';
import { ProvidersController } from './providers.controller.js';
import { Providers } from './providers.js';
import { RecoveryCodeEntity } from './recovery-code.entity.js';
import { RecoveryCodes } from './recovery-codes.js';
import { PersonalDataController } from './personal-data.controller.js';
import { LostFactors } from './lost-factors.js';
import { PersonalDataService } from './personal-data.service.js';
import { PersonalDataTelling } from './personal-data-telling.js';
import { PersonalRecords } from './personal-records.js';
import { RoleTaking } from './role-taking.js';
import { RoleGrantEntity } from './role-grant.entity.js';
import { SecondFactorRuleEntity } from './second-factor-rule.entity.js';
import { SecondFactorRules } from './second-factor-rules.js';
import { SecondFactors } from './second-factors.js';
import { SessionController } from './session.controller.js';
import { SessionEntity } from './session.entity.js';
import { Sessions } from './sessions.js';
import { SignIn } from './sign-in.service.js';
import { TicketEntity } from './ticket.entity.js';
import { Tickets } from './tickets.js';
import { TotpEntity } from './totp.entity.js';
import { Tries } from './tries.js';
import { UserEntity } from './user.entity.js';
import { UserStore } from './user-store.js';

const entities = [UserEntity, SessionEntity, RoleGrantEntity, TotpEntity, RecoveryCodeEntity, PasskeyEntity, TicketEntity, SecondFactorRuleEntity, OutsideAccountEntity, DelegationEntity];
const waysIn = [Invitations, InvitedPeople, OutsideAccounts, PasswordReset, Providers, ProviderSignIn];
const aboutPeople = [Delegations, FirstAdministrator, LostFactors, PersonalDataService, PersonalDataTelling, PersonalRecords, RoleTaking, WiderRoles];
const factors = [OneTimeCodes, OwnChanges, OwnFactors, Passkeys, RecoveryCodes, SecondFactorRules, SecondFactors];

@Module({
  imports: [TypeOrmModule.forFeature(entities)],
  controllers: [SessionController, AccountController, FactorsController, LinksController, ProvidersController, PeopleController, PersonalDataController, DelegationsController],
  providers: [...factors, ...waysIn, ...aboutPeople, AccountService, PasswordCheck, Passwords, PeopleQueries, PeopleService, Sessions, SignIn, Tickets, Tries, UserStore],
  exports: [Passwords, PeopleQueries, PeopleService, Sessions, SignIn, UserStore],
})
export class IdentityModule {}
