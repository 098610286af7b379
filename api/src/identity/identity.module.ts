// Owns people, their sessions and the roles they hold.
// Refuses to know what a role may do: each room declares its own permissions.
// Schools are only URNs here.
import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AccountController } from './account.controller.js';
import { AccountService } from './account.service.js';
import './identity.problems.js';
import { Passwords } from './passwords.js';
import { PeopleController } from './people.controller.js';
import { PeopleQueries } from './people.queries.js';
import { PeopleService } from './people.service.js';
import { RoleGrantEntity } from './role-grant.entity.js';
import { SessionController } from './session.controller.js';
import { SessionEntity } from './session.entity.js';
import { Sessions } from './sessions.js';
import { SignIn } from './sign-in.service.js';
import { Tries } from './tries.js';
import { UserEntity } from './user.entity.js';
import { UserStore } from './user-store.js';

@Module({
  imports: [TypeOrmModule.forFeature([UserEntity, SessionEntity, RoleGrantEntity])],
  controllers: [SessionController, AccountController, PeopleController],
  providers: [AccountService, Passwords, PeopleQueries, PeopleService, Sessions, SignIn, Tries, UserStore],
  exports: [Passwords, PeopleQueries, PeopleService, Sessions, SignIn, UserStore],
})
export class IdentityModule {}
