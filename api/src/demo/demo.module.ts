// Owns the demonstration: Leamington North Cluster as a newcomer meets it.
// It may use every room and no room may use it.
// Nothing here runs when FAIRSHARE_DEMO is off.
import { Module } from '@nestjs/common';
import { IdentityModule } from '../identity/identity.module.js';
import { DemonstrationController } from './demonstration.controller.js';
import { Demonstration } from './demonstration.js';

@Module({ imports: [IdentityModule], controllers: [DemonstrationController], providers: [Demonstration], exports: [Demonstration] })
export class DemoModule {}
